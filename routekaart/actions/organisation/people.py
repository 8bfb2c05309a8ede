"""Adding people to a school and to teams, with the roles that a school gives."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from courses.catalogue import current_catalogue
from courses.lookup import checked_slugs
from routekaart.access import Access, NotFound, Permission, Role
from routekaart.actions.assigning.team_changes import (
    functions_changed,
    lock_years_of_person,
    somebody_joined,
    somebody_left,
)
from routekaart.actions.audit import record
from routekaart.actions.organisation.accounts import held_accounts
from routekaart.actions.organisation.leaving import after_losing_roles
from routekaart.actions.organisation.roles import check_an_admin_stays, set_roles
from routekaart.actions.organisation.school_lock import lock_school
from routekaart.actions.organisation.welcome import check_not_too_often, welcome
from routekaart.actions.privacy.departures import forget_departure
from routekaart.clock import now, today
from routekaart.domain.errors import BadInput, Conflict
from routekaart.models import (
    AuditEntry,
    Employment,
    Leave,
    Person,
    RoleGrant,
    School,
    Team,
    TeamMembership,
)
from routekaart.queries.organisation.people import belongs_to_school


@dataclass(frozen=True, slots=True)
class Away:
    """A period of leave, both days included."""

    first_day: date
    last_day: date


@transaction.atomic
def add_employment(
    *,
    by: Access,
    school_id: UUID,
    email: str,
    name: str,
    roles: Iterable[Role],
    functions: list[str],
    fte: Decimal,
    working_days: list[int],
    weekly_study_minutes: int | None,
    leave: Iterable[Away] = (),
) -> Employment:
    """Someone starts at a school.

    A person who is known already, here or elsewhere, is linked and keeps name and password: the
    answer is the same either way, so that nobody learns where somebody else works: until that
    person signs in, the school reads the name and address that it gave. Everybody gets the same
    mail, which says how to sign in.
    """
    by.fetch(School, school_id, Permission.MANAGE_PEOPLE)
    checked_slugs(current_catalogue(), "functions", functions)
    with by.entered():
        lock_school(school_id)
        if Employment.objects.filter(school=school_id, given_email=email.lower()).exists():
            # Also when that is no longer the address of the account: then a second one would tell.
            raise _already_employed()
        person, is_new = _person(email, name)
        if not is_new:
            # Added and let go again in turns, the school could fill anybody's mailbox.
            check_not_too_often(school_id, person.pk)
        employment = Employment(
            person=person,
            school_id=school_id,
            given_name="" if name == person.name else name,
            given_email=person.email,
            functions=functions,
            fte=fte,
            working_days=sorted(working_days),
            weekly_study_minutes=weekly_study_minutes,
        )
        try:
            with transaction.atomic():
                employment.save()
        except IntegrityError:
            raise _already_employed() from None
        _replace_leave(employment, leave)
        # Who came before and is called otherwise here, comes back by signing in (`came_in`).
        forget_departure(
            person_id=person.pk, school_id=school_id, only_never_came=bool(employment.given_name)
        )
        set_roles(school_id, person, roles)
        record(by=by, school=school_id, action="add_employment", subject=employment)
        # Who was in a team already, as a visitor, now gets what its rules say.
        functions_changed(by=by, employment=employment, before=None, today=today(), at=now())
        welcome(employment)
    return employment


@transaction.atomic
def change_employment(
    *,
    by: Access,
    employment_id: UUID,
    changes: Mapping[str, Any],
    roles: Iterable[Role] | None = None,
    leave: Iterable[Away] | None = None,
) -> None:
    """Changes the fields of `changes`; `roles` and `leave` replace what there was.

    Raises `Conflict` when the school would be left without a school admin.
    """
    employment = by.fetch(Employment, employment_id, Permission.MANAGE_PEOPLE)
    checked_slugs(current_catalogue(), "functions", changes.get("functions", ()))
    with by.entered():
        employment = locked_employment(employment)
        before = tuple(employment.functions)
        for name, value in changes.items():
            setattr(employment, name, value)
        if changes:
            employment.save(update_fields=list(changes))
        if leave is not None:
            _replace_leave(employment, leave)
        if roles is not None:
            set_roles(employment.school_id, employment.person, roles)
        record(by=by, school=employment.school_id, action="change_employment", subject=employment)
        if set(employment.functions) != set(before):
            functions_changed(by=by, employment=employment, before=before, today=today(), at=now())


@transaction.atomic
def end_employment(*, by: Access, employment_id: UUID) -> None:
    """Someone leaves a school, with its teams and the roles there.

    What was open in those teams is withdrawn, what is done stays. Without a place elsewhere,
    sessions, keys and addresses of calendars end now. Raises `Conflict` for the last school admin.
    """
    employment = by.fetch(Employment, employment_id, Permission.MANAGE_PEOPLE)
    with by.entered():
        employment = locked_employment(employment)
        lock_years_of_person(person_id=employment.person_id, school_id=employment.school_id)
        memberships = TeamMembership.objects.filter(
            person=employment.person_id, team__school=employment.school_id
        )
        for membership in memberships.order_by("team_id"):
            _leave_team(by, membership, employment.school_id)
        # Whoever gave them: a role at a school is for who is there.
        here = RoleGrant.objects.filter(person=employment.person_id, school=employment.school_id)
        was_admin = here.filter(role=Role.SCHOOL_ADMIN).delete()[0]
        here.delete()
        if was_admin:
            check_an_admin_stays(employment.school_id)
        called = "" if _came(employment) else employment.shown_name
        record(by=by, school=employment.school_id, action="end_employment", subject=employment)
        employment.delete()
        after_losing_roles(employment.person, employment.school_id, never_came_as=called)


def _already_employed() -> Conflict:
    return Conflict(
        "Deze medewerker staat al bij de school. Wijzig de bestaande gegevens.",
        code="already_employed",
    )


def _came(employment: Employment) -> bool:
    """Whether somebody ever came to the school. Who did not stands under the name that the school
    gave, and does not begin anew the time that another school keeps its data.

    Asked of new accounts in the same way: otherwise it would tell which address had one. Who was
    signed in when the school added them may have worked on without signing in anew.
    """
    acted = AuditEntry.objects.filter(person=employment.person_id, school=employment.school_id)
    return not (employment.given_name or employment.given_email) or acted.exists()


def locked_employment(seen: Employment) -> Employment:
    """The employment as it is now, with its school locked before it.

    Call in a transaction and the scope of the school; raises `NotFound` when it ended meanwhile.
    """
    lock_school(seen.school_id)
    found = (
        Employment.objects.select_for_update(of=("self",), no_key=True)
        .select_related("person")
        .filter(pk=seen.pk)
        .first()
    )
    if found is None:
        raise NotFound("Employment")
    return found


@transaction.atomic
def add_membership(
    *, by: Access, team_id: UUID, person_id: UUID, joined_on: date
) -> TeamMembership:
    """Someone of the school joins a team of that school, and gets what its rules assign."""
    team = by.fetch(Team, team_id, Permission.MANAGE_PEOPLE)
    with by.entered():
        # Who leaves the school meanwhile is not put in a team after it.
        lock_school(team.school_id)
        if not belongs_to_school(person_id=person_id, school_id=team.school_id):
            raise BadInput(
                "person",
                "Deze medewerker staat niet bij jullie school. Voeg hem of haar eerst toe.",
                code="not_at_this_school",
            )
        membership = TeamMembership(team=team, person_id=person_id, joined_on=joined_on)
        try:
            with transaction.atomic():
                membership.save()
        except IntegrityError:
            raise Conflict("Deze medewerker zit al in het team.", code="already_member") from None
        record(by=by, school=team.school_id, action="add_membership", subject=membership)
        somebody_joined(by=by, team_id=team_id, person=membership.person, today=today())
    return membership


@transaction.atomic
def remove_membership(*, by: Access, membership_id: UUID) -> None:
    """Someone leaves a team: what was still open there is withdrawn, what is done stays."""
    membership = by.fetch(TeamMembership, membership_id, Permission.MANAGE_PEOPLE)
    with by.entered():
        school = Team.objects.values_list("school_id", flat=True).get(pk=membership.team_id)
        lock_school(school)
        if TeamMembership.objects.filter(pk=membership_id).exists():
            _leave_team(by, membership, school)
            # Of a visitor whose role was over already this was the last tie.
            after_losing_roles(membership.person, school)


def _leave_team(by: Access, membership: TeamMembership, school: UUID) -> None:
    record(by=by, school=school, action="remove_membership", subject=membership)
    somebody_left(
        by=by,
        team_id=membership.team_id,
        school_id=school,
        person_id=membership.person_id,
        at=now(),
    )
    membership.delete()


def _person(email: str, name: str) -> tuple[Person, bool]:
    # No password yet: the person cannot sign in until one is set.
    return held_accounts().get_or_create(
        email=email.lower(), defaults={"name": name, "password": make_password(None)}
    )


def _replace_leave(employment: Employment, leave: Iterable[Away]) -> None:
    periods = tuple(leave)
    for place, away in enumerate(periods):
        if away.last_day < away.first_day:
            raise BadInput(
                f"leave.{place}.last_day",
                "De laatste dag ligt voor de eerste dag.",
                code="wrong_order",
            )
    Leave.objects.filter(employment=employment).delete()
    Leave.objects.bulk_create(
        Leave(employment=employment, first_day=away.first_day, last_day=away.last_day)
        for away in periods
    )
