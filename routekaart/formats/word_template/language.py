"""The small language of templates: fields, `for`, `if`, and a few filters. Nothing else exists.

Every tag is read by Jinja and then held against the table of fields, before anything is ever run.
The sandbox that runs it is in `sandbox.py`, and would refuse it too.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from jinja2 import nodes

from routekaart.domain.content.template_check import (
    TemplateProblem,
    UnknownField,
    perhaps_meant,
)
from routekaart.domain.content.template_field import TemplateField
from routekaart.formats.word_template.expressions import (
    LOOP,
    NOTHING,
    Expressions,
    Named,
    Refused,
    Unknown,
    loop_name,
    not_allowed,
    parsed,
)
from routekaart.formats.word_template.tags import Tag

DEEPEST = 8
_ENDS = {"endfor": "for", "endif": "if"}
_BLOCKS = ("for", "if", "elif", "else", *_ENDS)


@dataclass(slots=True)
class _Block:
    """A block that is open, and the names that it gives."""

    tag: Tag
    names: dict[str, Named] = field(default_factory=dict)
    has_else: bool = False


class Reader:
    """Reads the tags of one part after another; what it finds stands in its three lists.

    `used` has the path of every field and the part where it is, in the order of the document.
    """

    def __init__(self, fields: Sequence[TemplateField]) -> None:
        self._fields = fields
        self._expressions = Expressions(fields)
        self._open: list[_Block] = []
        self.problems: list[TemplateProblem] = []
        self.unknown: list[UnknownField] = []

    @property
    def used(self) -> Sequence[tuple[str, str]]:
        return self._expressions.used

    def read(self, tags: Sequence[Tag]) -> None:
        """The tags of one part, in order."""
        self._open = []
        for tag in tags:
            if tag.kind == "comment":
                continue
            try:
                self._read(tag)
            except Refused as refused:
                self._problem(refused.code, refused.message, tag)
            except Unknown as unknown:
                meant = perhaps_meant(unknown.name, unknown.candidates, self._fields)
                self.unknown.append(UnknownField(unknown.name, tag.place, meant))
        for block in self._open:
            end = "endfor" if block.tag.word == "for" else "endif"
            self._problem(
                "not_ended",
                f"`{block.tag.shown}` wordt niet afgesloten. Zet er `{{% {end} %}}` achter.",
                block.tag,
            )

    def _problem(self, code: str, message: str, tag: Tag) -> None:
        self.problems.append(TemplateProblem(code, message, tag.place))

    def _read(self, tag: Tag) -> None:
        word = tag.word
        if tag.kind == "block" and word not in _BLOCKS:
            raise Refused(
                "not_allowed", f"`{tag.shown}` kan niet in een sjabloon. Gebruik alleen for en if."
            )
        if word == "else" or word in _ENDS:
            self._continue(tag)
            return
        if word == "elif":
            self._continue(tag)
        around = [block.names for block in self._open]
        if word in {"for", "if"}:
            # It counts as open also when something is wrong in it: its end is right then.
            self._open.append(_Block(tag))
            if len(self._open) > DEEPEST:
                raise Refused(
                    "too_deep",
                    f"`{tag.shown}` ligt te diep. Zet hoogstens {DEEPEST} blokken in elkaar.",
                )
        node = parsed(tag)
        if isinstance(node, nodes.For):
            self._loop(node, tag, around)
        elif isinstance(node, nodes.If):
            test = node.elif_[0].test if word == "elif" else node.test
            self._expressions.read(test, tag, around)
        elif isinstance(node, nodes.Output) and len(node.nodes) == 1:
            self._expressions.output(node.nodes[0], tag, around)
        else:
            raise not_allowed(tag)

    def _loop(self, node: nodes.For, tag: Tag, around: Sequence[dict[str, Named]]) -> None:
        name = loop_name(node, tag)
        # Where the list is unknown, its items need no complaint of their own.
        self._open[-1].names = {name: NOTHING, "loop": LOOP}
        found = self._expressions.listed(node, tag, around)
        if found is not NOTHING:
            self._open[-1].names[name] = Named(found.field, found.path, is_item=True)

    def _continue(self, tag: Tag) -> None:
        word = tag.word
        if tag.body != word and word != "elif":
            raise Refused("not_allowed", f"Schrijf hier alleen `{{% {word} %}}`.")
        if not self._open:
            raise Refused("not_begun", f"`{tag.shown}` hoort bij een blok dat niet is begonnen.")
        begun = self._open[-1]
        wanted = _ENDS.get(word, begun.tag.word if word == "else" else "if")
        if begun.tag.word != wanted or (begun.has_else and word not in _ENDS):
            raise Refused(
                "wrong_end",
                f"`{tag.shown}` past niet bij `{begun.tag.shown}`. Sluit eerst dat blok af.",
            )
        if word in _ENDS:
            self._open.pop()
        elif word == "else":
            # A loop that found no items has no item.
            begun.names, begun.has_else = {}, True
        if begun.tag.height != tag.height or begun.tag.container is not tag.container:
            raise Refused(
                "misplaced",
                f"`{begun.tag.shown}` en `{tag.shown}` staan niet op dezelfde hoogte. Zet ze "
                "allebei in één regel tekst, of elk op een eigen regel, of elk in een eigen rij "
                "van dezelfde tabel.",
            )
