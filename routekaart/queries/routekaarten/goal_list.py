"""The goals of a team with what the rules say of them, as the page about goals shows them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from courses.entities import Catalogue
from courses.findings import Finding, sorted_findings
from routekaart.access import Access, Permission
from routekaart.clock import today
from routekaart.domain.rules import GoalView, RoutekaartView, bsn_in_texts, check
from routekaart.models import Goal, Routekaart
from routekaart.queries.catalogue.school_catalogue import school_catalogue

# What can be said of a goal by itself: the rest waits for an advice, or for people and days.
_HERE = frozenset(
    {
        "too_many_goals",
        "goal_is_performance_only",
        "goal_without_content",
        "goal_order_cycle",
    }
)

_TEXTS = ("wording", "noticeable", "indicator", "stops")


@dataclass(frozen=True, slots=True)
class TeamGoals:
    """`goals` by importance, with their interventions, courses and earlier goals read along.

    `chosen`: titles of the interventions of the team, by slug, in its order. `may_edit`: whether
    this person may change them in the states that allow it.
    """

    routekaart: Routekaart
    catalogue: Catalogue
    chosen: Mapping[str, str]
    goals: tuple[Goal, ...]
    findings: tuple[Finding, ...]
    may_edit: bool

    def goal(self, goal_id: UUID) -> Goal | None:
        return next((goal for goal in self.goals if goal.pk == goal_id), None)

    def about(self, goal: Goal) -> tuple[str, ...]:
        """What the rules say of one goal."""
        return tuple(one.message for one in self.findings if one.goal == str(goal.pk))

    @property
    def about_all(self) -> tuple[str, ...]:
        """What they say of all goals together."""
        return tuple(one.message for one in self.findings if one.goal is None)


def goal_list(*, by: Access, routekaart_id: UUID) -> TeamGoals:
    """The goals in a fixed number of queries."""
    routekaart = by.fetch(
        Routekaart, routekaart_id, Permission.VIEW_ROUTEKAART, along=("team__school",)
    )
    school = routekaart.team.school_id
    with by.entered():
        goals = tuple(
            Goal.objects.filter(routekaart=routekaart).prefetch_related(
                "goal_interventions", "goal_courses", "order_rows"
            )
        )
        slugs = list(routekaart.chosen.values_list("intervention_id", flat=True))
    catalogue = school_catalogue(school=school)
    known = catalogue.intervention_by_slug
    return TeamGoals(
        routekaart=routekaart,
        catalogue=catalogue,
        chosen={slug: known[slug].title if slug in known else slug for slug in slugs},
        goals=goals,
        findings=_findings(catalogue, goals),
        may_edit=by.allows(Permission.EDIT_ROUTEKAART, school=school, team=routekaart.team_id),
    )


def _findings(catalogue: Catalogue, goals: tuple[Goal, ...]) -> tuple[Finding, ...]:
    view = RoutekaartView(today=today(), goals=tuple(_view(goal) for goal in goals))
    found = [one for one in check(catalogue, view) if one.code in _HERE]
    for goal in goals:
        texts = {name: getattr(goal, name) for name in _TEXTS}
        found += (replace(one, goal=str(goal.pk)) for one in bsn_in_texts(texts))
    return sorted_findings(found)


def _view(goal: Goal) -> GoalView:
    return GoalView(
        key=str(goal.pk),
        wording=goal.wording,
        noticeable=goal.noticeable,
        interventions=tuple(row.intervention_id for row in goal.goal_interventions.all()),
        courses=tuple(row.course_id for row in goal.goal_courses.all()),
        after=tuple(str(row.earlier_id) for row in goal.order_rows.all()),
    )
