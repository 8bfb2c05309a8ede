"""What reading in a list would change about the people of a school. Pure.

A list only adds and changes: nobody, no role, no team and no leave is ever taken away by it. The
name of somebody who is known stays, so that the answer is the same for whoever works elsewhere.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from courses.dutch import dutch_date, listed
from routekaart.domain.calendar import SchoolYear
from routekaart.domain.content.wording import WEEKDAYS
from routekaart.domain.people import FULL_WEEK, Leave
from routekaart.domain.people_import.cells import ROLE_WORDS
from routekaart.domain.people_import.headings import Column
from routekaart.domain.people_import.reading import CellProblem, ReadRow

C = Column
_Value = TypeVar("_Value")
_USUAL_ROLE = "member"


class Outcome(StrEnum):
    """`left`: somebody whose last day is over, who is neither added nor taken away."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    LEFT = "left"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class TeamRef:
    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody whom the school knows. `employment` is None for who only has a role or visits.

    `teams`: since when, by team.
    """

    employment: UUID | None
    roles: frozenset[str] = frozenset()
    functions: tuple[str, ...] = ()
    fte: Decimal = Decimal(1)
    days: tuple[int, ...] = FULL_WEEK
    leave: tuple[Leave, ...] = ()
    teams: Mapping[UUID, date] | None = None


@dataclass(frozen=True, slots=True)
class School:
    """What stands now. `people` by address; `functions`: the titles by slug."""

    teams: Sequence[TeamRef]
    functions: Mapping[str, str]
    people: Mapping[str, Known]


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes different, in words. `before` is empty for what is new."""

    column: Column
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Todo:
    """What to store for somebody. None: leave as it is. `roles` and `leave` are whole."""

    employment: UUID | None
    roles: tuple[str, ...] | None
    functions: tuple[str, ...] | None
    fte: Decimal | None
    days: tuple[int, ...] | None
    leave: tuple[Leave, ...] | None
    joins: tuple[tuple[UUID, date], ...]
    since: tuple[tuple[UUID, date], ...]


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A row of the list and what it comes to. `todo` is None where there is nothing to store."""

    line: int
    email: str
    name: str
    outcome: Outcome
    changes: tuple[Change, ...] = ()
    problems: tuple[CellProblem, ...] = ()
    note: str = ""
    todo: Todo | None = None


def compare(row: ReadRow, school: School, *, today: date, name_title: str) -> PersonRow:
    """What a row comes to. `name_title`: what the list calls the column of the name."""
    if row.problems:
        return PersonRow(row.line, row.email, row.name, Outcome.WRONG, problems=row.problems)
    known = school.people.get(row.email, Known(None))
    if row.until is not None and row.until < today:
        note = f"Laatste dag was {dutch_date(row.until)}: overgeslagen."
        if known.employment is not None:
            note += " Nog in de lijst van de school: haal hem of haar daar zelf weg."
        return PersonRow(row.line, row.email, row.name, Outcome.LEFT, note=note)
    if known.employment is None and not row.name:
        problem = CellProblem(row.line, name_title, "name_missing", "Vul de naam in.")
        return PersonRow(row.line, row.email, row.name, Outcome.WRONG, problems=(problem,))
    todo = _todo(row, known, school, today)
    changes = tuple(_changes(todo, known, school))
    if known.employment is None:
        return PersonRow(row.line, row.email, row.name, Outcome.ADDED, changes, todo=todo)
    if not changes:
        return PersonRow(row.line, row.email, row.name, Outcome.UNCHANGED)
    return PersonRow(row.line, row.email, row.name, Outcome.CHANGED, changes, todo=todo)


def _todo(row: ReadRow, known: Known, school: School, today: date) -> Todo:
    is_new = known.employment is None
    roles = row.roles or ((_USUAL_ROLE,) if is_new and not known.roles else ())
    more = [role for role in roles if role not in known.roles]
    wanted = [team for team in school.teams if team.name in row.teams]
    member_since = known.teams or {}
    functions = row.functions
    if functions is not None and set(functions) == set(known.functions):
        functions = None
    away = _away_after(row.until, known.leave)
    return Todo(
        employment=known.employment,
        roles=tuple(sorted(known.roles.union(more))) if more or is_new else None,
        functions=functions,
        fte=_different(row.fte, None if is_new else known.fte),
        days=_different(row.days, None if is_new else known.days),
        leave=(*known.leave, away) if away else None,
        joins=tuple(
            (team.id, row.joined or today) for team in wanted if team.id not in member_since
        ),
        since=tuple(
            (team.id, row.joined)
            for team in wanted
            if row.joined is not None and member_since.get(team.id, row.joined) != row.joined
        ),
    )


def _different(wanted: _Value | None, there: _Value | None) -> _Value | None:
    return None if wanted == there else wanted


def _away_after(until: date | None, leave: Sequence[Leave]) -> Leave | None:
    """Who leaves during a school year is away for the rest of it, so that no plan counts on them.

    Nothing where that is so already, or on the last day of the year itself.
    """
    if until is None:
        return None
    first = until + timedelta(days=1)
    last = SchoolYear.containing(until).last_day
    if first > last or any(each.first <= first and last <= each.last for each in leave):
        return None
    return Leave(first, last)


# --- In words ------------------------------------------------------------------------------------
def _changes(todo: Todo, known: Known, school: School) -> Iterator[Change]:
    is_new = todo.employment is None
    if todo.roles is not None and set(todo.roles) != known.roles:
        yield Change(C.ROLE, _roles(known.roles), _roles(todo.roles))
    if todo.functions is not None:
        titles = school.functions
        before = "" if is_new else _titles(known.functions, titles)
        yield Change(C.FUNCTION, before, _titles(todo.functions, titles))
    if todo.fte is not None:
        yield Change(C.FTE, "" if is_new else _number(known.fte), _number(todo.fte))
    if todo.days is not None:
        yield Change(C.DAYS, "" if is_new else _weekdays(known.days), _weekdays(todo.days))
    names = {team.id: team.name for team in school.teams}
    for team, day in todo.joins:
        yield Change(C.TEAM, "", f"{names[team]} (vanaf {dutch_date(day)})")
    for team, day in todo.since:
        before = dutch_date((known.teams or {})[team])
        yield Change(C.JOINED, f"{names[team]}: {before}", f"{names[team]}: {dutch_date(day)}")
    if todo.leave is not None:
        away = todo.leave[-1]
        yield Change(
            C.UNTIL, "", f"weg van {dutch_date(away.first)} tot en met {dutch_date(away.last)}"
        )


def _roles(roles: Collection[str]) -> str:
    return listed([words[0] for role, words in ROLE_WORDS.items() if role in roles])


def _titles(slugs: Sequence[str], titles: Mapping[str, str]) -> str:
    return listed([titles.get(slug, slug) for slug in slugs])


def _number(value: Decimal) -> str:
    return f"{value.normalize():f}".replace(".", ",")


def _weekdays(days: Sequence[int]) -> str:
    return listed([WEEKDAYS[day - 1] for day in days])
