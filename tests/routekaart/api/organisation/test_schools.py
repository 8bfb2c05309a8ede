"""Schools, teams, people and what a school sets, over HTTP."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled

from routekaart.access import Role
from routekaart.api.organisation.people import NewEmployment
from routekaart.domain.roles import SCHOOL_GIVES
from routekaart.models import (
    AuditEntry,
    CourseOverride,
    Person,
    QuoteRequest,
    Team,
)
from tests.makers import (
    ApiClient,
    client_for,
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
    return make_team(make_school(name="De Wilg"), "Onderbouw")


@pytest.fixture
def admin(team: Team) -> Person:
    return make_colleague(team, Role.SCHOOL_ADMIN, name="Bo Beheer")


@pytest.fixture
def client(admin: Person) -> ApiClient:
    return client_for(admin)


def audited() -> list[str]:
    with scopes_disabled():
        return list(AuditEntry.objects.order_by("id").values_list("action", flat=True))


# --- Who am I ----------------------------------------------------------------------------------
def test_me_names_my_schools_roles_and_teams(team: Team) -> None:
    person = make_colleague(team, Role.TEAM_LEAD, name="Toon Team")
    grant(person, Role.TRAINER, school=team.school)
    make_team(name="Elders")
    assert client_for(person).call("get", "/me").json() == {
        "id": str(person.pk),
        "name": "Toon Team",
        "email": person.email,
        "schools": [
            {"id": str(team.school_id), "name": "De Wilg", "roles": ["team_lead", "trainer"]}
        ],
        "teams": [{"id": str(team.pk), "name": "Onderbouw", "school": str(team.school_id)}],
    }


def test_a_board_reaches_its_schools_and_no_other() -> None:
    board = make_board()
    own = [make_school(board, "Aap"), make_school(board, "Noot")]
    make_school(name="Vreemd")
    person = make_person()
    grant(person, Role.BOARD, board=board)
    found = client_for(person).call("get", "/schools").json()
    assert found["count"] == 2
    assert [item["id"] for item in found["items"]] == [str(school.pk) for school in own]
    assert found["items"][0]["roles"] == ["board"]


def test_somebody_without_a_role_reaches_nothing() -> None:
    client = client_for(make_person())
    assert client.call("get", "/schools").json() == {"items": [], "count": 0}
    assert client.call("get", "/me").json()["schools"] == []


def test_the_session_of_the_pages_reads_but_never_writes(team: Team) -> None:
    browser = ApiClient()
    browser.force_login(make_colleague(team, Role.SCHOOL_ADMIN))
    assert browser.call("get", f"/schools/{team.school_id}").status_code == 200
    write = browser.call("patch", f"/schools/{team.school_id}", {"name": "Anders"})
    assert write.status_code == 401
    assert write.json()["code"] == "not_signed_in"


# --- School ------------------------------------------------------------------------------------
def test_a_school_changes_only_what_is_named(client: ApiClient, team: Team) -> None:
    changes = {
        "region": "Zuid",
        "packages": ["academie", "pluspakket"],
        "academy_url": "https://academie.voorbeeld.test/inloggen",
        "progress_by_name_since": "2026-09-01",
        "name": None,
    }
    response = client.call("patch", f"/schools/{team.school_id}", changes)
    assert response.status_code == 200, response.content
    found = response.json()
    assert found["name"] == "De Wilg"
    assert {name: found[name] for name in changes if name != "name"} == {
        name: value for name, value in changes.items() if name != "name"
    }
    off = client.call("patch", f"/schools/{team.school_id}", {"progress_by_name_since": None})
    assert off.json()["progress_by_name_since"] is None
    assert audited() == ["change_school", "change_school"]


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("packages", ["plus"], "unknown_slug"),
        ("packages", ["academie", "academie"], "listed_twice"),
        ("academy_url", "javascript:alert(1)", "web_address"),
        ("academy_url", "https://naam:wachtwoord@voorbeeld.test", "web_address"),
        ("academy_url", "https://", "web_address"),
        ("academy_url", "https://[::1", "web_address"),
        ("academy_url", "https://a.test/" + "a" * 200, "string_too_long"),
        ("name", "DUO: bevestig uw gegevens op https://evil.test", "address_in_name"),
        ("region", "Oost", "literal_error"),
        ("free_on_good_friday", "ja", "bool_type"),
        ("free_on_good_friday", 1, "bool_type"),
        ("brin", "16SW00", "extra_forbidden"),
    ],
)
def test_a_school_refuses(
    client: ApiClient, team: Team, field: str, value: object, code: str
) -> None:
    response = client.call("patch", f"/schools/{team.school_id}", {field: value})
    assert response.status_code == 422
    errors = response.json()["errors"]
    assert code in {error["code"] for error in errors}
    assert all(error["field"].startswith(field) for error in errors)
    assert audited() == []


# --- Teams -------------------------------------------------------------------------------------
def test_teams_are_added_renamed_and_counted(client: ApiClient, team: Team) -> None:
    join(make_person(), team)
    made = client.call("post", f"/schools/{team.school_id}/teams", {"name": "  Bovenbouw "})
    assert made.status_code == 201
    assert made.json()["name"] == "Bovenbouw"
    twice = client.call("post", f"/schools/{team.school_id}/teams", {"name": "Bovenbouw"})
    assert (twice.status_code, twice.json()["code"]) == (409, "team_exists")
    taken = client.call("patch", f"/teams/{team.pk}", {"name": "Bovenbouw"})
    assert (taken.status_code, taken.json()["code"]) == (409, "team_exists")
    leads = [
        client.call("post", f"/schools/{team.school_id}/teams", {"name": "www.evil.test"}),
        client.call("patch", f"/teams/{team.pk}", {"name": "www.evil.test"}),
    ]
    assert [answer.json()["errors"][0]["code"] for answer in leads] == ["address_in_name"] * 2
    renamed = client.call("patch", f"/teams/{team.pk}", {"name": "Middenbouw"})
    assert renamed.json()["name"] == "Middenbouw"
    found = client.call("get", f"/schools/{team.school_id}/teams").json()
    assert [(item["name"], item["member_count"]) for item in found["items"]] == [
        ("Bovenbouw", 0),
        ("Middenbouw", 1),
    ]
    assert audited() == ["add_team", "rename_team"]


def test_a_member_sees_only_the_own_team(team: Team) -> None:
    make_team(team.school, "Bovenbouw")
    client = client_for(make_colleague(team))
    found = client.call("get", f"/schools/{team.school_id}/teams").json()
    assert [item["id"] for item in found["items"]] == [str(team.pk)]


# --- People ------------------------------------------------------------------------------------
NEW = {"email": "Nieuw@Voorbeeld.test", "name": "Nina Nieuw", "functions": ["leerkracht"]}


def test_somebody_new_starts(client: ApiClient, team: Team) -> None:
    body = NEW | {
        "fte": 0.8,
        "working_days": [4, 1, 2, 3],
        "weekly_study_minutes": 45,
        "roles": ["team_lead", "member"],
        "leave": [{"first_day": "2026-09-01", "last_day": "2026-10-01"}],
    }
    response = client.call("post", f"/schools/{team.school_id}/employments", body)
    assert response.status_code == 201, response.content
    found = response.json()
    assert found["email"] == "nieuw@voorbeeld.test"
    assert found["roles"] == ["member", "team_lead"]
    assert found["fte"] == 0.8
    assert found["working_days"] == [1, 2, 3, 4]
    assert found["leave"] == body["leave"]
    person = Person.objects.get(email="nieuw@voorbeeld.test")
    assert not person.has_usable_password()
    assert audited() == ["add_employment"]


def test_somebody_known_elsewhere_is_linked_and_keeps_what_is_theirs(
    client: ApiClient, team: Team
) -> None:
    known = make_colleague(make_team(make_school(name="Geheim")), Role.DIRECTOR, name="Kim Bekend")
    body = NEW | {"email": known.email.upper(), "name": "Iemand Anders"}
    response = client.call("post", f"/schools/{team.school_id}/employments", body)
    assert response.status_code == 201
    found = response.json()
    assert found["person"] == str(known.pk)
    assert found["roles"] == ["member"]
    assert set(found) == {
        "id",
        "person",
        "school",
        "name",
        "email",
        "roles",
        "functions",
        "fte",
        "working_days",
        "weekly_study_minutes",
        "leave",
    }
    assert "Geheim" not in response.content.decode()
    known.refresh_from_db()
    assert known.name == "Kim Bekend"
    listed = client.call("get", f"/schools/{team.school_id}/employments").json()
    assert "director" not in {role for item in listed["items"] for role in item["roles"]}


def test_nobody_starts_twice(client: ApiClient, team: Team) -> None:
    client.call("post", f"/schools/{team.school_id}/employments", NEW)
    response = client.call("post", f"/schools/{team.school_id}/employments", NEW)
    assert (response.status_code, response.json()["code"]) == (409, "already_employed")


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"email": "geen adres"}, "email", "email"),
        ({"email": "a@" + "b" * 300 + ".nl"}, "email", "string_too_long"),
        ({"functions": ["tovenaar"]}, "functions", "unknown_slug"),
        ({"fte": 1.3}, "fte", "less_than_equal"),
        ({"fte": -0.1}, "fte", "greater_than_equal"),
        ({"fte": 0.12345}, "fte", "fte_precision"),
        ({"fte": "0.8"}, "fte", "float_type"),
        ({"working_days": [1, 8]}, "working_days.1", "less_than_equal"),
        ({"working_days": [1, 1]}, "working_days", "listed_twice"),
        ({"working_days": []}, "working_days", "too_short"),
        ({"working_days": [True]}, "working_days.0", "int_type"),
        ({"roles": ["board"]}, "roles.0", "literal_error"),
        ({"weekly_study_minutes": 10**9}, "weekly_study_minutes", "less_than_equal"),
        (
            {"leave": [{"first_day": "2026-09-02", "last_day": "2026-09-01"}]},
            "leave.0.last_day",
            "wrong_order",
        ),
    ],
)
def test_an_employment_refuses(
    client: ApiClient, team: Team, change: dict[str, Any], field: str, code: str
) -> None:
    response = client.call("post", f"/schools/{team.school_id}/employments", NEW | change)
    assert response.status_code == 422
    assert [(error["field"], error["code"]) for error in response.json()["errors"]] == [
        (field, code)
    ]
    assert not Person.objects.filter(name="Nina Nieuw").exists()


def test_the_documented_roles_are_those_a_school_may_give() -> None:
    documented = NewEmployment.model_json_schema()["properties"]["roles"]["items"]["enum"]
    assert documented == [role.value for role in SCHOOL_GIVES]
    assert Role.BOARD not in SCHOOL_GIVES


def test_an_employment_changes_only_what_is_named(client: ApiClient, team: Team) -> None:
    person = make_colleague(team, name="Mo Medewerker")
    with scopes_disabled():
        employment = person.employments.get()
    address = f"/employments/{employment.pk}"
    changed = client.call("patch", address, {"functions": ["intern-begeleider"], "fte": 0.5})
    assert changed.status_code == 200, changed.content
    assert changed.json()["functions"] == ["intern-begeleider"]
    assert changed.json()["roles"] == ["member"]
    roles = client.call("patch", address, {"roles": ["director"], "weekly_study_minutes": 30})
    assert roles.json()["roles"] == ["director"]
    assert roles.json()["fte"] == 0.5
    assert roles.json()["weekly_study_minutes"] == 30
    emptied = client.call("patch", address, {"weekly_study_minutes": None, "roles": []})
    assert (emptied.json()["roles"], emptied.json()["weekly_study_minutes"]) == ([], None)


def test_the_last_admin_keeps_the_role(client: ApiClient, team: Team, admin: Person) -> None:
    with scopes_disabled():
        employment = admin.employments.get()
    address = f"/employments/{employment.pk}"
    alone = client.call("patch", address, {"roles": ["member"]})
    assert (alone.status_code, alone.json()["code"]) == (409, "last_school_admin")
    gone = make_colleague(team, Role.SCHOOL_ADMIN)
    gone.is_active = False
    gone.save()
    assert client.call("patch", address, {"roles": []}).status_code == 409
    make_colleague(team, Role.SCHOOL_ADMIN)
    done = client.call("patch", address, {"roles": ["member"]})
    assert (done.status_code, done.json()["roles"]) == (200, ["member"])
    assert client.call("get", f"/schools/{team.school_id}/employments").status_code == 403


def test_a_role_that_the_board_gave_stays(client: ApiClient, team: Team) -> None:
    person = make_colleague(team)
    grant(person, Role.BOARD, school=team.school)
    with scopes_disabled():
        employment = person.employments.get()
    found = client.call("patch", f"/employments/{employment.pk}", {"roles": ["trainer"]})
    assert found.json()["roles"] == ["board", "trainer"]


# --- Memberships -------------------------------------------------------------------------------
def test_somebody_joins_and_leaves_a_team(client: ApiClient, team: Team) -> None:
    person = make_person("Lou Lid")
    employ(person, team.school, ("intern-begeleider",))
    body = {"person": str(person.pk), "joined_on": "2026-08-01"}
    made = client.call("post", f"/teams/{team.pk}/memberships", body)
    assert made.status_code == 201
    assert made.json() == {
        "id": made.json()["id"],
        "team": str(team.pk),
        "person": str(person.pk),
        "name": "Lou Lid",
        "functions": ["intern-begeleider"],
        "joined_on": "2026-08-01",
    }
    twice = client.call("post", f"/teams/{team.pk}/memberships", body)
    assert (twice.status_code, twice.json()["code"]) == (409, "already_member")
    assert client.call("delete", f"/memberships/{made.json()['id']}").status_code == 204
    assert client.call("delete", f"/memberships/{made.json()['id']}").status_code == 404
    assert audited() == ["add_membership", "remove_membership"]


def test_somebody_of_another_school_cannot_join(client: ApiClient, team: Team) -> None:
    stranger = make_colleague(make_team())
    unknown = "00000000-0000-4000-8000-000000000000"
    answers = [
        client.call("post", f"/teams/{team.pk}/memberships", {"person": str(person)})
        for person in (stranger.pk, unknown)
    ]
    assert [answer.status_code for answer in answers] == [422, 422]
    assert answers[0].content == answers[1].content


# --- What a school sets ------------------------------------------------------------------------
def test_the_calendar_of_a_school(client: ApiClient, team: Team) -> None:
    address = f"/schools/{team.school_id}/calendar-overrides"
    body = {"title": "Brugdag", "first_day": "2027-05-07", "last_day": "2027-05-07"}
    made = client.call("post", address, body)
    assert made.status_code == 201
    assert made.json() == body | {"id": made.json()["id"], "closed": True}
    assert client.call("get", address).json() == {"items": [made.json()], "count": 1}
    wrong = client.call("post", address, body | {"last_day": "2027-05-06"})
    assert wrong.json()["errors"][0]["code"] == "wrong_order"
    long = client.call("post", address, body | {"last_day": "2028-05-06"})
    assert long.json()["errors"][0]["code"] == "too_long"
    number = made.json()["id"]
    assert client.call("delete", f"/calendar-overrides/{number}").status_code == 204
    assert client.call("delete", f"/calendar-overrides/{number}").status_code == 404
    assert client.call("delete", f"/calendar-overrides/{2**63}").status_code == 404
    assert audited() == ["add_calendar_override", "remove_calendar_override"]


def test_what_a_school_says_of_a_course(team: Team) -> None:
    client = client_for(make_colleague(team, Role.CATALOGUE_MANAGER))
    course = "complimenten-geven-en-corrigeren"
    address = f"/schools/{team.school_id}/course-overrides/{course}"
    before = client.call("get", address).json()
    assert before == {
        "course": course,
        "title": "Complimenten geven en corrigeren",
        "catalogue_minutes": before["catalogue_minutes"],
        "duration_minutes": None,
        "url": "",
        "confirmed_available_on": None,
    }
    body = {"duration_minutes": 30, "url": "https://a.test/x", "confirmed_available_on": None}
    assert client.call("put", address, body).json() == before | body
    assert client.call("get", address).json() == before | body
    assert client.call("put", address, {}).json() == before
    with scopes_disabled():
        assert not CourseOverride.objects.exists()
    unknown = f"/schools/{team.school_id}/course-overrides/bestaat-niet"
    assert client.call("get", unknown).status_code == 404
    assert client.call("put", unknown, body).status_code == 404


def test_a_quote_is_asked_once(client: ApiClient, team: Team) -> None:
    address = f"/schools/{team.school_id}/quote-requests"
    first = client.call("post", address, {"package": "pluspakket"})
    again = client.call("post", address, {"package": "pluspakket"})
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    with scopes_disabled():
        assert QuoteRequest.objects.count() == 1
    present = client.call("post", address, {"package": "academie"})
    assert (present.status_code, present.json()["code"]) == (409, "package_present")
    unknown = client.call("post", address, {"package": "plus"})
    assert unknown.json()["errors"][0]["field"] == "package"


# --- Lists do not ask more as they grow --------------------------------------------------------
LISTS = [
    "/schools",
    "/schools/{school}/teams",
    "/schools/{school}/employments",
    "/schools/{school}/calendar-overrides",
    "/teams/{team}/memberships",
]


@pytest.mark.parametrize("path", LISTS)
def test_a_list_costs_the_same_for_one_and_for_three(
    client: ApiClient, team: Team, admin: Person, path: str
) -> None:
    address = path.format(school=team.school_id, team=team.pk)

    def grow(place: int) -> None:
        make_colleague(team, name=f"Collega {place}")
        make_team(team.school, f"Team {place}")
        other = make_team()
        grant(admin, Role.SCHOOL_ADMIN, school=other.school)
        with scopes_disabled():
            team.school.calendar_overrides.create(
                title="Dicht", first_day=date(2027, 1, place), last_day=date(2027, 1, place)
            )

    def cost() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as queries:
            count = client.call("get", address).json()["count"]
        return count, len(queries)

    grow(1)
    cost()  # writes when the token was last used
    few, cheap = cost()
    grow(2)
    grow(3)
    many, dear = cost()
    assert many == few + 2
    assert dear == cheap
