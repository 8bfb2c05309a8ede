"""What-if: changes in the address, the plan that would come out, and nothing stored."""

from datetime import datetime
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from routekaart.access import Role
from routekaart.clock import standing_at
from routekaart.models import AuditEntry, Plan
from routekaart.web.forms.what_if import FORMS
from tests.makers import grant, make_colleague, make_school
from tests.stages import Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
MOMENT = datetime(2026, 10, 5, 9, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
HTMX = {"HX-Request": "true"}


@pytest.fixture
def stage() -> Stage:
    return Stage().assigned()


def page(stage: Stage) -> str:
    return f"/routekaart/{stage.routekaart.pk}/wat-als"


def asked(stage: Stage, kind: str) -> dict[str, str | list[str]]:
    """What somebody fills in for each kind."""
    goal, member = str(stage.goal.pk), str(stage.member.pk)
    course = "complimenten-geven-en-corrigeren"
    values: dict[str, dict[str, str | list[str]]] = {
        "add_member": {"functies": ["leerkracht"], "fte": "0,8", "dagen": ["1", "2"]},
        "remove_member": {"persoon": member},
        "member_leave": {"persoon": member, "eerste": "2026-11-02", "laatste": "2026-11-20"},
        "more_weekly_minutes": {"minuten": "30"},
        "add_study_day": {
            "datum": "2027-02-03",
            "soort_dag": "day",
            "begin": "08:30",
            "minuten": "420",
        },
        "move_study_day": {"studiedag": str(stage.study_day.pk), "datum": "2027-01-13"},
        "remove_study_day": {"studiedag": str(stage.study_day.pk)},
        "close_days": {"eerste": "2026-11-02", "laatste": "2026-11-06", "naam": "Storm"},
        "add_goal": {"tekst": "Wij leren rekenen", "plaats": "1", "cursussen": [course]},
        "remove_goal": {"doel": goal},
        "goal_priority": {"doel": goal, "plaats": "2"},
        "course_voluntary": {"cursus": course},
        "withdraw_preparation": {"cursus": course, "persoon": member},
        "complete_course": {"persoon": member, "cursus": course},
        "change_settings": {"weken": "10", "wachten": "ja"},
    }
    return values[kind]


def test_every_kind_of_change_has_its_form(pages: Client, stage: Stage) -> None:
    pages.force_login(stage.trainer)
    with standing_at(MOMENT):
        html = pages.get(page(stage)).content.decode()
        assert [kind for kind in FORMS if f"soort={kind}" not in html] == []
        for kind, form in FORMS.items():
            shown = pages.get(page(stage), {"soort": kind})
            assert shown.status_code == 200
            assert form.title in shown.content.decode()
            answer = pages.get(page(stage), {"soort": kind, "erbij": "1", **asked(stage, kind)})
            assert (kind, answer.status_code) == (kind, 302), answer.content.decode()
            after = pages.get(answer["Location"]).content.decode()
            assert "Stel dat" in after
            assert "past niet meer" not in after


def test_changes_are_stacked_and_taken_away_again(pages: Client, stage: Stage) -> None:
    pages.force_login(stage.lead)
    one = "soort=more_weekly_minutes&minuten=30"
    with standing_at(MOMENT):
        answer = pages.get(
            page(stage),
            {"wijziging": one, "soort": "change_settings", "erbij": "1", "weken": "10"},
        )
        stacked = parse_qs(urlsplit(answer["Location"]).query)["wijziging"]
        assert stacked == [one, "soort=change_settings&weken=10"]
        html = pages.get(answer["Location"]).content.decode()
    assert "30 minuten per week meer voor iedereen" in html
    assert "Voorbereiden vanaf 10 weken voor de studiedag" in html
    assert f'href="{page(stage)}?wijziging=soort%3Dchange_settings%26weken%3D10"' in html


@pytest.mark.parametrize(
    ("kind", "values", "message"),
    [
        ("move_study_day", {}, "Welke studiedag? Kies er een."),
        ("more_weekly_minutes", {"minuten": "0"}, "Vul een getal in van 1 tot en met 2400."),
        ("member_leave", {"eerste": "2026-11-09", "laatste": "2026-11-02"}, "ligt voor de eerste"),
        ("change_settings", {}, "Vul in wat er anders wordt."),
        ("add_member", {"fte": "9"}, "Kies ten minste één functie."),
        ("add_goal", {"tekst": "Wij leren ", "plaats": "1"}, "Maak de zin af."),
    ],
)
def test_what_cannot_be_is_said_at_its_field(
    pages: Client, stage: Stage, kind: str, values: dict[str, str], message: str
) -> None:
    pages.force_login(stage.trainer)
    person = {"persoon": str(stage.member.pk)} if kind == "member_leave" else {}
    with standing_at(MOMENT):
        answer = pages.get(page(stage), {"soort": kind, "erbij": "1"} | values | person)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "<title>Fout: Wat als?" in html
    assert message in html


def test_the_outcome_says_what_changes_and_stores_nothing(pages: Client, stage: Stage) -> None:
    stage.make_plan()
    pages.force_login(stage.trainer)
    with stage.as_lead.entered():
        before = (Plan.objects.count(), AuditEntry.objects.count())
    with standing_at(MOMENT):
        query = {"wijziging": f"soort=remove_study_day&studiedag={stage.study_day.pk}"}
        html = pages.get(f"{page(stage)}/uitkomst", query).content.decode()
        part = pages.get(f"{page(stage)}/uitkomst", query, headers=HTMX).content.decode()
    assert "Vergeleken met versie 1 van het plan." in part
    assert '<dt>Moet wachten</dt><dd><span class="tag alert">1 doel</span></dd>' in part
    assert "<dt>Studiedagen die veranderen</dt><dd>1</dd>" in part
    assert "De studiedagen in de routekaart</a>" in part
    assert "<html" in html
    assert "<html" not in part
    with stage.as_lead.entered():
        assert (Plan.objects.count(), AuditEntry.objects.count()) == before


def test_who_runs_the_office_is_led_to_what_is_changed_there(pages: Client, stage: Stage) -> None:
    text = "soort=close_days&eerste=2026-12-07&laatste=2026-12-08&naam=Storm"
    told = []
    for runs_office in (False, True):
        if runs_office:
            grant(stage.lead, Role.SCHOOL_ADMIN, school=stage.school)
        pages.force_login(stage.lead)
        with standing_at(MOMENT):
            query = {"wijziging": text}
            html = pages.get(f"{page(stage)}/uitkomst", query, headers=HTMX).content.decode()
        told.append(
            ('href="/beheer">De vrije dagen' in html, "dat doet de schoolbeheerder" in html)
        )
    assert told == [(False, True), (True, False)]


def test_nothing_to_change_is_good_news(pages: Client, stage: Stage) -> None:
    stage.make_plan()
    pages.force_login(stage.trainer)
    # The day on which the plan was made.
    with standing_at(datetime(2026, 8, 24, 9, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))):
        query = {"wijziging": f"soort=goal_priority&doel={stage.goal.pk}&plaats=1"}
        html = pages.get(f"{page(stage)}/uitkomst", query, headers=HTMX).content.decode()
    assert "Er verandert niets." in html


