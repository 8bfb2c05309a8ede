"""What a school year holds for a team, without names of people: the input of drawing and list."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from routekaart.domain.calendar import ONE_DAY, Closure, ClosureKind, SchoolCalendar, SchoolYear
from routekaart.domain.moments import Moment
from routekaart.domain.planner.plan import Plan

_FRIDAY = timedelta(days=4)
_SATURDAY = 6


@dataclass(frozen=True, slots=True)
class Break:
    """Days on which the school is closed, both included, with what they are called."""

    title: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class PreparationPeriod:
    """From the first to the last day on which the team prepares a goal for a study day."""

    title: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class YearFacts:
    """`visits` are the Mondays of the weeks in which people visit each other's lessons."""

    year: SchoolYear
    breaks: tuple[Break, ...]
    preparations: tuple[PreparationPeriod, ...]
    moments: tuple[Moment, ...]
    visits: tuple[date, ...]


def breaks_of(calendar: SchoolCalendar) -> tuple[Break, ...]:
    """The holidays and closed days by date. A public holiday within another holiday is not told
    apart, nor is one in a weekend."""
    holidays = [one for one in calendar.closures if one.kind is not ClosureKind.PUBLIC_HOLIDAY]
    public = [
        one
        for one in calendar.closures
        if one.kind is ClosureKind.PUBLIC_HOLIDAY
        and not any(other.first <= one.first and one.last <= other.last for other in holidays)
    ]
    found = {run for one in (*holidays, *public) for run in _closed_runs(calendar, one)}
    return tuple(sorted(found, key=lambda one: (one.first, one.last, one.title)))


def _closed_runs(calendar: SchoolCalendar, closure: Closure) -> Iterator[Break]:
    """A closure as far as the school is closed in it, without weekends at its ends."""
    run: list[date] = []
    day = max(closure.first, calendar.year.first_day)
    while day <= min(closure.last, calendar.year.last_day):
        if calendar.is_open(day):
            yield from _run(closure.title, run)
            run = []
        elif day.isoweekday() < _SATURDAY:
            run.append(day)
        day += ONE_DAY
    yield from _run(closure.title, run)


def _run(title: str, days: list[date]) -> Iterator[Break]:
    if days:
        yield Break(title, days[0], days[-1])


def preparation_periods(plan: Plan) -> tuple[PreparationPeriod, ...]:
    """Per goal with a study day, when the team prepares it; a goal nobody prepares has none."""
    found: list[PreparationPeriod] = []
    for placement in plan.placements:
        weeks = [
            row.week
            for row in plan.preparation_weeks
            if placement.goal_id in row.goal_ids and row.study_day_id == placement.study_day_id
        ]
        if weeks:
            last = max(weeks) + _FRIDAY
            found.append(
                PreparationPeriod(
                    placement.goal_title,
                    max(min(weeks), plan.year.first_day),
                    min(last, placement.deadline) if placement.deadline else last,
                )
            )
    return tuple(sorted(found, key=lambda one: (one.first, one.last, one.title)))


def visit_weeks(plan: Plan) -> tuple[date, ...]:
    """The weeks with lesson visits, in order, each once."""
    return tuple(sorted({week for visits in plan.lesson_visits for week in visits.weeks}))
