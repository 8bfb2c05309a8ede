"""Rooms and trainers that another team has at the same hours."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from courses.dutch import listed
from routekaart.domain.content.wording import weekday_date
from routekaart.domain.planner.draft import Blocked, Draft
from routekaart.domain.planner.plan import Code, Note, Plan, PlannedDay
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


def blocked_notes(draft: Draft) -> Iterator[Note]:
    """Which days have no goal because another team has the room or trainer."""
    for usable in draft.days:
        teams = draft.blocked.get(usable.day.id, ())
        if teams:
            yield Note(
                "study_day_taken",
                f"Op {weekday_date(usable.day.date)} {team_has(teams)} dezelfde ruimte of trainer "
                "op dezelfde tijd. Daarom staat er geen doel op die dag. Kies een andere tijd, "
                "ruimte of trainer.",
            )


def team_has(teams: Sequence[str]) -> str:
    """heeft het team ‘A’, hebben de teams ‘A’ en ‘B’"""
    names = listed([f"‘{team}’" for team in teams])
    return f"heeft het team {names}" if len(teams) == 1 else f"hebben de teams {names}"


def still_blocked(problem: Problem, plan: Plan) -> Blocked:
    """The days on which a plan has no goal for what another team has there, as far as it still has.

    Such a plan was made together with the other teams; looked at alone there would be room.
    """
    if not any(item.code is Code.DAY_TAKEN for item in plan.not_placed):
        return {}
    used = {item.study_day_id for item in plan.placements}
    found = {
        day.id: tuple(sorted({taken.team for taken in problem.taken if clash(day, taken.day)}))
        for day in problem.study_days
        if day.id not in used
    }
    return {day: teams for day, teams in found.items() if teams}


def _overlap(one: StudyDay, two: StudyDay) -> bool:
    first, second = (datetime.combine(day.date, day.start) for day in (one, two))
    return first < second + timedelta(minutes=two.minutes) and second < first + timedelta(
        minutes=one.minutes
    )
