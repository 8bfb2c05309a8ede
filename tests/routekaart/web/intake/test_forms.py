"""The pages of the steps: saving, going on, errors, two people, and an ended session."""

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.forms import IntegerField
from django.test import Client
from django_scopes import scopes_disabled

from routekaart.actions.routekaarten.routekaarten import PLANNING
from routekaart.api.routekaarten.routekaart_shapes import HowToPlan
from routekaart.models import FacilityLink, Person
from routekaart.web.forms.intake import HoursForm, planning_now
from tests.stages import INTERVENTION, Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
FACILITY = "professionalisering"


def at(stage: Stage, page: str) -> str:
    return f"/routekaart/{stage.routekaart.pk}/{page}"


def reason_form(stage: Stage, **typed: str) -> dict[str, str]:
    """What a browser posts that showed the row as it stands now."""
    row = stage.fresh()
    shown = {"reason": row.reason, "looking_back": row.looking_back, "funding": row.funding}
    return {f"initial-{name}": value for name, value in shown.items()} | shown | typed


def post(client: Client, person: Person, address: str, form: Any, htmx: bool = False) -> Any:
    client.force_login(person)
    return client.post(address, form, headers={"HX-Request": "true"} if htmx else None)


def test_each_step_saves_and_goes_on_to_the_next(client: Client) -> None:
    stage = Stage()
    answer = post(client, stage.lead, at(stage, "team"), {"platforms": ["google"]})
    assert answer["Location"] == at(stage, "aanleiding")
    answer = post(
        client, stage.lead, at(stage, "aanleiding"), reason_form(stage, reason="Rust.\r\nTijd.")
    )
    assert answer["Location"] == at(stage, "interventies")
    row = stage.fresh()
    assert (row.platforms, row.reason) == (["google"], "Rust.\nTijd.")
    # Nothing changed: nothing is written.
    answer = post(client, stage.lead, at(stage, "aanleiding"), reason_form(stage))
    assert answer.status_code == 302
    assert stage.fresh().revision == row.revision


def test_a_save_in_the_background_says_when(client: Client) -> None:
    stage = Stage()
    answer = post(
        client, stage.lead, at(stage, "aanleiding"), reason_form(stage, reason="Rust."), htmx=True
    )
    assert answer.status_code == 200
    assert "Bewaard om" in answer.content.decode()
    assert 'name="initial-reason" value="Rust."' in answer.content.decode()
    assert stage.fresh().reason == "Rust."


def test_two_people_keep_both_and_are_told_of_a_clash(client: Client) -> None:
    stage = Stage()
    mine = reason_form(stage, reason="Van Lies.")
    theirs = reason_form(stage, looking_back="Van Mo.")
    post(client, stage.lead, at(stage, "aanleiding"), mine)
    post(client, stage.member, at(stage, "aanleiding"), theirs)
    row = stage.fresh()
    assert (row.reason, row.looking_back) == ("Van Lies.", "Van Mo.")

    theirs |= {"reason": "Van Mo."}
    answer = post(client, stage.member, at(stage, "aanleiding"), theirs)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "maakte hier intussen dit van: ‘Van Lies.’" in page
    assert ">\nVan Mo.</textarea>" in page
    assert stage.fresh().reason == "Van Lies."


@pytest.mark.parametrize("htmx", [False, True])
def test_a_session_that_ends_in_the_middle_loses_nothing(client: Client, htmx: bool) -> None:
    stage = Stage()
    client.force_login(stage.lead)
    page = client.get(at(stage, "aanleiding"))
    for_whom = page.content.decode().split('name="voor_wie" value="')[1].split('"')[0]
    Session.objects.all().delete()
    form = reason_form(stage, reason="Nog niet bewaard.") | {"voor_wie": for_whom}
    if htmx:
        answer = client.post(at(stage, "aanleiding"), form, headers={"HX-Request": "true"})
        assert answer.status_code == 401
        assert "Je bent afgemeld" in answer.content.decode()
    assert client.post(at(stage, "aanleiding"), form)["Location"].startswith("/accounts/login/")
    client.force_login(stage.lead)
    text = client.get(at(stage, "aanleiding")).content.decode()
    assert "Wat je had ingevuld, staat er nog." in text
    assert ">\nNog niet bewaard.</textarea>" in text


