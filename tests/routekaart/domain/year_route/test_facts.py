"""Which days a school is closed, and when a team prepares: from calendar and plan."""

from dataclasses import replace
from datetime import date

from courses.entities import DurationBasis
from routekaart.domain.calendar import (
    Closure,
    ClosureKind,
    Override,
    Region,
    SchoolCalendar,
    SchoolYear,
)
from routekaart.domain.planner.plan import LessonVisits, Placement, Plan, PreparationWeek
from routekaart.domain.year_route import (
    Break,
    PreparationPeriod,
    breaks_of,
    preparation_periods,
    visit_weeks,
)

YEAR = SchoolYear(2026)
OCTOBER = (date(2026, 10, 10), date(2026, 10, 18))
EMPTY = Plan(
    year=YEAR,
    method="test",
    optimal=True,
    placements=(),
    preparation_weeks=(),
    study_days=(),
    plg_meetings=(),
    follow_ups=(),
    evaluations=(),
    hours=(),
    completed=(),
    not_placed=(),
    assumptions=(),
)
DAY = date(2026, 11, 4)


def closed(*closures: Closure, opened: tuple[Override, ...] = ()) -> tuple[Break, ...]:
    return breaks_of(SchoolCalendar(YEAR, Region.NOORD, closures, opened))


def test_a_holiday_without_the_weekends_around_it() -> None:
    autumn = Closure(*OCTOBER, "Herfstvakantie", ClosureKind.SCHOOL_HOLIDAY)
    assert closed(autumn) == (Break("Herfstvakantie", date(2026, 10, 12), date(2026, 10, 16)),)


def test_a_day_on_which_the_school_opens_splits_it() -> None:
    autumn = Closure(*OCTOBER, "Herfstvakantie", ClosureKind.SCHOOL_HOLIDAY)
    wednesday = date(2026, 10, 14)
    assert closed(autumn, opened=(Override(wednesday, wednesday, "Open", closed=False),)) == (
        Break("Herfstvakantie", date(2026, 10, 12), date(2026, 10, 13)),
        Break("Herfstvakantie", date(2026, 10, 15), date(2026, 10, 16)),
    )


def test_a_public_holiday_is_told_when_no_other_holiday_holds_it() -> None:
    christmas = Closure(
        date(2026, 12, 19), date(2027, 1, 3), "Kerstvakantie", ClosureKind.SCHOOL_HOLIDAY
    )
    public = [
        Closure(day, day, title, ClosureKind.PUBLIC_HOLIDAY)
        for day, title in (
            (date(2026, 12, 25), "Eerste kerstdag"),
            (date(2027, 3, 28), "Eerste paasdag"),
            (date(2027, 3, 29), "Tweede paasdag"),
        )
    ]
    assert closed(*public, christmas) == (
        Break("Kerstvakantie", date(2026, 12, 21), date(2027, 1, 1)),
        Break("Tweede paasdag", date(2027, 3, 29), date(2027, 3, 29)),
    )


def test_days_of_the_school_itself_count_and_those_outside_the_year_do_not() -> None:
    own = Closure(date(2027, 7, 29), date(2027, 8, 6), "Verbouwing", ClosureKind.OWN)
    assert closed(own) == (Break("Verbouwing", date(2027, 7, 29), date(2027, 7, 30)),)


def week(monday: date, member: str, *goals: str) -> PreparationWeek:
    return PreparationWeek(
        member, goals, "dag", "c", "C", monday, 60, DAY, True, DurationBasis.ASSUMED
    )


def placed(goal: str, deadline: date | None) -> Placement:
    return Placement(goal, f"Wij leren {goal}.", "dag", DAY, deadline, "Eerste dag.")


def test_preparation_runs_from_the_first_week_of_anyone_until_the_deadline() -> None:
    plan = replace(
        EMPTY,
        placements=(placed("a", date(2026, 10, 28)), placed("b", None), placed("c", DAY)),
        preparation_weeks=(
            week(date(2026, 10, 26), "m1", "a"),
            week(date(2026, 9, 7), "m2", "a", "b"),
            week(date(2026, 9, 14), "m2", "b"),
        ),
    )
    assert preparation_periods(plan) == (
        PreparationPeriod("Wij leren b.", date(2026, 9, 7), date(2026, 9, 18)),
        PreparationPeriod("Wij leren a.", date(2026, 9, 7), date(2026, 10, 28)),
    )


def test_the_week_that_began_before_the_year_counts_from_its_first_day() -> None:
    plan = replace(
        EMPTY,
        placements=(placed("a", None),),
        preparation_weeks=(week(date(2026, 7, 27), "m1", "a"),),
    )
    assert preparation_periods(plan)[0].first == date(2026, 8, 1)


def test_weeks_with_visits_come_once_and_in_order() -> None:
    late, early = date(2026, 11, 16), date(2026, 11, 9)
    visits = (LessonVisits("dag", (), (late, early)), LessonVisits("twee", (), (late,)))
    assert visit_weeks(replace(EMPTY, lesson_visits=visits)) == (early, late)