def test_the_outcome_takes_as_many_queries_for_more_changes(pages: Client, stage: Stage) -> None:
    pages.force_login(stage.trainer)
    counts: list[int] = []
    with standing_at(MOMENT):
        pages.get(f"{page(stage)}/uitkomst?wijziging=soort%3Dmore_weekly_minutes%26minuten%3D5")
        for number in (1, 20):
            query = [("wijziging", "soort=more_weekly_minutes&minuten=1")] * number
            with CaptureQueriesContext(connection) as queries:
                answer = pages.get(f"{page(stage)}/uitkomst", query_params=query)  # type: ignore[arg-type]
            assert answer.status_code == 200
            counts.append(len(queries))
    assert counts[0] == counts[1]


def test_what_no_longer_means_anything_is_left_out(pages: Client, stage: Stage) -> None:
    pages.force_login(stage.trainer)
    with standing_at(MOMENT):
        for text in ("onzin", "soort=weg", f"soort=remove_goal&doel={stage.routekaart.pk}"):
            html = pages.get(page(stage), {"wijziging": text}).content.decode()
            assert "past niet meer bij dit plan" in html
            assert "Stel dat" not in html
            answer = pages.get(f"{page(stage)}/uitkomst", {"wijziging": text})
            assert (answer.status_code, answer["Location"]) == (302, page(stage))


def test_who_makes_no_plans_is_refused_and_strangers_find_nothing(
    pages: Client, stage: Stage
) -> None:
    elsewhere = Stage(make_school(name="Elders"))
    for person, status in (
        (stage.member, 403),
        (stage.director, 403),
        (elsewhere.trainer, 404),
        (make_colleague(stage.team, Role.BOARD), 403),
    ):
        pages.force_login(person)
        assert pages.get(page(stage)).status_code == status
        assert pages.get(f"{page(stage)}/uitkomst").status_code == status
