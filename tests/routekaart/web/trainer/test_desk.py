"""The desk: one course after another, kept at once."""

import re

import pytest
from django.test import Client

from routekaart.actions.routekaarten.goals import GivenAnswer, save_answers
from routekaart.actions.transitions import submit
from routekaart.domain.advice_desk import (
    AddCourse,
    ChangeCourse,
    CourseNote,
    DropCourse,
)
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
HTMX = {"HX-Request": "true"}


def test_the_desk_shows_per_goal_what_is_proposed_and_the_time(pages: Client, stage: Stage) -> None:
    html = pages.get(desk(stage)).content.decode()
    assert "Wij leren feedback geven." in html
    assert "Omdat: Feedback + leerkracht." in html
    assert "niet bevestigd" in html
    assert "op slot" in html
    assert re.search(r"Leerkrachten</th><td>4 uur</td><td>16 uur", html)


def test_the_answers_of_the_team_are_at_hand(pages: Client) -> None:
    stage = Stage().filled()
    stage.choose(INTERVENTION, "samenwerkend-leren")
    given = GivenAnswer("samenwerkend-leren", "training-van-leerkrachten", "Samen op dinsdag.")
    save_answers(by=stage.as_lead, routekaart_id=stage.routekaart.pk, answers=[given])
    submit(by=stage.as_lead, routekaart_id=stage.routekaart.pk)
    pages.force_login(stage.trainer)
    assert desk(stage, "/antwoorden") in pages.get(desk(stage)).content.decode()
    html = pages.get(desk(stage, "/antwoorden")).content.decode()
    assert "<dd><p>Samen op dinsdag.</p></dd>" in html
    assert "Het team heeft hierbij geen vragen beantwoord." in html
    assert "<html" not in pages.get(desk(stage, "/antwoorden"), headers=HTMX).content.decode()


def test_a_course_becomes_voluntary_and_then_is_left_as_it_was(pages: Client, stage: Stage) -> None:
    html = change(pages, stage, OTHER, wat="vrijwillig", reden="Dat kan  later.")
    assert changes(stage) == (ChangeCourse(OTHER, "Dat kan later.", mandatory=False),)
    assert "Reden: Dat kan later." in html
    assert "Bewaard. De tijd per persoon blijft gelijk." in html
    change(pages, stage, OTHER, wat="zo", reden="")
    assert changes(stage) == ()


def test_leaving_out_tells_what_it_saves_and_can_be_undone(pages: Client, stage: Stage) -> None:
    html = change(pages, stage, OTHER, wat="weg", reden="Deden we al.")
    assert changes(stage) == (DropCourse(OTHER, "Deden we al."),)
    assert "Leerkrachten: nodig 4 uur, alles 12 uur (alles was 16 uur)." in html
    assert "Omdat: Deden we al." in html
    pages.post(desk(stage, f"/cursus/{OTHER}"), {"doe": "terug"})
    assert changes(stage) == ()


def test_a_mandatory_course_is_needed_by_everyone_it_is_for(pages: Client, stage: Stage) -> None:
    change(pages, stage, OTHER, wat="verplicht", reden="Hier begint het mee.")
    assert changes(stage) == (ChangeCourse(OTHER, "Hier begint het mee.", mandatory=True),)
    html = change(pages, stage, OFFERED, wat="verplicht", reden="Dit ook.")
    assert html.count("verplicht gemaakt") == 2
    assert "Leerkrachten: nodig 8 uur, alles 16 uur (nodig was 4 uur)." in html


@pytest.mark.parametrize("course", [LOCKED, STARRED])
def test_what_nobody_can_surely_follow_is_never_mandatory(
    pages: Client, stage: Stage, course: str
) -> None:
    address = desk(stage, f"/cursus/{course}")
    assert "Maak verplicht" not in pages.get(address).content.decode()
    values = fields_of(pages, address) | {"wat": "verplicht", "reden": "Toch."}
    assert pages.post(address, values).status_code == 422
    assert changes(stage) == ()


def test_a_change_needs_a_reason_and_a_note_does_not(pages: Client, stage: Stage) -> None:
    address = desk(stage, f"/cursus/{OTHER}")
    values = fields_of(pages, address)
    answer = pages.post(address, values | {"wat": "weg"})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "<title>Fout: " in html
    assert "Waarom? Zeg in een zin waarom." in html
    assert pages.post(address, values | {"waarvoor": []}).status_code == 422
    change(pages, stage, OTHER, toelichting="Doe dit samen.")
    assert changes(stage) == (CourseNote(OTHER, "Doe dit samen."),)
    change(pages, stage, OTHER, toelichting="")
    assert changes(stage) == (CourseNote(OTHER, ""),)


