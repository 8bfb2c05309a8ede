"""Taking away somebody's second step: of whom a school may, and that it touches nobody else."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from allauth.mfa.models import Authenticator
from django_scopes import scopes_disabled

from routekaart.access import Access, Role
from routekaart.actions.organisation.people import add_employment
from routekaart.actions.organisation.sign_in import reset_second_factor
from routekaart.clock import now, today
from routekaart.domain.errors import Conflict
from routekaart.models import Employment, Person, RoleGrant, School, Team
from tests.makers import (
    access_for,
    employ,
    grant,
    join,
    make_board,
    make_colleague,
    make_person,
    make_school,
    make_team,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


@pytest.fixture
def team() -> Team:
    return make_team()


def with_second_step(person: Person) -> Person:
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={})
    return person


def signed_in_again(person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(last_login=now() + timedelta(minutes=1))


def colleague_of(school: School) -> tuple[Person, Employment]:
    person = with_second_step(make_person())
    signed_in_again(person)
    return person, employ(person, school)


def refused(by: Access, employment: Employment) -> str:
    with pytest.raises(Conflict) as found:
        reset_second_factor(by=by, employment_id=employment.pk)
    return found.value.code


def test_a_colleague_keeps_the_second_step(team: Team) -> None:
    lost, employment = colleague_of(team.school)
    kept, _ = colleague_of(team.school)
    # Places here are no places elsewhere, nor are those of a colleague.
    join(lost, team)
    grant(lost, Role.TEAM_LEAD, school=team.school)
    other = make_team()
    employ(kept, other.school)
    join(kept, other)
    grant(kept, Role.TRAINER, school=other.school)
    by = access_for(make_colleague(team, Role.SCHOOL_ADMIN))
    reset_second_factor(by=by, employment_id=employment.pk)
    assert [one.user for one in Authenticator.objects.all()] == [kept]


def test_a_school_does_not_open_an_account_by_adding_it(team: Team) -> None:
    by = access_for(make_colleague(team, Role.SCHOOL_ADMIN))
    victim = with_second_step(make_colleague(make_team(), Role.DIRECTOR))
    employment = add_employment(
        by=by,
        school_id=team.school_id,
        email=victim.email,
        name="Wie Dan Ook",
        roles=[],
        functions=[],
        fte=Decimal(1),
        working_days=[1],
        weekly_study_minutes=None,
    )
    # As of somebody who never had an account: it does not tell that there is one.
    assert refused(by, employment) == "not_active"
    signed_in_again(victim)
    assert refused(by, employment) == "also_elsewhere"
    assert Authenticator.objects.filter(user=victim).exists()


def _works(person: Person, team: Team) -> None:
    employ(person, team.school)


def _has_a_role(person: Person, team: Team) -> None:
    grant(person, Role.TRAINER, school=team.school)


def _will_have_a_role(person: Person, team: Team) -> None:
    RoleGrant.objects.create(
        person=person,
        role=Role.TRAINER,
        school=team.school,
        starts_on=today() + timedelta(days=9),
    )


def _has_a_role_at_the_board(person: Person, team: Team) -> None:
    with scopes_disabled():
        grant(person, Role.BOARD, board=team.school.board)


def _has_a_role_at_a_board_without_schools(person: Person, _team: Team) -> None:
    grant(person, Role.BOARD, board=make_board())


@pytest.mark.parametrize(
    "place",
    [
        _works,
        join,
        _has_a_role,
        _will_have_a_role,
        _has_a_role_at_the_board,
        _has_a_role_at_a_board_without_schools,
    ],
)
def test_any_place_elsewhere_counts(team: Team, place: Callable[[Person, Team], object]) -> None:
    person, employment = colleague_of(team.school)
    place(person, make_team())
    by = access_for(make_colleague(team, Role.SCHOOL_ADMIN))
    assert refused(by, employment) == "also_elsewhere"
    assert Authenticator.objects.filter(user=person).exists()


def test_a_board_with_another_school_is_elsewhere_and_with_this_one_alone_is_not(
    team: Team,
) -> None:
    person, employment = colleague_of(team.school)
    with scopes_disabled():
        board = team.school.board
    grant(person, Role.BOARD, board=board)
    by = access_for(make_colleague(team, Role.SCHOOL_ADMIN))
    other = make_school(board)
    assert refused(by, employment) == "also_elsewhere"
    with scopes_disabled():
        other.delete()
    reset_second_factor(by=by, employment_id=employment.pk)
    assert not Authenticator.objects.exists()


def test_who_runs_both_schools_may(team: Team) -> None:
    person, employment = colleague_of(team.school)
    second = make_team()
    employ(person, second.school)
    admin = make_colleague(team, Role.SCHOOL_ADMIN)
    # To see a school is not to run it.
    grant(admin, Role.DIRECTOR, school=second.school)
    assert refused(access_for(admin), employment) == "also_elsewhere"
    grant(admin, Role.SCHOOL_ADMIN, school=second.school)
    # What is over counts no more.
    RoleGrant.objects.create(
        person=person,
        role=Role.TRAINER,
        school=make_team().school,
        ends_on=today() - timedelta(days=1),
    )
    reset_second_factor(by=access_for(admin), employment_id=employment.pk)
    assert not Authenticator.objects.exists()
