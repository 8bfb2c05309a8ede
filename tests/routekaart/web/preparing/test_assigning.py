"""Assigning in pages: looking first, assigning, undoing, withdrawing and letting off."""

from collections.abc import Iterator
from datetime import date, datetime
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled

from routekaart.access import Role
from routekaart.clock import standing_at
from routekaart.models import Assignment, AssignmentBatch, AssignmentRule, School
from tests.makers import employ, join, make_colleague, make_person, make_school, make_team
from tests.stages import Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
MOMENT = datetime(2026, 10, 5, 9, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
SMALLEST = "complimenten-geven-en-corrigeren"


@pytest.fixture(autouse=True)
def _moment() -> Iterator[None]:
    with standing_at(MOMENT):
        yield


def text(answer: Any) -> str:
    return unescape(answer.content.decode())


def courses(stage: Stage) -> list[tuple[str, str, bool, str]]:
    with stage.as_lead.entered():
        return [
            (row.person.name, row.course_id, row.mandatory, row.state)
            for row in Assignment.objects.filter(routekaart=stage.routekaart)
            .select_related("person")
            .order_by("person__name", "course_id")
        ]


def test_the_advice_is_looked_at_first_and_then_assigned(pages: Client) -> None:
    stage = Stage().accepted()
    pages.force_login(stage.trainer)
    address = f"/routekaart/{stage.routekaart.pk}/toewijzen"
    seen = pages.get(address, {"keuze": "smallest_set"})
    assert seen.status_code == 200
    assert "2 van 2 collega’s krijgen er een toewijzing bij, samen 8 uur extra." in text(seen)
    assert courses(stage) == []
    back = pages.post(address, {"keuze": "all", "doe": "wijzigen"})
    assert 'value="all" required id="id_keuze_1" checked' in text(back)
    done = pages.post(address, {"keuze": "smallest_set", "doe": "toewijzen"}, follow=True)
    assert "Gedaan: 2 toewijzingen erbij." in text(done)
    assert f'<a class="button" href="/routekaart/{stage.routekaart.pk}/plan"' in text(done)
    assert courses(stage) == [
        ("Lies Leider", SMALLEST, True, "assigned"),
        ("Mo Lid", SMALLEST, True, "assigned"),
    ]
    assert "Iedereen heeft dit al." in text(pages.get(address, {"keuze": "smallest_set"}))


def test_nothing_to_choose_is_said_at_the_field(pages: Client) -> None:
    stage = Stage().accepted()
    pages.force_login(stage.lead)
    address = f"/routekaart/{stage.routekaart.pk}/toewijzen"
    answer = pages.get(address, {"keuze": "iets"})
    assert answer.status_code == 422
    assert "Fout: Cursussen toewijzen" in text(answer)
    chosen = pages.post(f"{address}/zelf-kiezen", {"aan": "person", "reden": ""})
    assert chosen.status_code == 422
    for message in (
        "Welke cursussen? Kies ten minste één cursus.",
        "Welke collega's? Kies ten minste één collega.",
        "Moet het? Kies of het verplicht is.",
        "Waarom? Schrijf op waarom.",
    ):
        assert message in text(chosen)


def test_courses_of_ones_own_choice_go_to_a_person_from_a_day(pages: Client) -> None:
    stage = Stage().accepted()
    pages.force_login(stage.lead)
    address = f"/routekaart/{stage.routekaart.pk}/toewijzen/zelf-kiezen"
    assert f'value="{SMALLEST}" id="id_cursus_0" checked' in text(pages.get(address))
    asked = {
        "cursus": [SMALLEST],
        "aan": "person",
        "persoon": [str(stage.member.pk)],
        "soort": "vrijwillig",
        "reden": "omdat: dit past bij jou",
        "vanaf": "2026-10-01",
    }
    early = pages.post(address, asked)
    assert early.status_code == 422
    assert "Vanaf welke dag? Deze dag is geweest." in text(early)
    asked["vanaf"] = "2026-11-01"
    seen = pages.post(address, asked)
    assert "1 van 1 collega krijgt er een toewijzing bij, samen 4 uur extra." in text(seen)
    assert 'name="persoon" value="' in text(seen)
    pages.post(address, asked | {"doe": "toewijzen"})
    assert courses(stage) == [("Mo Lid", SMALLEST, False, "assigned")]
    with stage.as_lead.entered():
        assert Assignment.objects.get(routekaart=stage.routekaart).starts_on == date(2026, 11, 1)


def test_who_is_refused_hears_why_and_gets_nothing(pages: Client) -> None:
    stage = Stage().accepted()
    make_colleague(stage.team, name="Bo Assistent", functions=["klassenassistent"])
    pages.force_login(stage.trainer)
    address = f"/routekaart/{stage.routekaart.pk}/toewijzen/zelf-kiezen"
    asked = {"cursus": [SMALLEST], "aan": "team", "soort": "verplicht", "reden": "omdat: samen"}
    seen = text(pages.post(address, asked))
    assert "2 van 3 collega’s krijgen er een toewijzing bij" in seen
    assert "Deze cursus is voor een andere functie bedoeld." in seen
    pages.post(address, asked | {"doe": "toewijzen"})
    assert [name for name, *_ in courses(stage)] == ["Lies Leider", "Mo Lid"]


def test_after_assigning_the_plan_comes_next(pages: Client) -> None:
    onward = []
    for stage in (Stage().assigned(), Stage().planned()):
        pages.force_login(stage.lead)
        address = f"/routekaart/{stage.routekaart.pk}"
        html = pages.get(f"{address}/toewijzen/eerder").content.decode()
        onward.append(f'<a class="button" href="{address}/plan">' in html)
    assert onward == [True, False]


def test_after_approval_only_voluntary(pages: Client) -> None:
    stage = Stage().running()
    pages.force_login(stage.lead)
    address = f"/routekaart/{stage.routekaart.pk}/toewijzen"
    assert "Wat je nu nog toewijst, is vrijwillig." in text(pages.get(address))
    answer = pages.post(
        f"{address}/zelf-kiezen",
        {"cursus": [SMALLEST], "aan": "team", "soort": "verplicht", "reden": "omdat: samen"},
    )
    assert answer.status_code == 422
    assert "Het plan is vastgesteld. Wijs deze cursussen vrijwillig toe" in text(answer)


def test_a_batch_is_undone_and_says_what_stays(pages: Client) -> None:
    stage = Stage().assigned()
    with stage.as_lead.entered():
        batch = AssignmentBatch.objects.get(routekaart=stage.routekaart)
        Assignment.objects.filter(person=stage.member).update(state="started")
    pages.force_login(stage.lead)
    assert "Draai terug" in text(pages.get(f"/routekaart/{stage.routekaart.pk}/toewijzen/eerder"))
    address = f"/toewijsactie/{batch.pk}/terugdraaien"
    assert "Wat iemand al begon of afrondde" in text(pages.get(address))
    done = text(pages.post(address, follow=True))
    assert (
        "1 toewijzing is ingetrokken. 1 blijft staan: 1 al begonnen, klaar of vrijgesteld." in done
    )  # Without the consent of the PMR it does not say which of the two.
    assert "teruggedraaid" in done
    assert [state for *_, state in courses(stage)] == ["withdrawn", "started"]


def test_one_assignment_is_withdrawn_or_let_off_with_a_reason(pages: Client) -> None:
    stage = Stage().assigned()
    with stage.as_lead.entered():
        first, second = Assignment.objects.order_by("person__name")
    pages.force_login(stage.trainer)
    empty = pages.post(f"/toewijzing/{first.pk}", {"reden": ""})
    assert empty.status_code == 422
    assert "Schrijf op waarom het niet hoeft." in text(empty)
    pages.post(f"/toewijzing/{first.pk}", {"reden": "Deed dit al."})
    pages.post(f"/toewijzing/{second.pk}", {"doe": "intrekken"})
    assert [state for *_, state in courses(stage)] == ["waived", "withdrawn"]
    again = pages.post(f"/toewijzing/{second.pk}", {"reden": "Toch niet."})
    assert again.status_code == 422


@pytest.mark.parametrize("since", [None, date(2026, 9, 1)])
def test_states_are_shown_by_name_only_with_consent(pages: Client, since: date | None) -> None:
    stage = Stage(make_school(progress_by_name_since=since)).assigned()
    pages.force_login(stage.trainer)
    shown = text(pages.get(f"/routekaart/{stage.routekaart.pk}/toewijzen/wie-doet-wat"))
    assert "Mo Lid" in shown
    assert (">toegewezen<" in shown) is (since is not None)
    assert ("toont voortgang niet op naam" in shown) is (since is None)


def test_a_rule_is_taken_away(pages: Client) -> None:
    stage = Stage().assigned()
    pages.force_login(stage.lead)
    address = f"/routekaart/{stage.routekaart.pk}/toewijzen/voor-wie-later-komt"
    with stage.as_lead.entered():
        rules = list(AssignmentRule.objects.values_list("pk", flat=True))
    assert pages.post(address, {"regel": "onzin"}).status_code == 302
    assert "niet meer vanzelf" in text(pages.post(address, {"regel": str(rules[0])}, follow=True))
    with stage.as_lead.entered():
        assert AssignmentRule.objects.count() == len(rules) - 1


def test_another_school_finds_nothing(pages: Client) -> None:
    stage = Stage().assigned()
    with stage.as_lead.entered():
        batch = AssignmentBatch.objects.get(routekaart=stage.routekaart)
        one = Assignment.objects.first()
        assert one is not None
    pages.force_login(make_colleague(make_team(make_school(name="Elders")), Role.TRAINER))
    base = f"/routekaart/{stage.routekaart.pk}"
    for address in (
        f"{base}/toewijzen",
        f"{base}/toewijzen/zelf-kiezen",
        f"/toewijsactie/{batch.pk}/terugdraaien",
        f"/toewijzing/{one.pk}",
        f"{base}/werkgroepen/nieuw",
    ):
        assert pages.post(address, {"keuze": "all", "doe": "toewijzen"}).status_code == 404
    assert {state for *_, state in courses(stage)} == {"assigned"}


def crowd(stage: Stage, school: School, number: int) -> None:
    for _ in range(number):
        person = make_person()
        employ(person, school)
        join(person, stage.team)


def test_lists_take_as_many_queries_for_many(pages: Client) -> None:
    """Who does what, the batches, and the preview of the advice."""
    stage = Stage().accepted()
    pages.force_login(stage.trainer)
    base = f"/routekaart/{stage.routekaart.pk}/toewijzen"
    counted: list[list[int]] = []
    for newcomers in (0, 30):
        crowd(stage, stage.school, newcomers)
        numbers = []
        preview = {"keuze": "smallest_set"}
        stage.assign()
        for address, data in (
            (f"{base}/wie-doet-wat", None),
            (f"{base}/eerder", None),
            (base, preview),
        ):
            with CaptureQueriesContext(connection) as queries:
                answer = pages.post(address, data) if data else pages.get(address)
            assert answer.status_code == 200
            numbers.append(len([one for one in queries if "cataloguestate" not in one["sql"]]))
        counted.append(numbers)
    with scopes_disabled():
        assert Assignment.objects.count() == 32
    assert counted[0] == counted[1]
