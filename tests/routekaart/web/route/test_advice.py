"""The page of the advice: read by all, decided by the team lead, with and without JavaScript."""

import re
from collections.abc import Mapping
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled

from courses.advice import AdviceItem, Availability
from routekaart.actions.advice.desk import save_desk
from routekaart.actions.routekaarten.goals import GivenAnswer, save_answers
from routekaart.actions.transitions import submit
from routekaart.domain.advice_desk import ChangeCourse, DropCourse
from routekaart.models import AdviceDecision, AdviceVersion, Person, QuoteRequest
from routekaart.models.routekaarten import State
from routekaart.queries.advice.stored import advice_from_json
from tests.routekaart.web.route.reading import client_of, html
from tests.stages import TODAY, Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def stage() -> Stage:
    return Stage().advised()


def address(stage: Stage) -> str:
    return f"/routekaart/{stage.routekaart.pk}/advies"


def items(stage: Stage) -> list[AdviceItem]:
    """The courses that can be decided on."""
    with scopes_disabled():
        latest = AdviceVersion.objects.get(routekaart=stage.routekaart)
    return [
        item
        for item in advice_from_json(latest.content).items
        if item.availability is not Availability.LOCKED
    ]


def fields(
    stage: Stage, doe: str = "bewaren", declined: Mapping[str, str] | None = None
) -> dict[str, str]:
    """The form as a browser posts it; `declined`: reasons by course."""
    reasons = declined or {}
    posted = {"versie": "1", "doe": doe}
    for item in items(stage):
        posted[f"besluit-{item.course}"] = "nee" if item.course in reasons else "ja"
        posted[f"initial-besluit-{item.course}"] = "ja"
        posted[f"reden-{item.course}"] = reasons.get(item.course, "")
        posted[f"initial-reden-{item.course}"] = ""
    return posted


def post(stage: Stage, posted: dict[str, str], by: Person | None = None, **extra: Any) -> Any:
    return client_of(by or stage.lead).post(address(stage), posted, **extra)


def decided(stage: Stage) -> list[tuple[str, bool, str]]:
    with scopes_disabled():
        rows = AdviceDecision.objects.filter(advice__routekaart=stage.routekaart)
        return sorted(rows.values_list("course_id", "accepted", "reason"))


def test_each_course_says_why_for_whom_and_how_long(stage: Stage) -> None:
    shown = html(client_of(stage.lead).get(address(stage)))
    assert "Wij leren feedback geven." in shown
    assert "Omdat: Feedback + leerkracht." in shown
    assert "4 uur (aanname), voor leerkrachten." in shown
    assert "Begin klein." in shown
    assert "Nog niet in jullie academie (1)" in shown
    for item in items(stage):
        assert f'id="cursus-{item.course}"' in shown


def test_only_the_team_lead_decides(stage: Stage) -> None:
    assert 'value="aannemen"' in html(client_of(stage.lead).get(address(stage)))
    for person in (stage.member, stage.trainer, stage.director):
        shown = html(client_of(person).get(address(stage)))
        assert 'value="aannemen"' not in shown
        assert 'type="radio"' not in shown
    course = items(stage)[0].course
    refused = post(stage, fields(stage, declined={course: "Nee."}), by=stage.member)
    assert refused.status_code == 403
    assert decided(stage) == []
    assert post(stage, fields(stage, "aannemen"), by=stage.trainer).status_code == 403
    assert stage.fresh().state == State.ADVISED


def test_another_school_finds_nothing(stage: Stage) -> None:
    stranger = client_of(Stage().lead)
    assert stranger.get(address(stage)).status_code == 404
    assert stranger.post(address(stage), fields(stage, "aannemen")).status_code == 404


def test_taking_it_without_javascript_in_one_post(stage: Stage) -> None:
    course = items(stage)[1].course
    answer = post(stage, fields(stage, "aannemen", declined={course: "Al gedaan."}))
    assert (answer.status_code, answer.url) == (302, f"/routekaart/{stage.routekaart.pk}/plan")
    assert decided(stage) == [(course, False, "Al gedaan.")]
    assert stage.fresh().state == State.ACCEPTED
    shown = html(client_of(stage.member).get(address(stage)))
    assert "Waarom niet: Al gedaan." in shown
    assert "Verder met het plan" in shown


