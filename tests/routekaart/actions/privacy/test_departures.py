"""Leaving one school is not leaving the other."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django_scopes import scopes_disabled

from routekaart.access import Access, Role
from routekaart.actions.audit import record
from routekaart.actions.organisation.people import add_employment, end_employment
from routekaart.actions.organisation.welcome import came_in
from routekaart.clock import standing_at
from routekaart.models import Assignment, Departure, Employment, Person, Team
from routekaart.queries.organisation.names import given_names, people_at
from routekaart.queries.privacy.leavers import people_who_left
from tests.makers import (
    access_for,
    employ,
    grant,
    join,
    make_person,
    make_routekaart,
    make_team,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
MONDAY = datetime(2025, 10, 6, 9, tzinfo=UTC)


def admin_of(*teams: Team) -> Access:
    """Runs both schools."""
    admin = make_person()
    for team in teams:
        grant(admin, Role.SCHOOL_ADMIN, school=team.school)
    return access_for(admin)


def added(by: Access, team: Team, person: Person, name: str, *roles: Role) -> Employment:
    return add_employment(
        by=by,
        school_id=team.school_id,
        email=person.email,
        name=name,
        roles=roles,
        functions=[],
        fte=Decimal(1),
        working_days=[1],
        weekly_study_minutes=None,
    )


def left(person: Person) -> set[object]:
    """The schools that somebody left after having come there."""
    with scopes_disabled():
        rows = Departure.objects.filter(person=person, given_name="")
        return set(rows.values_list("school", flat=True))


def test_who_only_visits_a_team_elsewhere_has_left() -> None:
    here, there = make_team(), make_team()
    person = make_person()
    employment = employ(person, here.school)
    join(person, there)
    end_employment(by=admin_of(here, there), employment_id=employment.pk)
    assert left(person) == {here.school_id}


def test_who_comes_back_to_one_school_has_still_left_the_other() -> None:
    here, there = make_team(), make_team()
    by = admin_of(here, there)
    person = make_person()
    for team in (here, there):
        end_employment(by=by, employment_id=employ(person, team.school).pk)
    assert left(person) == {here.school_id, there.school_id}
    added(by, here, person, person.name)
    assert left(person) == {there.school_id}


def test_who_never_came_has_not_left() -> None:
    """An account that left its own board, which a strange school adds under another name."""
    home, strange = make_team(), make_team()
    person = make_person("Wim de Wit")
    with standing_at(MONDAY):
        work = employ(person, home.school)
        end_employment(by=admin_of(home), employment_id=work.pk)
    by = admin_of(strange)
    for role in (Role.MEMBER, Role.SCHOOL_ADMIN):
        employment = added(by, strange, person, "Xx", role)
        with scopes_disabled():
            Assignment.objects.create(
                routekaart=make_routekaart(strange, school_year=2026 + len(role)),
                person=person,
                course_id="complimenten-geven-en-corrigeren",
                reason="Hoort bij het team",
                state="withdrawn",
            )
        end_employment(by=by, employment_id=employment.pk)
        assert left(person) == {home.school_id}
        assert list(people_who_left(by=by, school_id=strange.school_id)) == []
    # From then on the data are kept.
    with scopes_disabled():
        assert Departure.objects.get(school=home.school).left_at == MONDAY
        assert Departure.objects.get(school=strange.school).given_name == "Xx"


def test_a_school_that_lets_go_who_never_came_learns_no_name_and_of_no_account() -> None:
    strange = make_team()
    by = admin_of(strange)
    known = make_person("Wim de Wit")
    employ(known, make_team().school)
    new = Person(email="nieuw@school.test")
    for person in (known, new):
        employment = added(by, strange, person, "Xx")
        end_employment(by=by, employment_id=employment.pk)
    with by.entered():
        gone = Person.objects.filter(email__in=[known.email, new.email])
        assert [one.name for one in people_at(gone, strange.school_id)] == ["Xx", "Xx"]
        called = given_names([strange.school_id])[strange.school_id]
        assert called == {str(one.pk): "Xx" for one in gone}
    assert list(people_who_left(by=by, school_id=strange.school_id)) == []


def test_of_two_schools_each_has_its_own_departure_and_name() -> None:
    """The same admin runs both."""
    here, there = make_team(), make_team()
    by = admin_of(here, there)
    person, colleague = make_person("Wim de Wit"), make_person("Noor Blauw")
    end_employment(by=by, employment_id=employ(colleague, there.school).pk)
    end_employment(by=by, employment_id=employ(person, here.school).pk)
    end_employment(by=by, employment_id=added(by, there, person, "Xx").pk)
    assert (left(person), left(colleague)) == ({here.school_id}, {there.school_id})
    assert list(people_who_left(by=by, school_id=here.school_id)) == [person]
    assert list(people_who_left(by=by, school_id=there.school_id)) == [colleague]
    with by.entered():
        everybody = Person.objects.filter(pk__in=[person.pk, colleague.pk])
        called = {
            team: [one.name for one in people_at(everybody, team.school_id)]
            for team in (here, there)
        }
        assert called == {here: ["Noor Blauw", "Wim de Wit"], there: ["Noor Blauw", "Xx"]}
        assert given_names([here.school_id]) == {here.school_id: {}}


def test_who_comes_after_all_is_called_by_the_own_name() -> None:
    team, person = make_team(), make_person("Wim de Wit")
    by = admin_of(team)
    end_employment(by=by, employment_id=added(by, team, person, "Xx").pk)
    employment = added(by, team, person, "Yy")

    def called() -> list[str]:
        with by.entered():
            return [
                one.name for one in people_at(Person.objects.filter(pk=person.pk), team.school_id)
            ]

    assert called() == ["Yy"]
    came_in(person)
    assert called() == ["Wim de Wit"]
    end_employment(by=by, employment_id=employment.pk)
    assert (called(), left(person)) == (["Wim de Wit"], {team.school_id})


def test_who_worked_on_without_signing_in_anew_has_left() -> None:
    """Signed in when the school added them, and never again: a session goes on while it is used."""
    team = make_team()
    person = make_person("Wim de Wit")
    by = admin_of(team)
    employment = added(by, team, person, "Xx")
    with by.entered():
        record(by=access_for(person), school=team.school_id, action="add_note", subject=team)
    end_employment(by=by, employment_id=employment.pk)
    assert left(person) == {team.school_id}


def test_what_somebody_does_elsewhere_is_no_coming() -> None:
    home, strange = make_team(), make_team()
    person = make_person("Wim de Wit")
    employ(person, home.school)
    by = admin_of(home, strange)
    employment = added(by, strange, person, "Xx")
    with by.entered():
        record(by=access_for(person), school=home.school_id, action="add_note", subject=home)
    end_employment(by=by, employment_id=employment.pk)
    assert left(person) == set()


def test_who_left_before_and_never_came_back_left_then() -> None:
    here, person = make_team(), make_person("Wim de Wit")
    by = admin_of(here)
    with standing_at(MONDAY):
        end_employment(by=by, employment_id=employ(person, here.school).pk)
    end_employment(by=by, employment_id=added(by, here, person, "Xx").pk)
    with scopes_disabled():
        assert Departure.objects.get(person=person).left_at == MONDAY
    # Who does come has not left, and leaves anew.
    employment = added(by, here, person, "Xx")
    came_in(person)
    assert left(person) == set()
    end_employment(by=by, employment_id=employment.pk)
    with scopes_disabled():
        assert Departure.objects.get(person=person).left_at > MONDAY
