"""The goals of a routekaart as assigning and planning see them."""

from routekaart.domain.assigning import GoalChoice
from routekaart.models import Goal, Routekaart
from routekaart.queries.routekaarten.routekaarten import links_of_chosen


def goal_choices(routekaart: Routekaart) -> tuple[GoalChoice, ...]:
    """The goals by priority, each with what serves it (see `goals_with_choices`)."""
    return tuple(choice for _, choice in goals_with_choices(routekaart))


def goals_with_choices(routekaart: Routekaart) -> tuple[tuple[Goal, GoalChoice], ...]:
    """The goals by priority, each with what serves it.

    An option of category F serves the goals whose interventions ask for it (S07), and comes after
    those. Call inside the scope of the routekaart's school.
    """
    asked: dict[str, list[str]] = {}
    for link in links_of_chosen().filter(routekaart=routekaart):
        asked.setdefault(link.intervention_id, []).append(link.facility_id)
    found: list[tuple[Goal, GoalChoice]] = []
    for goal in routekaart.goals.prefetch_related("goal_interventions", "goal_courses"):
        own = [row.intervention_id for row in goal.goal_interventions.all()]
        facilities = [facility for slug in own for facility in asked.get(slug, ())]
        choice = GoalChoice(
            id=str(goal.pk),
            interventions=tuple(dict.fromkeys((*own, *facilities))),
            courses=tuple(row.course_id for row in goal.goal_courses.all()),
        )
        found.append((goal, choice))
    return tuple(found)
