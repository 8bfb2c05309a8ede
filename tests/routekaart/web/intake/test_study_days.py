"""Study days: a light per date, picking, changing and removing, without JavaScript."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from routekaart.access import school_scope
from routekaart.actions.routekaarten.study_days import change_study_day, remove_study_day
from routekaart.clock import standing_at
from routekaart.models import Employment, StudyDay
from tests.forms_on_page import buttons_on, form_with, page, sent
from tests.makers import make_colleague, make_school
from tests.stages import Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
MOMENT = datetime(2026, 9, 7, 9, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
FIELDS: dict[str, Any] = {
    "date": "2026-11-04",
    "kind": "day",
    "starts_at": "08:30",
    "until": "15:30",
    "fixed": "ja",
}


@pytest.fixture(autouse=True)
def _moment() -> Any:
    with standing_at(MOMENT):
        yield


@pytest.fixture
def stage() -> Stage:
    return Stage()


@pytest.fixture
def lead(stage: Stage) -> Client:
    client = Client()
    client.force_login(stage.lead)
    return client


def at(stage: Stage, path: object = "") -> str:
    address = f"/routekaart/{stage.routekaart.pk}/studiedagen"
    return f"{address}/{path}" if path else address


def days(stage: Stage) -> list[tuple[Any, ...]]:
    with school_scope([stage.school.pk]):
        rows = StudyDay.objects.filter(routekaart=stage.routekaart)
        names = ("date", "kind", "starts_at", "minutes", "free_groups", "fixed", "title", "room")
        return list(rows.values_list(*names))


class TestPicking:
    def test_an_own_date(self, stage: Stage, lead: Client) -> None:
        assert "Er is nog geen studiedag." in page(lead, at(stage))
        answer = sent(
            lead,
            at(stage, "nieuw"),
            FIELDS | {"free_groups": ["4", "3"], "title": "Feedback", "room": "Aula"},
        )
        assert answer["Location"] == at(stage)
        assert days(stage) == [
            (date(2026, 11, 4), "day", time(8, 30), 420, [3, 4], True, "Feedback", "Aula")
        ]
        html = page(lead, at(stage))
        for said in (
            "Woensdag 4 november 2026",
            "08.30 tot 15.30 uur (7 uur)",
            "past goed",
            "staat vast",
            "Vrij: groep 3 en 4",
            "Bron: Rijksoverheid, schooltijden en lesuren op de basisschool",
        ):
            assert said in html

    @pytest.mark.parametrize(
        ("changes", "field", "said"),
        [
            ({"date": ""}, "date", "Dit veld is verplicht."),
            ({"date": "morgen"}, "date", "schrijf er een als 4-11-2026"),
            ({"date": "2027-08-01"}, "date", "Deze dag valt buiten het schooljaar 2026-2027"),
            ({"until": "08:45"}, "until", "minstens 1 uur en hoogstens 10 uur"),
            ({"until": "07:00"}, "until", "minstens 1 uur en hoogstens 10 uur"),
            ({"starts_at": "vroeg"}, "starts_at", "Schrijf een tijd als 09:00."),
            ({"free_groups": ["9"]}, "free_groups_0", "9"),
        ],
    )
    def test_what_is_wrong_is_said_at_the_field(
        self, stage: Stage, lead: Client, changes: dict[str, Any], field: str, said: str
    ) -> None:
        answer = sent(lead, at(stage, "nieuw"), FIELDS | changes)
        html = answer.content.decode()
        assert answer.status_code == 422
        assert "<title>Fout: " in html
        assert f'href="#id_{field}"' in html
        assert said in html
        assert days(stage) == []

    def test_two_days_on_one_date_are_refused_in_words(self, stage: Stage, lead: Client) -> None:
        stage.add_study_day()
        answer = sent(lead, at(stage, "nieuw"), FIELDS)
        assert answer.status_code == 422
        assert "Op deze datum staat al een studiedag." in answer.content.decode()

    def test_a_holiday_is_advised_against_and_not_held_back(
        self, stage: Stage, lead: Client
    ) -> None:
        holiday = FIELDS | {"date": "2026-12-23"}
        answer = sent(lead, at(stage, "nieuw"), holiday | {"doe": "bekijk"})
        assert answer.status_code == 200
        assert "liever niet" in answer.content.decode()
        assert days(stage) == []
        assert sent(lead, at(stage, "nieuw"), holiday | {"doe": "bewaren"}).status_code == 302
        assert "liever niet" in page(lead, at(stage))

    def test_the_advice_comes_while_it_is_filled_in(self, stage: Stage, lead: Client) -> None:
        half = {"date": "2026-11-04", "kind": "day", "starts_at": "", "doe": "bekijk"}
        answer = lead.post(at(stage, "nieuw"), half, headers={"HX-Request": "true"})
        html = answer.content.decode()
        assert answer.status_code == 200
        assert "Woensdag 4 november 2026" in html
        assert "<html" not in html
        answer = lead.post(at(stage, "nieuw"), {"doe": "bekijk"}, headers={"HX-Request": "true"})
        assert "Kies een datum." in answer.content.decode()

    def test_good_dates_are_picked_with_one_click(self, stage: Stage, lead: Client) -> None:
        address = at(stage, "goede-data")
        html = page(lead, address)
        offered = sorted(one.removeprefix("kies=") for one in buttons_on(html) if "kies=" in one)
        assert len(offered) == 3
        assert "liever niet" not in html
        assert lead.post(address, {"kies": offered[0]})["Location"] == at(stage)
        lead.post(address, {"kandidaat": offered[1]})
        assert days(stage) == [
            (date.fromisoformat(offered[0]), "day", time(9), 360, [], True, "", ""),
            (date.fromisoformat(offered[1]), "day", time(9), 360, [], False, "", ""),
        ]
        html = page(lead, at(stage))
        assert "kandidaat" in html

    def test_a_wish_for_afternoons_in_a_period(self, stage: Stage, lead: Client) -> None:
        address = (
            f"{at(stage, 'goede-data')}?first=2026-11-02&last=2026-11-30&count=2&kind=afternoon"
            "&free_groups=3"
        )
        fields = form_with(page(lead, address), "alle")
        assert len(fields["alle"]) == 2
        lead.post(address, fields)
        assert [(day[1:6]) for day in days(stage)] == [
            ("afternoon", time(13), 180, [3], True),
            ("afternoon", time(13), 180, [3], True),
        ]
        # The same again: they are there already.
        answer = lead.post(address, fields)
        assert answer.status_code == 422
        assert "Op deze datum staat al een studiedag." in answer.content.decode()

    def test_a_wish_that_cannot_be(self, stage: Stage, lead: Client) -> None:
        start = f"{at(stage, 'goede-data')}?first=2026-11-30&count=2&kind=day"
        html = page(lead, f"{start}&last=2026-11-02", 422)
        assert "Kies een dag na de eerste dag." in html
        # Only holidays.
        html = page(
            lead, f"{at(stage, 'goede-data')}?first=2026-12-21&last=2026-12-31&count=2&kind=day"
        )
        assert "In deze periode vinden we geen dag die past." in html


class TestChanging:
    def test_only_what_changed_is_stored(self, stage: Stage, lead: Client) -> None:
        day = stage.add_study_day(title="Eerst")
        fields = form_with(page(lead, at(stage, day.pk)), "date")
        assert {name: fields[name] for name in FIELDS} == {
            name: [value] for name, value in FIELDS.items()
        }
        change_study_day(by=stage.as_member, study_day_id=day.pk, values={"title": "Van Mo"})
        answer = lead.post(
            at(stage, day.pk), fields | {"date": "2026-11-10", "until": "12:00", "fixed": "nee"}
        )
        assert answer["Location"] == at(stage)
        assert days(stage) == [
            (date(2026, 11, 10), "day", time(8, 30), 210, [], False, "Van Mo", "")
        ]

    def test_moving_does_not_count_the_day_twice(self, stage: Stage, lead: Client) -> None:
        day = stage.add_study_day()
        answer = sent(lead, at(stage, day.pk), {"date": "2026-11-05", "doe": "bekijk"})
        html = answer.content.decode()
        assert "Dit is de enige studiedag van dit schooljaar, op een donderdag" in html
        assert [found[0] for found in days(stage)] == [date(2026, 11, 4)]

    def test_a_day_that_is_ready_keeps_its_date(self, stage: Stage, lead: Client) -> None:
        day = stage.add_study_day()
        with school_scope([stage.school.pk]):
            StudyDay.objects.filter(pk=day.pk).update(state="ready")
        answer = sent(lead, at(stage, day.pk), {"date": "2026-11-05"})
        assert answer.status_code == 422
        assert "Deze studiedag staat klaar." in answer.content.decode()

    def test_removing_asks_once(self, stage: Stage, lead: Client) -> None:
        day = stage.add_study_day()
        address = at(stage, f"{day.pk}/weghalen")
        assert "De studiedag op woensdag 4 november 2026 weghalen?" in page(lead, address)
        assert len(days(stage)) == 1
        answer = lead.post(address, follow=True)
        assert "De studiedag op woensdag 4 november 2026 is weg." in answer.content.decode()
        assert days(stage) == []

    def test_a_day_that_somebody_else_removed(self, stage: Stage, lead: Client) -> None:
        day = stage.add_study_day()
        remove_study_day(by=stage.as_member, study_day_id=day.pk)
        assert lead.post(at(stage, day.pk), FIELDS).status_code == 404

    def test_days_may_move_until_the_plan_is_approved(self, stage: Stage, lead: Client) -> None:
        stage.submitted()
        assert sent(lead, at(stage, stage.study_day.pk), {"date": "2026-11-05"}).status_code == 302
        stage.advise()
        page(lead, at(stage, "nieuw"))


class TestPeople:
    def test_part_timers_in_words_and_never_by_name(self, stage: Stage, lead: Client) -> None:
        for name in ("Ans Deeltijd", "Bo Deeltijd"):
            person = make_colleague(stage.team, name=name)
            with school_scope([stage.school.pk]):
                Employment.objects.filter(person=person).update(fte=0.4, working_days=[1, 2])
        stage.add_study_day()
        html = page(lead, at(stage))
        assert "Woensdag: 1 studiedag; 2 collega’s komen terug op een vrije dag." in html
        assert "Maandag: 0 studiedagen; niemand komt terug op een vrije dag." in html
        assert "Een maandag verdeelt het nu het eerlijkst." in html
        assert "Deeltijd</" not in html

    def test_as_many_queries_with_one_as_with_many(self, stage: Stage, lead: Client) -> None:
        stage.add_study_day()
        with CaptureQueriesContext(connection) as few:
            page(lead, at(stage))
        for number in range(9, 18):
            stage.add_study_day(date=date(2026, 11, number))
        with CaptureQueriesContext(connection) as many:
            page(lead, at(stage))
        assert len(few) == len(many) <= 15


class TestWhoMay:
    def test_who_only_reads_gets_no_buttons(self, stage: Stage) -> None:
        day = stage.add_study_day()
        director = Client()
        director.force_login(stage.director)
        html = page(director, at(stage))
        assert "Woensdag 4 november 2026" in html
        assert f"/studiedagen/{day.pk}" not in html
        for path in ("nieuw", day.pk, f"{day.pk}/weghalen"):
            fields = FIELDS | {"date": "2026-11-12"}
            assert director.post(at(stage, path), fields).status_code in {403, 422}
        assert director.post(at(stage, "goede-data"), {"kies": "2026-11-12"}).status_code == 403
        assert [found[0] for found in days(stage)] == [date(2026, 11, 4)]

    def test_once_it_runs_it_stands_and_what_passed_is_no_warning(
        self, stage: Stage, lead: Client
    ) -> None:
        stage.running()
        with standing_at(datetime(2026, 12, 1, 9, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))):
            html = page(lead, at(stage))
        assert "Deze routekaart is in uitvoering: dit ligt nu vast." in html
        assert "past goed" in html
        assert f"/studiedagen/{stage.study_day.pk}" not in html

    def test_another_school_does_not_find_it(self, stage: Stage) -> None:
        day = stage.add_study_day()
        other = Stage(make_school(name="Elders"))
        stranger = Client()
        stranger.force_login(other.lead)
        for path in ("", "nieuw", "goede-data", day.pk, f"{day.pk}/weghalen"):
            page(stranger, at(stage, path), 404)
        page(stranger, at(other, day.pk), 404)
        assert stranger.post(at(other, f"{day.pk}/weghalen")).status_code == 404
        assert len(days(stage)) == 1
