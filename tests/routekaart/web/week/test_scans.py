"""Scans of a team as pages: to answer, and what they say of the team."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django_scopes import scopes_disabled

from courses.entities import Catalogue
from routekaart.access import Role
from routekaart.clock import standing_at
from routekaart.domain.scan_kinds import scan_frame
from routekaart.models import ChosenIntervention, Person, Scan, ScanAnswer
from tests.makers import make_colleague
from tests.stages import Stage
from tests.underway import underway

pytestmark = pytest.mark.django_db
WELLBEING = "welbevinden-en-sociaal-emotionele-ontwikkeling"


@pytest.fixture(autouse=True)
def _november(catalogue: Catalogue) -> Iterator[None]:  # noqa: ARG001  (loaded first)
    with standing_at(datetime(2026, 11, 25, 9, tzinfo=ZoneInfo("Europe/Amsterdam"))):
        yield


@pytest.fixture
def stage(_november: None) -> Stage:
    return underway()


def page(client: Client, person: Person, address: str) -> str:
    client.force_login(person)
    response = client.get(address)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def refused(client: Client, address: str, fields: dict[str, Any], message: str) -> None:
    answer = client.post(address, fields)
    assert answer.status_code == 422
    assert message in re.sub(r"\s+", " ", answer.content.decode())


class TestScans:
    def scores(self, catalogue: Catalogue, score: int = 3) -> dict[str, int]:
        return {trait.slug: score for trait in catalogue.plg.traits}

    def test_open_answer_close(self, pages: Client, stage: Stage, catalogue: Catalogue) -> None:
        team = f"/routekaart/{stage.routekaart.pk}/plg"
        assert "Scan PLG openen" not in page(pages, stage.member, team)
        page(pages, stage.lead, team)
        address = pages.post(team, {"scan_openen": "plg"})["Location"]
        assert "Scan PLG openen" not in page(pages, stage.lead, team)
        pages.force_login(stage.member)
        refused(pages, address, {}, "Kies een cijfer.")
        assert pages.post(address, self.scores(catalogue))["Location"] == address
        assert "Jij hebt deze scan ingevuld." in page(pages, stage.member, address)
        refused(pages, address, self.scores(catalogue), "al ingevuld")
        with scopes_disabled():
            scan = Scan.objects.get()
            for _ in range(3):
                ScanAnswer.objects.create(scan=scan, scores=self.scores(catalogue, 5))
        assert pages.post(f"{address}/sluiten").status_code == 403
        pages.force_login(stage.lead)
        pages.post(f"{address}/sluiten")
        # Four answers are too few to show.
        html = page(pages, stage.member, address)
        assert "Met minder dan vijf antwoorden tonen we geen uitslag" in html
        assert "van 5" not in html
        with scopes_disabled():
            ScanAnswer.objects.create(scan=scan, scores=self.scores(catalogue, 5))
        html = page(pages, stage.member, address)
        assert html.count("4,6 van 5") == 6
        assert 'value="4.6"' in html

    def test_the_years_side_by_side(
        self, pages: Client, stage: Stage, catalogue: Catalogue
    ) -> None:
        for year, score in ((2024, 2), (2025, 4)):
            scan = closed_scan(stage, year, [self.scores(catalogue, score)] * 5)
        closed_scan(stage, 2023, [self.scores(catalogue, 5)] * 4)
        html = page(pages, stage.member, f"/scan/{scan.pk}")
        heads = re.findall(r'<th scope="col" class="number">(.*?)</th>', html)
        # Four answers show nothing of 2023.
        assert heads == ["2024-2025", "2025-2026"]
        assert html.count('<td class="number">5</td>') == 2
        assert html.count('<td class="number">2,0</td><td class="number">4,0</td>') == 6
        assert html.count("<title>2024-2025 2,0 en 2025-2026 4,0</title>") == 6
        assert "Bron van de kenmerken: Duurzaam beter onderwijs, 2021." in html
        assert "een aanname van ons" in html

    def test_the_newest_is_on_top(self, pages: Client, stage: Stage, catalogue: Catalogue) -> None:
        for year in (2024, 2026, 2025):
            closed_scan(stage, year, [self.scores(catalogue)])
        html = page(pages, stage.member, f"/routekaart/{stage.routekaart.pk}/plg")
        assert re.findall(r"Scan PLG van 1 september (\d+)", html) == ["2026", "2025", "2024"]

    def test_one_year_is_no_trend(self, pages: Client, stage: Stage, catalogue: Catalogue) -> None:
        scan = closed_scan(stage, 2025, [self.scores(catalogue)] * 5)
        assert "Door de jaren heen" not in page(pages, stage.member, f"/scan/{scan.pk}")


def closed_scan(stage: Stage, year: int, answers: list[dict[str, int]], kind: str = "plg") -> Scan:
    with scopes_disabled():
        scan = Scan.objects.create(
            team=stage.team,
            kind=kind,
            school_year=year,
            opened_on=date(year, 9, 1),
            closed_on=date(year, 10, 1),
        )
        for scores in answers:
            ScanAnswer.objects.create(scan=scan, scores=scores)
    return scan


class TestWellbeingScan:
    def test_only_where_wellbeing_was_chosen(self, pages: Client, stage: Stage) -> None:
        team = f"/routekaart/{stage.routekaart.pk}/plg"
        assert "welbevinden" not in page(pages, stage.lead, team)
        assert pages.post(team, {"scan_openen": "wellbeing"}).status_code == 409
        assert pages.post(team, {"scan_openen": "humeur"}).status_code == 404
        chose_wellbeing(stage)
        html = page(pages, stage.lead, team)
        assert '<h3 id="scan-wellbeing">Scan welbevinden</h3>' in html
        address = pages.post(team, {"scan_openen": "wellbeing"})["Location"]
        html = page(pages, stage.lead, team)
        assert ("Scan welbevinden openen" in html, "Scan PLG openen" in html) == (False, True)
        html = page(pages, stage.member, address)
        assert html.count("<fieldset") == 11
        assert html.count("1: veel zorgen") == 11
        assert "Denk aan alle leerlingen samen. Het gaat nooit over één leerling." in html
        assert "Bron van de domeinen: Duurzaam beter onderwijs, 2021." in html
        assert "een aanname van ons" in html

    def test_where_to_begin(self, pages: Client, stage: Stage, catalogue: Catalogue) -> None:
        titles = scan_frame(catalogue, "wellbeing").titles()
        answers = [dict.fromkeys(titles, 4) | {"energie": 2}] * 5
        scan = closed_scan(stage, 2025, answers, "wellbeing")
        html = page(pages, stage.director, f"/scan/{scan.pk}")
        assert (html.count("4,0 van 5"), html.count("2,0 van 5")) == (10, 1)
        assert "Het laagst: <strong>Energie</strong>." in html
        assert "Kies bij de domeinen die eruit springen interventies" in html

    def test_from_the_intervention(self, pages: Client, stage: Stage) -> None:
        here = f"/routekaart/{stage.routekaart.pk}"
        link = f'<a href="{here}/plg#scan-wellbeing">Scan welbevinden van jullie team</a>'
        address = f"{here}/interventies/{WELLBEING}"
        assert link not in page(pages, stage.member, address)
        chose_wellbeing(stage)
        assert link in page(pages, stage.member, address)
        assert link not in page(pages, stage.member, f"{here}/interventies/feedback")
        # Who may not look at scans is not led there.
        board = make_colleague(stage.team, Role.BOARD, name="Mia Raad")
        assert link not in page(pages, board, address)


def chose_wellbeing(stage: Stage) -> None:
    with scopes_disabled():
        ChosenIntervention.objects.create(routekaart=stage.routekaart, intervention_id=WELLBEING)
