"""Rooms and trainers that another team has at the same hours."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from routekaart.domain.content.wording import weekday_date
from routekaart.domain.planner.plan import Note, PlannedDay
from routekaart.domain.planner.problem import Problem, StudyDay


def clash(one: StudyDay, two: StudyDay) -> bool:
    """Whether two days need the same room or trainer at the same hours."""
    return bool(set(one.resources) & set(two.resources)) and _overlap(one, two)


def taken_notes(problem: Problem, days: Sequence[PlannedDay]) -> Iterator[Note]:
    """Which days with goals need what another team has then; a check warns and never blocks."""
    used = {day.study_day_id for day in days if day.goal_ids}
    for day in sorted(problem.study_days, key=lambda item: (item.date, item.start, item.id)):
        teams = {taken.team for taken in problem.taken if clash(day, taken.day)}
        if day.id in used:
            for team in sorted(teams):
                yield Note(
                    "room_or_trainer_taken",
                    f"Op {weekday_date(day.date)} heeft het team ‘{team}’ dezelfde ruimte of "
                    "trainer op dezelfde tijd. Kies een andere tijd, ruimte of trainer, of laat "
                    "de teams van de school samen plannen.",
                )


def _overlap(one: StudyDay, two: StudyDay) -> bool:
    first, second = (datetime.combine(day.date, day.start) for day in (one, two))
    return first < second + timedelta(minutes=two.minutes) and second < first + timedelta(
        minutes=one.minutes
    )