def test_a_course_gets_another_purpose(pages: Client, stage: Stage) -> None:
    goal = f"d:{stage.goal.pk}"
    html = change(pages, stage, OTHER, waarvoor=[goal], functies=["leerkracht"], reden="Past hier.")
    assert changes(stage) == (
        DropCourse(OTHER, "Past hier."),
        AddCourse(OTHER, "Past hier.", goals=(str(stage.goal.pk),), functions=("leerkracht",)),
    )
    assert "toegevoegd" in html
    change(pages, stage, OTHER, toelichting="Samen.")
    assert [one.kind for one in changes(stage)] == ["drop", "add", "note"]


def test_a_course_of_the_catalogue_is_added_and_taken_off_again(
    pages: Client, stage: Stage
) -> None:
    found = pages.get(desk(stage, "/toevoegen?woorden=flitsbezoeken")).content.decode()
    address = desk(stage, f"/cursus/{OUTSIDE}")
    assert f'href="{address}"' in found
    values = fields_of(pages, address)
    answer = pages.post(address, values)
    assert answer.status_code == 422
    assert "Zeg in een zin waarom." in answer.content.decode()
    html = change(pages, stage, OUTSIDE, reden="De schoolleider kijkt mee.", wat="vrijwillig")
    assert changes(stage) == (
        AddCourse(OUTSIDE, "De schoolleider kijkt mee.", interventions=(INTERVENTION,)),
        ChangeCourse(OUTSIDE, "De schoolleider kijkt mee.", mandatory=False),
    )
    assert "toegevoegd" in html
    assert (
        "staat in het advies"
        in pages.get(desk(stage, "/toevoegen?woorden=flitsbezoeken")).content.decode()
    )
    change(pages, stage, OUTSIDE, wat="weg")
    assert changes(stage) == ()


def test_in_the_background_the_desk_comes_back_with_its_effect(pages: Client, stage: Stage) -> None:
    address = desk(stage, f"/cursus/{OTHER}")
    form = pages.get(address, headers=HTMX)
    assert "<html" not in form.content.decode()
    values = fields_of(pages, address)
    wrong = pages.post(address, values | {"wat": "weg"}, headers=HTMX)
    assert (wrong.status_code, wrong["HX-Retarget"]) == (422, f"#vorm-{OTHER}")
    answer = pages.post(address, values | {"wat": "weg", "reden": "Te veel."}, headers=HTMX)
    html = answer.content.decode()
    assert html.lstrip().startswith('<div id="bureau">')
    assert (answer["HX-Retarget"], answer["HX-Reswap"]) == ("#bureau", "outerHTML")
    assert "alles 12 uur (alles was 16 uur)" in html
    assert 'name="revisie" value="1"' in html
    assert '<div id="bureau">' in pages.get(desk(stage), headers=HTMX).content.decode()


def test_two_trainers_on_different_courses_both_keep_their_work(
    pages: Client, stage: Stage
) -> None:
    address = desk(stage, f"/cursus/{OTHER}")
    values = fields_of(pages, address)
    put(stage, DropCourse(OFFERED, "Niet nodig."))
    pages.post(address, values | {"wat": "weg", "reden": "Te veel."})
    assert changes(stage) == (DropCourse(OFFERED, "Niet nodig."), DropCourse(OTHER, "Te veel."))


def test_two_trainers_on_one_course_see_each_other(pages: Client, stage: Stage) -> None:
    address = desk(stage, f"/cursus/{OTHER}")
    values = fields_of(pages, address)
    put(stage, ChangeCourse(OTHER, "Mag ook later.", mandatory=False))
    mine = {"wat": "verplicht", "reden": "Iedereen moet dit."}
    answer = pages.post(address, values | mine)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Iemand anders maakte hier intussen dit van: ‘Maak vrijwillig’" in html
    assert "Iedereen moet dit." in html
    assert changes(stage) == (ChangeCourse(OTHER, "Mag ook later.", mandatory=False),)
    # Saved once more it stays, on top of what was seen by then.
    pages.post(address, fields_of(pages, address) | mine)
    assert changes(stage) == (ChangeCourse(OTHER, "Iedereen moet dit.", mandatory=True),)
