"""Choosing interventions and answering their questions, page by page and without JavaScript."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from courses.catalogue import current_catalogue
from courses.entities import Catalogue
from routekaart.access import school_scope
from routekaart.actions.routekaarten.goals import GivenAnswer, save_answers
from routekaart.models import Answer, ChosenIntervention
from tests.forms_on_page import buttons_on, form_with, page, sent
from tests.makers import make_school
from tests.stages import Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
ONE_TO_ONE, GROUPS = "een-op-een-begeleiding", "instructie-in-kleine-groepen"
FIRST = "eerst-eerst-kleine-groepen"


@pytest.fixture
def stage() -> Stage:
    return Stage()


@pytest.fixture
def lead(stage: Stage) -> Client:
    client = Client()
    client.force_login(stage.lead)
    return client


def at(stage: Stage, slug: str = "") -> str:
    address = f"/routekaart/{stage.routekaart.pk}/interventies"
    return f"{address}/{slug}" if slug else address


def chosen(stage: Stage) -> list[str]:
    with school_scope([stage.school.pk]):
        rows = ChosenIntervention.objects.filter(routekaart=stage.routekaart)
        return list(rows.values_list("intervention_id", flat=True))


def answers(stage: Stage) -> dict[str, str]:
    with school_scope([stage.school.pk]):
        rows = Answer.objects.filter(routekaart=stage.routekaart)
        return dict(rows.values_list("point", "text"))


def figures(stage: Stage, slug: str = ONE_TO_ONE) -> dict[str, Any]:
    with school_scope([stage.school.pk]):
        row = ChosenIntervention.objects.get(routekaart=stage.routekaart, intervention=slug)
    return dict(row.parameters)


class TestMenu:
    def test_everything_can_be_chosen_and_is_on_top_then(
        self, stage: Stage, lead: Client, catalogue: Catalogue
    ) -> None:
        html = page(lead, at(stage))
        offered = {one.slug for one in catalogue.interventions}
        assert buttons_on(html) == {f"kies={slug}" for slug in offered}
        answer = lead.post(at(stage), {"kies": "feedback"}, follow=True)
        html = answer.content.decode()
        assert chosen(stage) == ["feedback"]
        assert "Gekozen: Feedback." in html
        assert "Vragen beantwoord: 0 van de 2 (0%)" in html
        assert "weg=feedback" in buttons_on(html)
        assert "kies=feedback" not in buttons_on(html)

    def test_what_must_be_weighed_first_leads_to_its_page(self, stage: Stage, lead: Client) -> None:
        answer = lead.post(at(stage), {"kies": ONE_TO_ONE})
        assert answer["Location"] == at(stage, ONE_TO_ONE)

    def test_dropping_keeps_the_answers_for_later(self, stage: Stage, lead: Client) -> None:
        stage.choose("feedback")
        save_answers(
            by=stage.as_lead,
            routekaart_id=stage.routekaart.pk,
            answers=[GivenAnswer("feedback", "benodigde-training", "Kijken.")],
        )
        answer = lead.post(at(stage), {"weg": "feedback"}, follow=True)
        assert chosen(stage) == []
        assert "blijft bewaard" in answer.content.decode()
        lead.post(at(stage), {"kies": "feedback"})
        assert "Vragen beantwoord: 1 van de 2 (50%)" in page(lead, at(stage))

    def test_one_kind_at_a_time_in_an_order_that_is_said(self, stage: Stage, lead: Client) -> None:
        html = page(lead, f"{at(stage)}?categorie=D")
        assert buttons_on(html) == {
            "kies=metacognitie-en-zelfregulerend-leren",
            "kies=samenwerkend-leren",
        }
        html = page(lead, f"{at(stage)}?volgorde=maanden")
        assert "De volgorde hier: meeste maanden leerwinst eerst." in html
        places = [html.index(f'value="{slug}"') for slug in ("feedback", ONE_TO_ONE, "zomerschool")]
        assert places == sorted(places)
        # What no source gives months for comes last, not as zero.
        assert html.index('value="onderwijsassistenten"') < html.index('value="welbevinden-en')
        # An unknown order or kind is no error.
        assert "kies=feedback" in buttons_on(page(lead, f"{at(stage)}?volgorde=x&categorie=Z"))

    def test_what_never_stands_alone_says_so(self, stage: Stage, lead: Client) -> None:
        html = page(lead, f"{at(stage)}?categorie=F")
        assert len(buttons_on(html)) == 7
        assert "hoort altijd bij een andere interventie" in html
        lead.post(at(stage), {"kies": "professionalisering"})
        assert "randvoorwaarde (F)" in page(lead, at(stage))

    def test_the_own_sector_stands_beside_the_average(self, lead: Client, stage: Stage) -> None:
        html = page(lead, at(stage))
        assert "Jullie sector, basisonderwijs (po): <strong>+6 maanden</strong>" in html
        assert html.count("bronnen verschillen") == 1

    def test_an_unknown_intervention_is_refused_in_words(self, stage: Stage, lead: Client) -> None:
        assert lead.post(at(stage), {"kies": "onzin"}).status_code == 404
        assert lead.post(at(stage), {}).status_code == 302
        assert chosen(stage) == []

    def test_as_many_queries_with_one_as_with_all(self, stage: Stage, lead: Client) -> None:
        stage.choose("feedback")
        with CaptureQueriesContext(connection) as few:
            page(lead, at(stage))
        stage.choose(*current_catalogue().intervention_by_slug)
        with CaptureQueriesContext(connection) as many:
            page(lead, at(stage))
        assert len(few) == len(many) <= 15


class TestIntervention:
    def test_before_choosing_it_can_be_read_and_chosen(self, stage: Stage, lead: Client) -> None:
        html = page(lead, at(stage, ONE_TO_ONE))
        assert buttons_on(html) == {f"kies={ONE_TO_ONE}"}
        assert "Overweeg eerst" in html
        assert "Hierover verschillen de bronnen" in html
        answer = lead.post(at(stage, ONE_TO_ONE), {"kies": ONE_TO_ONE})
        assert answer["Location"] == at(stage, ONE_TO_ONE)
        assert chosen(stage) == [ONE_TO_ONE]

    def test_answers_and_figures_are_kept_and_only_what_changed(
        self, stage: Stage, lead: Client
    ) -> None:
        stage.choose(ONE_TO_ONE)
        answer = sent(
            lead,
            at(stage, ONE_TO_ONE),
            {FIRST: "Groepjes lukten niet.", "plan-sessions-per-week": "2,5"},
        )
        assert answer["Location"] == at(stage)
        assert answers(stage) == {"eerst-kleine-groepen": "Groepjes lukten niet."}
        assert figures(stage) == {"sessions-per-week": 2.5}
        revision = stage.fresh().revision
        sent(lead, at(stage, ONE_TO_ONE), {FIRST: "Groepjes lukten niet."})
        assert stage.fresh().revision == revision
        sent(lead, at(stage, ONE_TO_ONE), {FIRST: "", "plan-sessions-per-week": ""})
        assert (answers(stage), figures(stage)) == ({}, {})

    def test_figures_outside_the_source_warn_and_stay(self, stage: Stage, lead: Client) -> None:
        stage.choose(ONE_TO_ONE)
        sent(lead, at(stage, ONE_TO_ONE), {"plan-sessions-per-week": "2"})
        html = page(lead, at(stage, ONE_TO_ONE))
        assert "jullie plannen 2, de bron noemt 3 tot 5" in html
        assert figures(stage) == {"sessions-per-week": 2.0}
        assert "jullie plannen 2" in page(lead, at(stage))

    @pytest.mark.parametrize(
        ("field", "value", "said"),
        [
            ("plan-sessions-per-week", "veel", "Schrijf een getal, bijvoorbeeld 3 of 2,5."),
            ("plan-sessions-per-week", "-1", "Schrijf een getal van 0 of meer."),
            (FIRST, "x" * 10_001, "10000"),
        ],
    )
    def test_what_is_wrong_is_said_at_the_field(
        self, stage: Stage, lead: Client, field: str, value: str, said: str
    ) -> None:
        stage.choose(ONE_TO_ONE)
        answer = sent(lead, at(stage, ONE_TO_ONE), {field: value})
        html = answer.content.decode()
        assert answer.status_code == 422
        assert "<title>Fout: " in html
        assert f'href="#id_{field}"' in html
        assert said in html
        assert value in html
        assert (answers(stage), figures(stage)) == ({}, {})

    def test_an_alternative_takes_its_place(self, stage: Stage, lead: Client) -> None:
        stage.choose(ONE_TO_ONE)
        answer = lead.post(at(stage, ONE_TO_ONE), {"ruil": GROUPS})
        assert answer["Location"] == at(stage, GROUPS)
        assert chosen(stage) == [GROUPS]

    def test_the_way_on_is_the_next_that_asks_something(self, stage: Stage, lead: Client) -> None:
        stage.choose(ONE_TO_ONE, "directe-instructie", "feedback")
        assert "Bewaren en naar ‘Feedback’" in page(lead, at(stage, ONE_TO_ONE))
        answer = sent(lead, at(stage, ONE_TO_ONE), {FIRST: "Ja."})
        assert answer["Location"] == at(stage, "feedback")

    def test_somebody_elses_answer_is_not_written_over(self, stage: Stage, lead: Client) -> None:
        stage.choose("feedback")
        address, field = at(stage, "feedback"), "vraag-benodigde-training"
        old = page(lead, address)
        save_answers(
            by=stage.as_member,
            routekaart_id=stage.routekaart.pk,
            answers=[GivenAnswer("feedback", "benodigde-training", "Van Mo.")],
        )
        answer = lead.post(address, form_with(old, field) | {field: "Van Lies."})
        html = answer.content.decode()
        assert answer.status_code == 422
        assert "Iemand anders maakte hier intussen dit van: ‘Van Mo.’" in html
        assert "Van Lies." in html
        assert answers(stage) == {"benodigde-training": "Van Mo."}
        lead.post(address, form_with(html, field))
        assert answers(stage) == {"benodigde-training": "Van Lies."}

    def test_saving_in_the_background_answers_with_what_changed(
        self, stage: Stage, lead: Client
    ) -> None:
        stage.choose(ONE_TO_ONE)
        answer = sent(
            lead,
            at(stage, ONE_TO_ONE),
            {FIRST: "Ja.", "plan-session-minutes": "90"},
            headers={"HX-Request": "true"},
        )
        html = answer.content.decode()
        assert answer.status_code == 200
        assert "Bewaard om" in html
        assert "overweeg eerst" not in html
        assert "jullie plannen 90" in html
        assert "<html" not in html

    def test_a_programme_with_its_recognition(self, stage: Stage, lead: Client) -> None:
        wellbeing = "welbevinden-en-sociaal-emotionele-ontwikkeling"
        stage.choose(wellbeing)
        html = page(lead, at(stage))
        assert "5 vragen nodig voor het indienen" in html
        sent(
            lead,
            at(stage, wellbeing),
            {"programme": "Taakspel", "recognition": "goed onderbouwd"},
        )
        with school_scope([stage.school.pk]):
            row = ChosenIntervention.objects.get(routekaart=stage.routekaart)
        assert (row.programme, row.recognition) == ("Taakspel", "goed onderbouwd")

    def test_a_number_that_may_be_a_bsn_is_warned_about(self, stage: Stage, lead: Client) -> None:
        stage.choose("feedback")
        sent(lead, at(stage, "feedback"), {"vraag-benodigde-training": "Kind 123456782"})
        assert "burgerservicenummer" in page(lead, at(stage, "feedback"))

    def test_what_is_not_in_the_catalogue_is_not_found(self, stage: Stage, lead: Client) -> None:
        page(lead, at(stage, "onzin"), 404)

    def test_as_many_queries_with_one_answer_as_with_many(self, stage: Stage, lead: Client) -> None:
        stage.choose(ONE_TO_ONE)
        with CaptureQueriesContext(connection) as few:
            page(lead, at(stage, ONE_TO_ONE))
        stage.choose(*current_catalogue().intervention_by_slug)
        sent(lead, at(stage, ONE_TO_ONE), {FIRST: "Ja."})
        with CaptureQueriesContext(connection) as many:
            page(lead, at(stage, ONE_TO_ONE))
        assert len(few) == len(many) <= 15


class TestWhoMay:
    def test_who_only_reads_sees_answers_and_no_buttons(self, stage: Stage) -> None:
        stage.choose("feedback")
        save_answers(
            by=stage.as_lead,
            routekaart_id=stage.routekaart.pk,
            answers=[GivenAnswer("feedback", "benodigde-training", "Kijken.")],
        )
        director = Client()
        director.force_login(stage.director)
        assert buttons_on(page(director, at(stage))) == set()
        html = page(director, at(stage, "feedback"))
        assert "Kijken." in html
        assert buttons_on(html) == set()
        assert director.post(at(stage), {"weg": "feedback"}).status_code == 403
        assert chosen(stage) == ["feedback"]

    def test_after_submitting_it_stands_and_says_so(self, stage: Stage, lead: Client) -> None:
        stage.submitted()
        html = page(lead, at(stage))
        assert "Deze routekaart is ingediend: dit ligt nu vast." in html
        assert buttons_on(html) == set()
        answer = lead.post(at(stage), {"weg": "feedback"})
        assert answer.status_code == 409
        assert "de status ‘ingediend’" in answer.content.decode()

    def test_another_school_does_not_find_it(self, stage: Stage) -> None:
        stranger = Client()
        stranger.force_login(Stage(make_school(name="Elders")).lead)
        for address in (at(stage), at(stage, "feedback")):
            page(stranger, address, 404)
            assert stranger.post(address, {"kies": "feedback"}).status_code == 404
        assert chosen(stage) == []
