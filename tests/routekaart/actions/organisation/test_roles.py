"""One role given or taken back, by whoever manages people."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone
from django_scopes import scopes_disabled

from routekaart.access import Forbidden, NotFound, Permission, Role
from routekaart.actions.organisation.handing_over import hand_over_grant
from routekaart.actions.organisation.roles import (
    grant_role,
    set_roles,
    withdraw_grant,
    withdraw_role,
)
from routekaart.clock import standing_at
from routekaart.domain.errors import BadInput, Conflict
from routekaart.models import AuditEntry, Person, RoleGrant, School
from tests.makers import (
    access_for,
    employ,
    grant,
    make_colleague,
    make_person,
    make_school,
    make_team,
)
from tests.routekaart.test_access import unknown_roles_allowed
from tests.stages import Interrupted

pytestmark = pytest.mark.django_db


def at_noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


class Office:
    """A school with an admin and somebody who works there without a role."""

    def __init__(self) -> None:
        self.team = make_team()
        self.school: School = self.team.school
        self.admin = make_colleague(self.team, Role.SCHOOL_ADMIN)
        self.person: Person = make_person()
        employ(self.person, self.school)

    def give(self, role: Role, person: Person | None = None, **days: date | None) -> None:
        grant_role(
            by=access_for(self.admin),
            school_id=self.school.pk,
            person_id=(person or self.person).pk,
            role=role,
            **days,
        )

    def take(self, role: Role, person: Person | None = None) -> None:
        withdraw_role(
            by=access_for(self.admin),
            school_id=self.school.pk,
            person_id=(person or self.person).pk,
            role=role,
        )

    def roles(self) -> list[str]:
        found = RoleGrant.objects.filter(person=self.person, school=self.school)
        return sorted(found.values_list("role", flat=True))

    def logged(self) -> list[str]:
        with scopes_disabled():
            rows = AuditEntry.objects.filter(object_id=str(self.person.pk)).order_by("pk")
            return list(rows.values_list("action", flat=True))


def test_one_role_comes_and_goes_and_the_others_stay() -> None:
    office = Office()
    grant(office.person, Role.MEMBER, school=office.school)
    for _ in range(2):
        office.give(Role.TRAINER)
    assert office.roles() == ["member", "trainer"]
    for _ in range(2):
        office.take(Role.MEMBER)
    assert office.roles() == ["trainer"]
    # What changes nothing leaves no trace.
    assert office.logged() == ["grant_role", "withdraw_role"]


def test_what_is_not_the_schools_to_give_or_take() -> None:
    office, role = Office(), Role.BOARD
    with pytest.raises(BadInput) as refused:
        office.give(role)
    assert refused.value.code == "role_not_grantable"
    grant(office.person, role, school=office.school)
    with pytest.raises(BadInput):
        office.take(role)
    # And another change leaves it alone.
    office.give(Role.MEMBER)
    assert office.roles() == sorted([role.value, "member"])


def test_only_for_people_of_the_school() -> None:
    office = Office()
    with pytest.raises(BadInput) as refused:
        office.give(Role.MEMBER, make_person())
    assert refused.value.code == "not_at_this_school"


def test_the_last_admin_keeps_the_role() -> None:
    office = Office()
    with pytest.raises(Conflict) as refused:
        office.take(Role.SCHOOL_ADMIN, office.admin)
    assert refused.value.code == "last_school_admin"
    office.give(Role.SCHOOL_ADMIN)
    office.take(Role.SCHOOL_ADMIN, office.admin)
    assert office.roles() == ["school_admin"]


def test_a_role_that_somebody_else_gives_meanwhile_is_kept() -> None:
    office = Office()
    by = Interrupted.by(access_for(office.admin), lambda: office.give(Role.DIRECTOR))
    grant_role(by=by, school_id=office.school.pk, person_id=office.person.pk, role=Role.MR_READER)
    assert office.roles() == ["director", "mr_reader"]


def test_a_role_counts_from_its_first_day_to_its_last() -> None:
    office = Office()
    first, last = date(2026, 9, 1), date(2026, 9, 30)
    with standing_at(at_noon(date(2026, 8, 24))):
        for _ in range(2):
            office.give(Role.TRAINER, starts_on=first, ends_on=last)
    for day, may in (
        (first - timedelta(days=1), False),
        (first, True),
        (last, True),
        (last + timedelta(days=1), False),
    ):
        with standing_at(at_noon(day)):
            reached = access_for(office.person).allows(Permission.ADVISE, school=office.school.pk)
        assert reached is may, day
    # Said once more without days, it counts for good.
    office.give(Role.TRAINER)
    found = RoleGrant.objects.get(person=office.person)
    assert (found.starts_on, found.ends_on) == (None, None)
    assert office.logged() == ["grant_role", "grant_role"]


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "code"),
    [
        (date(2099, 9, 2), date(2099, 9, 1), "wrong_order"),
        (None, date(2020, 1, 1), "in_the_past"),
    ],
)
def test_days_that_cannot_be(starts_on: date | None, ends_on: date, code: str) -> None:
    office = Office()
    with pytest.raises(BadInput) as refused:
        office.give(Role.TRAINER, starts_on=starts_on, ends_on=ends_on)
    assert (refused.value.field, refused.value.code) == ("ends_on", code)


def test_the_last_admin_gets_no_last_day_and_no_later_first_one() -> None:
    office = Office()
    for days in ({"ends_on": date(2099, 7, 31)}, {"starts_on": date(2099, 7, 31)}):
        with pytest.raises(Conflict) as refused:
            office.give(Role.SCHOOL_ADMIN, office.admin, **days)
        assert refused.value.code == "last_school_admin"
    # Somebody who stops one day does not keep the school going.
    office.give(Role.SCHOOL_ADMIN, ends_on=date(2099, 7, 31))
    with pytest.raises(Conflict):
        office.take(Role.SCHOOL_ADMIN, office.admin)
    office.give(Role.SCHOOL_ADMIN)
    office.take(Role.SCHOOL_ADMIN, office.admin)
    assert office.roles() == ["school_admin"]


def test_who_may_not() -> None:
    office = Office()
    director = make_colleague(office.team, Role.DIRECTOR)
    stranger = make_colleague(make_team(), Role.SCHOOL_ADMIN)
    for person, error in ((director, Forbidden), (stranger, NotFound)):
        for change in (grant_role, withdraw_role):
            with pytest.raises(error):
                change(
                    by=access_for(person),
                    school_id=office.school.pk,
                    person_id=office.person.pk,
                    role=Role.MEMBER,
                )


def test_a_role_that_a_newer_version_stored_is_not_there() -> None:
    office = Office()
    by = access_for(office.admin)
    with unknown_roles_allowed():
        newer = RoleGrant.objects.create(person=office.person, role="keizer", school=office.school)
    with pytest.raises(NotFound):
        withdraw_grant(by=by, grant_id=newer.pk)
    with pytest.raises(NotFound):
        hand_over_grant(by=by, grant_id=newer.pk, taker_id=office.person.pk)
    assert RoleGrant.objects.filter(pk=newer.pk).exists()


def test_the_same_role_at_another_school_is_another_one() -> None:
    office, elsewhere = Office(), make_school()
    grant(office.person, Role.TRAINER, school=elsewhere)
    office.give(Role.TRAINER)
    assert office.roles() == ["trainer"]
    office.take(Role.TRAINER)
    assert list(RoleGrant.objects.filter(person=office.person).values_list("school", "role")) == [
        (elsewhere.pk, "trainer")
    ]


def test_roles_are_made_those_of_one_person_at_one_school() -> None:
    office, elsewhere = Office(), make_school()
    colleague = make_colleague(office.team, Role.MEMBER)
    grant(office.person, Role.TRAINER, school=office.school)
    for role in (Role.TRAINER, Role.MEMBER):
        grant(office.person, role, school=elsewhere)
    with access_for(office.admin).entered():
        set_roles(office.school.pk, office.person, [Role.MEMBER])
    there = RoleGrant.objects.filter(person=office.person, school=elsewhere)
    assert sorted(there.values_list("role", flat=True)) == ["member", "trainer"]
    assert office.roles() == ["member"]
    assert RoleGrant.objects.get(person=colleague).role == "member"
