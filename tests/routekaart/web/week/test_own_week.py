"""Mijn week: what one does by when, and saying so with one tap."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled

from courses.entities import Catalogue
from courses.models import Course
from routekaart.access import Role
from routekaart.clock import standing_at
from routekaart.models import (
    Agreement,
    Assignment,
    CourseOverride,
    GroupCompletion,
    GroupConfirmation,
    Person,
    Reflection,
)
from tests.makers import join, make_colleague, make_person
from tests.progressed import COURSE, assignment_of, completions, put, states
from tests.stages import Stage
from tests.underway import underway

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 10, 5)
ADDRESS = "/mijn-week"


@pytest.fixture(autouse=True)
def _monday(catalogue: Catalogue) -> Iterator[None]:  # noqa: ARG001
    with standing_at(datetime(2026, 10, 5, 9, tzinfo=ZoneInfo("Europe/Amsterdam"))):
        yield


def given(stage: Stage, person: Person, course: str = COURSE, **values: object) -> Assignment:
    with scopes_disabled():
        return Assignment.objects.create(
            routekaart=stage.routekaart, person=person, course_id=course, reason="omdat", **values
        )


def page(client: Client, person: Person, address: str = ADDRESS, status: int = 200) -> str:
    client.force_login(person)
    response = client.get(address)
    assert response.status_code == status
    return re.sub(r"\s+", " ", response.content.decode())


def tap(client: Client, doe: str, wat: object) -> str:
    response = client.post(ADDRESS, {"doe": doe, "wat": str(wat)}, follow=True)
    assert response.redirect_chain == [(ADDRESS, 302)]
    return re.sub(r"\s+", " ", response.content.decode())


class TestWhatItShows:
    def test_a_course_with_its_reason_to_hurry(self, pages: Client) -> None:
        stage = Stage().running()
        with scopes_disabled():
            CourseOverride.objects.create(
                school=stage.school, course_id=COURSE, url="https://academie.test/c"
            )
        html = page(pages, stage.member)
        assert '<h2 id="this_week">Deze week</h2>' in html
        assert "Complimenten geven en corrigeren" in html
        assert '4 uur <span class="soft">(aanname)</span>' in html
        assert "Klaar op woensdag 28 oktober, voor de studiedag van 4 november." in html
        assert 'href="https://academie.test/c"' in html
        # The day itself, and the hours that the plan asks.
        assert f'href="/studiedag/{stage.study_day.pk}"' in html
        assert "Uren van school" in html
        # Of one team nobody needs to be told its name.
        assert stage.school.name not in html

    def test_what_is_late_begun_or_waived(self, pages: Client) -> None:
        stage = Stage().running()
        one = assignment_of(stage, stage.member)
        with standing_at(datetime(2026, 10, 30, 9, tzinfo=ZoneInfo("Europe/Amsterdam"))):
            html = page(pages, stage.member)
            assert '<h2 id="now">Nu</h2>' in html
            assert "Te laat" in html
        put(one, state="waived", state_reason="Gaf deze training zelf.")
        html = page(pages, stage.member)
        assert "Al je cursussen zijn klaar" in html
        assert "Gaf deze training zelf." in html

    def test_of_two_teams_each_with_its_name(self, pages: Client) -> None:
        stage = underway()
        other = underway(Stage(stage.school, "Bovenbouw"))
        person = make_colleague(stage.team)
        join(person, other.team)
        given(stage, person)
        given(other, person)
        html = page(pages, person)
        assert "Onderbouw, De Proefschool." in html
        assert "Bovenbouw, De Proefschool." in html

    def test_nothing_yet(self, pages: Client) -> None:
        assert "Er wacht niets op je." in page(pages, make_person())

    def test_only_own_agreements_that_come_up(self, pages: Client) -> None:
        stage = underway()
        with scopes_disabled():
            for what, owner, due in (
                ("Van mij", stage.member, MONDAY + timedelta(days=3)),
                ("Later", stage.member, MONDAY + timedelta(days=60)),
                ("Van de leider", stage.lead, MONDAY),
            ):
                Agreement.objects.create(
                    routekaart=stage.routekaart, what=what, owner=owner, due_on=due, check_on=due
                )
        html = page(pages, stage.member)
        assert "Van mij" in html
        assert "1 afspraak voor later." in html
        assert "Van de leider" not in html

    def test_takes_as_many_queries_for_many_as_for_one(self, pages: Client) -> None:
        stage = Stage().running()
        page(pages, stage.member)

        def counted() -> int:
            with CaptureQueriesContext(connection) as queries:
                assert pages.get(ADDRESS).status_code == 200
            return len(queries)

        one = counted()
        for slug in Course.objects.exclude(pk=COURSE).values_list("pk", flat=True)[:30]:
            given(stage, stage.member, slug)
            with scopes_disabled():
                Agreement.objects.create(
                    routekaart=stage.routekaart,
                    what=slug,
                    owner=stage.member,
                    due_on=MONDAY,
                    check_on=MONDAY,
                )
        assert counted() == one


class TestOneTap:
    def test_begun_done_and_back(self, pages: Client) -> None:
        stage = underway()
        one = given(stage, stage.member)
        pages.force_login(stage.member)
        assert "je bent begonnen" in tap(pages, "begonnen", one.pk)
        assert states(stage.routekaart) == {"Mo Lid": "started"}
        assert "Mooi, klaar." in tap(pages, "klaar", one.pk)
        assert completions() == [("Mo Lid", COURSE, MONDAY, "self", False)]
        assert "De cursus staat weer open." in tap(pages, "terug", one.pk)
        assert states(stage.routekaart) == {"Mo Lid": "assigned"}

    def test_what_cannot_be_is_said_on_the_page(self, pages: Client) -> None:
        stage = underway()
        one = given(stage, stage.member, state="done")
        pages.force_login(stage.member)
        assert "Dit kan niet" in tap(pages, "begonnen", one.pk)

    def test_not_for_somebody_else(self, pages: Client) -> None:
        stage, other = underway(), underway()
        one = given(stage, stage.lead)
        for person in (stage.member, other.member):
            pages.force_login(person)
            answer = pages.post(ADDRESS, {"doe": "klaar", "wat": str(one.pk)})
            assert answer.status_code == 404
        assert states(stage.routekaart) == {"Lies Leider": "assigned"}

    @pytest.mark.parametrize("fields", [{}, {"doe": "klaar", "wat": "x"}, {"doe": "weg"}])
    def test_nonsense_is_not_found(self, pages: Client, fields: dict[str, str]) -> None:
        pages.force_login(make_person())
        assert pages.post(ADDRESS, fields).status_code == 404


class TestTheCourse:
    def test_done_on_another_day_with_a_reflection_for_oneself(self, pages: Client) -> None:
        stage = underway()
        one = given(stage, stage.member)
        address = f"/mijn-week/cursus/{one.pk}"
        assert "Wanneer heb je de cursus gedaan?" in page(pages, stage.member, address)
        fields = {"done_on": "2026-10-01", "reflection": "Meer stilte.\r\nEn tijd.", "proof": "A1"}
        assert pages.post(address, fields)["Location"] == ADDRESS
        assert completions() == [("Mo Lid", COURSE, date(2026, 10, 1), "self", False)]
        with scopes_disabled():
            assert Reflection.objects.get().text == "Meer stilte.\nEn tijd."
        # It comes back in the form and in the own record; changing it changes nothing else.
        assert "Meer stilte." in page(pages, stage.member, address)
        assert "Meer stilte." in page(pages, stage.member, "/mijn-week/gedaan")
        pages.post(address, {"reflection": ""})
        with scopes_disabled():
            assert not Reflection.objects.exists()

    @pytest.mark.parametrize(
        ("day", "message"),
        [("", "Dit veld is verplicht."), ("2026-10-06", "moet nog komen"), ("1990-01-01", "jaar")],
    )
    def test_a_day_that_cannot_be(self, pages: Client, day: str, message: str) -> None:
        stage = underway()
        one = given(stage, stage.member)
        pages.force_login(stage.member)
        answer = pages.post(f"/mijn-week/cursus/{one.pk}", {"done_on": day, "reflection": "Blijft"})
        html = answer.content.decode()
        assert answer.status_code == 422
        assert "<title>Fout:" in html
        assert message in html
        assert "Blijft" in html
        assert completions() == []

    def test_of_somebody_else_is_not_there(self, pages: Client) -> None:
        stage = underway()
        one = given(stage, stage.member)
        for person in (stage.lead, stage.trainer, underway().member):
            page(pages, person, f"/mijn-week/cursus/{one.pk}", 404)

    def test_what_expired_in_between_waits(self) -> None:
        stage = underway()
        one = given(stage, stage.member)
        address = f"/mijn-week/cursus/{one.pk}"
        client = Client()
        token = re.search(r'name="voor_wie" value="([^"]+)"', page(client, stage.member, address))
        assert token
        client.session.flush()
        fields = {"done_on": "2026-10-02", "reflection": "Nog niet weg", "voor_wie": token[1]}
        assert "/accounts/login/" in client.post(address, fields)["Location"]
        stage.member.set_password("een-lang-wachtwoord")
        stage.member.save()
        login = {"login": stage.member.email, "password": "een-lang-wachtwoord", "next": address}
        html = client.post("/accounts/login/", login, follow=True).content.decode()
        assert "Nog niet weg" in html
        assert "Wat je had ingevuld, staat er nog." in html


class TestTogether:
    def noted(self, stage: Stage) -> GroupCompletion:
        with scopes_disabled():
            made = GroupCompletion.objects.create(
                routekaart=stage.routekaart,
                course_id=COURSE,
                done_on=date(2026, 10, 1),
                made_by=stage.lead,
            )
            GroupConfirmation.objects.create(group_completion=made, person=stage.member)
        return made

    def test_who_was_there_confirms(self, pages: Client) -> None:
        stage = underway()
        given(stage, stage.member)
        made = self.noted(stage)
        assert "Lies Leider noteerde" in page(pages, stage.member)
        assert "nu ook voor jou klaar" in tap(pages, "was_erbij", made.pk)
        assert completions() == [("Mo Lid", COURSE, date(2026, 10, 1), "group", False)]
        assert "Was jij erbij?" not in page(pages, stage.member)

    def test_who_was_not_there_goes_away(self, pages: Client) -> None:
        stage = underway()
        made = self.noted(stage)
        pages.force_login(stage.member)
        tap(pages, "was_er_niet_bij", made.pk)
        with scopes_disabled():
            assert not GroupConfirmation.objects.exists()
        assert completions() == []

    def test_somebody_notes_it_for_a_group(self, pages: Client) -> None:
        stage = underway()
        one = given(stage, stage.member)
        address = f"/mijn-week/cursus/{one.pk}/samen"
        assert "Lies Leider" in page(pages, stage.member, address)
        assert pages.post(address, {"done_on": "2026-10-01"}).status_code == 422
        fields = {
            "done_on": "2026-10-01",
            "persons": [str(stage.member.pk), str(stage.lead.pk)],
            "note": "Fijn samen",
        }
        assert pages.post(address, fields)["Location"] == ADDRESS
        # Who notes it confirms by that; the other has to say so.
        assert states(stage.routekaart) == {"Mo Lid": "done"}
        assert "Fijn samen" in page(pages, stage.lead)

    def test_nobody_of_another_team(self, pages: Client) -> None:
        stage = underway()
        one = given(stage, stage.member)
        stranger = make_colleague(underway().team, Role.MEMBER)
        pages.force_login(stage.member)
        fields = {"done_on": "2026-10-01", "persons": [str(stranger.pk)]}
        assert pages.post(f"/mijn-week/cursus/{one.pk}/samen", fields).status_code == 422
