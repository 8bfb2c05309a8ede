"""Meetings of a PLG over HTTP: dates, agendas, and the four questions."""

from datetime import date
from typing import Any

import pytest
from django_scopes import scopes_disabled

from routekaart.models import Agreement
from tests.plg_stage import PlgStage, answers, codes, fields, on, questions

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

DAY = "2027-02-02"


def add(plg: PlgStage, **body: Any) -> dict[str, Any]:
    response = plg.lead.call("post", f"{plg.path}/meetings", {"date": DAY} | body)
    assert response.status_code == 201, response.content
    made: dict[str, Any] = response.json()
    return made


def test_planned_and_moved() -> None:
    plg = PlgStage()
    made = add(plg)
    path = f"/plg-meetings/{made['id']}"
    expected: dict[str, Any] = {
        "id": made["id"],
        "cycle": plg.made["id"],
        "date": DAY,
        "starts_at": None,
        "minutes": plg.stage.routekaart.plg_minutes,
        "state": "planned",
        "agenda": made["agenda"],
        "answers": [],
        "decisions": "",
        "reason": "",
        "findings": [],
        "open_steps": [],
        "agreements_due": [],
    }
    assert made == expected
    kinds = [item["kind"] for item in made["agenda"]]
    assert kinds == ["look_back", *["question"] * 4, "look_ahead"]
    agenda = [{"kind": "own", "text": "Samen een les bekijken.", "question": ""}]
    changes = {"date": "2027-02-09", "starts_at": "15:15", "minutes": 60, "agenda": agenda}
    assert plg.member.call("patch", path, changes).json() == expected | changes
    # Only the time can be emptied.
    emptied = plg.member.call("patch", path, {"starts_at": None, "minutes": None, "agenda": None})
    assert emptied.json() == expected | changes | {"starts_at": None}
    assert plg.trainer.call("get", path).json() == emptied.json()
    listed = plg.trainer.call("get", f"{plg.path}/meetings").json()
    plain = {name: emptied.json()[name] for name in expected if name[:5] not in ("open_", "agree")}
    assert listed == {"items": [plain], "count": 1}


def test_what_cannot_be_a_meeting() -> None:
    plg = PlgStage()
    other = add(plg, date="2027-02-09")
    add(plg)
    blank = [{"text": " "}]
    for body, answer, field in (
        ({}, (409, "meeting_exists"), None),
        ({"date": "2027-08-01"}, (422, "outside_school_year"), "date"),
        ({"date": "2026-12-28"}, (422, "school_closed"), "date"),
        ({"date": "2027-02-06"}, (422, "school_closed"), "date"),
        (
            {"date": "2027-02-03", "starts_at": "23:00", "minutes": 61},
            (422, "ends_after_midnight"),
            "minutes",
        ),
        ({"date": "2027-02-03", "minutes": 0}, (422, "invalid_input"), "minutes"),
        (
            {"date": "2027-02-03", "agenda": blank},
            (422, "invalid_input"),
            "agenda.0.text",
        ),
    ):
        response = plg.lead.call("post", f"{plg.path}/meetings", {"date": DAY} | body)
        assert codes(response) == answer
        assert field is None or fields(response) == [field]
    moved = plg.lead.call("patch", f"/plg-meetings/{other['id']}", {"date": DAY})
    assert codes(moved) == (409, "meeting_exists")
    dates = [item["date"] for item in plg.meetings()]
    assert dates == [DAY, "2027-02-09"]


