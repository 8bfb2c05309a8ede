"""Giving the advice, the rounds after it, and who may."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from routekaart.access import Role
from routekaart.actions.advice.desk import decide_on_advice
from routekaart.domain.advice_desk import (
    AddCourse,
    CourseNote,
    Decision,
    DropCourse,
)
from routekaart.models import AdviceDesk, AdviceVersion
from tests.makers import make_colleague, make_school
from tests.routekaart.web.trainer.desk_page import (
    LOCKED,
    OFFERED,
    OTHER,
    OUTSIDE,
    STARRED,
    change,
    changes,
    desk,
    fields_of,
    put,
)
from tests.stages import INTERVENTION, Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def test_giving_the_advice_makes_a_version_with_the_words(pages: Client, stage: Stage) -> None:
    put(stage, DropCourse(OTHER, "Te veel."))
    answer = pages.post(desk(stage), {"revisie": "1", "toelichting": "Begin klein."})
    assert (answer.status_code, answer["Location"]) == (302, "/wachtrij")
    with stage.as_trainer.entered():
        version = AdviceVersion.objects.get(routekaart=stage.routekaart)
    assert (version.version, version.note) == (1, "Begin klein.")
    assert OTHER not in {item["course"] for item in version.content["items"]}


def test_an_advice_that_somebody_else_changed_is_looked_at_first(
    pages: Client, stage: Stage
) -> None:
    put(stage, DropCourse(OTHER, "Te veel."))
    answer = pages.post(desk(stage), {"revisie": "0", "toelichting": "Begin klein."})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Iemand anders heeft dit advies intussen gewijzigd." in html
    assert "Begin klein." in html
    assert "Omdat: Te veel." in html
    assert 'name="revisie" value="1"' in html
    with stage.as_trainer.entered():
        assert not AdviceVersion.objects.filter(routekaart=stage.routekaart).exists()


def test_words_typed_before_the_session_ended_are_still_there(pages: Client, stage: Stage) -> None:
    token = re.search(r'name="voor_wie" value="([^"]+)"', pages.get(desk(stage)).content.decode())
    assert token is not None
    pages.logout()
    words = {"revisie": "0", "toelichting": "Begin klein.", "voor_wie": token[1]}
    assert pages.post(desk(stage), words).status_code == 302
    pages.force_login(stage.trainer)
    assert "Begin klein." in pages.get(desk(stage)).content.decode()


def test_the_next_round_shows_what_the_team_did_not_want_and_what_changed(
    pages: Client, stage: Stage
) -> None:
    # A course that is a choice takes time all the same.
    change(pages, stage, OTHER, wat="vrijwillig", reden="Mag.")
    assert "2 cursussen tellen niet mee in de tijd" in pages.get(desk(stage)).content.decode()
    stage.advise()
    html = pages.get(desk(stage)).content.decode()
    assert "Versie 1 is gegeven: het team kijkt ernaar." in html
    assert "in de maak" not in html
    decide_on_advice(
        by=stage.as_lead,
        routekaart_id=stage.routekaart.pk,
        version=1,
        decisions=[Decision(OTHER, accepted=False, reason="Te lang.")],
    )
    html = pages.get(desk(stage)).content.decode()
    assert "Het team wil een deel van versie 1 niet." in html
    assert ">Versie 2 geven</button>" in html
    assert "team wil dit niet" in html
    assert "Het team: Te lang." in html
    put(stage, DropCourse(OTHER, "Goed punt."))
    stage.advise()
    told = pages.get(desk(stage, "/versies")).content.decode()
    assert "Vervallen: De mindset-theorie van Carol Dweck, omdat: Goed punt." in told
    assert "De mindset-theorie van Carol Dweck: Te lang." in told
    # Left out in an earlier round: it is added anew.
    again = pages.get(desk(stage)).content.decode()
    assert "Voeg weer toe" in again
    change(pages, stage, OTHER, reden="Toch maar.")
    assert changes(stage) == (AddCourse(OTHER, "Toch maar.", interventions=(INTERVENTION,)),)


def test_a_text_with_a_number_of_a_citizen_is_warned_about(pages: Client, stage: Stage) -> None:
    html = change(pages, stage, OTHER, toelichting="Vraag 111222333 erbij.")
    assert "burgerservicenummer" in html


def test_nothing_changes_before_or_after_the_advice_is_open(pages: Client) -> None:
    draft, taken = Stage().filled(), Stage(make_school(name="Elders")).accepted()
    for stage, words in ((draft, "Het team is nog bezig."), (taken, "Hier verandert niets meer.")):
        pages.force_login(stage.trainer)
        assert words in pages.get(desk(stage)).content.decode()
        address = desk(stage, f"/cursus/{OTHER}")
        assert "kan nu niet gewijzigd worden" in pages.get(address).content.decode()
        values = fields_of(pages, address) | {"wat": "weg", "reden": "Toch."}
        answer = pages.post(address, values)
        assert answer.status_code == 422
        assert "Dit kan niet: de routekaart heeft de status" in answer.content.decode()
        with stage.as_trainer.entered():
            assert not AdviceDesk.objects.filter(routekaart=stage.routekaart).exists()


def test_who_may_not_advise_is_refused_and_strangers_find_nothing(
    pages: Client, stage: Stage
) -> None:
    elsewhere = Stage(make_school(name="Elders"))
    addresses = ("", "/antwoorden", "/toevoegen", "/versies", f"/cursus/{OTHER}")
    for person, status in (
        (stage.lead, 403),
        (make_colleague(stage.team, Role.DIRECTOR), 403),
        (elsewhere.trainer, 404),
    ):
        pages.force_login(person)
        assert [pages.get(desk(stage, rest)).status_code for rest in addresses] == [status] * 5
        assert pages.post(desk(stage), {"revisie": "0"}).status_code == status
    pages.force_login(stage.trainer)
    assert pages.get(desk(stage, "/cursus/bestaat-niet")).status_code == 404


def test_many_goals_and_changes_take_as_many_queries(pages: Client, stage: Stage) -> None:
    put(stage, AddCourse(OUTSIDE, "Erbij.", interventions=(INTERVENTION,)))

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert pages.get(desk(stage)).status_code == 200
        return len(queries)

    count()
    few = count()
    put(
        stage,
        AddCourse(OUTSIDE, "Erbij.", interventions=(INTERVENTION,)),
        *(CourseNote(course, "Let op.") for course in (OTHER, OFFERED, LOCKED, STARRED)),
    )
    assert count() == few
    assert few <= 15


def test_many_versions_take_as_many_queries(pages: Client, stage: Stage) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert pages.get(desk(stage, "/versies")).status_code == 200
        return len(queries)

    stage.advise()
    count()
    few = count()
    for _ in range(5):
        stage.advise()
    assert count() == few
    assert few <= 15
