"""Reading routekaarten and what belongs to them. Every query starts from what `by` may see."""

from typing import Any
from uuid import UUID

from django.db.models import BooleanField, F, OuterRef, Prefetch, Q, QuerySet, Value
from django.db.models.expressions import Case, When

from routekaart.access import Access, NotFound, Permission
from routekaart.clock import today
from routekaart.domain.privacy import names_shown
from routekaart.models import (
    AdviceVersion,
    Answer,
    Assignment,
    FacilityLink,
    Goal,
    Plan,
    Routekaart,
    StudyDay,
    Team,
)
from routekaart.models.assignments import STANDING
from routekaart.queries.organisation.names import name_at

_OF_GOAL = ("goal_interventions", "goal_courses", "after")


def routekaarten_of_team(*, by: Access, team_id: UUID) -> QuerySet[Routekaart]:
    """The routekaarten of a team, newest school year first. Evaluate inside `by.entered()`."""
    by.fetch(Team, team_id, Permission.VIEW_ROUTEKAART)
    with by.entered():
        return _whole(Routekaart.objects.filter(team=team_id))


def routekaart_detail(
    *, by: Access, routekaart_id: UUID, permission: Permission = Permission.VIEW_ROUTEKAART
) -> Routekaart:
    """One routekaart with its team, choices, links and answers in a fixed number of queries."""
    by.fetch(Routekaart, routekaart_id, permission)
    with by.entered():
        return _whole(Routekaart.objects.filter(pk=routekaart_id)).get()


def routekaart_to_read(*, by: Access, routekaart_id: UUID, permission: Permission) -> Routekaart:
    """One routekaart with its team and school and nothing more, for who has `permission` on it."""
    return by.fetch(Routekaart, routekaart_id, permission, along=("team__school",))


def _whole(rows: "QuerySet[Routekaart]") -> "QuerySet[Routekaart]":
    return rows.select_related("team").prefetch_related(
        "chosen",
        Prefetch("facility_links", links_of_chosen()),
        Prefetch("answers", answers_of_chosen()),
    )


def answers_of_chosen() -> QuerySet[Answer]:
    """The answers that count: those about interventions that are chosen now."""
    return Answer.objects.filter(routekaart__chosen__intervention=F("intervention"))


def links_of_chosen() -> QuerySet[FacilityLink]:
    """The links that count: both ends are chosen now."""
    return FacilityLink.objects.filter(routekaart__chosen__intervention=F("facility")).filter(
        routekaart__chosen__intervention=F("intervention")
    )


def goals_of(*, by: Access, routekaart_id: UUID) -> QuerySet[Goal]:
    """The goals by priority, with their interventions, courses and the goals before them."""
    by.fetch(Routekaart, routekaart_id, Permission.VIEW_ROUTEKAART)
    with by.entered():
        return Goal.objects.filter(routekaart=routekaart_id).prefetch_related(*_OF_GOAL)


def goal_detail(*, by: Access, goal_id: UUID) -> Goal:
    """One goal with its interventions, courses and the goals that come before it."""
    by.fetch(Goal, goal_id, Permission.VIEW_ROUTEKAART)
    with by.entered():
        return Goal.objects.prefetch_related(*_OF_GOAL).get(pk=goal_id)


def study_days_of(*, by: Access, routekaart_id: UUID) -> QuerySet[StudyDay]:
    """The study days by date."""
    by.fetch(Routekaart, routekaart_id, Permission.VIEW_ROUTEKAART)
    with by.entered():
        return StudyDay.objects.filter(routekaart=routekaart_id)


def study_day_detail(*, by: Access, study_day_id: UUID) -> StudyDay:
    """One study day."""
    return by.fetch(StudyDay, study_day_id, Permission.VIEW_ROUTEKAART)


def advice_versions_of(*, by: Access, routekaart_id: UUID) -> QuerySet[AdviceVersion]:
    """The versions of the advice, newest first."""
    by.fetch(Routekaart, routekaart_id, Permission.VIEW_ROUTEKAART)
    with by.entered():
        return AdviceVersion.objects.filter(routekaart=routekaart_id)


