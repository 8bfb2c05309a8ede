"""Makers of situations for the tests of the date adviser."""

from datetime import date, timedelta
from typing import Any

from routekaart.domain.calendar import Region, SchoolCalendar, SchoolYear
from routekaart.domain.dates import DateAdvice, Situation, TeamDay, advise
from routekaart.domain.dates.rules import DATE_RULES
from routekaart.domain.people import Member
from routekaart.domain.planner.problem import StudyDayKind
from routekaart.domain.school_holidays import school_calendar

UPPER = (3, 4, 5, 6, 7, 8)
NOORD = school_calendar(SchoolYear(2026), Region.NOORD)
# Tuesdays with lessons, in weeks without a holiday and far enough apart.
TUESDAYS = tuple(
    date.fromisoformat(day)
    for day in (
        *("2026-09-01", "2026-09-22", "2026-11-03", "2026-12-01"),
        *("2027-01-12", "2027-02-09", "2027-03-09", "2027-06-08"),
    )
)


def free(*days: date, groups: tuple[int, ...] = UPPER) -> tuple[TeamDay, ...]:
    """Whole study days on which year groups are free."""
    return tuple(TeamDay(day, free_groups=groups, id=str(day)) for day in days)


def afternoon(day: date, **values: Any) -> TeamDay:
    return TeamDay(day, StudyDayKind.AFTERNOON, **values)


def bare(start: int = 2026) -> SchoolCalendar:
    """A year in which every weekday has lessons."""
    return SchoolCalendar(SchoolYear(start), Region.NOORD)


def situation(**values: Any) -> Situation:
    fields: dict[str, Any] = {"calendar": NOORD, "sector": "po", "rules": DATE_RULES}
    return Situation(**fields | values)


def member(id_: str, *working_days: int, **values: Any) -> Member:
    return Member(id_, f"Naam {id_}", working_days=working_days, **values)


def advice(given: Situation, day: TeamDay) -> DateAdvice:
    [found] = advise(given, [day])
    return found


def codes(found: DateAdvice) -> dict[str, str]:
    """Light per reason."""
    return {item.code.value: item.light.value for item in found.reasons}


def week_codes(found: DateAdvice) -> dict[str, str]:
    """Light per reason about the weeks of pupils."""
    about = ("four_day", "three_day", "week_has", "afternoon", "groups_", "no_free", "free_days")
    return {code: light for code, light in codes(found).items() if code.startswith(about)}


def text(found: DateAdvice, code: str) -> str:
    [item] = [item for item in found.reasons if item.code.value == code]
    return item.text


def days_from(first: date, *offsets: int) -> list[date]:
    return [first + timedelta(days=offset) for offset in offsets]
