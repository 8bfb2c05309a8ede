"""The study day on a phone: before, during and after; notes; catching up."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from html import unescape
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled

from courses.entities import Catalogue
from routekaart.clock import standing_at
from routekaart.domain.rules.bsn import BSN_WARNING
from routekaart.models import (
    Agreement,
    BlockPerson,
    NoteVersion,
    Person,
    PreparationNote,
    ProgrammeBlock,
    StudyDay,
    Topic,
    TopicVote,
)
from tests.stages import Stage
from tests.underway import colleague, fresh_note, grouped, noted, put_day_in_state, underway

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
HELD_ON = date(2026, 11, 4)


@contextmanager
def at(hour: int, minute: int = 0, day: date = HELD_ON) -> Iterator[None]:
    moment = datetime.combine(day, time(hour, minute), ZoneInfo("Europe/Amsterdam"))
    with standing_at(moment):
        yield


@pytest.fixture
def stage(catalogue: Catalogue) -> Stage:  # noqa: ARG001  (loaded first)
    return underway()


def page(client: Client, person: Person, address: str, status: int = 200) -> str:
    client.force_login(person)
    response = client.get(address)
    assert response.status_code == status
    return re.sub(r"\s+", " ", response.content.decode())


def address_of(stage: Stage, rest: str = "") -> str:
    return f"/studiedag/{stage.study_day.pk}{rest}"


def block(stage: Stage, start: time, title: str, **values: object) -> ProgrammeBlock:
    fields = {"minutes": 60, "kind": "deepening"} | values
    with scopes_disabled():
        return ProgrammeBlock.objects.create(
            study_day=stage.study_day, starts_at=start, title=title, **fields
        )


class TestTheDay:
    def test_before_it_says_what_to_prepare(self, pages: Client, stage: Stage) -> None:
        noted(stage, "Klad", shared=False)
        with at(9, day=date(2026, 10, 5)):
            html = page(pages, stage.member, address_of(stage))
        assert "Wat jij voorbereidt" in html
        assert "Er is nog niets gedeeld. Jij hebt 1 kladnotitie die alleen jij ziet." in html
        assert "Er is nog geen programma." in html
        assert "hx-get" not in html

    def test_on_the_day_the_block_of_now_is_marked(self, pages: Client, stage: Stage) -> None:
        block(stage, time(8, 30), "Opening")
        block(stage, time(9, 30), "Groep A", track="A", room="Lokaal 1")
        other = block(stage, time(9, 30), "Groep B", track="B", room="Lokaal 2")
        with scopes_disabled():
            BlockPerson.objects.create(block=other, person=stage.member)
            BlockPerson.objects.create(block=other, person=stage.trainer, leads=True)
        with at(9, 45):
            html = page(pages, stage.member, address_of(stage))
        before, now = html.split('aria-current="time"')
        # Where the reader has to be comes first.
        assert now.index("Groep B") < now.index("Groep A")
        assert "Opening" in before
        assert "Groep A" in now
        assert 'hx-trigger="every 60s"' in html
        mine, others = now.split("Groep B")[1].split("Groep A")
        assert "Lokaal 2" in mine
        assert "Hier ben jij" in mine
        assert "Begeleidt: Tess Trainer" in mine
        assert "Hier ben jij" not in others

    @pytest.mark.parametrize(
        ("hour", "minute", "marked"), [(8, 29, 0), (8, 30, 1), (9, 29, 1), (9, 30, 0)]
    )
    def test_a_block_is_on_from_its_start_until_its_end(
        self, pages: Client, stage: Stage, hour: int, minute: int, marked: int
    ) -> None:
        block(stage, time(8, 30), "Opening")
        with at(hour, minute):
            html = page(pages, stage.member, address_of(stage))
        assert html.count('aria-current="time"') == marked

    def test_topics_stand_in_their_block_and_can_be_voted_on(
        self, pages: Client, stage: Stage
    ) -> None:
        row = block(stage, time(8, 30), "Opening")
        with scopes_disabled():
            topic = Topic.objects.create(
                study_day=stage.study_day, title="Wachttijd", block=row, state="scheduled"
            )
        pages.force_login(stage.member)
        with at(8):
            for doe, votes in (("stem", 1), ("stem", 1), ("stem_terug", 0)):
                answer = pages.post(address_of(stage), {"doe": doe, "wat": str(topic.pk)})
                assert answer.status_code == 302
                with scopes_disabled():
                    assert TopicVote.objects.count() == votes
            html = page(pages, stage.member, address_of(stage))
        assert "Wachttijd" in html.split('id="programma"')[1].split("</section>")[0]
        assert "In het programma" in html
        assert "Andere onderwerpen" not in html
        assert pages.post(address_of(stage), {"doe": "x"}).status_code == 404

    def test_after_it_tells_what_came_of_it(self, pages: Client, stage: Stage) -> None:
        with scopes_disabled():
            StudyDay.objects.filter(pk=stage.study_day.pk).update(
                outcome="Een kijkwijzer.", state="closed"
            )
            Agreement.objects.create(
                routekaart=stage.routekaart,
                study_day=stage.study_day,
                what="Elke les een exit-ticket.",
                whole_team=True,
                due_on=date(2026, 11, 18),
                check_on=date(2026, 11, 18),
            )
        with at(9, day=date(2026, 11, 6)):
            html = page(pages, stage.member, address_of(stage))
            missed = page(pages, stage.member, address_of(stage, "/gemist"))
        for text in ("Een kijkwijzer.", "Elke les een exit-ticket."):
            assert text in html
            assert text in missed
        # What is closed is closed.
        assert "Afspraak toevoegen" not in html
        # A reader sees the outline, and nothing that the team says among itself.
        for_director = page(pages, stage.director, address_of(stage))
        assert "Een kijkwijzer." not in for_director
        # Who may make documents finds the booklet, also without preparing the day.
        assert f'href="{address_of(stage, "/boekje")}"' in for_director
        assert "De dag voorbereiden" not in for_director
        page(pages, stage.director, address_of(stage, "/gemist"), 403)

    def test_another_school_finds_nothing(self, pages: Client, stage: Stage) -> None:
        stranger = underway().member
        for rest in ("", "/notities", "/gemist", "/gemist/cursussen"):
            page(pages, stranger, address_of(stage, rest), 404)

    def test_as_many_queries_for_many_blocks(self, pages: Client, stage: Stage) -> None:
        def counted() -> int:
            with CaptureQueriesContext(connection) as queries:
                pages.get(address_of(stage))
            return len(queries)

        def one_more(hour: int, minute: int) -> None:
            row = block(stage, time(hour, minute), "Deel")
            with scopes_disabled():
                BlockPerson.objects.create(block=row, person=stage.member)
                Topic.objects.create(study_day=stage.study_day, title="Iets", block=row)

        pages.force_login(stage.member)
        pages.get(address_of(stage))
        one_more(8, 0)
        one = counted()
        for minute in range(30):
            one_more(9, minute)
        assert counted() == one


class TestNotes:
    def fields(self, **values: object) -> dict[str, object]:
        return {"kind": "wish", "text": "Oefenen", "note": str(uuid4()), "revision": 0} | values

    def test_a_draft_is_for_its_author_until_it_is_shared(
        self, pages: Client, stage: Stage
    ) -> None:
        pages.force_login(stage.member)
        address = address_of(stage, "/notities")
        assert pages.post(address, self.fields(doe="bewaren"))["Location"] == address
        assert "Klad: alleen jij" in page(pages, stage.member, address)
        for other in (stage.lead, stage.trainer):
            assert "Oefenen" not in page(pages, other, address)
        with scopes_disabled():
            note = PreparationNote.objects.get()
        pages.force_login(stage.member)
        for doe, shown in (("delen", True), ("niet_delen", False)):
            pages.force_login(stage.member)
            pages.post(address, {"doe": doe, "wat": str(note.pk)})
            assert ("Oefenen" in page(pages, stage.trainer, address)) is shown
        pages.force_login(stage.member)
        pages.post(address, {"doe": "weg", "wat": str(note.pk)})
        assert "Oefenen" not in page(pages, stage.member, address)

    def test_shared_with_one_button(self, pages: Client, stage: Stage) -> None:
        pages.force_login(stage.member)
        pages.post(address_of(stage, "/notities"), self.fields(doe="delen"))
        assert "Oefenen" in page(pages, stage.lead, address_of(stage, "/notities"))

    def test_a_number_of_a_pupil_is_warned_about_and_kept(
        self, pages: Client, stage: Stage
    ) -> None:
        pages.force_login(stage.member)
        fields = self.fields(text="Over 111222333", doe="bewaren")
        html = pages.post(address_of(stage, "/notities"), fields, follow=True).content.decode()
        assert BSN_WARNING in unescape(html)
        assert "Over 111222333" in html

    def test_saving_by_itself_makes_one_note(self, pages: Client, stage: Stage) -> None:
        pages.force_login(stage.member)
        fields = self.fields()
        address = address_of(stage, "/notities")
        for text in ("Oef", "Oefenen in", "Oefenen in tweetallen\r\nsamen"):
            answer = pages.post(address, fields | {"text": text}, headers={"HX-Request": "true"})
            assert answer.status_code == 200
            assert "alleen voor jou" in answer.content.decode()
        # Then the button, from a page that never heard of those.
        last = fields | {"text": "Oefenen in tweetallen\r\nsamen", "doe": "bewaren"}
        assert pages.post(address, last).status_code == 302
        with scopes_disabled():
            note = PreparationNote.objects.get()
            assert (note.text, note.revision) == ("Oefenen in tweetallen\nsamen", 3)
            assert NoteVersion.objects.count() == 2

    def test_what_is_not_right_is_said(self, pages: Client, stage: Stage) -> None:
        pages.force_login(stage.member)
        address = address_of(stage, "/notities")
        answer = pages.post(address, self.fields(text="", doe="bewaren"))
        assert answer.status_code == 422
        assert "Schrijf eerst iets op." in answer.content.decode()
        quiet = pages.post(address, self.fields(text=""), headers={"HX-Request": "true"})
        assert quiet.status_code == 422
        assert "Nog niet bewaard" in quiet.content.decode()

    def test_nobody_overwrites_what_a_group_changed(self, pages: Client, stage: Stage) -> None:
        other = colleague(stage)
        group = grouped(stage, stage.member, other)
        note = noted(stage, "Samen", work_group=group)
        address = f"/notitie/{note.pk}"
        assert "Namens wie?" in page(pages, stage.member, address)
        assert "Namens wie?" not in page(pages, other, address)
        fields = self.fields(note=str(note.pk), revision=1, text="Van mij", doe="bewaren")
        assert pages.post(address, fields).status_code == 302
        stale = pages.post(address, fields | {"text": "Van een ander"})
        assert stale.status_code == 422
        assert "intussen gewijzigd" in stale.content.decode()
        assert fresh_note(note).text == "Van mij"
        # Who is not in the group reads it, no more.
        page(pages, stage.lead, address, 403)

    def test_a_note_of_somebody_else_is_out_of_reach(self, pages: Client, stage: Stage) -> None:
        note = noted(stage, "Geheim", shared=False)
        pages.force_login(stage.lead)
        assert pages.get(f"/notitie/{note.pk}").status_code == 404
        taken = self.fields(note=str(note.pk), doe="bewaren")
        assert pages.post(address_of(stage, "/notities"), taken).status_code == 404
        assert fresh_note(note).text == "Geheim"

    def test_a_closed_day_takes_no_more(self, pages: Client, stage: Stage) -> None:
        put_day_in_state(stage.study_day, "closed")
        html = page(pages, stage.member, address_of(stage, "/notities"))
        assert "Deze dag is afgesloten" in html
        answer = pages.post(address_of(stage, "/notities"), self.fields(doe="bewaren"))
        assert answer.status_code == 422
        assert "Heropen hem eerst" in answer.content.decode()
        with scopes_disabled():
            assert not PreparationNote.objects.exists()
