"""The classes of columns and rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Column(StrEnum):
    """What a column holds, and so what the export and an erasure do with it."""

    # Whose row it is. Stays, and then points at an account without a name.
    WHO = "who"
    # Who did something with the row: in the export of that person; emptied by an erasure.
    DOER = "doer"
    # Of or about the person: exported; goes with its row, or is emptied where the row stays. The
    # full name of somebody else in it is replaced.
    OWN = "own"
    # What a team wrote together: exported to who wrote the row; a full name in it is replaced.
    TEXT = "text"
    # Made by the product with names in it: the name is replaced, also one of a single word.
    GENERATED = "generated"
    # Dates, states and references: a count without a name stays a count.
    FACT = "fact"
    # Passwords and hashes: never exported; goes with its row or is made useless.
    SECRET = "secret"  # noqa: S105 - the name of a class of columns


class Rows(StrEnum):
    """What an erasure does with the rows of a person."""

    GO = "go"
    STAY = "stay"


@dataclass(frozen=True, slots=True)
class Purpose:
    """Why a group of data is kept, in plain Dutch. `key` is what tables refer to it by."""

    key: str
    title: str
    why: str
    how_long: str
    who_sees: str
    legal_ground: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table: what its rows are and the class of each column, as names with spaces between.

    `who`: lookups from a row to the person it is of. `written_by` narrows whose words are
    exported, where rows go with more people than who wrote them. `purpose` is empty where no
    person can be told from it.
    """

    model: str
    title: str
    purpose: str = ""
    rows: Rows = Rows.STAY
    who: str = ""
    written_by: str = ""
    doers: str = ""
    own: str = ""
    texts: str = ""
    generated: str = ""
    facts: str = ""
    secrets: str = ""

    @property
    def owners(self) -> tuple[str, ...]:
        """The lookups from a row to the person it is of."""
        return tuple(self.who.split())

    @property
    def authors(self) -> tuple[str, ...]:
        """The lookups to the people in whose export a row stands."""
        return (*(self.written_by or self.who).split(), *self.doers.split())

    def of_doers(self) -> tuple[str, ...]:
        """The columns with who did something."""
        return tuple(self.doers.split())

    @property
    def columns(self) -> Mapping[str, Column]:
        """The class of every column; a lookup through another table is no column."""
        named = {
            Column.WHO: " ".join(one for one in self.owners if "__" not in one),
            Column.DOER: self.doers,
            Column.OWN: self.own,
            Column.TEXT: self.texts,
            Column.GENERATED: self.generated,
            Column.FACT: self.facts,
            Column.SECRET: self.secrets,
        }
        return {name: kind for kind, names in named.items() for name in names.split()}

    def of(self, kind: Column) -> tuple[str, ...]:
        """The columns of one class."""
        return tuple(name for name, found in self.columns.items() if found is kind)
