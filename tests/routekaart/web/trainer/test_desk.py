"""The desk: one course after another, kept at once, and the advice given."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from routekaart.access import Role
from routekaart.actions.advice.desk import decide_on_advice, save_desk
from routekaart.actions.routekaarten.goals import GivenAnswer, save_answers
from routekaart.actions.transitions import submit
from routekaart.domain.advice_desk import (
    AddCourse,
    ChangeCourse,
    CourseNote,
    Decision,
    DeskChange,
    DropCourse,
)
from routekaart.models import AdviceDesk, AdviceVersion
from routekaart.queries.advice.desk import desk_of
from tests.makers import access_for, make_colleague, make_school
from tests.stages import INTERVENTION, TODAY, Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
HTMX = {"HX-Request": "true"}
OFFERED = "complimenten-geven-en-corrigeren"
OTHER = "de-mindset-theorie-van-carol-dweck"
LOCKED = "feedback-en-toetsen"
STARRED = "notendop-feedback"
OUTSIDE = "flitsbezoeken"


@pytest.fixture
def stage(pages: Client) -> Stage:
    made = Stage().submitted()
    pages.force_login(made.trainer)
    return made


def desk(stage: Stage, rest: str = "") -> str:
    return f"/routekaart/{stage.routekaart.pk}/advies-maken{rest}"


def fields_of(pages: Client, address: str) -> dict[str, str | list[str]]:
    """What a browser would send of the form on a page, untouched."""
    form = pages.get(address).context["form"]
    found: dict[str, str | list[str]] = {}
    for bound in form:
        value = bound.value()
        shown = [str(one) for one in value] if isinstance(value, list) else str(value or "")
        found[bound.html_name] = shown
        if bound.field.show_hidden_initial:
            found[bound.html_initial_name] = shown
    return found


def changes(stage: Stage) -> tuple[DeskChange, ...]:
    return desk_of(by=stage.as_trainer, routekaart_id=stage.routekaart.pk, today=TODAY).changes


def put(stage: Stage, *wanted: DeskChange) -> None:
    now = desk_of(by=stage.as_trainer, routekaart_id=stage.routekaart.pk, today=TODAY)
    save_desk(
        by=stage.as_trainer,
        routekaart_id=stage.routekaart.pk,
        revision=now.revision,
        changes=wanted,
        today=TODAY,
    )


def change(pages: Client, stage: Stage, course: str, **values: object) -> str:
    """Saves a course without JavaScript and gives the desk that is shown then."""
    address = desk(stage, f"/cursus/{course}")
    answer = pages.post(address, fields_of(pages, address) | values)
    assert answer.status_code == 302, answer.content.decode()
    assert answer["Location"] == f"{desk(stage)}#cursus-{course}"
    return pages.get(desk(stage)).content.decode()


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
    assert "Waarom?: Zeg in een zin waarom." in html
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
    stage.advise()
    decide_on_advice(
        by=stage.as_lead,
        routekaart_id=stage.routekaart.pk,
        version=1,
        decisions=[Decision(OTHER, accepted=False, reason="Te lang.")],
    )
    html = pages.get(desk(stage)).content.decode()
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
    assert access_for(stage.trainer).schools
    assert count() == few
    assert few <= 15
