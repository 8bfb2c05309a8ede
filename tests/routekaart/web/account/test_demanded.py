"""A school that asks the second step reaches who is signed in already."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.test import Client
from django_scopes import scopes_disabled

from routekaart.access import Role
from routekaart.actions.organisation.people import add_employment, end_employment
from routekaart.actions.organisation.schools import change_school
from routekaart.actions.organisation.sign_in import end_sessions
from routekaart.models import Employment, Person, School, Team, TeamMembership
from routekaart.queries.organisation.places import must_have_second_factor
from tests.makers import (
    access_for,
    client_for,
    employ,
    grant,
    make_colleague,
    make_person,
    make_team,
)
from tests.routekaart.web.account.signing_in import (
    LONG_PASSWORD,
    SET_UP,
    is_in,
    open_sessions,
    set_up,
    sign_in,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


@pytest.fixture
def team() -> Team:
    return make_team()


def come_in(person: Person) -> Client:
    browser = Client()
    sign_in(browser, person)
    assert is_in(browser)
    return browser


def somebody() -> Person:
    return make_person(password=LONG_PASSWORD)


def demand(team: Team) -> None:
    admin = access_for(make_colleague(team, Role.SCHOOL_ADMIN))
    change_school(by=admin, school_id=team.school_id, changes={"second_factor_required": True})


def test_who_has_none_is_signed_out_everywhere(team: Team) -> None:
    works, trains, governs = somebody(), somebody(), somebody()
    employ(works, team.school)
    grant(trains, Role.TRAINER, school=team.school)
    with scopes_disabled():
        grant(governs, Role.BOARD, board=team.school.board)
    browsers = [come_in(one) for one in (works, works, trains, governs)]
    key = client_for(works)
    demand(team)
    assert [is_in(one) for one in browsers] == [False] * 4
    # A key has no phone, and its owner made it with all steps that there were.
    assert key.call("GET", "/me").status_code == 200
    sign_in(browsers[0], works)
    assert browsers[0].get("/mijn-gegevens")["Location"] == SET_UP


def test_nobody_else_is(team: Team) -> None:
    with_it, elsewhere = somebody(), somebody()
    employ(with_it, team.school)
    employ(elsewhere, make_team().school)
    browsers = [come_in(with_it), come_in(elsewhere)]
    Authenticator.objects.create(user=with_it, type="totp", data={"secret": "x"})
    demand(team)
    assert [is_in(one) for one in browsers] == [True, True]
    # Nor does another change of a school that asks it already.
    later = somebody()
    employ(later, team.school)
    Authenticator.objects.create(user=later, type="recovery_codes", data={})
    browser = come_in_before_it_was_asked(later)
    admin = access_for(make_colleague(team, Role.SCHOOL_ADMIN))
    change_school(by=admin, school_id=team.school_id, changes={"name": "De Wilg"})
    assert is_in(browser)


def come_in_before_it_was_asked(person: Person) -> Client:
    browser = Client()
    browser.force_login(person)
    return browser


def test_who_is_called_by_the_server_to_such_a_board_too(team: Team) -> None:
    demand(team)
    governs = somebody()
    browser = come_in(governs)
    with scopes_disabled():
        number = School.objects.select_related("board").get(pk=team.school_id).board.number
    call_command("board_role", "--board", number, "--email", governs.email, "--role", "board")
    assert not is_in(browser)


def add(team: Team, person: Person) -> Employment:
    return add_employment(
        by=access_for(make_colleague(team, Role.SCHOOL_ADMIN)),
        school_id=team.school_id,
        email=person.email,
        name="Robin",
        roles=[Role.MEMBER, Role.TRAINER],
        functions=[],
        fte=Decimal(1),
        working_days=[1],
        weekly_study_minutes=None,
    )


def test_a_school_asks_nothing_of_an_account_that_never_came_there(team: Team) -> None:
    """A school could otherwise sign out whoever it knows the address of, as often as it likes."""
    person = make_colleague(make_team(), password=LONG_PASSWORD)
    browser = come_in(person)
    demand(team)
    employment = add(team, person)
    assert is_in(browser)
    assert not must_have_second_factor(person=person)
    # Nor by asking it anew.
    admin = make_colleague(team, Role.SCHOOL_ADMIN)
    for asked in (False, True):
        change_school(
            by=access_for(admin),
            school_id=team.school_id,
            changes={"second_factor_required": asked},
        )
    assert is_in(browser)
    end_employment(by=access_for(admin), employment_id=employment.pk)
    assert is_in(browser)


def test_who_never_came_to_another_school_is_asked_here(team: Team) -> None:
    """The same admin runs both."""
    person = make_colleague(team, password=LONG_PASSWORD)
    other = make_team()
    admin = make_colleague(team, Role.SCHOOL_ADMIN)
    grant(admin, Role.SCHOOL_ADMIN, school=other.school)
    browser = come_in(person)
    add(other, person)
    change_school(
        by=access_for(admin), school_id=team.school_id, changes={"second_factor_required": True}
    )
    assert not is_in(browser)


def test_an_open_session_does_not_reach_a_school_that_asks_it(team: Team) -> None:
    """It began with one step, and goes on for as long as it is used."""
    home = make_team()
    person = make_colleague(home, password=LONG_PASSWORD)
    browser, key = come_in(person), client_for(person)
    add(team, person)
    with scopes_disabled():
        TeamMembership.objects.create(team=team, person=person, joined_on=date(2026, 8, 1))
        grant(person, Role.TEAM_LEAD, school=team.school)

    def reached() -> set[UUID]:
        return {UUID(one["id"]) for one in key.call("GET", "/schools").json()["items"]}

    assert reached() == {home.school_id, team.school_id}
    demand(team)
    assert reached() == {home.school_id}
    assert is_in(browser)
    later = Client()
    sign_in(later, person)
    set_up(later)
    assert reached() == {home.school_id, team.school_id}


def test_who_signs_in_after_the_invitation_sets_it_up_and_is_signed_out_elsewhere(
    team: Team,
) -> None:
    person = make_colleague(make_team(), password=LONG_PASSWORD)
    before = come_in(person)
    demand(team)
    add(team, person)
    later = Client()
    sign_in(later, person)
    assert later.get("/mijn-gegevens")["Location"] == SET_UP
    assert before.get("/mijn-gegevens")["Location"].startswith("/accounts/login/")
    set_up(later)
    assert is_in(later)


def test_a_board_asks_it_also_of_who_never_came_to_its_school(team: Team) -> None:
    person = somebody()
    demand(team)
    with scopes_disabled():
        grant(person, Role.BOARD, board=team.school.board)
    add(team, person)
    assert must_have_second_factor(person=person)


def test_who_asks_it_sets_it_up_first_and_stays(team: Team) -> None:
    admin = make_colleague(team, Role.SCHOOL_ADMIN, password=LONG_PASSWORD)
    here, there = come_in(admin), come_in(admin)
    address = f"/beheer/{team.school_id}/gegevens"
    form = here.get(address).context["form"]
    values = {name: form.initial[name] for name in form.fields if form.initial.get(name)}
    shown = {f"initial-{name}": value for name, value in values.items()}
    answer = here.post(address, {**values, **shown, "second_factor_required": "on"})
    assert answer.status_code == 302
    assert here.get("/mijn-gegevens")["Location"] == SET_UP
    assert there.get("/mijn-gegevens")["Location"].startswith("/accounts/login/")
    # Under its new key it is listed, so that it can be ended from elsewhere.
    own, listed = open_sessions(admin)
    assert (len(own), listed) == (1, own)
    set_up(here)
    assert is_in(here)
    end_sessions(admin)
    assert not is_in(here)
