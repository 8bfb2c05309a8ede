"""One role given or taken back, by whoever manages people."""

import pytest
from django_scopes import scopes_disabled

from routekaart.access import Forbidden, NotFound, Role
from routekaart.actions.organisation.roles import grant_role, withdraw_role
from routekaart.domain.errors import BadInput, Conflict
from routekaart.models import AuditEntry, Person, RoleGrant, School
from tests.makers import access_for, employ, grant, make_colleague, make_person, make_team
from tests.stages import Interrupted

pytestmark = pytest.mark.django_db


class Office:
    """A school with an admin and somebody who works there without a role."""

    def __init__(self) -> None:
        self.team = make_team()
        self.school: School = self.team.school
        self.admin = make_colleague(self.team, Role.SCHOOL_ADMIN)
        self.person: Person = make_person()
        employ(self.person, self.school)

    def give(self, role: Role, person: Person | None = None) -> None:
        grant_role(
            by=access_for(self.admin),
            school_id=self.school.pk,
            person_id=(person or self.person).pk,
            role=role,
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