def test_declining_without_a_reason_is_shown_at_the_field_and_stores_nothing(stage: Stage) -> None:
    item = items(stage)[0]
    shown = html(post(stage, fields(stage, "aannemen", declined={item.course: " "})), 422)
    assert "<title>Fout: " in shown
    assert f'href="#id_reden-{item.course}"' in shown
    assert "Zeg waarom jullie dit niet willen." in shown
    assert decided(stage) == []
    assert stage.fresh().state == State.ADVISED


def test_keeping_for_later_and_coming_back_on_it(stage: Stage) -> None:
    course = items(stage)[0].course
    answer = post(stage, fields(stage, declined={course: "Te lang."}))
    assert (answer.status_code, answer.url) == (302, address(stage))
    shown = html(client_of(stage.lead).get(address(stage)))
    assert "Jullie willen 1 cursus niet." in shown
    assert stage.fresh().state == State.ADVISED
    back = fields(stage) | {
        f"initial-besluit-{course}": "nee",
        f"initial-reden-{course}": "Te lang.",
        f"reden-{course}": "Te lang.",
    }
    assert post(stage, back).status_code == 302
    assert decided(stage) == [(course, True, "Te lang.")]


def test_what_somebody_else_decided_meanwhile_is_not_overwritten(stage: Stage) -> None:
    course = items(stage)[0].course
    post(stage, fields(stage, declined={course: "Te lang."}))
    shown = html(post(stage, fields(stage, declined={course: "Te kort."})), 422)
    assert "Iemand anders maakte hier intussen dit van: ‘Te lang.’" in shown
    assert decided(stage) == [(course, False, "Te lang.")]


def test_in_the_background_the_complete_ones_do_not_wait_for_the_others(stage: Stage) -> None:
    one, two = (item.course for item in items(stage)[:2])
    posted = fields(stage, "", declined={one: "Al gedaan.", two: ""})
    shown = html(post(stage, posted, headers=HTMX), 422)
    assert "Nog niet bewaard." in shown
    assert f'href="#id_reden-{two}"' in shown
    assert decided(stage) == [(one, False, "Al gedaan.")]


def test_in_the_background_it_answers_with_what_is_stored(stage: Stage) -> None:
    course = items(stage)[0].course
    posted = fields(stage, "aannemen", declined={course: "Al gedaan."})
    shown = html(post(stage, posted, headers=HTMX))
    assert "Bewaard om" in shown
    assert f'name="initial-besluit-{course}" value="nee"' in shown
    assert "<html" not in shown
    # Taking it is never something that happens by itself.
    assert stage.fresh().state == State.ADVISED


def again(stage: Stage) -> None:
    """A second round: one course is a choice now, another is gone."""
    first, second = (item.course for item in items(stage)[:2])
    save_desk(
        by=stage.as_trainer,
        routekaart_id=stage.routekaart.pk,
        revision=0,
        changes=(
            ChangeCourse(first, "Kies zelf.", mandatory=False),
            DropCourse(second, "Past niet."),
        ),
        today=TODAY,
    )
    stage.advise()


def test_what_is_different_from_the_round_before(stage: Stage) -> None:
    assert "Wat is er anders" not in html(client_of(stage.lead).get(address(stage)))
    titles = [item.title for item in items(stage)[:2]]
    again(stage)
    shown = html(client_of(stage.lead).get(address(stage)))
    assert "Wat is er anders dan in versie 1?" in shown
    assert f"Nu vrijwillig: {titles[0]}, omdat: Kies zelf." in shown
    assert f"Vervallen: {titles[1]}, omdat: Past niet." in shown
    assert "Weggelaten door de trainer (1)" in shown


def test_an_older_advice_is_not_decided_on(stage: Stage) -> None:
    posted = fields(stage, "aannemen")
    again(stage)
    answer = client_of(stage.lead).post(address(stage), posted, follow=True)
    assert "Er is intussen een nieuwer advies." in html(answer)
    behind = client_of(stage.lead).post(address(stage), posted, headers=HTMX)
    assert "Er is intussen een nieuwer advies." in html(behind, 409)
    assert stage.fresh().state == State.ADVISED


def test_a_version_that_never_was_is_not_decided_on(stage: Stage) -> None:
    answer = post(stage, {"versie": "9" * 5000, "doe": "aannemen"})
    assert answer["Location"] == address(stage)
    assert stage.fresh().state == "advised"


def test_no_field_is_on_the_page_twice(stage: Stage) -> None:
    shown = client_of(stage.lead).get(address(stage)).content.decode()
    names = re.findall(r'name="(initial-[^"]*)"', shown)
    assert names
    assert len(names) == len(set(names))


