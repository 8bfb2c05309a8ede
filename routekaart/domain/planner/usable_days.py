"""Which study days can be used, and the stretch of days in which each can be prepared."""

from dataclasses import dataclass
from datetime import date

from routekaart.domain.calendar import ONE_WEEK, monday_of
from routekaart.domain.content.wording import weekday_date
from routekaart.domain.planner.plan import Code, NotPlaced, Subject
from routekaart.domain.planner.problem import Problem, StudyDay, StudyDayKind
from routekaart.domain.study_day import MOST_GOALS, fits_programme


@dataclass(frozen=True, slots=True)
class UsableDay:
    """A study day on which goals can be placed.

    Preparation lies in weeks that begin on or after `first_monday`, and is done on `deadline`;
    None when the year has no room for one. `room` is how many goals it holds.
    """

    day: StudyDay
    first_monday: date
    deadline: date | None
    room: int


def usable_days(problem: Problem) -> tuple[tuple[UsableDay, ...], tuple[NotPlaced, ...]]:
    """The study days to plan on, in order of date, and the others with why not."""
    usable: list[UsableDay] = []
    refused: list[NotPlaced] = []
    for day in sorted(problem.study_days, key=lambda item: (item.date, item.start, item.id)):
        found = _refusal(problem, day)
        if found is None:
            usable.append(_usable(problem, day))
        else:
            code, why = found
            what = "studiedag" if day.kind is StudyDayKind.DAY else "studiemiddag"
            text = f"De {what} van {weekday_date(day.date)} is niet gebruikt: {why}."
            refused.append(NotPlaced(Subject.STUDY_DAY, code, text, study_day_id=day.id))
    return tuple(usable), tuple(refused)


def _usable(problem: Problem, day: StudyDay) -> UsableDay:
    settings, calendar = problem.settings, problem.calendar
    earliest = day.date - settings.window_weeks * ONE_WEEK
    # The first Monday on or after it, so that no preparation starts before the window.
    first_monday = monday_of(earliest)
    if first_monday < earliest:
        first_monday += ONE_WEEK
    deadline = calendar.working_days_before(day.date, settings.deadline_working_days)
    full = day.kind is StudyDayKind.DAY
    room = settings.goals_per_day if full else settings.goals_per_afternoon
    return UsableDay(day, first_monday, deadline, min(room, MOST_GOALS))


def _refusal(problem: Problem, day: StudyDay) -> tuple[Code, str] | None:
    calendar = problem.calendar
    if day.date not in calendar.year:
        return (
            Code.DAY_OUTSIDE_YEAR,
            f"hij valt buiten schooljaar {calendar.year.label}; kies een andere datum",
        )
    if problem.plan_from is not None and day.date < problem.plan_from:
        return Code.DAY_IN_PAST, "hij is al geweest; kies een latere datum"
    if not calendar.is_open(day.date):
        why = calendar.why_closed(day.date)
        return Code.DAY_CLOSED, f"de school is dan dicht ({why}); kies een andere datum"
    if not fits_programme(day.start, day.minutes):
        return (
            Code.DAY_INVALID,
            "een studiedag duurt 1 tot 8 uur en eindigt voor middernacht; pas de tijden aan",
        )
    return None
