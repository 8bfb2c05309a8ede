"""Who loses the last place loses at once what one comes in with."""

from dataclasses import dataclass

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django_scopes import scopes_disabled

from routekaart.access import Role, access_of
from routekaart.actions.calendar_feed.addresses import make_address
from routekaart.actions.organisation.people import end_employment, remove_membership
from routekaart.actions.organisation.roles import withdraw_role
from routekaart.domain.errors import Conflict
from routekaart.models import (
    Departure,
    Employment,
    Person,
    RoleGrant,
    School,
    Team,
)
from tests.makers import (
    ApiClient,
    access_for,
    client_for,
    employ,
    grant,
    join,
    make_colleague,
    make_person,
    make_school,
    make_team,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


@dataclass
class Ways:
    """All ways in that somebody has."""

    browser: Client
    everywhere: ApiClient
    here: ApiClient
    elsewhere: ApiClient | None
    own_feed: str
    team_feed: str

    def open(self) -> dict[str, int]:
        """What each answers now."""
        answers = {
            "browser": self.browser.get("/mijn-gegevens").status_code,
            "everywhere": self.everywhere.call("get", "/me").status_code,
            "here": self.here.call("get", "/me").status_code,
            "own": Client().get(f"/agenda/{self.own_feed}.ics").status_code,
            "team": Client().get(f"/agenda/{self.team_feed}.ics").status_code,
        }
        if self.elsewhere:
            answers["elsewhere"] = self.elsewhere.call("get", "/me").status_code
        return answers


class Place:
    """A school with two admins, and somebody who works there in a team."""

    def __init__(self, pages: Client) -> None:
        self.team: Team = make_team()
        self.school: School = self.team.school
        self.admin = make_colleague(self.team, Role.SCHOOL_ADMIN)
        self.person: Person = make_colleague(self.team, Role.TEAM_LEAD)
        self.pages = pages

    def ways(self, elsewhere: School | None = None) -> Ways:
        sign_in(self.pages, self.person)
        by = access_for(self.person)
        return Ways(
            self.pages,
            client_for(self.person),
            client_for(self.person, [self.school]),
            client_for(self.person, [elsewhere]) if elsewhere else None,
            make_address(by=by).secret,
            make_address(by=by, team_id=self.team.pk).secret,
        )

    def leave(self, person: Person | None = None) -> None:
        with scopes_disabled():
            place = Employment.objects.get(person=person or self.person, school=self.school)
        end_employment(by=access_for(self.admin), employment_id=place.pk)


def sign_in(client: Client, person: Person) -> None:
    """Signed in, and on the list of sessions as sign-in puts it there."""
    client.force_login(person)
    session = client.session
    UserSession.objects.create(user=person, session_key=session.session_key, ip="127.0.0.1")


def test_who_leaves_the_only_school_loses_everything(pages: Client) -> None:
    place = Place(pages)
    ways = place.ways()
    assert set(ways.open().values()) == {200}
    # Somebody else than the school gave this one: it goes too.
    grant(place.person, Role.BOARD, school=place.school)
    place.leave()
    assert ways.open() == {
        "browser": 302,
        "everywhere": 401,
        "here": 401,
        "own": 404,
        "team": 404,
    }
    assert not Session.objects.exists()
    assert not RoleGrant.objects.filter(person=place.person).exists()
    # It does not come back with the person.
    employ(place.person, place.school)
    grant(place.person, Role.TEAM_LEAD, school=place.school)
    join(place.person, place.team)
    assert ways.open()["everywhere"] == ways.open()["here"] == 401
    assert ways.open()["own"] == ways.open()["team"] == 404


def test_who_works_elsewhere_keeps_what_reaches_there(pages: Client) -> None:
    place, elsewhere = Place(pages), make_school()
    employ(place.person, elsewhere)
    grant(place.person, Role.DIRECTOR, school=elsewhere)
    ways = place.ways(elsewhere)
    place.leave()
    assert ways.open() == {
        "browser": 200,
        "everywhere": 200,
        "here": 401,
        "elsewhere": 200,
        "own": 200,
        "team": 404,
    }
    assert access_of(place.person).schools == (elsewhere.pk,)


def test_a_visiting_trainer_is_out_with_the_role(pages: Client) -> None:
    place = Place(pages)
    trainer = make_person()
    grant(trainer, Role.TRAINER, school=place.school)
    client = client_for(trainer)
    assert client.call("get", "/me").status_code == 200
    withdraw_role(
        by=access_for(place.admin),
        school_id=place.school.pk,
        person_id=trainer.pk,
        role=Role.TRAINER,
    )
    assert client.call("get", "/me").status_code == 401


def test_the_last_admin_cannot_leave(pages: Client) -> None:
    place = Place(pages)
    with pytest.raises(Conflict) as refused:
        place.leave(place.admin)
    assert refused.value.code == "last_school_admin"
    make_colleague(place.team, Role.SCHOOL_ADMIN)
    place.leave(place.admin)
    assert access_of(place.admin).schools == ()


def test_who_loses_a_role_keeps_the_calendar_of_the_own_team(pages: Client) -> None:
    place = Place(pages)
    grant(place.person, Role.MEMBER, school=place.school)
    ways = place.ways()
    withdraw_role(
        by=access_for(place.admin),
        school_id=place.school.pk,
        person_id=place.person.pk,
        role=Role.TEAM_LEAD,
    )
    assert set(ways.open().values()) == {200}


@pytest.mark.parametrize("works_elsewhere", [False, True])
def test_a_colleague_who_stays_loses_nothing(pages: Client, *, works_elsewhere: bool) -> None:
    place = Place(pages)
    leaver, place.person = place.person, make_colleague(place.team, Role.TEAM_LEAD)
    ways = place.ways()
    if works_elsewhere:
        employ(leaver, make_school())
    place.leave(leaver)
    assert set(ways.open().values()) == {200}


def test_a_visitor_who_lost_the_role_has_left_with_the_last_team(pages: Client) -> None:
    place = Place(pages)
    visitor, by = make_person(), access_for(place.admin)
    grant(visitor, Role.TRAINER, school=place.school)
    membership = join(visitor, place.team)

    def left() -> bool:
        with scopes_disabled():
            return Departure.objects.filter(person=visitor, school=place.school).exists()

    withdraw_role(by=by, school_id=place.school.pk, person_id=visitor.pk, role=Role.TRAINER)
    assert not left()
    remove_membership(by=by, membership_id=membership.pk)
    assert left()
