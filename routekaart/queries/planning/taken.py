"""Rooms and trainers that the other teams of a school have planned with already."""

from collections.abc import Iterable, Sequence

from routekaart.domain.planner.problem import StudyDay, Taken
from routekaart.models import StudyDay as StudyDayRow
from routekaart.queries.planning.other_teams import OtherTeams
from routekaart.queries.routekaarten.study_days import study_day_of


def taken_by_others(
    others: OtherTeams, days: Sequence[StudyDay], of_school: Iterable[StudyDayRow]
) -> tuple[Taken, ...]:
    """The days with goals of other teams that need a room or trainer of one of these days.

    `of_school` are the study days of all its teams, with their team.
    """
    wanted = {resource for day in days for resource in day.resources}
    used = {
        day["study_day_id"] for plan in others.plans for day in plan.study_days if day["goal_ids"]
    }
    found = [
        Taken(row.routekaart.team.name, study_day_of(row))
        for row in of_school
        if str(row.pk) in used
    ]
    return tuple(
        sorted(
            (item for item in found if wanted & set(item.day.resources)),
            key=lambda item: (item.day.date, item.day.start, item.day.id),
        )
    )
