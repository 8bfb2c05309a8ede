"""What the current plan says of each study day of a routekaart."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from routekaart.domain.study_day import DayGoal
from routekaart.models import Routekaart
from routekaart.queries.planning.current_plan import current_plan


@dataclass(frozen=True, slots=True)
class DayInPlan:
    """The goals that are still there, in the order of the plan, and what comes after the day."""

    goals: tuple[DayGoal, ...] = ()
    follow_up_on: date | None = None
    evaluation_on: date | None = None


NOT_PLANNED = DayInPlan()


def days_in_plan(routekaart: Routekaart) -> Mapping[str, DayInPlan]:
    """By the id of the study day; a day that the plan does not know is not in it."""
    plan = current_plan(routekaart)
    if plan is None:
        return {}
    wording = {str(goal.pk): goal.wording for goal in routekaart.goals.all()}
    follow_ups = {item.study_day_id: item.date for item in plan.follow_ups}
    evaluations = {item.study_day_id: item.date for item in plan.evaluations}
    return {
        day.study_day_id: DayInPlan(
            goals=tuple(DayGoal(goal, wording[goal]) for goal in day.goal_ids if goal in wording),
            follow_up_on=follow_ups.get(day.study_day_id),
            evaluation_on=evaluations.get(day.study_day_id),
        )
        for day in plan.study_days
    }