def test_hours_have_the_same_bounds_as_everywhere_and_say_what_is_wrong(client: Client) -> None:
    stage = Stage()
    known = HowToPlan.model_json_schema()["properties"]
    bounds = {
        name: (field.min_value, field.max_value)
        for name, field in HoursForm().fields.items()
        if isinstance(field, IntegerField)
    }
    assert bounds == {
        name: (one["anyOf"][0]["minimum"], one["anyOf"][0]["maximum"])
        for name, one in known.items()
        if one["anyOf"][0]["type"] == "integer" and name != "meeting_weekday"
    }
    assert set(HoursForm().fields) == set(PLANNING)

    now = {name: value for name, value in planning_now(stage.routekaart).items() if value}
    shown = {f"initial-{name}": value for name, value in now.items()}
    typed = now | {"weekly_minutes": 5000, "window_weeks": ""}
    answer = post(client, stage.lead, at(stage, "uren"), shown | typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Fout: Uren en ritme" in page
    assert "<details open>" in page
    typed = now | {"weekly_minutes": 45, "meeting_weekday": "2", "lesson_visits": "on"}
    answer = post(client, stage.lead, at(stage, "uren"), shown | typed)
    assert answer["Location"] == at(stage, "nakijken")
    row = stage.fresh()
    assert (row.weekly_minutes, row.meeting_weekday, row.lesson_visits) == (45, 2, True)


def test_category_f_is_linked_to_what_asks_for_it(client: Client) -> None:
    stage = Stage().filled()
    client.force_login(stage.lead)
    assert "Jullie kozen niets uit F" in client.get(at(stage, "randvoorwaarden")).content.decode()
    stage.choose(FACILITY)
    page = client.get(at(stage, "randvoorwaarden")).content.decode()
    assert "Kies eerst een interventie uit A tot en met E" in page

    stage.choose(INTERVENTION, FACILITY)
    steps = client.get(f"/routekaart/{stage.routekaart.pk}").content.decode()
    assert "is nog niet gekoppeld" in steps
    name = f"{FACILITY}__{INTERVENTION}"
    form = {name: "Meer tijd per leerling.", f"initial-{name}": ""}
    answer = post(client, stage.lead, at(stage, "randvoorwaarden"), form, htmx=True)
    assert "Bewaard om" in answer.content.decode()
    form |= {f"initial-{name}": form[name]}
    answer = post(client, stage.lead, at(stage, "randvoorwaarden"), form)
    assert answer["Location"] == at(stage, "studiedagen")
    # The pages that are no form go on by way of `verder`.
    for step, page in (("interventions", "doelen"), ("goals", "randvoorwaarden")):
        assert client.get(at(stage, f"verder/{step}"))["Location"] == at(stage, page)
    assert client.get(at(stage, "verder/elders")).status_code == 404
    empty = Stage(stage.school, "Leeg")
    client.force_login(empty.lead)
    for step, page in (("interventions", "doelen/nieuw"), ("goals", "studiedagen/goede-data")):
        assert client.get(at(empty, f"verder/{step}"))["Location"] == at(empty, page)
    with scopes_disabled():
        links = FacilityLink.objects.values_list("facility_id", "intervention_id", "reason")
        assert list(links) == [(FACILITY, INTERVENTION, "Meer tijd per leerling.")]
        post(client, stage.lead, at(stage, "randvoorwaarden"), form | {name: " "})
        assert not FacilityLink.objects.exists()


def test_who_else_is_busy_is_told_at_once_and_when_it_changes(client: Client) -> None:
    stage = Stage()
    client.force_login(stage.member)
    client.get(at(stage, "uren"))
    client.force_login(stage.lead)
    busy = "Mo Lid (bij Uren en ritme)"
    assert f"Ook bezig: {busy}" in client.get(at(stage, "team")).content.decode()
    poll = at(stage, "bezig/team")
    assert client.post(poll, {"getoond": busy}).status_code == 204
    answer = client.post(poll, {"getoond": ""})
    assert f"Ook bezig: {busy}" in answer.content.decode()
    assert client.post(at(stage, "bezig/elders")).status_code == 409
    client.logout()
    assert client.post(poll).status_code == 204


def test_a_routekaart_with_its_choice_changed_meanwhile_is_not_overwritten(
    client: Client,
) -> None:
    """The links are a list that is replaced as a whole."""
    stage = Stage().filled()
    stage.choose(INTERVENTION, "samenwerkend-leren", FACILITY)
    one, two = (f"{FACILITY}__{slug}" for slug in (INTERVENTION, "samenwerkend-leren"))
    shown = {f"initial-{one}": "", f"initial-{two}": ""}
    post(client, stage.lead, at(stage, "randvoorwaarden"), shown | {one: "Van Lies.", two: ""})
    post(client, stage.member, at(stage, "randvoorwaarden"), shown | {one: "", two: "Van Mo."})
    with scopes_disabled():
        reasons = FacilityLink.objects.order_by("id").values_list("reason", flat=True)
        assert sorted(reasons) == ["Van Lies.", "Van Mo."]
