"""The goals of a routekaart as assigning and planning see them."""

from uuid import UUID

from routekaart.domain.assigning import GoalChoice
from routekaart.models import Routekaart
from routekaart.queries.routekaarten.routekaarten import links_of_chosen


def goal_choices(routekaart: Routekaart) -> tuple[GoalChoice, ...]:
    """The goals by priority, each with what serves it.

    An option of category F serves the goals whose interventions ask for it (S07), and comes after
    those. Call inside the scope of the routekaart's school.
    """
    asked: dict[str, list[str]] = {}
    for link in links_of_chosen().filter(routekaart=routekaart):
        asked.setdefault(link.intervention_id, []).append(link.facility_id)
    own: dict[UUID, list[str]] = {}
    picked: dict[UUID, list[str]] = {}
    # All of it in one query: the few rows that come twice cost less than two more.
    for goal, intervention, course in routekaart.goals.order_by(
        "priority", "id", "goal_interventions__id", "goal_courses__id"
    ).values_list("id", "goal_interventions__intervention_id", "goal_courses__course_id"):
        own.setdefault(goal, []).extend([intervention] if intervention else ())
        picked.setdefault(goal, []).extend([course] if course else ())
    return tuple(
        GoalChoice(
            id=str(goal),
            interventions=tuple(
                dict.fromkeys((*slugs, *(f for slug in slugs for f in asked.get(slug, ()))))
            ),
            courses=tuple(dict.fromkeys(picked[goal])),
        )
        for goal, slugs in own.items()
    )