def assignments_of(*, by: Access, routekaart_id: UUID) -> QuerySet[Assignment]:
    """Standing assignments by course and person; a member sees only its own that have begun.

    What is assigned to whom is for the person, the team lead and the trainer. `progress_shown`
    says whether they may see its state too.
    """
    routekaart = by.fetch(
        Routekaart, routekaart_id, Permission.VIEW_ASSIGNMENTS, along=("team__school",)
    )
    marks: Any = routekaart
    sees_all = by.allows(
        Permission.VIEW_ALL_ASSIGNMENTS, school=marks.access_school, team=marks.access_team
    )
    begun = Q(starts_on=None) | Q(starts_on__lte=today())
    own = Q() if sees_all else Q(person=by.person) & begun
    with by.entered():
        rows = Assignment.objects.filter(own, routekaart=routekaart_id, state__in=STANDING)
        shown = sees_all and _names_shown(routekaart)
        if not shown:
            # Of who left only what is done still stands: to list it would tell that it is.
            rows = rows.filter(person__memberships__team=F("routekaart__team"))
        return _whole_assignments(rows, by, shown).order_by("course_id", "called", "person_id")


def listed_assignment(*, by: Access, assignment_id: UUID) -> Assignment:
    """One of `assignments_of`, by itself; `NotFound` for what `by` would not find in that list."""
    seen = by.fetch(Assignment, assignment_id, Permission.VIEW_ASSIGNMENTS)
    listed = assignments_of(by=by, routekaart_id=seen.routekaart_id)
    with by.entered():
        found = listed.filter(pk=assignment_id).first()
    if found is None:
        raise NotFound("Assignment")
    return found


def _names_shown(routekaart: Routekaart) -> bool:
    return names_shown(routekaart.team.school.progress_by_name_since, today())


def _whole_assignments(rows: "QuerySet[Assignment]", by: Access, names: bool) -> "QuerySet[Any]":
    return (
        rows.select_related("person", "course", "hours_agreement")
        .prefetch_related(Prefetch("goals", Goal.objects.order_by("priority", "id")))
        .annotate(
            progress_shown=Case(
                When(person=by.person, then=Value(True)),
                default=Value(names),
                output_field=BooleanField(),
            ),
            called=name_at(OuterRef("routekaart__team__school"), person="person"),
        )
    )


def assignment_detail(
    *, by: Access, assignment_id: UUID, permission: Permission = Permission.VIEW_ASSIGNMENTS
) -> Assignment:
    """One assignment with its person, course, goals and agreement on hours, as in a list."""
    seen = by.fetch(Assignment, assignment_id, permission, along=("routekaart__team__school",))
    marks: Any = seen
    sees_all = by.allows(
        Permission.VIEW_ALL_ASSIGNMENTS, school=marks.access_school, team=marks.access_team
    )
    with by.entered():
        shown = sees_all and _names_shown(seen.routekaart)
        rows = Assignment.objects.filter(pk=assignment_id)
        whole = _whole_assignments(rows, by, shown).select_related("routekaart__team__school")
        found: Assignment = whole.get()
    return found


def plans_of(*, by: Access, routekaart_id: UUID) -> QuerySet[Plan]:
    """The versions of the plan, newest first, without their content."""
    by.fetch(Routekaart, routekaart_id, Permission.VIEW_PLAN)
    with by.entered():
        rows = Plan.objects.filter(by.visible(Plan), routekaart=routekaart_id)
        return rows.defer("content")


def plan_with_sight(*, by: Access, plan_id: UUID) -> tuple[Plan, bool]:
    """A plan with its school, and whether `by` may see what it asks of each person."""
    plan = by.fetch(Plan, plan_id, Permission.VIEW_PLAN, along=("routekaart__team__school",))
    marks: Any = plan
    return plan, by.allows(
        Permission.VIEW_ALL_ASSIGNMENTS, school=marks.access_school, team=marks.access_team
    )
