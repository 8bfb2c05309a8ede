"""Reading a list of completions (CSV): what each row says, and what is wrong with it. Pure.

Cells are text and nothing else: a cell that looks like a formula is a course or an address that
does not exist. Nothing is guessed: a title that two courses carry is an error.
"""

import csv
import io
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from courses.dutch import listed
from courses.entities import Course
from routekaart.domain.errors import BadInput
from routekaart.domain.progress.completions import Done, check_done_on
from routekaart.domain.written_dates import read_date

MOST_ROWS = 2000
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "email": ("e-mail", "email", "e-mailadres", "emailadres", "mail"),
    "course": ("cursus", "course", "titel", "cursustitel"),
    "date": ("datum", "date", "afgerond op", "afgerond"),
}


@dataclass(frozen=True, slots=True)
class ListedRow:
    """What stands in a row. `line` is its line in the list, where the header is line 1."""

    line: int
    email: str
    course: str
    date: str


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """A row that can be used (`done`), or the code and the Dutch sentence that say why not."""

    line: int
    done: Done | None
    code: str = ""
    detail: str = ""


def read_list(text: str) -> tuple[ListedRow, ...]:
    """The filled rows. The separator is `;` or `,`, the order of the columns is free.

    Raises `BadInput` (`columns_missing`, `too_many_rows`, `unreadable_list`).
    """
    lines = text.removeprefix("\ufeff")
    try:
        rows = tuple(itertools.islice(_rows(lines), MOST_ROWS + 1))
    except csv.Error:
        raise BadInput(
            "csv",
            "Deze lijst is niet te lezen. Kijk of elk aanhalingsteken een tegenhanger heeft.",
            code="unreadable_list",
        ) from None
    if len(rows) > MOST_ROWS:
        raise BadInput(
            "csv",
            f"Deze lijst heeft meer dan {MOST_ROWS} regels. Lees hem in delen in.",
            code="too_many_rows",
        )
    return rows


def _rows(text: str) -> Iterator[ListedRow]:
    separator, columns = _header(text.split("\n", 1)[0])
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    next(reader)
    for cells in reader:
        if any(cell.strip() for cell in cells):
            values = {
                name: " ".join(cells[place].split()) if place < len(cells) else ""
                for name, place in columns.items()
            }
            yield ListedRow(reader.line_num, **values)


def _header(line: str) -> tuple[str, Mapping[str, int]]:
    for separator in (";", ","):
        names = [
            cell.strip().casefold() for cell in next(csv.reader([line], delimiter=separator), [])
        ]
        columns = {
            column: next(place for place, name in enumerate(names) if name in words)
            for column, words in _COLUMNS.items()
            if set(names).intersection(words)
        }
        if len(columns) == len(_COLUMNS):
            return separator, columns
    raise BadInput(
        "csv",
        "Zet in de eerste regel de kolommen e-mail, cursus en datum, gescheiden door ; of ,.",
        code="columns_missing",
    )


class CourseNames:
    """Which courses a name may stand for: a slug, a title, or a title as printed somewhere."""

    def __init__(self, courses: Iterable[Course]) -> None:
        self._slugs: set[str] = set()
        self._titles: dict[str, set[str]] = {}
        for course in courses:
            self._slugs.add(course.slug)
            for title in (course.title, *course.printed_titles):
                self._titles.setdefault(_plain(title), set()).add(course.slug)

    def named(self, name: str) -> tuple[str, ...]:
        """Their slugs, sorted. A slug always means that course."""
        wanted = _plain(name)
        return (wanted,) if wanted in self._slugs else tuple(sorted(self._titles.get(wanted, ())))


def judge(
    rows: Sequence[ListedRow],
    *,
    people: Mapping[str, UUID],
    courses: CourseNames,
    today: date,
    proof: str,
) -> Iterator[JudgedRow]:
    """Each row, in order. `people` are those of whom this may be noted, by e-mail address."""
    for row in rows:
        try:
            done = Done(
                person=_person(row.email, people),
                course=_course(row.course, courses),
                done_on=_day(row.date, today),
                proof=proof,
            )
        except BadInput as wrong:
            yield JudgedRow(row.line, None, wrong.code, wrong.message)
        else:
            yield JudgedRow(row.line, done)


def _person(email: str, people: Mapping[str, UUID]) -> UUID:
    # One answer for an unknown address and for somebody of another school: who works elsewhere
    # is not told here.
    found = people.get(email.casefold())
    if found is None:
        raise BadInput(
            "email",
            "Dit e-mailadres is niet van iemand voor wie je dit kunt vastleggen. Controleer het.",
            code="unknown_person",
        )
    return found


def _course(name: str, courses: CourseNames) -> str:
    found = courses.named(name)
    if not found:
        raise BadInput("course", "Deze cursus staat niet in de catalogus.", code="unknown_course")
    if len(found) > 1:
        raise BadInput(
            "course",
            f"Deze titel hoort bij meer cursussen. Schrijf {listed(found, 'of')}.",
            code="ambiguous_course",
        )
    return found[0]


def _day(text: str, today: date) -> date:
    found = read_date(text)
    check_done_on(found, today)
    return found


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
