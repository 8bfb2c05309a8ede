"""What who runs a school looks at: its people, roles, teams, packages and days.

Everything here is of one school. What somebody does at another one is nobody's business.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count

from routekaart.access import Access, Permission, Role
from routekaart.clock import today
from routekaart.domain.calendar import SchoolCalendar
from routekaart.models import (
    CalendarOverride,
    Employment,
    QuoteRequest,
    RoleGrant,
    School,
    Team,
)
from routekaart.queries.documents.word_templates import template_in_use
from routekaart.queries.organisation.names import called_at, name_at
from routekaart.queries.planning.problems import calendar_of


def schools_to_run(*, by: Access) -> tuple[School, ...]:
    """The schools where `by` sets things, by name."""
    with by.entered():
        rows = School.objects.filter(by.visible(School, Permission.EDIT_SCHOOL))
        return tuple(rows.select_related("board"))


def school_to_run(
    *, by: Access, school_id: UUID, permission: Permission = Permission.EDIT_SCHOOL
) -> School:
    """One school with its board, for who has `permission` there."""
    return by.fetch(School, school_id, permission, along=("board",))


@dataclass(frozen=True, slots=True)
class OfficeState:
    """How each thing stands that a school sets for itself. `admins` by name.

    `word_template`: the name of the one in use; empty where there is none.
    """

    people: int
    teams: int
    empty_teams: int
    admins: tuple[str, ...]
    own_days: int
    quotes: tuple[str, ...]
    word_template: str


def office_state(*, by: Access, school_id: UUID) -> OfficeState:
    """The numbers behind the places of a school's office."""
    by.fetch(School, school_id, Permission.EDIT_SCHOOL)
    with by.entered():
        members = list(
            Team.objects.filter(school=school_id)
            .annotate(members=Count("memberships"))
            .values_list("members", flat=True)
        )
        in_use = template_in_use(school_id=school_id)
        in_force = RoleGrant.objects.in_force(today())
        admins = in_force.filter(school=school_id, role=Role.SCHOOL_ADMIN)
        return OfficeState(
            people=Employment.objects.filter(school=school_id).count(),
            teams=len(members),
            empty_teams=members.count(0),
            admins=tuple(
                admins.annotate(called=name_at(school_id, person="person"))
                .order_by("called", "pk")
                .values_list("called", flat=True)
            ),
            own_days=CalendarOverride.objects.filter(school=school_id).count(),
            quotes=tuple(quote.package_id for quote in quotes_of(by=by, school_id=school_id)),
            word_template=in_use.name if in_use else "",
        )


# --- What the school sets ------------------------------------------------------------------------
def quotes_of(*, by: Access, school_id: UUID) -> Sequence[QuoteRequest]:
    """For which packages a quote was asked, by whom and when."""
    by.fetch(School, school_id, Permission.VIEW_SCHOOL)
    with by.entered():
        rows = called_at(
            QuoteRequest.objects.filter(school=school_id), "requested_by", school=school_id
        )
        return tuple(rows.order_by("requested_at", "pk"))


def override_to_remove(*, by: Access, override_id: int) -> CalendarOverride:
    """One own day or period, with the school and its board."""
    return by.fetch(
        CalendarOverride, str(override_id), Permission.EDIT_SCHOOL, along=("school__board",)
    )


def days_of_school(
    *, by: Access, school_id: UUID, year: int
) -> tuple[SchoolCalendar, Sequence[CalendarOverride]]:
    """The calendar of a school year, and the school's own days of all years."""
    school = by.fetch(School, school_id, Permission.EDIT_SCHOOL)
    with by.entered():
        own = tuple(CalendarOverride.objects.filter(school=school_id))
    return calendar_of(school=school, year=year), own
