"""The columns of a list of people: how they are headed, and the list to start from. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from courses.dutch import listed
from routekaart.domain.errors import BadInput
from routekaart.domain.rules.letters import unseen
from routekaart.domain.table import TableRow

# Some seconds of work; few locations have more people (assumption), and those have parts.
MOST_PEOPLE = 500
# A title or an explanation may stand above the table.
_FIRST_ROWS = 10
# Whoever leaves it in the list adds nobody by that.
EXAMPLE_EMAIL = "robin.voorbeeld@school.example"


class Column(StrEnum):
    SCHOOL = "school"
    EMAIL = "email"
    NAME = "name"
    FIRST_NAME = "first_name"
    INFIX = "infix"
    LAST_NAME = "last_name"
    ROLE = "role"
    TEAM = "team"
    FUNCTION = "function"
    FTE = "fte"
    DAYS = "days"
    JOINED = "joined"
    UNTIL = "until"


# The first word is the one that we write ourselves.
WORDS: Mapping[Column, tuple[str, ...]] = {
    Column.SCHOOL: ("schoolcode", "brin", "brincode", "brin en vestiging", "brinvest", "vestiging",
                    "vestigingsnummer", "school"),
    Column.EMAIL: ("e-mail", "email", "e-mailadres", "emailadres", "mail", "mailadres",
                   "e-mail werk", "werkmail"),
    Column.NAME: ("naam", "volledige naam", "medewerker", "name"),
    Column.FIRST_NAME: ("voornaam", "roepnaam"),
    Column.INFIX: ("tussenvoegsel", "tussenvoegsels", "voorvoegsel", "voorvoegsels"),
    Column.LAST_NAME: ("achternaam",),
    Column.ROLE: ("rol", "rollen", "role"),
    Column.TEAM: ("team", "teams", "bouw"),
    Column.FUNCTION: ("functie", "functies", "function"),
    Column.FTE: ("wtf", "fte", "werktijdfactor", "wtf/fte", "fte/wtf"),
    Column.DAYS: ("werkdagen", "dagen", "werkdag", "weekdagen"),
    Column.JOINED: ("in team sinds", "lid sinds", "sinds", "vanaf", "in dienst", "in dienst sinds",
                    "datum in dienst", "startdatum", "begindatum", "ingangsdatum"),
    Column.UNTIL: ("tot en met", "t/m", "tot", "uit dienst", "datum uit dienst", "einddatum"),
}  # fmt: skip
# No column that may be in a file of ours, not even unread.
_FORBIDDEN = frozenset({"bsn", "burgerservicenummer", "sofinummer"})
# The columns of our own list, in order: a name in one cell is enough.
_TEMPLATE = tuple(
    column for column in Column if column not in {Column.FIRST_NAME, Column.INFIX, Column.LAST_NAME}
)
_COLUMN_OF: Mapping[str, Column] = {
    word: column for column, words in WORDS.items() for word in words
}
# Of a heading, where we name it.
_LONGEST_TITLE = 60
_DECORATION = re.compile(r"\([^()]*\)|[*:?]")


@dataclass(frozen=True, slots=True)
class Header:
    """Where the columns stand and how the list itself calls them. `ignored` are not ours."""

    row: int
    places: Mapping[Column, int]
    titles: Mapping[Column, str]
    ignored: tuple[str, ...]

    def title(self, column: Column) -> str:
        """What a column is called in this list; our own word where the list does not have it."""
        return self.titles.get(column, WORDS[column][0])


def find_header(rows: Sequence[TableRow]) -> Header:
    """The first row with a column for e-mail addresses.

    Raises `BadInput` on `file`: `columns_missing`, `column_twice`, `bsn_column`.
    """
    for row in rows[:_FIRST_ROWS]:
        words = [_plain(cell) for cell in row.cells]
        if any(_COLUMN_OF.get(word) is Column.EMAIL for word in words):
            return _header(row, words)
    raise BadInput(
        "file",
        "In deze lijst staat geen kolom voor het e-mailadres. Zet boven de kolommen hoe ze heten: "
        f"{listed([WORDS[column][0] for column in _TEMPLATE])}.",
        code="columns_missing",
    )


def _header(row: TableRow, words: Sequence[str]) -> Header:
    places: dict[Column, int] = {}
    ignored = []
    for place, word in enumerate(words):
        title = _title(row.cells[place])
        column = _COLUMN_OF.get(word)
        if word in _FORBIDDEN:
            raise BadInput(
                "file",
                f"Haal de kolom ‘{title}’ uit de lijst: dat nummer hoort hier niet.",
                code="bsn_column",
            )
        if column in places:
            raise BadInput(
                "file",
                f"De kolommen ‘{_title(row.cells[places[column]])}’ en ‘{title}’ zeggen hetzelfde. "
                "Haal er een weg.",
                code="column_twice",
            )
        if column is not None:
            places[column] = place
        elif word:
            ignored.append(title)
    titles = {column: _title(row.cells[place]) for column, place in places.items()}
    return Header(row.number, places, titles, tuple(ignored))


def template(*, school: str, team: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Our own headings and one row as an example, for a school and one of its teams."""
    example = {
        Column.SCHOOL: school,
        Column.EMAIL: EXAMPLE_EMAIL,
        Column.NAME: "Robin Voorbeeld",
        Column.ROLE: "teamlid",
        Column.TEAM: team,
        Column.FUNCTION: "leerkracht",
        Column.FTE: "0,8",
        Column.DAYS: "ma, di, do, vr",
        Column.JOINED: "01-08-2026",
        Column.UNTIL: "",
    }
    return (
        tuple(WORDS[column][0] for column in _TEMPLATE),
        tuple(example[column] for column in _TEMPLATE),
    )


def _title(heading: str) -> str:
    """A heading as we repeat it: on one line, not too long, and nothing that cannot be shown."""
    line = " ".join("".join(" " if unseen(sign) else sign for sign in heading).split())
    return line if len(line) <= _LONGEST_TITLE else f"{line[: _LONGEST_TITLE - 1]}…"


def _plain(heading: str) -> str:
    return " ".join(_DECORATION.sub(" ", heading.replace("_", " ")).split()).casefold()
