"""Work groups over HTTP."""

from typing import Any
from uuid import uuid4

import pytest

from routekaart.models import AuditEntry, Routekaart
from tests.makers import client_for, employ, make_colleague, make_person
from tests.routekaart.api.routekaarten.test_goals import at, codes, counts, fields
from tests.stages import Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def test_there_and_back_again() -> None:
    stage = Stage().accepted()
    client = client_for(stage.lead)
    body: dict[str, Any] = {
        "name": "  Kijkgroep ",
        "goal": str(stage.goal.pk),
        "rhythm_weeks": 3,
        "members": [str(stage.member.pk), str(stage.lead.pk)],
    }
    response = client.call("post", at(stage, "/work-groups"), body)
    made = response.json()
    assert response.status_code == 201
    lead = {"person": str(stage.lead.pk), "name": "Lies Leider"}
    member = {"person": str(stage.member.pk), "name": "Mo Lid"}
    assert made == {
        "id": made["id"],
        "name": "Kijkgroep",
        "goal": str(stage.goal.pk),
        "rhythm_weeks": 3,
        "members": [lead, member],
    }
    path = f"/work-groups/{made['id']}"
    own = client_for(stage.member)
    assert own.call("get", path).json() == made
    assert own.call("get", at(stage, "/work-groups")).json() == {"items": [made], "count": 1}
    changed = client.call("patch", path, {"goal": None, "members": [str(stage.member.pk)]})
    assert changed.json() == made | {"goal": None, "members": [member]}
    assert client.call("patch", path, {"name": "Leesgroep"}).json()["name"] == "Leesgroep"
    gone = client.call("delete", path)
    assert (gone.status_code, gone.content) == (204, b"")
    assert codes(client.call("get", path)) == (404, "not_found")
    with stage.as_lead.entered():
        entries = AuditEntry.objects.filter(routekaart=stage.routekaart, object_id=made["id"])
        assert [entry.action for entry in entries.order_by("pk")] == [
            "add_work_group",
            "change_work_group",
            "change_work_group",
            "remove_work_group",
        ]


def test_what_cannot_be() -> None:
    stage = Stage().accepted()
    client = client_for(stage.lead)
    path = at(stage, "/work-groups")
    client.call("post", path, {"name": "Kijkgroep"})
    stranger = make_person()
    employ(stranger, stage.school)
    for body, code in (
        ({"name": "Kijkgroep"}, (409, "name_taken")),
        ({"name": "Twee", "goal": str(uuid4())}, (422, "unknown_goal")),
        ({"name": "Twee", "members": [str(stranger.pk)]}, (422, "not_in_team")),
        ({"name": "Twee", "rhythm_weeks": 0}, (422, "invalid_input")),
        ({"name": ""}, (422, "invalid_input")),
    ):
        assert codes(client.call("post", path, body)) == code
    body = {"name": "Twee", "members": [str(stage.lead.pk), str(stranger.pk)]}
    assert fields(client.call("post", path, body)) == ["members.1"]
    # Nothing half done.
    assert client.call("get", path).json()["count"] == 1
    with stage.as_lead.entered():
        Routekaart.objects.filter(pk=stage.routekaart.pk).update(state="closed")
    assert codes(client.call("post", path, {"name": "Twee"})) == (409, "wrong_state")


def test_no_agreement_is_left_without_owner() -> None:
    stage = Stage().accepted()
    client = client_for(stage.lead)
    made = client.call("post", at(stage, "/work-groups"), {"name": "Kijkgroep"}).json()
    body = {"what": "Elke les een vraag", "work_group": made["id"], "due_on": "2027-01-11"}
    kept, going = (client.call("post", at(stage, "/agreements"), body).json() for _ in range(2))
    client.call("post", f"/agreements/{kept['id']}/check", {"step": "finish"})
    assert client.call("delete", f"/work-groups/{made['id']}").status_code == 204
    for agreement, state in ((kept, "done"), (going, "open")):
        left = client.call("get", f"/agreements/{agreement['id']}").json()
        assert (left["state"], left["work_group"], left["whole_team"]) == (state, None, True)


def test_as_many_queries_for_more_groups() -> None:
    stage = Stage().accepted()
    client = client_for(stage.lead)

    def add(number: int) -> None:
        person = make_colleague(stage.team, name=f"Collega {number}")
        body = {"name": f"Groep {number}", "members": [str(person.pk), str(stage.member.pk)]}
        client.call("post", at(stage, "/work-groups"), body)

    add(9)
    found = counts(client, at(stage, "/work-groups"), add)
    assert [listed for listed, _ in found] == [1, 2, 3]
    assert len({queries for _, queries in found}) == 1
