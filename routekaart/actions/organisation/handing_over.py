"""Handing a role over: one has it no longer, the other has it, and what hangs on it goes along."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet

from routekaart.access import Access, NotFound, Permission, Role, access_of
from routekaart.actions.audit import record
from routekaart.actions.organisation.leaving import after_losing_roles
from routekaart.actions.organisation.people import add_membership
from routekaart.actions.organisation.roles import check_an_admin_stays
from routekaart.actions.organisation.school_lock import lock_school
from routekaart.clock import today
from routekaart.domain.errors import BadInput, Conflict
from routekaart.domain.roles import GOES_ALONG, TEAM_BOUND
from routekaart.models import (
    BlockPerson,
    Person,
    RoleGrant,
    Routekaart,
    School,
    StudyDay,
    Team,
    TeamMembership,
)
from routekaart.queries.organisation.duties import (
    agreements_along,
    days_along,
    documents_along,
    teams_along,
)
from routekaart.queries.organisation.people import belongs_to_school


@transaction.atomic
def hand_over_role(
    *, by: Access, school_id: UUID, role: Role, holder_id: UUID, taker_id: UUID
) -> None:
    """Gives `taker_id` the role of `holder_id` at this school, with what hangs on it.

    Places in teams, agreements, study days and documents that are being made go along as
    `GOES_ALONG` says; who led a team and works on in it stays a member of it. Safe to repeat.
    Raises `BadInput` for a role that is nobody's to take over (`role_stays`) and for a taker who
    is not at this school (`not_at_this_school`) or has it already (`same_person`), and `Conflict`
    (`not_the_holder`) when the role was taken back or handed over meanwhile.
    """
    by.fetch(School, school_id, Permission.MANAGE_PEOPLE)
    _check(role, holder_id, taker_id)
    with by.entered():
        lock_school(school_id)
        taker = _taker(taker_id, school_id)
        held = RoleGrant.objects.filter(school=school_id, role=role.value)
        if not held.filter(person=holder_id).exists():
            if held.filter(person=taker_id).exists():
                return
            raise Conflict(
                "Deze persoon heeft deze rol niet meer. Bekijk de rollen opnieuw.",
                code="not_the_holder",
            )
        holder = Person.objects.get(pk=holder_id)
        teams = list(teams_along(school_id, holder_id, role))
        _lock_years(school_id, holder_id, role, teams)
        # Before the others: an agreement and a part of a day are for who is there.
        _give(held, holder, taker)
        _join(by, teams, taker)
        agreements = agreements_along(holder_id, role, [team.pk for team in teams])
        agreements.update(owner=taker)
        _guide(list(days_along(school_id, holder_id, role)), holder, taker)
        _stay_a_member(school_id, holder, role)
        if not access_of(holder).allows(Permission.MAKE_DOCUMENT, school=school_id):
            # A worker asks again whether who wanted a document may have it.
            documents_along(school_id, holder_id, role).update(requested_by=taker)
        if role is Role.SCHOOL_ADMIN:
            check_an_admin_stays(school_id)
        record(by=by, school=school_id, action="hand_over_role", subject=holder)
        record(by=by, school=school_id, action="take_over_role", subject=taker)
        after_losing_roles(holder, school_id)


@transaction.atomic
def hand_over_grant(*, by: Access, grant_id: int, taker_id: UUID) -> RoleGrant:
    """The same for a grant of a school by its number; gives the grant of who has the role now.

    Safe to repeat: a grant that is the taker's already stays so. Raises `NotFound` for one out of
    reach.
    """
    grant = by.fetch(RoleGrant, str(grant_id), Permission.MANAGE_PEOPLE, along=("person",))
    if grant.school_id is None or grant.role not in list(Role):
        raise NotFound("RoleGrant")
    if grant.person_id == taker_id:
        return grant
    hand_over_role(
        by=by,
        school_id=grant.school_id,
        role=Role(grant.role),
        holder_id=grant.person_id,
        taker_id=taker_id,
    )
    taken = RoleGrant.objects.select_related("person")
    return taken.get(school=grant.school_id, role=grant.role, person=taker_id)


def _check(role: Role, holder_id: UUID, taker_id: UUID) -> None:
    if role not in GOES_ALONG:
        raise BadInput(
            "role",
            "Deze rol draag je niet over. Geef of trek hem in bij die persoon zelf.",
            code="role_stays",
        )
    if holder_id == taker_id:
        raise BadInput("taker", "Kies iemand anders dan wie de rol nu heeft.", code="same_person")


def _taker(taker_id: UUID, school_id: UUID) -> Person:
    taker = Person.objects.filter(pk=taker_id, is_active=True).first()
    if taker is None or not belongs_to_school(person_id=taker_id, school_id=school_id):
        raise BadInput(
            "taker",
            "Deze medewerker staat niet bij jullie school. Voeg hem of haar eerst toe.",
            code="not_at_this_school",
        )
    return taker


def _lock_years(school_id: UUID, holder_id: UUID, role: Role, teams: Sequence[Team]) -> None:
    """All that is about to change in routekaarten, in the order that everybody keeps."""
    days = days_along(school_id, holder_id, role).values("routekaart")
    rows = Routekaart.objects.select_for_update(of=("self",), no_key=True).filter(
        Q(team__in=teams) | Q(pk__in=days)
    )
    list(rows.order_by("pk").only("pk"))


def _give(held: "QuerySet[RoleGrant]", holder: Person, taker: Person) -> None:
    """The grant itself changes hands, with its days; of two grants the longest time remains."""
    grant = held.get(person=holder)
    present = held.filter(person=taker).first()
    if present is None:
        grant.person = taker
        grant.save(update_fields=["person"])
        return
    grant.delete()
    starts, ends = (grant.starts_on, present.starts_on), (grant.ends_on, present.ends_on)
    present.starts_on = None if None in starts else min(day for day in starts if day)
    present.ends_on = None if None in ends else max(day for day in ends if day)
    present.save(update_fields=["starts_on", "ends_on"])


def _join(by: Access, teams: Sequence[Team], taker: Person) -> None:
    there = set(TeamMembership.objects.filter(person=taker).values_list("team", flat=True))
    for team in teams:
        if team.pk not in there:
            add_membership(by=by, team_id=team.pk, person_id=taker.pk, joined_on=today())


def _guide(days: Sequence[StudyDay], holder: Person, taker: Person) -> None:
    """The days themselves, and the parts of them that the holder leads."""
    keys = [day.pk for day in days]
    StudyDay.objects.filter(pk__in=keys, trainer=holder).update(trainer=taker)
    led = BlockPerson.objects.filter(block__study_day__in=keys, person=holder, leads=True)
    blocks = list(led.values_list("block", "block__study_day"))
    for block, _day in blocks:
        # Who takes part in it leads it from now on, once.
        BlockPerson.objects.filter(block=block, person=holder).delete()
        BlockPerson.objects.update_or_create(block_id=block, person=taker, defaults={"leads": True})
    # Whoever has the programme open hears that it is another one.
    StudyDay.objects.filter(pk__in={day for _block, day in blocks}).update(
        programme_revision=F("programme_revision") + 1
    )


def _stay_a_member(school_id: UUID, holder: Person, role: Role) -> None:
    """Who led a team and is in one still works along there."""
    if role not in TEAM_BOUND:
        return
    if TeamMembership.objects.filter(team__school=school_id, person=holder).exists():
        RoleGrant.objects.get_or_create(person=holder, role=Role.MEMBER.value, school_id=school_id)
