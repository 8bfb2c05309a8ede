"""Who may do what at a school, and who is in which team, on the pages."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled

from routekaart.access import Role
from routekaart.clock import standing_at
from routekaart.models import Person, RoleGrant, School, Team, TeamMembership
from tests.forms_on_page import sent
from tests.makers import employ, grant, join, make_colleague, make_person, make_school, make_team

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
MOMENT = datetime(2026, 10, 5, 9, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))


@pytest.fixture(autouse=True)
def _moment() -> Iterator[None]:
    with standing_at(MOMENT):
        yield


@pytest.fixture
def school() -> School:
    return make_school(name="De Wilg")


@pytest.fixture
def admin(school: School, pages: Client) -> Person:
    """Who runs the school, signed in."""
    made = make_person("Ada Beheer")
    employ(made, school, ())
    grant(made, Role.SCHOOL_ADMIN, school=school)
    pages.force_login(made)
    return made


def text(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return " ".join(response.content.decode().split())


def roles_of(person: Person, school: School) -> list[str]:
    return sorted(
        RoleGrant.objects.filter(person=person, school=school).values_list("role", flat=True)
    )


@pytest.mark.usefixtures("admin")
def test_a_role_is_given_and_taken_back(pages: Client, school: School) -> None:
    person = make_person("Sam Visser")
    employ(person, school)
    html = text(pages, f"/beheer/{school.pk}/rollen/geven?rol=trainer")
    assert re.search(r'value="trainer"[^>]* checked', html)
    for _ in range(2):
        answer = pages.post(
            f"/beheer/{school.pk}/rollen/geven", {"person": str(person.pk), "role": "trainer"}
        )
        assert (answer.status_code, answer["Location"]) == (302, f"/beheer/{school.pk}/rollen")
    html = text(pages, answer["Location"])
    assert "Sam Visser heeft nu de rol trainer." in html
    assert 'Intrekken<span class="unseen">: trainer, Sam Visser</span>' in html
    assert roles_of(person, school) == ["trainer"]
    address = f"/beheer/{school.pk}/rollen/{person.pk}/trainer/intrekken"
    assert "De rol trainer van Sam Visser intrekken?" in text(pages, address)
    assert pages.post(address)["Location"] == f"/beheer/{school.pk}/rollen"
    assert roles_of(person, school) == []
    assert pages.get(address).status_code == 404


@pytest.mark.usefixtures("admin")
def test_a_role_for_a_time_says_so(pages: Client, school: School) -> None:
    person = make_person("Sam Visser")
    employ(person, school)
    address = f"/beheer/{school.pk}/rollen/geven"
    chosen = {"person": str(person.pk), "role": "trainer", "starts_on": "2026-11-01"}
    wrong = pages.post(address, chosen | {"ends_on": "2026-10-31"})
    assert wrong.status_code == 422
    assert "De laatste dag ligt voor de eerste dag." in wrong.content.decode()
    assert pages.post(address, chosen | {"ends_on": "2027-01-31"}).status_code == 302
    html = text(pages, f"/beheer/{school.pk}/rollen")
    assert "Sam Visser heeft vanaf 1 november 2026 de rol trainer." in html
    assert "vanaf 1 november 2026 tot en met 31 januari 2027" in html
    with standing_at(MOMENT + timedelta(days=200)):
        assert "liep tot en met 31 januari 2027" in text(pages, f"/beheer/{school.pk}/rollen")


@pytest.mark.usefixtures("admin")
def test_a_role_goes_to_somebody_else_with_its_teams(pages: Client, school: School) -> None:
    team = make_team(school, "Bovenbouw")
    lead = make_colleague(team, Role.TEAM_LEAD, name="Lies Leider")
    taker = make_person("Nel Nieuw")
    employ(taker, school)
    html = text(pages, f"/beheer/{school.pk}/rollen")
    address = f"/beheer/{school.pk}/rollen/{lead.pk}/team_lead/overdragen"
    assert f'href="{address}"' in html
    # A member has nothing to hand over.
    grant(taker, Role.MEMBER, school=school)
    assert f"{taker.pk}/member/overdragen" not in text(pages, f"/beheer/{school.pk}/rollen")
    html = text(pages, address)
    assert "De rol teamleider van Lies Leider overdragen" in html
    assert "<li>de plaats in het team Bovenbouw</li>" in html
    assert "Lies Leider blijft teamlid." in html
    assert pages.post(address, {"person": str(lead.pk)}).status_code == 422
    answer = pages.post(address, {"person": str(taker.pk)})
    assert (answer.status_code, answer["Location"]) == (302, f"/beheer/{school.pk}/rollen")
    assert "Nel Nieuw heeft nu de rol teamleider." in text(pages, answer["Location"])
    assert roles_of(lead, school) == ["member"]
    assert roles_of(taker, school) == ["member", "team_lead"]
    assert pages.get(address).status_code == 404
    assert pages.get(address.replace("team_lead", "member")).status_code == 404


def test_the_last_admin_hands_over_and_is_out(pages: Client, school: School, admin: Person) -> None:
    taker = make_person("Nel Nieuw")
    employ(taker, school)
    withdraw = f"/beheer/{school.pk}/rollen/{admin.pk}/school_admin/intrekken"
    address = withdraw.replace("intrekken", "overdragen")
    assert f'href="{address}"' in text(pages, withdraw)
    assert "Het is je eigen rol" in text(pages, address)
    answer = pages.post(address, {"person": str(taker.pk)})
    assert (answer.status_code, answer["Location"]) == (302, "/thuis")
    assert roles_of(admin, school) == []
    assert pages.get(f"/beheer/{school.pk}/rollen").status_code in {403, 404}


@pytest.mark.usefixtures("admin")
def test_only_people_of_the_school_and_its_own_roles_can_be_chosen(
    pages: Client, school: School
) -> None:
    stranger, here = make_person("Vreemd"), make_person("Hier")
    employ(here, school)
    for chosen in (
        {"person": str(stranger.pk), "role": "trainer"},
        {"person": str(here.pk), "role": "board"},
        {},
    ):
        assert pages.post(f"/beheer/{school.pk}/rollen/geven", chosen).status_code == 422
    assert roles_of(stranger, school) + roles_of(here, school) == []


def test_the_last_admin_stays_and_the_own_role_goes_after_a_warning(
    pages: Client, school: School, admin: Person
) -> None:
    address = f"/beheer/{school.pk}/rollen/{admin.pk}/school_admin/intrekken"
    assert "Dit is je eigen rol." in text(pages, address)
    answer = pages.post(address)
    assert answer.status_code == 422
    assert "Dit is de laatste schoolbeheerder." in answer.content.decode()
    grant(make_person(), Role.SCHOOL_ADMIN, school=school)
    answer = pages.post(address)
    assert (answer.status_code, answer["Location"]) == (302, "/thuis")
    assert roles_of(admin, school) == []


@pytest.mark.usefixtures("admin")
def test_what_the_board_gave_is_seen_and_cannot_be_taken(pages: Client, school: School) -> None:
    with scopes_disabled():
        board = school.board
    boss = make_person("Bo Bestuur")
    grant(boss, Role.BOARD, board=board)
    grant(boss, Role.TRAINER, board=board)
    html = text(pages, f"/beheer/{school.pk}/rollen")
    assert html.count("Bo Bestuur") == 2
    for role in ("board", "trainer"):
        address = f"/beheer/{school.pk}/rollen/{boss.pk}/{role}/intrekken"
        assert pages.post(address).status_code == 404
    assert RoleGrant.objects.filter(person=boss).count() == 2


@pytest.mark.usefixtures("admin")
def test_teams_are_made_and_renamed(pages: Client, school: School) -> None:
    address = f"/beheer/{school.pk}/teams"
    assert "Nog geen teams." in text(pages, address)
    assert pages.post(address, {"name": " Onderbouw "}).status_code == 302
    with scopes_disabled():
        team = Team.objects.get(school=school)
    assert team.name == "Onderbouw"
    assert '<span class="tag care">nog geen leden</span>' in text(pages, address)
    for name, message in (
        ("Onderbouw", "Deze school heeft al een team met deze naam."),
        ("", "Vul de naam van het team in."),
    ):
        answer = pages.post(address, {"name": name})
        assert answer.status_code == 422
        assert message in answer.content.decode()
    sent(pages, f"/beheer/team/{team.pk}/naam", {"name": "Kleuters"})
    assert "<h1>Team Kleuters</h1>" in text(pages, f"/beheer/team/{team.pk}")


@pytest.mark.usefixtures("admin")
def test_members_come_and_go(pages: Client, school: School) -> None:
    team = make_team(school)
    person = make_person("Sam Visser")
    employ(person, school)
    address = f"/beheer/team/{team.pk}"
    choice = f'<option value="{person.pk}">'
    assert 'value="2026-10-05"' in text(pages, address)
    assert choice in text(pages, address)
    joining = {"person": str(person.pk), "joined_on": "2026-09-01"}
    assert pages.post(address, joining)["Location"] == address
    with scopes_disabled():
        membership = TeamMembership.objects.get(team=team)
    assert (membership.person, membership.joined_on) == (person, date(2026, 9, 1))
    assert choice not in text(pages, address)
    answer = pages.post(address, joining)
    assert answer.status_code == 422
    assert "Deze medewerker zit al in het team." in answer.content.decode()
    assert pages.post(address, {"person": "", "joined_on": "gisteren"}).status_code == 422
    leaving = f"/beheer/teamlid/{membership.pk}/weg"
    assert "Sam Visser uit team Onderbouw?" in text(pages, leaving)
    assert pages.post(leaving)["Location"] == address
    assert "Nog geen leden." in text(pages, address)
    assert pages.get(leaving).status_code == 404


def test_a_director_names_teams_and_does_not_choose_members(pages: Client, school: School) -> None:
    team = make_team(school)
    member = make_colleague(team)
    pages.force_login(make_colleague(team, Role.DIRECTOR))
    html = text(pages, f"/beheer/team/{team.pk}")
    assert member.name in html
    assert "Lid toevoegen" not in html
    pages.post(
        f"/beheer/team/{team.pk}", {"person": str(make_person().pk), "joined_on": "2026-09-01"}
    )
    with scopes_disabled():
        membership = TeamMembership.objects.get(team=team)
    assert membership.person == member
    assert pages.post(f"/beheer/teamlid/{membership.pk}/weg").status_code == 403
    renamed = sent(pages, f"/beheer/team/{team.pk}/naam", {"name": "Anders"})
    assert renamed.status_code == 302


@pytest.mark.usefixtures("admin")
@pytest.mark.parametrize(
    "way", ["board/intrekken", "keizer/intrekken", "member/overdragen", "keizer/overdragen"]
)
def test_what_a_school_does_not_give_it_does_not_take_back_or_hand_over(
    pages: Client, school: School, way: str
) -> None:
    person = make_colleague(make_team(school), Role.MEMBER)
    assert pages.get(f"/beheer/{school.pk}/rollen/{person.pk}/{way}").status_code == 404


@pytest.mark.usefixtures("admin")
def test_another_school_does_not_exist_here(pages: Client) -> None:
    elsewhere = make_school(name="Elders")
    team = make_team(elsewhere)
    person = make_person()
    membership = join(person, team)
    grant(person, Role.TRAINER, school=elsewhere)
    for path in (
        f"{elsewhere.pk}/rollen",
        f"{elsewhere.pk}/rollen/geven",
        f"{elsewhere.pk}/rollen/{person.pk}/trainer/intrekken",
        f"{elsewhere.pk}/teams",
        f"team/{team.pk}",
        f"team/{team.pk}/naam",
        f"teamlid/{membership.pk}/weg",
    ):
        assert pages.get(f"/beheer/{path}").status_code == 404, path
        assert pages.post(f"/beheer/{path}").status_code in {404, 405}, path


@pytest.mark.usefixtures("admin")
def test_one_or_thirty_take_as_many_queries(pages: Client, school: School) -> None:
    team = make_team(school)
    addresses = [
        f"/beheer/{school.pk}/rollen",
        f"/beheer/{school.pk}/rollen/geven",
        f"/beheer/{school.pk}/teams",
        f"/beheer/team/{team.pk}",
        f"/beheer/{school.pk}",
    ]

    def counts() -> list[int]:
        found = []
        for address in addresses:
            with CaptureQueriesContext(connection) as queries:
                text(pages, address)
            found.append(len(queries))
        return found

    make_colleague(team)
    # The first look may read the catalogue as well.
    counts()
    few = counts()
    for number in range(30):
        make_colleague(team, name=f"Noor {number:02d}")
        make_team(school, f"Team {number:02d}")
    assert counts() == few
    assert max(few) <= 15
