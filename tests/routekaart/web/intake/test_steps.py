"""The line of steps, handing in, taking back, and who may do what."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from routekaart.models import Person
from tests.makers import join
from tests.stages import Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def at(stage: Stage, page: str = "") -> str:
    return f"/routekaart/{stage.routekaart.pk}{page and '/'}{page}"


def html(client: Client, person: Person, address: str, status: int = 200) -> str:
    client.force_login(person)
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def titles(page: str) -> list[str]:
    return re.findall(r'<h2><a href="[^"]*">([^<]*)</a></h2>', page)


def test_the_line_leads_on_until_it_is_handed_in_and_taken_back(client: Client) -> None:
    stage = Stage()
    page = html(client, stage.lead, at(stage))
    assert titles(page) == [
        "Het team",
        "Aanleiding",
        "Interventies",
        "Doelen",
        "Studiedagen",
        "Uren en ritme",
        "Nakijken en indienen",
    ]
    assert "Verder met: Aanleiding" in page
    assert "Er is nog geen ontwikkeldoel" in page

    # Not complete: it says what is missing and where, also to who posts all the same.
    check = html(client, stage.lead, at(stage, "nakijken"))
    assert "Indienen bij de trainer" not in check
    assert f'<a class="button" href="{at(stage, "doelen")}">Naar: Doelen</a>' in check
    refused = client.post(at(stage, "nakijken"), {"doe": "indienen"})
    assert refused.status_code == 422
    assert "<title>Fout: " in refused.content.decode()
    assert stage.fresh().state == "draft"

    stage.filled()
    assert "kan ingediend worden" in html(client, stage.lead, at(stage))
    answer = client.post(at(stage, "nakijken"), {"doe": "indienen"}, follow=True)
    assert answer.redirect_chain == [(at(stage), 302)]
    page = answer.content.decode()
    assert "De trainer kijkt ernaar" in page
    assert "Wij leren feedback geven." in page
    assert 'value="terugnemen"' in page
    assert stage.fresh().state == "submitted"

    answer = client.post(at(stage), {"doe": "terugnemen"}, follow=True)
    assert "weer van jullie" in answer.content.decode()
    assert stage.fresh().state == "draft"


def test_a_member_fills_in_and_the_lead_hands_in(client: Client) -> None:
    stage = Stage().filled()
    page = html(client, stage.member, at(stage, "nakijken"))
    assert "Je teamleider dient" in page
    assert "<button" not in page.split("<main")[1]
    assert client.post(at(stage, "nakijken"), {"doe": "indienen"}).status_code == 403
    assert stage.fresh().state == "draft"


def test_who_only_reads_sees_the_answers_and_no_step(client: Client) -> None:
    stage = Stage().filled()
    page = html(client, stage.director, at(stage))
    assert "Het team vult de routekaart nog in." in page
    assert "Wij leren feedback geven." in page
    assert "Mo Lid" in page
    assert "<button" not in page.split("<main")[1]
    for step in ("team", "aanleiding", "randvoorwaarden", "uren", "nakijken", "meenemen"):
        html(client, stage.director, at(stage, step), 403)
        html(client, Stage(team_name="Elders").lead, at(stage, step), 404)


def test_what_is_handed_in_does_not_change(client: Client) -> None:
    stage = Stage().submitted()
    client.force_login(stage.member)
    assert client.get(at(stage, "aanleiding"))["Location"] == at(stage)
    form = {"reason": "Nog iets.", "initial-reason": "", "funding": "own", "initial-funding": "own"}
    for htmx in ({}, {"HX-Request": "true"}):
        answer = client.post(at(stage, "aanleiding"), form, headers=htmx)
        assert answer.status_code == 422
        text = answer.content.decode()
        assert "de routekaart heeft de status ‘ingediend’" in text
    # How the team plans may change until the plan is approved.
    assert client.get(at(stage, "uren")).status_code == 200


def test_the_steps_take_as_many_queries_with_much_in_them(client: Client) -> None:
    counts: list[list[int]] = []
    for more in (0, 20):
        stage = Stage(team_name=f"Team {more}").filled()
        for number in range(more):
            stage.add_goal(wording=f"Wij leren {number}.")
            join(Stage(stage.school, f"Los {more}-{number}").member, stage.team)
        client.force_login(stage.lead)
        client.get(at(stage))
        counts.append([])
        for page in ("", "nakijken", "antwoorden", "team"):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(at(stage, page)).status_code == 200
            looked = [one for one in queries if "cataloguestate" not in one["sql"]]
            counts[-1].append(len(looked))
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 15


def test_an_approved_plan_leads_the_lead_to_its_beginning(client: Client) -> None:
    stage = Stage().approved()
    begin = f'href="{at(stage)}/plan">Begin met uitvoeren'
    assert begin not in html(client, stage.member, at(stage))
    assert begin in html(client, stage.lead, at(stage))
    assert client.post(at(stage), {"doe": "terugnemen"}).status_code == 409
