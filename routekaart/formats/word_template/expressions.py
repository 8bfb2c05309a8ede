"""What a tag speaks of, held against the table of fields: names, fields of items, comparisons.

Whatever is not on the list of what a template may do is refused, whatever Jinja could do with it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from routekaart.domain.content.template_field import TemplateField, many, text
from routekaart.formats.word_template.tags import Tag

FILTERS = ("upper", "lower", "capitalize", "length")
LOOP_TEXTS = ("index", "first", "last", "length")
_PARSER = ImmutableSandboxedEnvironment(autoescape=True)
_COMPARISONS = frozenset(("eq", "ne", "lt", "gt", "lteq", "gteq"))
# Quotes are for texts to compare with; no braces, no backslash, nothing to reckon with.
_ALLOWED = re.compile(r"[\w\s.,:;()|=!<>'\"?-]*")
_WHOLE = {
    "for": "{{% {} %}}{{% endfor %}}",
    "if": "{{% {} %}}{{% endif %}}",
    "elif": "{{% if 1 %}}{{% {} %}}{{% endif %}}",
}
_RESERVED = frozenset(("loop", "self", "super", "varargs", "kwargs", "caller"))


@dataclass(frozen=True, slots=True)
class Named:
    """What a name stands for: a field, or an item of it. `path`: of the field in the table.

    Without a path it stands for nothing known, and its user was told so.
    """

    field: TemplateField
    path: str
    is_item: bool = False

    @property
    def is_list(self) -> bool:
        return self.field.is_list and not self.is_item


Scopes = Sequence[Mapping[str, Named]]
"""The names of the loops around a tag, the outermost first."""

NOTHING = Named(TemplateField("", ""), "")
LOOP = Named(many("loop", "", "loop", *(text(name, "") for name in LOOP_TEXTS)), "", is_item=True)


class Refused(Exception):
    """A template may not do this; the message is Dutch and says what it may."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


class Unknown(Exception):
    """There is no such field. `candidates`: what there is at this place."""

    def __init__(self, name: str, candidates: Sequence[str]) -> None:
        super().__init__(name)
        self.name, self.candidates = name, candidates


class Expressions:
    """Reads expressions; `used` gathers path and part of every field in it."""

    def __init__(self, fields: Sequence[TemplateField]) -> None:
        self._top = {each.name: Named(each, each.name) for each in fields}
        self.used: list[tuple[str, str]] = []

    def listed(self, node: nodes.For, tag: Tag, scopes: Scopes) -> Named:
        """The list that a loop goes through. Raises `Refused` and `Unknown`."""
        if not isinstance(node.iter, nodes.Name | nodes.Getattr):
            raise not_allowed(tag)
        found = self._resolved(node.iter, tag, scopes)
        if found is not NOTHING and not found.is_list:
            raise Refused(
                "not_a_list", f"`{_written(node.iter)}` is geen lijst, dus `for` kan daar niet."
            )
        self._use(found, tag)
        return found

    def output(self, node: nodes.Expr, tag: Tag, scopes: Scopes) -> None:
        """What is printed must be a text. Raises `Refused` and `Unknown`."""
        found = self.read(node, tag, scopes)
        written = _written(node)
        if found.is_item:
            raise Refused(
                "no_text",
                f"`{tag.shown}` heeft meer velden. Kies er een, zoals "
                f"`{written}.{found.field.item[0].name}`.",
            )
        if found.is_list:
            raise Refused(
                "no_text",
                f"`{tag.shown}` is een lijst. Gebruik `{{% for {found.field.item_name} in "
                f"{written} %}}` en `{{% endfor %}}`.",
            )

    def read(self, node: nodes.Node, tag: Tag, scopes: Scopes) -> Named:
        """What an expression stands for; `NOTHING` for a text that is no field."""
        if isinstance(node, nodes.Name | nodes.Getattr):
            found = self._resolved(node, tag, scopes)
            self._use(found, tag)
            return found
        if isinstance(node, nodes.Const) and isinstance(node.value, str | int):
            return NOTHING
        for part in _parts(node, tag):
            self.read(part, tag, scopes)
        return NOTHING

    def _resolved(self, node: nodes.Expr, tag: Tag, scopes: Scopes) -> Named:
        if isinstance(node, nodes.Name):
            return self._by_name(node.name, scopes)
        if not isinstance(node, nodes.Getattr):
            raise not_allowed(tag)
        outer = self._resolved(node.node, tag, scopes)
        if outer is NOTHING:
            return NOTHING
        written = _written(node.node)
        if not outer.is_item:
            raise Refused("no_fields", _without_fields(written, outer))
        for part in outer.field.item:
            if part.name == node.attr:
                return Named(part, f"{outer.path}.{part.name}" if outer.path else "")
        raise Unknown(f"{written}.{node.attr}", [part.name for part in outer.field.item])

    def _by_name(self, name: str, scopes: Scopes) -> Named:
        for names in reversed(scopes):
            if name in names:
                return names[name]
        if name not in self._top:
            raise Unknown(name, [*self._top, *(inner for names in scopes for inner in names)])
        return self._top[name]

    def _use(self, found: Named, tag: Tag) -> None:
        if found.path:
            self.used.append((found.path, tag.part))


