"""The page of the plan: making it, its versions, and the year that begins and ends with it."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled

from routekaart.access import Role
from routekaart.actions.transitions import approve, return_to_team
from routekaart.clock import standing_at
from routekaart.models import Person, Plan
from routekaart.models.routekaarten import State
from tests.makers import make_colleague
from tests.routekaart.web.route.reading import client_of, html, plan_address
from tests.short_of_time import short_stage
from tests.stages import TODAY, Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


@pytest.fixture(autouse=True)
def _august() -> Any:
    with standing_at(datetime(2026, 8, 24, 9, tzinfo=ZoneInfo("Europe/Amsterdam"))):
        yield


def shown(stage: Stage, person: Person, query: str = "") -> str:
    return html(client_of(person).get(plan_address(stage) + query))


def do(stage: Stage, what: str, by: Person | None = None) -> Any:
    return client_of(by or stage.lead).post(plan_address(stage), {"doe": what}, follow=True)


def versions(stage: Stage) -> list[int]:
    with scopes_disabled():
        return list(
            Plan.objects.filter(routekaart=stage.routekaart).values_list("version", flat=True)
        )


def test_before_the_advice_is_taken_it_leads_there() -> None:
    stage = Stage().advised()
    page = shown(stage, stage.lead)
    assert "Naar het advies" in page
    assert 'value="maken"' not in page


def test_the_one_action_is_making_the_plan() -> None:
    stage = Stage().assigned()
    for person in (stage.lead, stage.trainer):
        assert shown(stage, person).count('value="maken"') == 1
    for person in (stage.member, stage.director):
        assert 'value="maken"' not in shown(stage, person)
        assert do(stage, "maken", person).status_code == 403
    page = html(do(stage, "maken", stage.trainer))
    assert "Versie 1 van het plan staat klaar." in page
    assert "woensdag 4 november 2026" in page
    assert "Wij leren feedback geven." in page
    assert stage.fresh().state == State.PLANNED


def test_without_assignments_it_says_what_comes_first() -> None:
    stage = Stage().accepted()
    page = shown(stage, stage.lead)
    assert "Er is nog niets toegewezen." in page
    assert "Wijs eerst de cursussen toe" in page
    assert "Wijs eerst de cursussen toe" not in shown(stage, stage.member)
    assert f"/routekaart/{stage.routekaart.pk}/toewijzen" in page


def test_what_cannot_be_planned_is_said_on_the_page() -> None:
    stage = Stage().assigned()
    with scopes_disabled():
        stage.routekaart.study_days.all().delete()
    page = html(do(stage, "maken"), 422)
    assert "<title>Fout: " in page
    assert "voeg eerst een studiedag of studiemiddag toe" in page
    assert versions(stage) == []


def test_another_school_finds_nothing() -> None:
    stage, stranger = Stage().planned(), client_of(Stage().lead)
    for path in (
        plan_address(stage),
        f"{plan_address(stage)}/past-het",
        f"/plan/{stage.plan.pk}",
        f"/plan/{stage.plan.pk}/uren",
    ):
        assert stranger.get(path).status_code == 404
    assert stranger.post(plan_address(stage), {"doe": "maken"}).status_code == 404


def test_an_outdated_plan_says_so_and_can_be_made_again() -> None:
    stage = Stage().planned()
    assert "Er is niets veranderd" in shown(stage, stage.lead, "?controle=ja")
    make_colleague(stage.team, Role.MEMBER, name="Nina Nieuw")
    plain = shown(stage, stage.lead)
    assert 'hx-get="?controle=ja"' in plain
    assert "verouderd" not in plain
    page = shown(stage, stage.lead, "?controle=ja")
    assert "Dit plan is verouderd." in page
    assert "Maak het plan opnieuw" in page
    assert "Maak het plan opnieuw" not in shown(stage, stage.member, "?controle=ja")
    assert "Versie 2 van het plan staat klaar." in html(do(stage, "maken"))
    assert versions(stage) == [2, 1]
    assert "Er is niets veranderd" in shown(stage, stage.lead, "?controle=ja")


def test_the_same_plan_again_is_no_new_version() -> None:
    stage = Stage().planned()
    assert "Versie 1 van het plan staat klaar." in html(do(stage, "maken"))
    assert versions(stage) == [1]


def test_a_version_says_what_it_changes() -> None:
    stage = Stage().planned()
    first = html(client_of(stage.member).get(f"/plan/{stage.plan.pk}"))
    assert "Dit is de eerste versie." in first
    with stage.as_lead.entered():
        stage.routekaart.study_days.update(date=date(2026, 11, 11))
    do(stage, "maken")
    with scopes_disabled():
        second = Plan.objects.get(routekaart=stage.routekaart, version=2)
    page = html(client_of(stage.member).get(f"/plan/{second.pk}"))
    assert "Wat er veranderde sinds versie 1" in page
    # There is nothing to choose from yet.
    assert 'name="sinds"' not in page
    assert "11 november 2026" in page
    assert "voorstel" in page
    assert "Wat is er anders dan in versie 1?" in shown(stage, stage.member)


def test_a_version_beside_an_earlier_one_of_choice() -> None:
    stage = Stage().planned()
    for day in (11, 18):
        with stage.as_lead.entered():
            stage.routekaart.study_days.update(date=date(2026, 11, day))
        third = stage.make_plan()
    address = f"/plan/{third.pk}"
    client = client_of(stage.member)
    page = html(client.get(address))
    assert "Wat er veranderde sinds versie 2" in page
    assert '<option value="2" selected>versie 2</option><option value="1">versie 1</option>' in page
    assert "van woensdag 11 november 2026 verschuift naar woensdag 18 november" in page
    with CaptureQueriesContext(connection) as queries:
        page = html(client.get(f"{address}?sinds=1"))
    assert len(queries) <= 15
    assert "Wat er veranderde sinds versie 1" in page
    assert "van woensdag 4 november 2026 verschuift naar woensdag 18 november" in page
    assert "Lies Leider" not in page.split("<main")[1]
    for wrong in ("3", "0", "x", ""):
        assert client.get(f"{address}?sinds={wrong}").status_code == 404


def test_who_approves_is_led_there_and_the_lead_begins_and_ends_the_year() -> None:
    stage = Stage().planned()
    assert f"/routekaart/{stage.routekaart.pk}/besluit" in shown(stage, stage.director)
    assert "/besluit" not in shown(stage, stage.lead)
    assert "Dit kan niet" in html(do(stage, "beginnen"), 422)
    approve(by=stage.as_director, routekaart_id=stage.routekaart.pk, on=TODAY, mr_date=None)
    assert 'value="beginnen"' not in shown(stage, stage.member)
    assert do(stage, "beginnen", stage.member).status_code == 403
    assert 'value="beginnen"' in shown(stage, stage.lead)
    assert "Het jaar is begonnen." in html(do(stage, "beginnen"))
    assert stage.fresh().state == State.RUNNING
    assert 'value="afsluiten"' not in shown(stage, stage.trainer)
    assert "Het jaar is afgesloten." in html(do(stage, "afsluiten"))
    assert stage.fresh().state == State.CLOSED
    page = shown(stage, stage.lead)
    assert "Alles blijft te lezen." in page
    assert "<button" not in page.split("<main")[1]


def test_what_the_director_said_when_it_came_back() -> None:
    stage = Stage().planned()
    return_to_team(
        by=stage.as_director, routekaart_id=stage.routekaart.pk, comment="Kan het later?"
    )
    page = shown(stage, stage.lead)
    assert "Kan het later?" in page
    assert "Maak het plan opnieuw." in page


def test_what_waits_is_said_and_leads_to_what_helps() -> None:
    stage, _ = short_stage(goals=3, goals_per_day=1)
    do(stage, "maken")
    page = shown(stage, stage.member)
    assert "Dit past nog niet" in page
    assert f'href="{plan_address(stage)}/past-het"' in page


def test_versions_have_pages_and_take_as_many_queries_for_many() -> None:
    stage = Stage().planned()
    client = client_of(stage.member)
    counts = []
    for number in (2, 30):
        with scopes_disabled():
            while len(versions(stage)) < number:
                plan = Plan.objects.filter(routekaart=stage.routekaart).first()
                assert plan is not None
                plan.pk, plan.version, plan._state.adding = None, plan.version + 1, True
                plan.save()
        client.get(plan_address(stage))
        with CaptureQueriesContext(connection) as queries:
            page = html(client.get(plan_address(stage)))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 15
    assert "Bladzijde 1 van 3" in page
    assert page.count(">Versie ") == 10


def test_in_every_state_every_page_can_be_read() -> None:
    stage = Stage().planned()
    client = client_of(stage.lead)
    for state in ("closed", "draft", "submitted", "advised", "accepted"):
        with scopes_disabled():
            type(stage.routekaart).objects.filter(pk=stage.routekaart.pk).update(state=state)
        for path in ("plan", "plan?controle=ja", "plan/past-het?zoek=ja", "jaar", "advies"):
            answer = client.get(f"/routekaart/{stage.routekaart.pk}/{path}")
            assert answer.status_code == 200, (state, path)
        with scopes_disabled():
            Plan.objects.filter(routekaart=stage.routekaart).delete()
