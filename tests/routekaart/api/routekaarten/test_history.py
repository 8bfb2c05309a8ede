"""The history of a routekaart over HTTP."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from routekaart.actions.audit import record
from routekaart.models import AuditEntry
from tests.makers import access_for, client_for, make_person
from tests.stages import Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def path(stage: Stage) -> str:
    return f"/routekaarten/{stage.routekaart.pk}/history"


def lines(stage: Stage, person: Any) -> list[str]:
    items = client_for(person).call("get", path(stage)).json()["items"]
    return [item["text"] for item in items]


def log(stage: Stage, person: Any, action: str) -> None:
    with stage.as_lead.entered():
        record(
            by=access_for(person),
            school=stage.school.pk,
            action=action,
            subject=stage.routekaart,
            routekaart=stage.routekaart.pk,
        )


def test_who_did_what_newest_first() -> None:
    stage = Stage().accepted()
    assert lines(stage, stage.director) == [
        "Lies Leider nam het advies aan.",
        "Tess Trainer gaf advies.",
        "Lies Leider diende de routekaart in.",
        "Lies Leider voegde een studiedag toe.",
        "Lies Leider voegde een doel toe.",
        "Lies Leider wijzigde de routekaart.",
    ]
    page = client_for(stage.member).call("get", f"{path(stage)}?limit=1&offset=2").json()
    with stage.as_lead.entered():
        entry = AuditEntry.objects.get(action="submit")
    assert page["count"] == 6
    assert [item["text"] for item in page["items"]] == ["Lies Leider diende de routekaart in."]
    assert page["items"][0]["at"][:19] == entry.at.isoformat()[:19]


def test_what_is_somebodys_own_is_read_by_nobody_else() -> None:
    stage = Stage()
    for action in ("complete_assignment", "change_note", "agree_on_hours", "submit"):
        log(stage, stage.member, action)
    own = "Mo Lid meldde een cursus als afgerond."
    hours = "Mo Lid legde een afspraak over eigen uren vast."
    assert lines(stage, stage.member) == [
        "Mo Lid diende de routekaart in.",
        hours,
        "Mo Lid wijzigde een notitie.",
        own,
    ]
    for person in (stage.lead, stage.trainer):
        assert lines(stage, person) == ["Mo Lid diende de routekaart in.", hours]
    assert lines(stage, stage.director) == ["Mo Lid diende de routekaart in."]


def test_who_is_gone_stays_a_former_colleague() -> None:
    stage = Stage()
    gone = make_person("Vera Vertrokken")
    log(stage, gone, "submit")
    log(stage, gone, "add_note")
    log(stage, gone, "een_nieuwe_handeling")
    neutral = "De routekaart is bijgewerkt."
    assert lines(stage, stage.lead) == [neutral, "Vera Vertrokken diende de routekaart in."]
    gone.delete()
    # And what was only theirs is nobody's to read.
    assert lines(stage, stage.lead) == [neutral, "Een oud-collega diende de routekaart in."]


def test_another_routekaart_has_its_own_history() -> None:
    stage, other = Stage(), Stage()
    log(other, other.lead, "submit")
    assert lines(stage, stage.lead) == []
    assert client_for(stage.lead).call("get", path(other)).status_code == 404


def test_as_many_queries_for_three_as_for_one() -> None:
    stage = Stage()
    client = client_for(stage.lead)
    client.call("get", path(stage))
    found = []
    for person in (stage.lead, stage.member, stage.trainer):
        log(stage, person, "change")
        with CaptureQueriesContext(connection) as captured:
            count = client.call("get", path(stage)).json()["count"]
        found.append((count, len(captured)))
    assert [count for count, _ in found] == [1, 2, 3]
    assert len({queries for _, queries in found}) == 1
