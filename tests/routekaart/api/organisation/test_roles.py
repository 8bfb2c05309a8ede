"""Roles over the API."""

from datetime import date

import pytest
from django_scopes import scopes_disabled

from routekaart.access import Role
from routekaart.models import RoleGrant, TeamMembership
from tests.makers import client_for, employ, grant, make_colleague, make_person, make_team

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def test_a_role_is_given_for_a_time_handed_over_and_taken_back() -> None:
    team = make_team()
    admin = make_colleague(team, Role.SCHOOL_ADMIN, name="Ada Beheer")
    client = client_for(admin)
    one, two = make_person("Bo"), make_person("Cis")
    for person in (one, two):
        employ(person, team.school)
    with scopes_disabled():
        grant(make_person("Door"), Role.BOARD, board=team.school.board)
    at_school = f"/schools/{team.school_id}/role-grants"
    body = {"person": str(one.pk), "role": "mr_reader", "ends_on": "2099-07-31"}

    made = client.call("post", at_school, body)
    assert made.status_code == 201
    given = made.json()
    assert given == {
        "id": given["id"],
        "person": str(one.pk),
        "name": "Bo",
        "role": "mr_reader",
        "starts_on": None,
        "ends_on": "2099-07-31",
        "of_board": False,
    }
    # Once more is the same one.
    assert client.call("post", at_school, body).json() == given
    rows = client.call("get", at_school).json()
    assert [(row["name"], row["role"], row["of_board"]) for row in rows["items"]] == [
        ("Ada Beheer", "school_admin", False),
        ("Bo", "mr_reader", False),
        ("Door", "board", True),
    ]

    address = f"/role-grants/{given['id']}"
    for _ in range(2):
        taken = client.call("post", f"{address}/hand-over", {"person": str(two.pk)})
        assert (taken.status_code, taken.json()) == (
            200,
            given | {"person": str(two.pk), "name": "Cis"},
        )
    assert client.call("delete", address).status_code == 204
    assert client.call("delete", address).status_code == 404
    assert not RoleGrant.objects.filter(person__in=(one, two)).exists()


def test_what_the_rules_refuse_comes_with_its_code() -> None:
    team = make_team()
    admin = make_colleague(team, Role.SCHOOL_ADMIN)
    lead = make_colleague(team, Role.TEAM_LEAD)
    client = client_for(admin)
    with scopes_disabled():
        of_board = grant(make_person(), Role.TRAINER, board=team.school.board)
    own = RoleGrant.objects.get(person=admin)
    led = RoleGrant.objects.get(person=lead)
    member = grant(lead, Role.MEMBER, school=team.school)
    at_school = f"/schools/{team.school_id}/role-grants"
    past = {"person": str(lead.pk), "role": "director", "ends_on": "2020-01-01"}
    stranger = {"person": str(make_person().pk)}
    for method, path, body, status, code in (
        ("delete", f"/role-grants/{own.pk}", None, 409, "last_school_admin"),
        ("delete", f"/role-grants/{of_board.pk}", None, 404, "not_found"),
        ("post", f"/role-grants/{of_board.pk}/hand-over", stranger, 404, "not_found"),
        ("post", at_school, past, 422, "in_the_past"),
        ("post", at_school, past | {"role": "board"}, 422, "literal_error"),
        ("post", f"/role-grants/{led.pk}/hand-over", stranger, 422, "not_at_this_school"),
        ("post", f"/role-grants/{member.pk}/hand-over", {"person": str(admin.pk)}, 422,
         "role_stays"),
    ):  # fmt: skip
        answer = client.call(method, path, body)
        assert answer.status_code == status, path
        said = answer.json()
        found = said["errors"][0]["code"] if said.get("errors") else said["code"]
        assert found == code
    assert RoleGrant.objects.get(pk=led.pk).ends_on is None
    with scopes_disabled():
        assert TeamMembership.objects.filter(person=lead).count() == 1
    assert date(2020, 1, 1) not in RoleGrant.objects.values_list("ends_on", flat=True)
