"""The year of a team by date."""

from datetime import date, time
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled

from routekaart.access import Access, NotFound, Role
from routekaart.models import Agreement, PlgCycle, PlgMeeting, StudyDay
from routekaart.queries.planning.moments import moments_of
from tests.makers import access_for, client_for, make_colleague
from tests.stages import Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

DEC = date(2026, 12, 1)


def kinds(by: Access, stage: Stage, **ends: Any) -> list[tuple[str, str, str]]:
    found = moments_of(by=by, routekaart_id=stage.routekaart.pk, **ends)
    return [(one.on.isoformat(), one.kind.value, one.title) for one in found]


def agree(stage: Stage, what: str, state: str = "open") -> Agreement:
    with scopes_disabled():
        return Agreement.objects.create(
            routekaart=stage.routekaart,
            what=what,
            whole_team=True,
            due_on=DEC,
            check_on=DEC,
            state=state,
        )


def test_what_the_plan_foresees() -> None:
    stage = Stage().planned()
    content = stage.plan.content
    expected = [
        (content["placements"][0]["deadline"], "deadline", "Voorbereiding klaar: Feedback"),
        ("2026-11-04", "study_day", "Feedback"),
        *((one["date"], "plg_meeting", "PLG-bijeenkomst") for one in content["plg_meetings"]),
        (content["follow_ups"][0]["date"], "follow_up", "Vervolgmoment: Feedback"),
        (content["evaluations"][0]["date"], "evaluation", "Evaluatie: Feedback"),
    ]
    found = kinds(stage.as_member, stage)
    assert sorted(found) == sorted(expected)
    assert [on for on, _, _ in found] == sorted(on for on, _, _ in expected)


def test_own_dates_and_meetings_go_before_those_of_the_plan() -> None:
    stage = Stage().planned()
    with scopes_disabled():
        StudyDay.objects.update(follow_up_on=DEC, evaluation_on=DEC, title="")
        cycle = PlgCycle.objects.create(routekaart=stage.routekaart, name="Lezen")
        for day, state in ((DEC, "planned"), (date(2026, 12, 8), "skipped")):
            PlgMeeting.objects.create(cycle=cycle, date=day, state=state, starts_at=time(15))
    agree(stage, "Exit-ticket\n" + "x" * 200)
    agree(stage, "Klaar", "done")
    assert kinds(stage.as_member, stage, first=DEC) == [
        ("2026-12-01", "plg_meeting", "PLG Lezen"),
        ("2026-12-01", "follow_up", "Vervolgmoment: studiedag van 4 november"),
        ("2026-12-01", "evaluation", "Evaluatie: studiedag van 4 november"),
        ("2026-12-01", "agreement", "Terugkijken: Exit-ticket " + "x" * 107 + "…"),
    ]
    assert ("2026-11-04", "study_day", "Studiedag") in kinds(stage.as_member, stage)


def test_a_study_day_without_a_title_does_not_repeat_its_date() -> None:
    stage = Stage().planned()
    with scopes_disabled():
        StudyDay.objects.update(title="", kind="afternoon")
    days = [row for row in kinds(stage.as_member, stage) if row[1] == "study_day"]
    assert days == [("2026-11-04", "study_day", "Studiemiddag")]


def test_who_sees_what() -> None:
    stage = Stage().planned()
    with scopes_disabled():
        cycle = PlgCycle.objects.create(routekaart=stage.routekaart, name="Lezen")
        PlgMeeting.objects.create(cycle=cycle, date=DEC)
    agree(stage, "Exit-ticket")
    board = access_for(make_colleague(stage.team, Role.BOARD))
    for by, agreements, meeting in (
        (stage.as_member, 1, "PLG Lezen"),
        (stage.as_director, 1, "PLG Lezen"),
        (board, 0, "PLG-bijeenkomst"),
    ):
        found = kinds(by, stage)
        assert [kind for _, kind, _ in found].count("agreement") == agreements
        assert {title for _, kind, title in found if kind == "plg_meeting"} == {meeting}
    with pytest.raises(NotFound):
        kinds(Stage().as_lead, stage)


def test_as_many_queries_for_three_as_for_one() -> None:
    stage = Stage().filled()
    with scopes_disabled():
        cycle = PlgCycle.objects.create(routekaart=stage.routekaart, name="Lezen")
    by, found = stage.as_member, []
    for number in range(3):
        agree(stage, f"Afspraak {number}")
        with scopes_disabled():
            PlgMeeting.objects.create(cycle=cycle, date=date(2026, 12, 1 + number))
        with CaptureQueriesContext(connection) as captured:
            listed = len(kinds(by, stage))
        found.append((listed, len(captured)))
    assert [listed for listed, _ in found] == [3, 5, 7]
    assert len({queries for _, queries in found}) == 1


def test_over_http_in_pages() -> None:
    stage = Stage().filled()
    agreement = agree(stage, "Exit-ticket")
    client = client_for(stage.member)
    path = f"/routekaarten/{stage.routekaart.pk}/moments"
    day = {
        "on": "2026-11-04",
        "kind": "study_day",
        "title": "Feedback",
        "subject": str(stage.study_day.pk),
        "starts_at": "08:30",
    }
    back = {
        "on": "2026-12-01",
        "kind": "agreement",
        "title": "Terugkijken: Exit-ticket",
        "subject": str(agreement.pk),
        "starts_at": None,
    }
    assert client.call("get", path).json() == {"items": [day, back], "count": 2}
    assert client.call("get", path + "?limit=1&offset=1").json() == {"items": [back], "count": 2}
    found = client.call("get", path + "?since=2026-11-05&until=2026-12-01").json()
    assert found == {"items": [back], "count": 1}
