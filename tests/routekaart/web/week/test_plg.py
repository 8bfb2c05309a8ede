"""PLGs as pages: cycles, meetings, small steps, lesson visits."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django_scopes import scopes_disabled

from courses.entities import Catalogue
from routekaart.clock import standing_at
from routekaart.models import (
    LessonVisit,
    LessonVisitNote,
    MicroStep,
    Person,
    PlgAnswer,
    PlgCycle,
    PlgMeeting,
)
from tests.forms_on_page import form_with, sent
from tests.plg_stage import questions
from tests.stages import Stage
from tests.underway import colleague, underway

pytestmark = pytest.mark.django_db
# A Wednesday after the study day.
TODAY = date(2026, 11, 25)


@pytest.fixture(autouse=True)
def _november(catalogue: Catalogue) -> Iterator[None]:  # noqa: ARG001  (loaded first)
    with standing_at(datetime(2026, 11, 25, 9, tzinfo=ZoneInfo("Europe/Amsterdam"))):
        yield


@pytest.fixture
def stage(_november: None) -> Stage:
    return underway()


def cycle_of(stage: Stage, *members: Person, state: str = "running") -> PlgCycle:
    with scopes_disabled():
        cycle = PlgCycle.objects.create(
            routekaart=stage.routekaart, name="Feedback", goal=stage.goal, state=state
        )
        cycle.members.set(members or (stage.lead, stage.member))
    return cycle


def meeting_of(cycle: PlgCycle, day: date = TODAY, **values: Any) -> PlgMeeting:
    with scopes_disabled():
        return PlgMeeting.objects.create(cycle=cycle, date=day, **values)


def fresh(row: Any) -> Any:
    with scopes_disabled():
        return type(row).objects.get(pk=row.pk)


def page(client: Client, person: Person, address: str, status: int = 200) -> str:
    client.force_login(person)
    response = client.get(address)
    assert response.status_code == status
    return re.sub(r"\s+", " ", response.content.decode())


def refused(client: Client, address: str, fields: dict[str, Any], message: str) -> None:
    answer = client.post(address, fields)
    assert answer.status_code == 422
    assert message in re.sub(r"\s+", " ", answer.content.decode())


class TestCycles:
    def test_from_setting_up_to_closing(self, pages: Client, stage: Stage) -> None:
        team = f"/routekaart/{stage.routekaart.pk}/plg"
        assert "Dit team heeft nog geen PLG." in page(pages, stage.member, team)
        fields = {
            "name": "Feedback",
            "goal": str(stage.goal.pk),
            "members": [str(stage.lead.pk), str(stage.member.pk)],
            "rhythm_weeks": 4,
        }
        assert pages.post(f"{team}/nieuw", fields)["Location"] == team
        refused(pages, f"{team}/nieuw", fields, "Feedback")
        with scopes_disabled():
            cycle = PlgCycle.objects.get()
        address = f"/plg/{cycle.pk}"
        pages.post(address, {"doe": "starten"})
        assert fresh(cycle).state == "running"
        with scopes_disabled():
            assert PlgMeeting.objects.filter(cycle=cycle).count() > 3
        html = page(pages, stage.member, address)
        assert "De volgende" in html
        assert "Wat willen onze leerlingen leren?" in html
        refused(pages, f"{address}/afronden", {"outcome": "Veel."}, "nog geen bijeenkomst gehouden")
        with scopes_disabled():
            PlgMeeting.objects.filter(pk=PlgMeeting.objects.filter(cycle=cycle)[0].pk).update(
                state="held"
            )
        assert pages.post(f"{address}/afronden", {"outcome": "Veel."})["Location"] == address
        assert "Verdergaan in een nieuwe PLG" in page(pages, stage.member, address)
        answer = pages.post(address, {"doe": "verder"})
        assert answer["Location"] != address
        assert page(pages, stage.member, answer["Location"])

    def test_who_is_in_it_can_change(self, pages: Client, stage: Stage) -> None:
        cycle, other = cycle_of(stage), colleague(stage)
        address = f"/plg/{cycle.pk}/aanpassen"
        assert "Cor Collega" in page(pages, stage.lead, address)
        fields = {"name": "Feedback", "members": [str(other.pk)], "rhythm_weeks": 2}
        assert sent(pages, address, fields).status_code == 302
        with scopes_disabled():
            assert [one.name for one in cycle.members.all()] == ["Cor Collega"]
        refused(pages, address, fields | {"rhythm_weeks": 0}, 'href="#id_rhythm_weeks"')

    def test_another_school_finds_nothing(self, pages: Client, stage: Stage) -> None:
        cycle = cycle_of(stage)
        meeting, stranger = meeting_of(cycle), underway().member
        for address in (
            f"/routekaart/{stage.routekaart.pk}/plg",
            f"/plg/{cycle.pk}",
            f"/plg/{cycle.pk}/stapje",
            f"/plg-bijeenkomst/{meeting.pk}",
        ):
            page(pages, stranger, address, 404)


class TestMeetings:
    def test_closing_takes_four_answers_or_reasons(self, pages: Client, stage: Stage) -> None:
        row = meeting_of(cycle_of(stage))
        address = f"/plg-bijeenkomst/{row.pk}"
        slugs = questions()
        assert "Afsluiten</h2>" in page(pages, stage.member, address)
        fields = dict.fromkeys(slugs[:-1], "Ze stellen vragen.")
        refused(pages, address, fields, "heeft nog geen antwoord")
        fields |= {f"{slugs[-1]}-reden": "Nog niet besproken.", "decisions": "Vaker kijken."}
        assert pages.post(address, fields)["Location"] == f"/plg/{row.cycle_id}"
        assert (fresh(row).state, fresh(row).decisions) == ("held", "Vaker kijken.")
        with scopes_disabled():
            assert PlgAnswer.objects.count() == 4
        html = page(pages, stage.director, address)
        assert "Geen antwoord, want: Nog niet besproken." in html
        assert "Vaker kijken." in html
        assert "heropenen" not in html
        pages.force_login(stage.member)
        pages.post(address, {"doe": "heropenen"})
        # What was answered stands ready.
        assert "Ze stellen vragen." in page(pages, stage.member, address)

    def test_what_lies_ahead_cannot_be_closed_but_moved(self, pages: Client, stage: Stage) -> None:
        row = meeting_of(cycle_of(stage), date(2026, 12, 2))
        address = f"/plg-bijeenkomst/{row.pk}"
        assert "Afsluiten</h2>" not in page(pages, stage.member, address)
        shown = form_with(page(pages, stage.member, f"{address}/verzetten"), "date")
        closed = shown | {"date": "2026-12-25"}
        refused(pages, f"{address}/verzetten", closed, "is de school dicht")
        fields = {"date": "2026-12-03", "starts_at": "15:30", "minutes": 60}
        assert sent(pages, f"{address}/verzetten", fields)["Location"] == address
        assert fresh(row).starts_at == time(15, 30)

    def test_skipping_and_adding(self, pages: Client, stage: Stage) -> None:
        row = meeting_of(cycle_of(stage))
        pages.force_login(stage.member)
        address = f"/plg-bijeenkomst/{row.pk}/ging-niet-door"
        refused(pages, address, {"reason": ""}, "Dit veld is verplicht.")
        pages.post(address, {"reason": "Ziekte."})
        assert (fresh(row).state, fresh(row).reason) == ("skipped", "Ziekte.")
        added = f"/plg/{row.cycle_id}/bijeenkomst"
        assert pages.post(added, {"date": "2026-12-02", "minutes": 90}).status_code == 302
        refused(pages, added, {"date": "2026-12-02", "minutes": 90}, "al een bijeenkomst")


class TestSteps:
    def test_chosen_tried_and_told_by_oneself(self, pages: Client, stage: Stage) -> None:
        cycle = cycle_of(stage)
        address = f"/plg/{cycle.pk}"
        pages.force_login(stage.member)
        assert pages.post(f"{address}/stapje", {"text": "Wachttijd geven"})["Location"] == address
        refused(pages, f"{address}/stapje", {"text": "x", "try_by": "2026-11-01"}, "al geweest")
        with scopes_disabled():
            step = MicroStep.objects.get()
        assert "Wachttijd geven" in page(pages, stage.member, address)
        # Somebody else's page has no trace of it.
        assert "Wachttijd geven" not in page(pages, stage.lead, address)
        page(pages, stage.lead, f"/stapje/{step.pk}", 404)
        pages.force_login(stage.member)
        told = {"doe": "geprobeerd", "outcome": "Ging goed."}
        assert pages.post(f"/stapje/{step.pk}", told)["Location"] == address
        assert (fresh(step).state, fresh(step).outcome) == ("tried", "Ging goed.")
        pages.post(f"/stapje/{step.pk}", {"doe": "opnieuw", "outcome": "Nog eens."})
        assert fresh(step).state == "chosen"
        assert pages.post(f"/stapje/{step.pk}", {"doe": "x"}).status_code == 404

    def test_only_in_ones_own_plg(self, pages: Client, stage: Stage) -> None:
        cycle = cycle_of(stage)
        page(pages, colleague(stage), f"/plg/{cycle.pk}/stapje", 403)


class TestLessonVisits:
    def fields(self, stage: Stage, **values: str) -> dict[str, str]:
        return {
            "visitor": str(stage.member.pk),
            "host": str(stage.lead.pk),
            "focus": "Wachttijd",
            "date": "2026-12-02",
            "starts_at": "09:00",
            "minutes": "45",
        } | values

    def test_planned_and_noted_by_the_pair_alone(self, pages: Client, stage: Stage) -> None:
        other = colleague(stage)
        cycle = cycle_of(stage, stage.member, stage.lead, other)
        address = f"/plg/{cycle.pk}/lesbezoek"
        assert "Lies Leider" in page(pages, stage.member, address)
        assert pages.post(address, self.fields(stage))["Location"] == f"/plg/{cycle.pk}"
        with scopes_disabled():
            visit = LessonVisit.objects.get()
        own = f"/lesbezoek/{visit.pk}"
        assert pages.post(own, {"text": "Zes seconden."})["Location"] == own
        assert "Zes seconden." in page(pages, stage.lead, own)
        for person in (other, stage.trainer, stage.director):
            assert "Zes seconden." not in page(pages, person, own)
        pages.force_login(other)
        assert pages.post(own, {"text": "Ook ik."}).status_code == 404
        with scopes_disabled():
            assert LessonVisitNote.objects.count() == 1
        pages.force_login(stage.lead)
        assert pages.post(own, {"doe": "geweest"}).status_code == 409
        with standing_at(datetime(2026, 12, 2, 12, tzinfo=ZoneInfo("Europe/Amsterdam"))):
            assert pages.post(own, {"doe": "geweest"})["Location"] == own
        assert fresh(visit).state == "held"

    @pytest.mark.parametrize(
        ("values", "message"),
        [
            ({"date": "2026-12-25"}, "is de school dicht"),
            ({"starts_at": "23:50"}, "eindigt pas na middernacht"),
            ({"focus": ""}, "Dit veld is verplicht."),
            ({"visitor": "x"}, "Selecteer een geldige keuze."),
        ],
    )
    def test_what_cannot_be(
        self, pages: Client, stage: Stage, values: dict[str, str], message: str
    ) -> None:
        cycle = cycle_of(stage)
        pages.force_login(stage.member)
        refused(pages, f"/plg/{cycle.pk}/lesbezoek", self.fields(stage, **values), message)

    def test_nobody_visits_oneself(self, pages: Client, stage: Stage) -> None:
        cycle = cycle_of(stage)
        pages.force_login(stage.member)
        same = self.fields(stage, host=str(stage.member.pk))
        refused(pages, f"/plg/{cycle.pk}/lesbezoek", same, "Niemand bezoekt zichzelf.")

    def test_a_round_is_suggested_and_taken_over(self, pages: Client, stage: Stage) -> None:
        cycle = cycle_of(stage)
        address = f"/plg/{cycle.pk}/ronde"
        fields = {"focus": "Wachttijd", "first_day": "2026-11-30", "weeks": 2, "minutes": 45}
        assert "Voorstel maken" in page(pages, stage.member, address)
        html = pages.post(address, fields).content.decode()
        with scopes_disabled():
            assert not LessonVisit.objects.exists()
        visits = re.findall(r'name="bezoek" value="([^"]+)"', html)
        assert len(visits) == 2
        taken = fields | {"doe": "vastleggen", "bezoek": visits}
        assert pages.post(address, taken)["Location"] == f"/plg/{cycle.pk}"
        with scopes_disabled():
            assert {(one.visitor, one.host) for one in LessonVisit.objects.all()} == {
                (stage.member, stage.lead),
                (stage.lead, stage.member),
            }
        # Once more is a clash, and said so.
        refused(pages, address, taken, "Kies een ander moment.")
        assert pages.post(address, taken | {"bezoek": "x|y"}).status_code == 404
        refused(pages, address, fields | {"weeks": 0}, 'href="#id_weeks"')
