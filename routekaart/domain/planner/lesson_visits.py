"""Weeks to visit each other's lessons after a study day, where a team asks for them (S30).

Which pair visits whom is for the team; the plan keeps two weeks free for it, between the study day
and its follow-up. How many is an assumption.
"""

from collections.abc import Sequence
from datetime import date

from routekaart.domain.calendar import monday_of
from routekaart.domain.content.wording import weekday_date
from routekaart.domain.planner.plan import (
    Code,
    FollowUp,
    LessonVisits,
    NotPlaced,
    PlannedDay,
    Subject,
)
from routekaart.domain.planner.problem import Problem

_WEEKS = 2


def plan_lesson_visits(
    problem: Problem, days: Sequence[PlannedDay], follow_ups: Sequence[FollowUp]
) -> tuple[tuple[LessonVisits, ...], tuple[NotPlaced, ...]]:
    """The weeks for each study day with goals, and the days for which there are none left."""
    if not problem.settings.lesson_visits:
        return (), ()
    until = {item.study_day_id: item.date for item in follow_ups}
    planned: list[LessonVisits] = []
    not_placed: list[NotPlaced] = []
    for day in days:
        if not day.goal_ids:
            continue
        weeks = _weeks(problem, day, until.get(day.study_day_id, date.max))
        if weeks:
            planned.append(LessonVisits(day.study_day_id, day.goal_ids, weeks))
        else:
            text = (
                f"Na de studiedag van {weekday_date(day.date)} is er geen lesweek over voor "
                "lesbezoek voor de vervolgbijeenkomst; plan de vervolgbijeenkomst later."
            )
            not_placed.append(
                NotPlaced(
                    Subject.LESSON_VISITS,
                    Code.NO_DATE_LEFT,
                    text,
                    study_day_id=day.study_day_id,
                )
            )
    return tuple(planned), tuple(not_placed)


def _weeks(problem: Problem, day: PlannedDay, until: date) -> tuple[date, ...]:
    """The first weeks with lessons after the one of the day and before that of `until`.

    Weeks that lie behind stay: what was planned there has been or has not, but moves nowhere.
    """
    found = [
        week.monday
        for week in problem.calendar.weeks
        if monday_of(day.date) < week.monday < monday_of(until) and week.open_days
    ]
    return tuple(found[:_WEEKS])
