"""Goals: writing, changing, ordering and removing them, without JavaScript."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from courses.catalogue import current_catalogue
from routekaart.access import school_scope
from routekaart.actions.routekaarten.goals import PickedCourse, change_goal, remove_goal
from routekaart.models import Goal
from tests.forms_on_page import buttons_on, form_with, page, sent
from tests.makers import make_school
from tests.stages import INTERVENTION, Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
WORDING = "Wij leren feedback te geven waar leerlingen verder mee kunnen."


@pytest.fixture
def stage() -> Stage:
    stage = Stage()
    stage.choose(INTERVENTION, "zomerschool")
    return stage


@pytest.fixture
def lead(stage: Stage) -> Client:
    client = Client()
    client.force_login(stage.lead)
    return client


def at(stage: Stage, path: object = "") -> str:
    address = f"/routekaart/{stage.routekaart.pk}/doelen"
    return f"{address}/{path}" if path else address


def goals(stage: Stage) -> list[tuple[str, list[str], list[str]]]:
    with school_scope([stage.school.pk]):
        return [
            (
                goal.wording,
                [row.intervention_id for row in goal.goal_interventions.all()],
                [row.earlier.wording for row in goal.order_rows.all()],
            )
            for goal in Goal.objects.filter(routekaart=stage.routekaart)
        ]


def stored(goal: Goal) -> dict[str, Any]:
    goal.refresh_from_db()
    return {name: getattr(goal, name) for name in ("wording", "noticeable", "indicator", "stops")}


class TestWriting:
    def test_the_first_goal(self, stage: Stage, lead: Client) -> None:
        assert "Schrijf het eerste doel" in page(lead, at(stage))
        answer = sent(
            lead,
            at(stage, "nieuw"),
            {
                "wording": f" {WORDING} ",
                "noticeable": "Rust.",
                "indicator": "Lesbezoek.",
                "stops": "De leesclub.",
                "interventions": [INTERVENTION],
            },
        )
        assert answer["Location"] == at(stage)
        assert goals(stage) == [(WORDING, [INTERVENTION], [])]
        html = page(lead, at(stage))
        for said in (WORDING, "Rust.", "Lesbezoek.", "De leesclub.", "Feedback"):
            assert said in html

    def test_the_same_goal_sent_again_is_one_goal(self, stage: Stage, lead: Client) -> None:
        for wording in (WORDING, f"{WORDING} ", "Wij leren iets anders."):
            answer = sent(lead, at(stage, "nieuw"), {"wording": wording})
            assert answer["Location"] == at(stage)
        assert [wording for wording, _, _ in goals(stage)] == [WORDING, "Wij leren iets anders."]

    def test_the_only_intervention_is_ticked_already(self, lead: Client, stage: Stage) -> None:
        form = form_with(page(lead, at(stage, "nieuw")), "wording")
        assert (form["wording"], "interventions" in form) == (["Wij leren "], False)
        stage.choose("feedback")
        assert form_with(page(lead, at(stage, "nieuw")), "wording")["interventions"] == ["feedback"]

    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({"wording": ""}, "Dit veld is verplicht."),
            ({"wording": "Wij leren …"}, "Schrijf op wat jullie gaan leren."),
            ({"wording": "x" * 10_001}, "10000"),
            ({"wording": WORDING, "interventions": ["onzin"]}, "onzin"),
            ({"wording": WORDING, "interventions": ["klassenverkleining"]}, "klassenverkleining"),
        ],
    )
    def test_what_is_wrong_is_said_at_the_field(
        self, stage: Stage, lead: Client, fields: dict[str, Any], said: str
    ) -> None:
        answer = sent(lead, at(stage, "nieuw"), fields)
        html = answer.content.decode()
        assert answer.status_code == 422
        assert "<title>Fout: " in html
        assert said in html
        assert goals(stage) == []

    def test_a_result_gets_a_hint_and_stays(self, stage: Stage, lead: Client) -> None:
        sent(lead, at(stage, "nieuw"), {"wording": "10 procent meer op de Cito"})
        assert [wording for wording, *_ in goals(stage)] == ["10 procent meer op de Cito"]
        assert "Dit doel noemt alleen een resultaat." in page(lead, at(stage))

    def test_a_fourth_goal_asks_what_stops(self, stage: Stage, lead: Client) -> None:
        for number in range(3):
            stage.add_goal(wording=f"Wij leren {number}.")
        assert "Jullie hebben" not in page(lead, at(stage))
        assert "Met dit doel zijn het er 4." in page(lead, at(stage, "nieuw"))
        stage.add_goal()
        assert "Jullie hebben 4 doelen." in page(lead, at(stage))


class TestChanging:
    def test_only_what_changed_is_stored(self, stage: Stage, lead: Client) -> None:
        earlier = stage.add_goal(wording="Wij leren kijken.")
        course = current_catalogue().courses[0].slug
        goal = stage.add_goal(courses=[PickedCourse(course, "Past.")], noticeable="Rust.")
        fields = form_with(page(lead, at(stage, goal.pk)), "wording")
        # Meanwhile somebody else changes another field.
        change_goal(by=stage.as_member, goal_id=goal.pk, values={"indicator": "Lesbezoek."})
        answer = lead.post(
            at(stage, goal.pk), fields | {"wording": WORDING, "after": [str(earlier.pk)]}
        )
        assert answer["Location"] == at(stage)
        assert stored(goal) == {
            "wording": WORDING,
            "noticeable": "Rust.",
            "indicator": "Lesbezoek.",
            "stops": "",
        }
        assert goals(stage)[1] == (WORDING, [INTERVENTION], ["Wij leren kijken."])
        # Courses picked elsewhere stay.
        assert current_catalogue().courses[0].title in page(lead, at(stage))

    def test_somebody_elses_words_are_not_written_over(self, stage: Stage, lead: Client) -> None:
        goal = stage.add_goal()
        fields = form_with(page(lead, at(stage, goal.pk)), "wording")
        change_goal(by=stage.as_member, goal_id=goal.pk, values={"wording": "Wij leren van Mo."})
        answer = lead.post(at(stage, goal.pk), fields | {"wording": "Wij leren van Lies."})
        html = answer.content.decode()
        assert answer.status_code == 422
        assert "Iemand anders maakte hier intussen dit van: ‘Wij leren van Mo.’" in html
        lead.post(at(stage, goal.pk), form_with(html, "wording"))
        assert stored(goal)["wording"] == "Wij leren van Lies."

    def test_saving_in_the_background_renews_the_hints(self, stage: Stage, lead: Client) -> None:
        goal = stage.add_goal()
        answer = sent(
            lead,
            at(stage, goal.pk),
            {"wording": "Hogere scores op de eindtoets"},
            headers={"HX-Request": "true"},
        )
        html = answer.content.decode()
        assert "Bewaard om" in html
        assert "Dit doel noemt alleen een resultaat." in html
        assert stored(goal)["wording"] == "Hogere scores op de eindtoets"
        answer = sent(lead, at(stage, goal.pk), {"wording": ""}, headers={"HX-Request": "true"})
        assert answer.status_code == 422
        assert "Nog niet bewaard." in answer.content.decode()

    def test_a_hint_says_what_would_read_easier(self, stage: Stage, lead: Client) -> None:
        goal = stage.add_goal()
        assert "Kan het eenvoudiger?" not in page(lead, at(stage, goal.pk))
        hard = "Wij leren dat feedback wordt gegeven."
        answer = sent(lead, at(stage, goal.pk), {"wording": hard}, headers={"HX-Request": "true"})
        tip = (
            '<li><a href="#id_wording">Wat gaan jullie zelf leren?</a> Bij “wordt … gegeven” staat '
            "niet wie het doet. Begin met wie: ‘Wij …’.</li>"
        )
        html = answer.content.decode()
        # It is told politely, and blocks nothing.
        assert '<div id="leestips" role="status" hx-swap-oob="true">' in html
        assert tip in html
        assert stored(goal)["wording"] == hard
        assert tip in page(lead, at(stage, goal.pk))

    def test_order_by_buttons(self, stage: Stage, lead: Client) -> None:
        first, second, third = (stage.add_goal(wording=f"Wij leren {name}.") for name in "abc")
        assert buttons_on(page(lead, at(stage))) == {
            f"lager={first.pk}",
            f"hoger={second.pk}",
            f"lager={second.pk}",
            f"hoger={third.pk}",
        }
        lead.post(at(stage), {"hoger": str(third.pk)})
        lead.post(at(stage), {"lager": str(first.pk)})
        assert [wording[-2] for wording, *_ in goals(stage)] == ["c", "a", "b"]
        # At the top nothing moves, and neither does what is not there.
        lead.post(at(stage), {"hoger": str(third.pk)})
        assert lead.post(at(stage), {"hoger": "onzin"}).status_code == 302
        assert [wording[-2] for wording, *_ in goals(stage)] == ["c", "a", "b"]

    def test_removing_asks_once(self, stage: Stage, lead: Client) -> None:
        goal = stage.add_goal()
        assert "Dit doel weghalen?" in page(lead, at(stage, f"{goal.pk}/weghalen"))
        assert len(goals(stage)) == 1
        answer = lead.post(at(stage, f"{goal.pk}/weghalen"), follow=True)
        assert "Het doel is weg." in answer.content.decode()
        assert goals(stage) == []

    def test_a_goal_that_somebody_else_removed(self, stage: Stage, lead: Client) -> None:
        goal = stage.add_goal()
        fields = form_with(page(lead, at(stage, goal.pk)), "wording")
        remove_goal(by=stage.as_member, goal_id=goal.pk)
        assert lead.post(at(stage, goal.pk), fields).status_code == 404

    def test_as_many_queries_with_one_as_with_many(self, stage: Stage, lead: Client) -> None:
        stage.add_goal()
        with CaptureQueriesContext(connection) as few:
            page(lead, at(stage))
        for number in range(9):
            stage.add_goal(wording=f"Wij leren {number}.")
        with CaptureQueriesContext(connection) as many:
            page(lead, at(stage))
        assert len(few) == len(many) <= 15


class TestWhoMay:
    def test_who_only_reads_gets_no_buttons(self, stage: Stage) -> None:
        goal = stage.add_goal()
        director = Client()
        director.force_login(stage.director)
        html = page(director, at(stage))
        assert "Wij leren feedback geven." in html
        assert buttons_on(html) == set()
        for path in ("nieuw", goal.pk, f"{goal.pk}/weghalen"):
            fields = {"wording": "Wij leren anders."}
            assert director.post(at(stage, path), fields).status_code in {403, 422}
        assert director.post(at(stage), {"lager": str(goal.pk)}).status_code == 403
        assert [wording for wording, *_ in goals(stage)] == ["Wij leren feedback geven."]

    def test_after_submitting_it_stands_and_says_so(self, stage: Stage, lead: Client) -> None:
        stage.submitted()
        html = page(lead, at(stage))
        assert "Deze routekaart is ingediend: dit ligt nu vast." in html
        assert buttons_on(html) == set()
        answer = lead.post(at(stage, "nieuw"), {"wording": WORDING})
        assert answer.status_code == 422
        assert "de status ‘ingediend’" in answer.content.decode()

    def test_another_school_and_another_team_do_not_find_it(self, stage: Stage) -> None:
        goal = stage.add_goal()
        other = Stage(make_school(name="Elders"))
        stranger = Client()
        stranger.force_login(other.lead)
        for path in ("", "nieuw", goal.pk, f"{goal.pk}/weghalen"):
            page(stranger, at(stage, path), 404)
        # Nor under the address of the own routekaart.
        page(stranger, at(other, goal.pk), 404)
        assert stranger.post(at(other, f"{goal.pk}/weghalen")).status_code == 404
        assert len(goals(stage)) == 1
