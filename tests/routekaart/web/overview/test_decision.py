"""Deciding about a plan: read it, approve it, give it back, and what holds that back."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django_scopes import scopes_disabled

from routekaart.access import Role
from routekaart.clock import standing_at
from routekaart.models import Person, School
from tests.makers import make_colleague
from tests.page_world import MOMENT
from tests.stages import Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


@pytest.fixture(autouse=True)
def _moment() -> Any:
    with standing_at(MOMENT):
        yield


@pytest.fixture
def stage(catalogue: Any) -> Stage:  # noqa: ARG001  (loaded before the team chooses)
    return Stage().planned()


def address(stage: Stage) -> str:
    return f"/routekaart/{stage.routekaart.pk}/besluit"


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def decide(stage: Stage, fields: dict[str, str], person: Person | None = None) -> Any:
    return client_of(person or stage.director).post(address(stage), fields)


def shown(stage: Stage, person: Person | None = None) -> str:
    response = client_of(person or stage.director).get(address(stage))
    assert response.status_code == 200
    return response.content.decode()


def findings_page(stage: Stage) -> str:
    return client_of(stage.director).get(f"{address(stage)}/controle").content.decode()


def current_page(stage: Stage) -> str:
    return client_of(stage.director).get(f"{address(stage)}/actueel").content.decode()


def approving(**fields: str) -> dict[str, str]:
    return {"doe": "goedkeuren", "plan_version": "1", "mr_date": ""} | fields


def giving_back(comment: str) -> dict[str, str]:
    return {"doe": "teruggeven", "comment": comment}


def test_the_plan_in_short(stage: Stage) -> None:
    html = shown(stage)
    assert "Keur je dit plan goed?" in html
    for line in (
        "1 doel op 1 studiedag.",
        "1 cursus als voorbereiding.",
        "Woensdag 4 november 2026, 7 uur: Feedback",
        "Wij leren feedback geven.",
        "Vervolg op dinsdag 1 december 2026",
    ):
        assert line in html
    assert "Lies Leider" not in html


def test_approved_with_the_day_of_the_mr(stage: Stage) -> None:
    response = decide(stage, approving(mr_date="2026-09-30"))
    assert (response.status_code, response["Location"]) == (302, address(stage))
    row = stage.fresh()
    assert (row.state, row.approved_on, row.mr_date) == (
        "approved",
        date(2026, 10, 5),
        date(2026, 9, 30),
    )
    html = shown(stage)
    assert "Vastgesteld op maandag 5 oktober 2026." in html
    assert "De MR stemde in op 30 september 2026." in html
    assert "Plan goedkeuren" not in html
    assert "Teruggeven aan het team" in html


def test_approved_without_the_mr_says_so(stage: Stage) -> None:
    decide(stage, approving())
    assert stage.fresh().state == "approved"
    assert "Er is nog geen instemming van de MR ingevuld." in shown(stage)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("morgen", "Vul een datum in, zoals 5-10-2026."),
        ("2026-10-06", "Deze dag moet nog komen."),
    ],
)
def test_a_wrong_day_of_the_mr(stage: Stage, given: str, told: str) -> None:
    response = decide(stage, approving(mr_date=given))
    html = response.content.decode()
    assert response.status_code == 422
    assert "<title>Fout: " in html
    assert f'<a href="#id_mr_date">Instemming van de MR op: {told}' in html
    assert f'value="{given}"' in html
    assert stage.fresh().state == "planned"


def test_the_mr_agrees_after_the_approval(stage: Stage) -> None:
    decide(stage, approving())
    html = shown(stage)
    assert "Er is nog geen instemming van de MR ingevuld." in html
    assert 'value="instemming"' not in shown(stage, stage.lead)
    for day, message in (("2026-10-06", "Deze dag moet nog komen."), ("", "Vul de dag in")):
        response = decide(stage, {"doe": "instemming", "mr_date": day})
        assert response.status_code == 422
        assert message in response.content.decode()
    assert decide(stage, {"doe": "instemming", "mr_date": "2026-10-05"}).status_code == 302
    assert (stage.fresh().state, stage.fresh().mr_date) == ("approved", date(2026, 10, 5))
    html = shown(stage)
    assert "De MR stemde in op 5 oktober 2026." in html
    assert 'value="instemming"' not in html


def test_who_does_not_approve_records_no_consent(stage: Stage) -> None:
    fields = {"doe": "instemming", "mr_date": "2026-10-05"}
    # Not before the approval either: then it goes along with that.
    assert decide(stage, fields).status_code == 422
    decide(stage, approving())
    assert decide(stage, fields, stage.lead).status_code == 403
    assert stage.fresh().mr_date is None


def test_given_back_with_a_comment(stage: Stage) -> None:
    response = decide(stage, giving_back("Liever na de herfst."))
    assert response.status_code == 302
    row = stage.fresh()
    assert (row.state, row.return_comment) == ("accepted", "Liever na de herfst.")
    html = shown(stage)
    assert "Teruggegeven met deze opmerking:" in html
    assert "Wacht op de teamleider of de trainer: een plan maken." in html
    assert '<form class="sheet"' not in html


def test_giving_back_needs_a_comment(stage: Stage) -> None:
    response = decide(stage, giving_back(" "))
    html = response.content.decode()
    assert response.status_code == 422
    assert '<a href="#id_comment">Wat moet er anders? Schrijf wat er anders moet.' in html
    assert stage.fresh().state == "planned"


def test_a_plan_that_no_longer_fits(stage: Stage) -> None:
    said = "Er is iets veranderd sinds dit plan is gemaakt."
    assert said not in current_page(stage)
    stage.add_study_day(date=date(2027, 2, 10))
    response = decide(stage, approving())
    assert response.status_code == 422
    assert "Het plan past niet meer bij wat nu is ingevuld" in response.content.decode()
    assert said in current_page(stage)
    assert stage.fresh().state == "planned"


def test_a_newer_plan_is_read_first(stage: Stage) -> None:
    stage.add_study_day(date=date(2027, 2, 10))
    stage.make_plan(date(2026, 10, 5))
    response = decide(stage, approving())
    html = response.content.decode()
    assert response.status_code == 422
    assert "Er is intussen een nieuwer plan: versie 2. Bekijk dat eerst." in html
    assert "Wat er anders is dan versie 1" in html
    assert "Nieuw: een studiedag op woensdag 10 februari 2027" in html
    # The page shows version 2 now: approving that is another click.
    assert 'name="plan_version" value="2"' in html
    assert decide(stage, approving(plan_version="2")).status_code == 302


def test_what_the_rules_hold_back(stage: Stage) -> None:
    with scopes_disabled():
        School.objects.update(packages=[])
    response = decide(stage, approving())
    assert response.status_code == 422
    part = client_of(stage.director).get(
        f"{address(stage)}/controle", headers={"HX-Request": "true"}
    )
    said = part.content.decode()
    assert "Zo kan het plan nog niet worden goedgekeurd." in said
    assert "<html" not in said
    whole = client_of(stage.director).get(f"{address(stage)}/controle").content.decode()
    assert "<h1>Wat de regels zeggen</h1>" in whole


def test_decided_already_by_somebody_else(stage: Stage) -> None:
    decide(stage, approving())
    response = decide(stage, approving())
    assert response.status_code == 422
    assert "de routekaart heeft de status ‘vastgesteld’" in response.content.decode()


@pytest.mark.parametrize("role", [Role.BOARD, Role.TRAINER, Role.MEMBER])
def test_others_read_and_do_not_decide(role: Role) -> None:
    stage = Stage()
    person = make_colleague(stage.team, role)
    stage.planned()
    assert 'name="doe"' not in shown(stage, person)
    assert decide(stage, approving(), person).status_code == 403
    assert decide(stage, giving_back("Nee."), person).status_code == 403
    assert stage.fresh().state == "planned"


def test_only_who_sees_every_team_is_led_to_the_overview(stage: Stage) -> None:
    way = f"/overzicht/team/{stage.team.pk}?jaar="
    assert way in shown(stage)
    assert way not in shown(stage, stage.member)


def test_another_school_finds_nothing(stage: Stage) -> None:
    other = Stage().director
    assert client_of(other).get(address(stage)).status_code == 404
    assert decide(stage, approving(), other).status_code == 404
    assert client_of(other).get(f"{address(stage)}/controle").status_code == 404


def test_before_there_is_a_plan() -> None:
    stage = Stage().submitted()
    html = shown(stage)
    assert "Er is nog geen plan om over te beslissen." in html
    assert "Wacht op de trainer: advies geven." in html


def test_a_session_that_ended_keeps_the_comment(stage: Stage) -> None:
    client = client_of(stage.director)
    page = client.get(address(stage)).content.decode()
    token = page.split('name="voor_wie" value="')[1].split('"')[0]
    client.logout()
    fields = {"doe": "teruggeven", "comment": "Liever na de herfst.", "voor_wie": token}
    assert client.post(address(stage), fields).status_code == 302
    session = client.session
    waiting = session["kept"]
    client.force_login(stage.director)
    session = client.session
    session["kept"] = waiting
    session.save()
    html = client.get(address(stage)).content.decode()
    assert "Liever na de herfst.</textarea>" in html
    assert "Wat je had ingevuld, staat er nog." in html
    assert stage.fresh().state == "planned"
