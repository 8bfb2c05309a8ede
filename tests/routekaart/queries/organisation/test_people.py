"""The people of a school, for who works at two of them: nothing of the other one comes along."""

from typing import Any

import pytest

from routekaart.access import Role, school_scope
from routekaart.models import Person, School, Team
from routekaart.queries.organisation.names import given_names
from routekaart.queries.organisation.office import office_state
from routekaart.queries.organisation.office_people import (
    members_of_team,
    people_of_school,
    people_to_choose,
    person_here,
)
from routekaart.queries.organisation.people import (
    administrators_of,
    belongs_to_school,
    employments_of_school,
)
from tests.makers import (
    access_for,
    employ,
    grant,
    join,
    make_colleague,
    make_person,
    make_school,
    make_team,
)

pytestmark = pytest.mark.django_db


def admin_of(*schools: School, name: str = "Ans Beheer") -> Person:
    person = make_person(name)
    for school in schools:
        grant(person, Role.SCHOOL_ADMIN, school=school)
    return person


def in_two_teams() -> tuple[Person, Team, Team]:
    """Somebody who works at two schools, in a team at each."""
    here, elsewhere = make_team(name="Hier"), make_team(name="Daar")
    person = make_colleague(here, name="Sam Samen")
    employ(person, elsewhere.school)
    join(person, elsewhere)
    return person, here, elsewhere


def test_who_runs_two_schools_sees_of_each_its_own_people_and_teams() -> None:
    person, here, elsewhere = in_two_teams()
    make_colleague(elsewhere, name="Els Elders")
    by = access_for(admin_of(here.school, elsewhere.school))
    with by.entered():
        found = people_of_school(by=by, school_id=here.school_id)
        rows = [person_here(employment) for employment in found]
    assert [(one.employment.person, list(one.teams)) for one in rows] == [(person, [here])]
    # Asked outside any scope: the query enters its own.
    plain = employments_of_school(by=by, school_id=here.school_id)
    with by.entered():
        assert [one.person for one in plain] == [person]


def test_of_a_member_comes_along_what_is_of_the_school_of_the_team() -> None:
    person, here, elsewhere = in_two_teams()
    by = access_for(admin_of(here.school, elsewhere.school))
    found: Any = members_of_team(by=by, team_id=here.pk)
    with by.entered():
        [employments] = [one.person.employments_here for one in found]
        assert employments == [person.employments.get(school=here.school)]


def test_each_school_calls_people_as_it_does_itself() -> None:
    person, here, elsewhere = in_two_teams()
    with school_scope([elsewhere.school_id]):
        person.employments.filter(school=elsewhere.school).update(given_name="Elders")
    with school_scope([here.school_id, elsewhere.school_id]):
        assert given_names([here.school_id]) == {here.school_id: {}}
        assert given_names([here.school_id, elsewhere.school_id]) == {
            here.school_id: {},
            elsewhere.school_id: {str(person.pk): "Elders"},
        }
    by = access_for(admin_of(here.school, elsewhere.school, name="Ans Beheer"))
    for team, name in ((here, "Sam Samen"), (elsewhere, "Elders")):
        chosen = people_to_choose(by=by, school_id=team.school_id)
        assert dict(chosen)[person.pk] == name


def test_who_works_elsewhere_does_not_belong_to_this_school() -> None:
    school, other = make_school(), make_school()
    person = make_person()
    employ(person, other)
    with school_scope([school.pk, other.pk]):
        assert not belongs_to_school(person_id=person.pk, school_id=school.pk)
        assert belongs_to_school(person_id=person.pk, school_id=other.pk)


def test_who_runs_another_school_is_not_named_as_administrator() -> None:
    team, other = make_team(), make_school()
    admin = admin_of(team.school)
    admin_of(other, name="Olaf Elders")
    member = access_for(make_colleague(team))
    assert administrators_of(by=member, school_id=team.school_id) == (admin,)


def test_an_administrator_is_called_as_the_school_did_until_that_person_signs_in() -> None:
    team = make_team()
    by = access_for(admin_of(team.school, name="Tim Beheer"))
    strange = admin_of(team.school, name="Wim de Wit")
    employ(strange, team.school, given_name="Anja Anders")
    # Another school called the same account otherwise.
    employ(strange, make_school(), given_name="Elders")
    employ(by.person, make_school(), given_name="Elders")
    shown = administrators_of(by=by, school_id=team.school_id)
    assert [(one.pk, one.name) for one in shown] == [
        (strange.pk, "Anja Anders"),
        (by.person.pk, "Tim Beheer"),
    ]
    state = office_state(by=by, school_id=team.school_id)
    assert state.admins == ("Anja Anders", "Tim Beheer")


def test_to_choose_from_is_who_works_at_the_school_or_has_a_role_there() -> None:
    person, here, elsewhere = in_two_teams()
    trainer = make_colleague(here, Role.TRAINER, name="Tess Trainer")
    for role in (Role.MEMBER, Role.TRAINER):
        make_colleague(elsewhere, role, name="Els Elders")
    admin = admin_of(here.school, elsewhere.school)
    found = people_to_choose(by=access_for(admin), school_id=here.school_id)
    assert [pk for pk, _ in found] == [admin.pk, person.pk, trainer.pk]
    without = people_to_choose(by=access_for(admin), school_id=here.school_id, outside=here.pk)
    assert [pk for pk, _ in without] == [admin.pk, trainer.pk]
