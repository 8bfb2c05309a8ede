"""What a hostile file is, and how the kinds of them are gathered."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random

RIGHT = "right"
WRONG = "wrong"
UNREADABLE = "unreadable_table"
TOO_LARGE = "too_large"
NO_COLUMNS = "columns_missing"
# A report, or a refusal: what matters is that it is one of these, in time and within memory.
ANYTHING = frozenset(
    {
        RIGHT, WRONG, UNREADABLE, TOO_LARGE, NO_COLUMNS, "column_twice", "bsn_column", "old_excel",
        "too_many_rows", "too_many_merged", "cell_too_long",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Hostile:
    """A file. `outcomes`: a report without (`right`) or with errors (`wrong`), or refusal codes."""

    kind: str
    variant: str
    outcomes: frozenset[str]
    made: Callable[[], bytes] = field(repr=False)

    def __str__(self) -> str:
        return f"{self.kind}/{self.variant}"


Variants = Iterator[tuple[str, Callable[[], bytes]]]
Maker = Callable[[Random], Variants]
KINDS: dict[str, tuple[Maker, frozenset[str]]] = {}


def kind(*outcomes: str) -> Callable[[Maker], Maker]:
    """Registers what makes the variants of a kind; without outcomes each will do."""

    def register(maker: Maker) -> Maker:
        KINDS[maker.__name__] = (maker, frozenset(outcomes) or ANYTHING)
        return maker

    return register


def given(data: bytes) -> Callable[[], bytes]:
    """Bytes that are there already."""
    return lambda: data
