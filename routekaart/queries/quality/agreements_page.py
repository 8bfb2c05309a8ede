"""Agreements as pages show them: with what the reader may do, and warnings about their dates."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from courses.dutch import dutch_date
from routekaart.access import Access, Permission
from routekaart.domain.agreements import OPEN
from routekaart.domain.calendar import SchoolCalendar
from routekaart.models import Agreement, Routekaart, StudyDay, TeamMembership, WorkGroup
from routekaart.queries.once_more import still_there
from routekaart.queries.organisation.names import name_at
from routekaart.queries.planning.problems import calendar_of
from routekaart.queries.quality.agreements import (
    AgreementFilter,
    agreements_of,
    with_checks,
    with_owner,
)


@dataclass(frozen=True, slots=True)
class TeamAgreements:
    """`rows` by due date; evaluate in `by.entered()`. `calendar` says when the school is closed."""

    routekaart: Routekaart
    edits: bool
    evaluates: bool
    rows: "QuerySet[Agreement]"
    calendar: SchoolCalendar


def team_agreements(*, by: Access, routekaart_id: UUID, only: AgreementFilter) -> TeamAgreements:
    """The agreements of a routekaart, what is due first, first."""
    routekaart = by.fetch(
        Routekaart, routekaart_id, Permission.VIEW_AGREEMENTS, along=("team__school",)
    )
    with by.entered():
        return TeamAgreements(
            routekaart=routekaart,
            edits=_may(by, routekaart, Permission.EDIT_AGREEMENTS),
            evaluates=_may(by, routekaart, Permission.EVALUATE),
            rows=agreements_of(by=by, routekaart_id=routekaart_id, only=only).order_by(
                "due_on", "id"
            ),
            calendar=calendar_of(school=routekaart.team.school, year=routekaart.school_year),
        )


@dataclass(frozen=True, slots=True)
class AgreementInHand:
    """One agreement with its routekaart, and what the reader may do with it."""

    agreement: Agreement
    routekaart: Routekaart
    edits: bool
    calendar: SchoolCalendar


def agreement_in_hand(*, by: Access, agreement_id: UUID) -> AgreementInHand:
    """One agreement with every look back."""
    by.fetch(Agreement, agreement_id, Permission.VIEW_AGREEMENTS)
    with by.entered():
        rows = with_owner(Agreement.objects.filter(pk=agreement_id))
        along = rows.select_related("study_day", "routekaart__team__school")
        found = still_there(along.prefetch_related(with_checks()))
        routekaart = found.routekaart
        return AgreementInHand(
            agreement=found,
            routekaart=routekaart,
            edits=_may(by, found, Permission.EDIT_AGREEMENTS, of=routekaart),
            calendar=calendar_of(school=routekaart.team.school, year=routekaart.school_year),
        )


@dataclass(frozen=True, slots=True)
class AgreementOwners:
    """Who may own an agreement of a routekaart, and the study day that it may be of."""

    routekaart: Routekaart
    people: Sequence[TeamMembership]
    groups: Sequence[WorkGroup]
    study_day: StudyDay | None


def agreement_owners(
    *, by: Access, routekaart_id: UUID, study_day_id: UUID | None = None
) -> AgreementOwners:
    """For who may make or change an agreement. A day of another routekaart is not there."""
    routekaart = by.fetch(
        Routekaart, routekaart_id, Permission.EDIT_AGREEMENTS, along=("team__school",)
    )
    with by.entered():
        members = TeamMembership.objects.filter(team=routekaart.team_id).annotate(
            called=name_at(routekaart.team.school_id, person="person")
        )
        return AgreementOwners(
            routekaart=routekaart,
            people=list(members.select_related("person").order_by("called", "id")),
            groups=list(WorkGroup.objects.filter(routekaart=routekaart)),
            study_day=StudyDay.objects.filter(routekaart=routekaart, pk=study_day_id).first()
            if study_day_id
            else None,
        )


def date_warnings(
    agreements: Iterable[Agreement], calendar: SchoolCalendar
) -> Mapping[UUID, tuple[str, ...]]:
    """Per open agreement what is odd about its dates: on these days the school is closed."""
    found = {}
    for one in agreements:
        days = dict.fromkeys((one.due_on, one.check_on)) if one.state == OPEN else ()
        texts = tuple(_closed(day, calendar) for day in days if _is_closed(day, calendar))
        if texts:
            found[one.pk] = texts
    return found


def _is_closed(day: date, calendar: SchoolCalendar) -> bool:
    return day in calendar.year and not calendar.is_open(day)


def _closed(day: date, calendar: SchoolCalendar) -> str:
    return f"Op {dutch_date(day)} is de school dicht ({calendar.why_closed(day)})."


def _may(by: Access, fetched: Any, permission: Permission, of: Routekaart | None = None) -> bool:
    routekaart = of or fetched
    return by.allows(permission, school=routekaart.team.school_id, team=routekaart.team_id)
