"""What a check of a school's own template says: what it uses, and what is wrong or missing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from routekaart.domain.content.template_field import TemplateField


@dataclass(frozen=True, slots=True)
class TemplateProblem:
    """Something that must be mended. `place` says in words where; empty: the file as a whole."""

    code: str
    message: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class UnknownField:
    """A field that does not exist, as it stands there; `meant` is what was perhaps meant."""

    name: str
    place: str
    meant: str

    @property
    def message(self) -> str:
        """Onbekend veld `doelstelling`. Bedoel je `doelen`?"""
        asked = f" Bedoel je `{self.meant}`?" if self.meant else ""
        return f"Onbekend veld `{self.name}`.{asked}"


@dataclass(frozen=True, slots=True)
class MissingField:
    """A field without which a plan is not whole, and an `example` of how to put it in."""

    path: str
    gives: str
    example: str


@dataclass(frozen=True, slots=True)
class UsedField:
    """A field that the template uses: `doelen.merkbaar`, and where, each place once."""

    path: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TemplateCheck:
    """The outcome. Missing fields are a warning; the other two must be mended first."""

    problems: tuple[TemplateProblem, ...] = ()
    unknown: tuple[UnknownField, ...] = ()
    missing: tuple[MissingField, ...] = ()
    used: tuple[UsedField, ...] = ()

    @property
    def is_usable(self) -> bool:
        return not self.problems and not self.unknown


def missing_fields(
    fields: Sequence[TemplateField], used: Sequence[str]
) -> tuple[MissingField, ...]:
    """The recommended fields that are not used. Of a list that is missing only the list itself."""
    return tuple(_missing(fields, frozenset(used), "", ""))


def _missing(
    fields: Sequence[TemplateField], used: frozenset[str], before: str, item: str
) -> Iterator[MissingField]:
    for field in fields:
        path = f"{before}{field.name}"
        if path in used:
            yield from _missing(field.item, used, f"{path}.", f"{field.item_name}.")
        elif field.recommended:
            yield MissingField(path, field.gives, example_of(field, item))


def example_of(field: TemplateField, item: str = "") -> str:
    """How a field is put into a template; `item` is the name of the item that it is of."""
    if not field.is_list:
        return f"{{{{ {item}{field.name} }}}}"
    # What a plan needs most, where the table says so.
    first = next((part for part in field.item if part.recommended), field.item[0])
    name = field.item_name
    return f"{{% for {name} in {item}{field.name} %}} {{{{ {name}.{first.name} }}}} {{% endfor %}}"


def perhaps_meant(name: str, candidates: Sequence[str], fields: Sequence[TemplateField]) -> str:
    """The candidate that is most like it, else the same name inside a list; else nothing.

    `d.merkbaer` has the fields of that item as candidates. `fields` is the whole table.
    """
    before, dot, last = name.rpartition(".")
    close = get_close_matches(last, candidates, n=1)
    # The very name inside a list is a better guess than one that is only alike.
    inside = "" if dot else next(_inside(name, fields), "")
    return inside or (f"{before}{dot}{close[0]}" if close else "")


def _inside(name: str, fields: Sequence[TemplateField]) -> Iterator[str]:
    for field in fields:
        for part in field.item:
            if part.name == name:
                yield f"{field.item_name}.{name}"
        yield from _inside(name, field.item)
