"""How the goals of a team stand, on one page."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from routekaart.access import Access, Permission
from routekaart.models import Goal, Indicator, Routekaart
from routekaart.queries.quality.evaluations import GoalEvaluation, evaluation_of_goal, to_evaluate


@dataclass(frozen=True, slots=True)
class TeamEvaluation:
    routekaart: Routekaart
    evaluates: bool
    sees_agreements: bool
    goals: tuple[GoalEvaluation, ...]


def team_evaluation(*, by: Access, routekaart_id: UUID) -> TeamEvaluation:
    """The goals by priority, each with its indicators and the latest decision."""
    routekaart = by.fetch(
        Routekaart, routekaart_id, Permission.VIEW_ROUTEKAART, along=("team__school",)
    )
    marks: Any = routekaart

    def may(permission: Permission) -> bool:
        return by.allows(permission, school=marks.access_school, team=marks.access_team)

    with by.entered():
        goals = to_evaluate(Goal.objects.filter(routekaart=routekaart))
        return TeamEvaluation(
            routekaart=routekaart,
            evaluates=may(Permission.EVALUATE),
            sees_agreements=may(Permission.VIEW_AGREEMENTS),
            goals=tuple(evaluation_of_goal(goal) for goal in goals),
        )


def goal_to_evaluate(*, by: Access, goal_id: UUID) -> Goal:
    """One goal with its team, for who evaluates it."""
    return by.fetch(Goal, goal_id, Permission.EVALUATE, along=("routekaart__team__school",))


def indicator_to_measure(*, by: Access, indicator_id: UUID) -> Indicator:
    """One indicator with its goal and team, for who measures."""
    return by.fetch(
        Indicator, indicator_id, Permission.EVALUATE, along=("goal__routekaart__team__school",)
    )