def test_it_closes_with_the_four_questions() -> None:
    plg = PlgStage()
    made = add(plg)
    path = f"/plg-meetings/{made['id']}/close"
    body: dict[str, Any] = {"answers": answers(), "decisions": "We gaan door."}
    assert codes(plg.lead.call("post", path, body)) == (409, "wrong_state")
    plg.start()
    blank = {"question": questions()[1], "text": "  "}
    both = {"question": questions()[2], "text": "Ja.", "not_answered_because": "Nee."}
    unfinished = {"answers": [answers()[0], blank, both]}
    early = on("2027-02-01", plg.lead, path, unfinished)
    assert codes(early) == (409, "day_not_held")
    assert early.json()["detail"] == (
        "Deze bijeenkomst is pas op 2 februari 2027. Sluit haar daarna af, of kies eerst een "
        "andere datum."
    )
    refused = on(DAY, plg.lead, path, unfinished)
    assert codes(refused) == (422, "rules_broken")
    assert [(one["code"], one["point"]) for one in refused.json()["findings"]] == [
        ("question_unanswered", questions()[1]),
        ("answer_and_reason", questions()[2]),
        ("question_unanswered", questions()[3]),
    ]
    for listed, code in (
        ([*answers(), {"question": "waarom", "text": "Daarom."}], "unknown_question"),
        ([*answers(), answers()[0]], "listed_twice"),
    ):
        response = on(DAY, plg.lead, path, {"answers": listed})
        assert (codes(response), fields(response)) == ((422, code), ["answers"])
    assert plg.lead.call("get", f"/plg-meetings/{made['id']}").json()["state"] == "planned"
    closed = on(DAY, plg.member, path, body).json()
    assert (closed["state"], closed["decisions"]) == ("held", "We gaan door.")
    assert closed["answers"] == [
        {"text": "", "not_answered_because": ""} | answer for answer in answers()
    ]


def test_what_was_written_is_not_lost_by_who_comes_second() -> None:
    plg = PlgStage()
    made = add(plg)
    plg.start()
    path = f"/plg-meetings/{made['id']}"
    plg.hold(made)
    plg.hold(made)  # the same once more changes nothing
    other = {"answers": answers("Iets anders.")}
    assert codes(plg.member.call("post", f"{path}/close", other)) == (409, "already_closed")
    assert codes(plg.member.call("patch", path, {"minutes": 30})) == (409, "wrong_state")
    assert codes(plg.member.call("post", f"{path}/skip", {"reason": "x"})) == (409, "wrong_state")
    reopened = plg.member.call("post", f"{path}/reopen").json()
    assert reopened["state"] == "planned"
    assert [answer["text"] for answer in reopened["answers"]][:3] == [answers()[0]["text"]] * 3
    again = on(DAY, plg.member, f"{path}/close", other).json()
    assert [answer["text"] for answer in again["answers"]] == [*["Iets anders."] * 3, ""]


def test_skipped_with_a_reason() -> None:
    plg = PlgStage()
    made = add(plg)
    path = f"/plg-meetings/{made['id']}"
    assert fields(plg.lead.call("post", f"{path}/skip", {"reason": " "})) == ["reason"]
    skipped = plg.lead.call("post", f"{path}/skip", {"reason": "Te veel zieken."}).json()
    assert (skipped["state"], skipped["reason"]) == ("skipped", "Te veel zieken.")
    assert codes(plg.lead.call("post", f"{path}/close", {"answers": answers()})) == (
        409,
        "wrong_state",
    )
    reopened = plg.lead.call("post", f"{path}/reopen").json()
    assert (reopened["state"], reopened["reason"]) == ("planned", "Te veel zieken.")


def test_agreements_come_back_on_the_agenda() -> None:
    plg = PlgStage()
    made = add(plg)
    day = date.fromisoformat(DAY)
    with scopes_disabled():
        due, *_ = [
            Agreement.objects.create(
                routekaart=plg.stage.routekaart,
                what=what,
                due_on=day,
                check_on=check_on,
                state=state,
            )
            for what, check_on, state in (
                ("Kijkwijzer maken.", day, "open"),
                ("Later.", date(2027, 2, 3), "open"),
                ("Al gedaan.", day, "done"),
            )
        ]
    detail = plg.lead.call("get", f"/plg-meetings/{made['id']}").json()
    assert detail["agreements_due"] == [
        {"id": str(due.pk), "what": "Kijkwijzer maken.", "due_on": DAY, "check_on": DAY}
    ]
