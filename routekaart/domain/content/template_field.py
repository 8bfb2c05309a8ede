"""What a field of a school's own template is: a text, or a list whose items have fields again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Value = str | Sequence["Item"]
"""A text, or a list of items."""
Item = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class TemplateField:
    """A field by its Dutch name. `gives` says in Dutch what it gives.

    A text has an `example`, a list has `item`: the fields of one of its items, and in
    `item_name` the name that examples give to one. `recommended`: a plan is not whole without it.
    `optional`: a plan may well have nothing here, and then there is nothing to say.
    """

    name: str
    gives: str
    example: str = ""
    recommended: bool = False
    optional: bool = False
    item_name: str = ""
    item: tuple["TemplateField", ...] = ()

    @property
    def is_list(self) -> bool:
        return bool(self.item)


@dataclass(frozen=True, slots=True)
class TemplateChapter:
    """Fields that are explained together."""

    title: str
    fields: tuple[TemplateField, ...]


def text(
    name: str, gives: str, example: str = "", *, recommended: bool = False, optional: bool = False
) -> TemplateField:
    """A field that is a text; one without an example is optional."""
    return TemplateField(name, gives, example, recommended, optional or not example)


def many(
    name: str, gives: str, item_name: str, *item: TemplateField, recommended: bool = False
) -> TemplateField:
    """A field that is a list, which may always be empty."""
    return TemplateField(
        name, gives, recommended=recommended, optional=True, item_name=item_name, item=item
    )


def example_values(fields: Sequence[TemplateField], *, items: int = 2) -> dict[str, Value]:
    """A value for each field: of a text its example, of a list `items` examples."""
    return {
        field.name: tuple(example_values(field.item) for _ in range(items))
        if field.is_list
        else field.example
        for field in fields
    }
