"""Reading in the people of a school from a list: what it says, what is wrong, what changes."""

from routekaart.domain.people_import.comparing import (
    Change,
    Known,
    Outcome,
    PersonRow,
    School,
    TeamRef,
    Todo,
    compare,
)
from routekaart.domain.people_import.headings import (
    MOST_PEOPLE,
    Column,
    Header,
    find_header,
    template,
)
from routekaart.domain.people_import.reading import CellProblem, Names, ReadRow, read_rows
from routekaart.domain.people_import.shown import sign_of

__all__ = [
    "MOST_PEOPLE",
    "CellProblem",
    "Change",
    "Column",
    "Header",
    "Known",
    "Names",
    "Outcome",
    "PersonRow",
    "ReadRow",
    "School",
    "TeamRef",
    "Todo",
    "compare",
    "find_header",
    "read_rows",
    "sign_of",
    "template",
]