def parsed(tag: Tag) -> nodes.Node:
    """The one node that a tag comes to. Raises `Refused`."""
    if not _ALLOWED.fullmatch(tag.body):
        raise not_allowed(tag)
    whole = "{{{{ {} }}}}" if tag.kind == "value" else _WHOLE[tag.word]
    try:
        body = _PARSER.parse(whole.format(tag.body)).body
    except (TemplateSyntaxError, RecursionError):
        raise Refused(
            "unreadable", f"`{tag.shown}` is niet te lezen. Kijk of er een teken te veel staat."
        ) from None
    if len(body) != 1:
        raise not_allowed(tag)
    return body[0]


def loop_name(node: nodes.For, tag: Tag) -> str:
    """The name that a loop gives to an item. Raises `Refused`."""
    name = node.target.name if isinstance(node.target, nodes.Name) else "_"
    if node.test is not None or node.recursive or name.startswith("_") or name in _RESERVED:
        raise not_allowed(tag)
    return name


def not_allowed(tag: Tag) -> Refused:
    """The refusal of a tag that does what no template needs."""
    return Refused(
        "not_allowed",
        f"`{tag.shown}` kan niet in een sjabloon. Gebruik alleen velden, for en if.",
    )


def _parts(node: nodes.Node, tag: Tag) -> Iterator[nodes.Node]:
    """What an allowed operation works on."""
    if isinstance(node, nodes.Filter):
        more = node.args or node.kwargs or node.dyn_args or node.dyn_kwargs or node.node is None
        if node.name not in FILTERS or more:
            raise Refused(
                "not_allowed",
                f"`|{node.name}` kan niet in een sjabloon. Wel kan: {', '.join(FILTERS)}.",
            )
    elif isinstance(node, nodes.Compare):
        if any(operand.op not in _COMPARISONS for operand in node.ops):
            raise not_allowed(tag)
        yield node.expr
        yield from (operand.expr for operand in node.ops)
        return
    elif not isinstance(node, nodes.Not | nodes.And | nodes.Or):
        raise not_allowed(tag)
    yield from node.iter_child_nodes()


def _written(node: nodes.Node) -> str:
    if isinstance(node, nodes.Getattr):
        return f"{_written(node.node)}.{node.attr}"
    return node.name if isinstance(node, nodes.Name) else "…"


def _without_fields(written: str, named: Named) -> str:
    if named.is_list:
        name = named.field.item_name
        return (
            f"`{written}` is een lijst. Gebruik `{{% for {name} in {written} %}}` en daarbinnen "
            f"`{name}.{named.field.item[0].name}`."
        )
    return f"`{written}` is een tekst en heeft geen velden. Haal weg wat er achter de punt staat."