def test_taken_twice_is_refused_with_words(stage: Stage) -> None:
    posted = fields(stage, "aannemen")
    post(stage, posted)
    assert "Dit kan niet" in html(post(stage, posted), 422)


def test_a_quote_for_what_is_locked(stage: Stage) -> None:
    answer = post(stage, fields(stage, "offerte:pluspakket"))
    assert (answer.status_code, answer.url) == (302, address(stage))
    with scopes_disabled():
        assert [row.package_id for row in QuoteRequest.objects.all()] == ["pluspakket"]
    shown = html(client_of(stage.lead).get(address(stage)))
    assert "offerte gevraagd" in shown
    assert 'value="offerte:pluspakket"' not in shown


def test_the_director_may_ask_a_quote_and_a_member_may_not(stage: Stage) -> None:
    posted = {"versie": "1", "doe": "offerte:pluspakket"}
    assert 'value="offerte:pluspakket"' in html(client_of(stage.director).get(address(stage)))
    assert 'value="offerte:' not in html(client_of(stage.member).get(address(stage)))
    assert post(stage, posted, by=stage.director).status_code == 302
    with scopes_disabled():
        assert QuoteRequest.objects.count() == 1
    assert post(stage, posted, by=stage.member).status_code == 403


def test_before_the_advice_it_says_who_is_to_do_what() -> None:
    stage = Stage().filled()
    shown = html(client_of(stage.member).get(address(stage)))
    assert "Vul eerst de routekaart in" in shown
    submit(by=stage.as_lead, routekaart_id=stage.routekaart.pk)
    shown = html(client_of(stage.member).get(address(stage)))
    assert "De trainer is aan zet." in shown
    assert "Advies maken" not in shown
    assert "Advies maken" in html(client_of(stage.trainer).get(address(stage)))
    assert post(stage, {"doe": "aannemen"}).status_code == 200
    assert stage.fresh().state == State.SUBMITTED


def test_an_intervention_without_courses_gets_activities() -> None:
    stage, culture = Stage(), "cultuureducatie"
    stage.choose(culture)
    point = "kernvakken-vragen-een-andere-aanpak"
    save_answers(
        by=stage.as_lead,
        routekaart_id=stage.routekaart.pk,
        answers=[GivenAnswer(culture, point, "Het is ons doel op zich.")],
    )
    stage.add_goal(wording="Wij leren zingen.", interventions=[culture])
    stage.add_study_day()
    submit(by=stage.as_lead, routekaart_id=stage.routekaart.pk)
    stage.advise()
    shown = html(client_of(stage.lead).get(address(stage)))
    assert "Hiervoor is geen cursus." in shown
    assert "PLG-bijeenkomst over Cultuureducatie" in shown
    assert items(stage) == []
    assert post(stage, {"versie": "1", "doe": "aannemen"}).status_code == 302
    assert stage.fresh().state == State.ACCEPTED


def test_what_was_typed_waits_for_who_has_to_sign_in_again(stage: Stage) -> None:
    client = client_of(stage.lead)
    page = html(client.get(address(stage)))
    token = page.split('name="voor_wie" value="')[1].split('"')[0]
    course = items(stage)[0].course
    client.logout()
    posted = fields(stage, declined={course: "Al gedaan."}) | {"voor_wie": token}
    assert client.post(address(stage), posted).status_code == 302
    client.force_login(stage.lead)
    shown = html(client.get(address(stage)))
    assert "Wat je had ingevuld, staat er nog." in shown
    assert "Al gedaan." in shown
    assert decided(stage) == []


def test_as_many_queries_for_many_courses_as_for_few() -> None:
    few, many = Stage().advised(), Stage()
    many.choose("feedback", "directe-instructie", "samenwerkend-leren")
    many.add_goal(wording="Wij leren veel.", interventions=["directe-instructie"])
    many.add_goal(wording="Wij leren meer.", interventions=["samenwerkend-leren", "feedback"])
    many.add_study_day()
    submit(by=many.as_lead, routekaart_id=many.routekaart.pk)
    many.advise()
    counts = []
    for stage in (few, many):
        client = client_of(stage.lead)
        client.get(address(stage))
        with CaptureQueriesContext(connection) as queries:
            client.get(address(stage))
        counts.append(len(queries))
    assert len(items(many)) >= 3 * len(items(few))
    assert counts[0] == counts[1] <= 15
