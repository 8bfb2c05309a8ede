"""Small steps over HTTP: chosen and told by oneself, seen by the PLG alone."""

from typing import Any

import pytest
from django_scopes import scopes_disabled

from routekaart.models import AuditEntry, PlgCycle, Routekaart
from tests.plg_stage import PlgStage, codes, fields

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def test_one_tries_and_tells() -> None:
    plg = PlgStage().start()
    meeting = plg.meetings()[0]
    made = plg.post(plg.member, "/micro-steps", {"text": "Volgende week wachttijd geven."})
    expected: dict[str, Any] = {
        "id": made.json()["id"],
        "cycle": plg.made["id"],
        "meeting": None,
        "person": str(plg.stage.member.pk),
        "person_name": plg.stage.member.name,
        "text": "Volgende week wachttijd geven.",
        "try_by": meeting["date"],
        "state": "chosen",
        "outcome": "",
        "findings": [],
    }
    assert (made.status_code, made.json()) == (201, expected)
    # Everybody in the PLG sees it, and nobody else does.
    assert plg.lead.call("get", f"{plg.path}/micro-steps").json()["items"] == [expected]
    for client in (plg.outsider, plg.trainer):
        assert codes(client.call("get", f"{plg.path}/micro-steps")) == (403, "forbidden")
    step = f"/micro-steps/{expected['id']}"
    for client, answer in ((plg.lead, 403), (plg.outsider, 404), (plg.trainer, 404)):
        assert client.call("post", f"{step}/try", {}).status_code == answer
        assert client.call("post", f"{step}/drop", {}).status_code == answer
        assert client.call("post", f"{step}/reopen").status_code == answer
    tried = plg.member.call("post", f"{step}/try", {"outcome": "Het werd stil."})
    expected |= {"state": "tried", "outcome": "Het werd stil."}
    assert tried.json() == expected
    assert plg.member.call("post", f"{step}/try", {}).json() == expected
    assert codes(plg.member.call("post", f"{step}/drop", {})) == (409, "wrong_state")
    assert plg.member.call("post", f"{step}/reopen").json()["state"] == "chosen"
    dropped = plg.member.call("post", f"{step}/drop", {}).json()
    assert dropped == expected | {"state": "dropped"}


def test_at_a_meeting_it_comes_up_by_itself_for_the_members() -> None:
    plg = PlgStage().start()
    meeting = plg.meetings()[0]
    body = {"text": "Beurten verdelen.", "meeting": meeting["id"], "try_by": "2026-11-25"}
    made = plg.post(plg.member, "/micro-steps", body).json()
    assert (made["meeting"], made["try_by"]) == (meeting["id"], "2026-11-25")

    def steps(client: Any) -> list[str]:
        detail = client.call("get", f"/plg-meetings/{meeting['id']}").json()
        return [step["id"] for step in detail["open_steps"]]

    assert steps(plg.lead) == [made["id"]]
    assert steps(plg.trainer) == steps(plg.outsider) == []
    plg.member.call("post", f"/micro-steps/{made['id']}/try", {})
    assert steps(plg.lead) == []


def test_what_cannot_be_a_step() -> None:
    plg = PlgStage()
    assert codes(plg.post(plg.outsider, "/micro-steps", {"text": "x"})) == (403, "forbidden")
    for body, code, field in (
        ({"try_by": "2026-11-24"}, "in_the_past", "try_by"),
        ({"meeting": plg.made["id"]}, "unknown_meeting", "meeting"),
        ({"text": " "}, "invalid_input", "text"),
        ({"text": "x" * 501}, "invalid_input", "text"),
    ):
        response = plg.post(plg.member, "/micro-steps", {"text": "x"} | body)
        assert (codes(response), fields(response)) == ((422, code), [field])
    # Without a meeting to come: in a week.
    made = plg.post(plg.member, "/micro-steps", {"text": "x" * 500})
    assert made.json()["try_by"] == "2026-12-02"


def test_the_history_of_the_team_does_not_count_them() -> None:
    plg = PlgStage()
    made = plg.post(plg.member, "/micro-steps", {"text": "Beurten verdelen."}).json()
    plg.member.call("post", f"/micro-steps/{made['id']}/try", {})
    with scopes_disabled():
        logged = AuditEntry.objects.filter(object_kind="MicroStep").order_by("pk")
        assert [(row.action, row.person_id, row.routekaart_id) for row in logged] == [
            ("add_micro_step", plg.stage.member.pk, None),
            ("try_micro_step", plg.stage.member.pk, None),
        ]
        cycle = AuditEntry.objects.get(object_kind="PlgCycle")
        assert cycle.routekaart_id == plg.stage.routekaart.pk


def test_how_it_went_can_be_told_when_the_plg_is_done() -> None:
    plg = PlgStage()
    made = plg.post(plg.member, "/micro-steps", {"text": "Beurten verdelen."}).json()
    with scopes_disabled():
        PlgCycle.objects.update(state="closed")
    path = f"/micro-steps/{made['id']}"
    assert plg.member.call("post", f"{path}/try", {"outcome": "Fijn."}).json()["state"] == "tried"
    assert codes(plg.post(plg.member, "/micro-steps", {"text": "Nog een."})) == (409, "wrong_state")
    with scopes_disabled():
        Routekaart.objects.update(state="closed")
    assert codes(plg.member.call("post", f"{path}/reopen")) == (409, "wrong_state")


def test_who_left_the_plg_is_seen_no_more() -> None:
    plg = PlgStage()
    made = plg.post(plg.member, "/micro-steps", {"text": "Beurten verdelen."}).json()
    members = [str(plg.stage.lead.pk), str(plg.colleague.pk)]
    plg.lead.call("patch", plg.path, {"members": members})
    assert plg.lead.call("get", f"{plg.path}/micro-steps").json()["count"] == 0
    # Oneself can still tell how it went.
    tried = plg.member.call("post", f"/micro-steps/{made['id']}/try", {})
    assert tried.json()["state"] == "tried"
