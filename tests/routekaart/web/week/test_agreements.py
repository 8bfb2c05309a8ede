"""Agreements and evaluation: the list, looking back, making and changing, deciding."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled

from courses.entities import Catalogue
from routekaart.clock import standing_at
from routekaart.models import Agreement, GoalDecision, Indicator, Measurement, Person
from tests.forms_on_page import form_with, sent
from tests.stages import Stage
from tests.underway import grouped, put_day_in_state, underway

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _november(catalogue: Catalogue) -> Iterator[None]:  # noqa: ARG001
    with standing_at(datetime(2026, 11, 20, 9, tzinfo=ZoneInfo("Europe/Amsterdam"))):
        yield


@pytest.fixture
def stage(_november: None) -> Stage:
    return underway()


def made(stage: Stage, what: str = "Elke les een exit-ticket.", **values: object) -> Agreement:
    fields = {"owner": stage.member, "due_on": TODAY, "check_on": TODAY} | values
    with scopes_disabled():
        return Agreement.objects.create(routekaart=stage.routekaart, what=what, **fields)


def fresh(agreement: Agreement) -> Agreement:
    with scopes_disabled():
        return Agreement.objects.get(pk=agreement.pk)


def page(client: Client, person: Person, address: str, status: int = 200) -> str:
    client.force_login(person)
    response = client.get(address)
    assert response.status_code == status
    return re.sub(r"\s+", " ", response.content.decode())


def text_of(response: object) -> str:
    return re.sub(r"\s+", " ", response.content.decode())  # type: ignore[attr-defined]


def list_of(stage: Stage, rest: str = "") -> str:
    return f"/routekaart/{stage.routekaart.pk}/afspraken{rest}"


class TestTheList:
    def test_by_due_date_with_what_is_odd(self, pages: Client, stage: Stage) -> None:
        made(stage, "Later", due_on=date(2026, 12, 25), check_on=date(2026, 12, 25))
        made(stage, "Eerder", due_on=date(2026, 11, 2))
        made(stage, "Gedaan", state="done")
        html = page(pages, stage.member, list_of(stage))
        assert html.index("Eerder") < html.index("Later")
        assert html.count("Over tijd") == 1
        assert "Op 25 december 2026 is de school dicht" in html
        assert "Gedaan" not in html
        assert "Gedaan" in page(pages, stage.member, list_of(stage, "?toon=alles"))

    def test_a_director_reads_and_no_more(self, pages: Client, stage: Stage) -> None:
        row = made(stage)
        assert "Afspraak toevoegen" not in page(pages, stage.director, list_of(stage))
        assert "Terugkijken</h2>" not in page(pages, stage.director, f"/afspraak/{row.pk}")
        answer = pages.post(f"/afspraak/{row.pk}", {"step": "finish"})
        assert answer.status_code == 403

    def test_another_school_finds_nothing(self, pages: Client, stage: Stage) -> None:
        row, stranger = made(stage), underway().member
        for address in (
            list_of(stage),
            list_of(stage, "/nieuw"),
            f"/afspraak/{row.pk}",
            f"/afspraak/{row.pk}/aanpassen",
            f"/routekaart/{stage.routekaart.pk}/evaluatie",
        ):
            page(pages, stranger, address, 404)

    def test_in_pages_of_as_many_queries(self, pages: Client, stage: Stage) -> None:
        def counted() -> int:
            with CaptureQueriesContext(connection) as queries:
                assert pages.get(list_of(stage)).status_code == 200
            return len(queries)

        made(stage)
        pages.force_login(stage.member)
        pages.get(list_of(stage))
        one = counted()
        for number in range(30):
            made(stage, f"Afspraak {number}")
        assert counted() == one
        assert "Bladzijde 1 van 2" in page(pages, stage.member, list_of(stage))


class TestLookingBack:
    @pytest.mark.parametrize(
        ("fields", "state", "back"),
        [
            ({"step": "finish", "back_on": "2026-12-01"}, "done", TODAY),
            ({"step": "keep", "back_on": "2026-12-01"}, "open", date(2026, 12, 1)),
            ({"step": "drop", "note": "Werkt niet."}, "dropped", TODAY),
        ],
    )
    def test_what_came_of_it(
        self, pages: Client, stage: Stage, fields: dict[str, str], state: str, back: date
    ) -> None:
        row = made(stage)
        pages.force_login(stage.member)
        assert pages.post(f"/afspraak/{row.pk}", fields)["Location"] == list_of(stage)
        assert (fresh(row).state, fresh(row).check_on) == (state, back)

    @pytest.mark.parametrize(
        ("fields", "message"),
        [
            ({}, "Kies hoe het ervoor staat."),
            ({"step": "keep"}, "Kies wanneer jullie er weer naar kijken."),
            ({"step": "keep", "back_on": "2026-11-01"}, "Kies een latere dag"),
            ({"step": "drop"}, "Schrijf waarom jullie deze afspraak loslaten."),
        ],
    )
    def test_what_misses_is_said(
        self, pages: Client, stage: Stage, fields: dict[str, str], message: str
    ) -> None:
        row = made(stage)
        pages.force_login(stage.member)
        answer = pages.post(f"/afspraak/{row.pk}", fields)
        assert answer.status_code == 422
        assert message in text_of(answer)
        assert fresh(row).state == "open"

    def test_taken_up_again(self, pages: Client, stage: Stage) -> None:
        row = made(stage, state="done")
        assert "Weer oppakken" in page(pages, stage.member, f"/afspraak/{row.pk}")
        pages.post(f"/afspraak/{row.pk}", {"back_on": "2026-12-01", "note": "Zakte weg."})
        assert fresh(row).state == "open"
        assert "Zakte weg." in page(pages, stage.member, f"/afspraak/{row.pk}")


class TestMaking:
    def test_at_the_study_day(self, pages: Client, stage: Stage) -> None:
        day = stage.study_day
        address = list_of(stage, f"/nieuw?studiedag={day.pk}")
        assert "Van de studiedag van woensdag 4 november" in page(pages, stage.member, address)
        fields = {"what": "Elke les.", "who": f"p:{stage.lead.pk}", "due_on": "2026-12-01"}
        answer = pages.post(address, fields)
        assert answer["Location"] == f"/studiedag/{day.pk}#afspraken"
        with scopes_disabled():
            row = Agreement.objects.get()
        assert (row.owner_id, row.study_day_id, row.due_on) == (
            stage.lead.pk,
            day.pk,
            date(2026, 12, 1),
        )

    def test_of_a_group_or_the_team(self, pages: Client, stage: Stage) -> None:
        group = grouped(stage, stage.member)
        pages.force_login(stage.member)
        for who in (f"g:{group}", "team"):
            fields = {"what": who, "who": who, "due_on": "2026-12-01"}
            assert pages.post(list_of(stage, "/nieuw"), fields)["Location"] == list_of(stage)
        with scopes_disabled():
            rows = {
                row.what: (row.work_group_id, row.whole_team) for row in Agreement.objects.all()
            }
        assert rows == {f"g:{group}": (group, False), "team": (None, True)}

    @pytest.mark.parametrize(
        ("fields", "message"),
        [
            ({"what": ""}, "Schrijf op wat jullie afspreken."),
            ({"due_on": "2020-01-01"}, "Kies een dag in dit of het volgende schooljaar"),
            ({"check_on": "2026-11-21"}, "Terugkijken kan pas als de afspraak klaar moet zijn."),
            ({"who": "p:iemand"}, "Selecteer een geldige keuze."),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_lost(
        self, pages: Client, stage: Stage, fields: dict[str, str], message: str
    ) -> None:
        pages.force_login(stage.member)
        whole = {"what": "Elke les.", "who": "team", "due_on": "2026-12-01"} | fields
        answer = pages.post(list_of(stage, "/nieuw"), whole)
        assert answer.status_code == 422
        assert message in text_of(answer)
        with scopes_disabled():
            assert not Agreement.objects.exists()

    def test_a_closed_day_takes_no_more(self, pages: Client, stage: Stage) -> None:
        put_day_in_state(stage.study_day, "closed")
        pages.force_login(stage.member)
        answer = pages.post(
            list_of(stage, f"/nieuw?studiedag={stage.study_day.pk}"),
            {"what": "Elke les.", "who": "team", "due_on": "2026-12-01"},
        )
        assert answer.status_code == 422
        assert "haar afspraken staan vast" in text_of(answer)

    def test_changing(self, pages: Client, stage: Stage) -> None:
        row = made(stage)
        address = f"/afspraak/{row.pk}/aanpassen"
        assert "Elke les een exit-ticket." in page(pages, stage.lead, address)
        fields = {"what": "Twee keer.", "who": "team", "due_on": "2026-12-01"}
        fields["check_on"] = "2026-12-08"
        assert sent(pages, address, fields)["Location"] == f"/afspraak/{row.pk}"
        now = fresh(row)
        assert (now.what, now.owner_id, now.whole_team) == ("Twee keer.", None, True)

    def test_two_at_once_lose_nothing(self, pages: Client, stage: Stage) -> None:
        row = made(stage)
        address = f"/afspraak/{row.pk}/aanpassen"
        opened = form_with(page(pages, stage.lead, address), "what")
        assert sent(pages, address, {"what": "Van Mo."}).status_code == 302
        # Another field: both stay.
        assert pages.post(address, opened | {"check_on": "2026-12-10"}).status_code == 302
        now = fresh(row)
        assert (now.what, now.check_on) == ("Van Mo.", date(2026, 12, 10))
        # The same field: nothing is written over, and what was typed stands there still.
        answer = pages.post(address, opened | {"what": "Van Lies."})
        assert answer.status_code == 422
        html = answer.content.decode()
        assert "Iemand anders maakte hier intussen dit van: ‘Van Mo.’" in html
        assert form_with(html, "what")["what"] == ["Van Lies."]
        assert fresh(row).what == "Van Mo."
        assert pages.post(address, form_with(html, "what")).status_code == 302
        now = fresh(row)
        assert (now.what, now.check_on) == ("Van Lies.", date(2026, 12, 10))


class TestEvaluation:
    def test_measure_and_decide(self, pages: Client, stage: Stage) -> None:
        goal, overview = stage.goal, f"/routekaart/{stage.routekaart.pk}/evaluatie"
        assert "Nog geen besluit" in page(pages, stage.member, overview)
        fields = {"name": "Leerlingen die vragen stellen", "unit": "procent", "target": "75"}
        assert pages.post(f"/doel/{goal.pk}/indicator", fields)["Location"] == overview
        again = pages.post(f"/doel/{goal.pk}/indicator", fields)
        assert again.status_code == 422
        with scopes_disabled():
            indicator = Indicator.objects.get()
        for day, value in (("2026-10-01", "40"), ("2026-11-19", "60,5")):
            answer = pages.post(
                f"/indicator/{indicator.pk}/meting", {"measured_on": day, "value": value}
            )
            assert answer["Location"] == overview
        ahead = {"measured_on": "2026-11-21", "value": "1"}
        assert pages.post(f"/indicator/{indicator.pk}/meting", ahead).status_code == 422
        with scopes_disabled():
            values = list(Measurement.objects.values_list("value", flat=True))
        assert values == [Decimal(40), Decimal("60.5")]
        verdict = {"verdict": "adjust", "reason": "Te traag.", "decided_on": "2026-11-20"}
        assert pages.post(f"/doel/{goal.pk}/besluit", verdict)["Location"] == overview
        with scopes_disabled():
            assert GoalDecision.objects.get().verdict == "adjust"
        html = page(pages, stage.director, overview)
        for text in ("Dichterbij", "Bijstellen", "Te traag.", "60,5 procent"):
            assert text in html
        assert "Besluit nemen" not in html

    def test_an_indicator_can_be_mended(self, pages: Client, stage: Stage) -> None:
        with scopes_disabled():
            indicator = Indicator.objects.create(goal=stage.goal, name="Toets", target=75)
        address = f"/indicator/{indicator.pk}"
        assert 'value="75,00"' in page(pages, stage.member, address)
        assert sent(pages, address, {"name": "Toets M6", "target": "80"}).status_code == 302
        with scopes_disabled():
            indicator.refresh_from_db()
        assert (indicator.name, indicator.target) == ("Toets M6", Decimal(80))
        wrong = {"name": "x", "baseline_on": "2026-11-01", "target_on": "2026-10-01"}
        assert sent(pages, address, wrong).status_code == 422


def test_agreements_plgs_and_goals_lead_to_each_other(pages: Client) -> None:
    stage = Stage().running()
    pages.force_login(stage.member)
    home = f"/routekaart/{stage.routekaart.pk}"
    addresses = [f"{home}/{page}" for page in ("afspraken", "plg", "evaluatie")]
    for address in addresses:
        html = pages.get(address).content.decode()
        beside = html[html.index('aria-label="Afspraken"') :].split("</nav>")[0]
        assert re.findall('href="([^"]+)"', beside) == addresses
        assert f'href="{address}" aria-current="page"' in beside


def test_a_hint_says_what_would_read_easier(client: Client, stage: Stage) -> None:
    hard = made(stage, what="Er wordt elke les feedback gegeven.")
    easy = made(stage)

    assert "Kan het eenvoudiger?" in page(client, stage.member, f"/afspraak/{hard.pk}")
    assert "Kan het eenvoudiger?" not in page(client, stage.member, f"/afspraak/{easy.pk}")
