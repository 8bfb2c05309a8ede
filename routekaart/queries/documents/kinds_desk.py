"""What somebody may ask for: the plan of a group, of a person, or the booklet of a day."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from courses.catalogue import public_catalogue
from routekaart.access import Access, Forbidden, Permission
from routekaart.models import Plan, Routekaart, StudyDay, TeamMembership
from routekaart.queries.documents.booklet import day_for_booklet
from routekaart.queries.documents.content import ALONG, members_in_print
from routekaart.queries.documents.group_plan import functions_among
from routekaart.queries.organisation.names import name_at


@dataclass(frozen=True, slots=True)
class GroupChoices:
    """`functions`: slug and plural, of who is in that plan. `version`: of the latest, None before
    it."""

    routekaart: Routekaart
    version: int | None
    may_have_persons: bool
    functions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PersonChoices:
    """`own`: whether there is a plan of oneself. `people`: of whom else one may have it made."""

    routekaart: Routekaart
    own: bool
    people: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class BookletChoices:
    day: StudyDay
    may_have_persons: bool


def group_choices(*, by: Access, routekaart_id: UUID) -> GroupChoices:
    """For who may make documents of this routekaart."""
    routekaart = by.fetch(
        Routekaart, routekaart_id, Permission.MAKE_DOCUMENT, along=("team__school",)
    )
    team, school = routekaart.team_id, routekaart.team.school_id
    with by.entered():
        plans = Plan.objects.filter(routekaart=routekaart).defer("content").order_by("-version")
        plan = plans.select_related(*ALONG).first()
        present = functions_among(members_in_print(plan)) if plan else frozenset()
    return GroupChoices(
        routekaart=routekaart,
        version=plan.version if plan else None,
        may_have_persons=by.allows(Permission.VIEW_ALL_ASSIGNMENTS, school=school, team=team),
        functions=tuple(
            (one.slug, one.plural) for one in public_catalogue().functions if one.slug in present
        ),
    )


def person_choices(*, by: Access, routekaart_id: UUID) -> PersonChoices:
    """For who is in the team, and for who may see what is assigned to others.

    Raises `Forbidden` for everybody else who sees the routekaart.
    """
    routekaart = by.fetch(Routekaart, routekaart_id, Permission.VIEW_PLAN, along=("team__school",))
    team, school = routekaart.team_id, routekaart.team.school_id
    own = team in by.teams
    others = by.allows(Permission.VIEW_ALL_ASSIGNMENTS, school=school, team=team)
    if not own and not others:
        raise Forbidden(Permission.VIEW_ALL_ASSIGNMENTS)
    people: tuple[tuple[str, str], ...] = ()
    if others:
        with by.entered():
            rows = (
                TeamMembership.objects.filter(team=team, person__is_active=True)
                .exclude(person=by.person)
                .annotate(called=name_at(school, person="person"))
                .order_by("called", "person_id")
                .values_list("person_id", "called")
            )
            people = tuple((str(pk), name) for pk, name in rows)
    return PersonChoices(routekaart, own, people)


def booklet_choices(*, by: Access, study_day_id: UUID) -> BookletChoices:
    """For who may make documents of the team of this day."""
    day = day_for_booklet(by=by, study_day_id=study_day_id, with_persons=False)
    marks: Any = day
    return BookletChoices(
        day,
        by.allows(
            Permission.VIEW_ALL_ASSIGNMENTS, school=marks.access_school, team=marks.access_team
        ),
    )
