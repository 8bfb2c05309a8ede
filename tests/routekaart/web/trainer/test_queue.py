"""The queue: what waits, for whom, and the way to it."""

from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from routekaart.access import Forbidden, Role
from routekaart.actions.advice.desk import decide_on_advice
from routekaart.actions.transitions import return_to_team
from routekaart.clock import standing_at
from routekaart.domain.advice_desk import Decision
from routekaart.domain.trainer_queue import Asked, TrainerTask
from routekaart.models import Person, School, StudyDay
from routekaart.queries.trainer.queue import trainer_work
from tests.makers import access_for, grant, join, make_board, make_colleague, make_school
from tests.stages import Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
NEAR = date(2026, 10, 20)
MOMENT = datetime(2026, 10, 20, 9, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))


@pytest.fixture
def school() -> School:
    return make_school(make_board(), "De Wilg")


def tasks(person: Person, today: date = NEAR) -> list[TrainerTask]:
    return list(trainer_work(by=access_for(person), today=today).tasks)


def told(person: Person, today: date = NEAR) -> list[tuple[Asked, str, UUID | None]]:
    return [(one.asked, one.why, one.study_day) for one in tasks(person, today)]


def test_each_step_asks_its_own_thing(school: School) -> None:
    stage = Stage(school)
    trainer = stage.trainer
    assert told(trainer) == []
    stage.submitted()
    assert told(trainer) == [(Asked.ADVISE, "Het team heeft ingediend.", None)]
    version = stage.advise()
    assert told(trainer) == []
    course = version.content["items"][0]["course"]
    decide_on_advice(
        by=stage.as_lead,
        routekaart_id=stage.routekaart.pk,
        version=1,
        decisions=[Decision(course, accepted=False, reason="Te lang.")],
    )
    assert told(trainer) == [(Asked.ADVISE, "Het team wil 1 cursus niet uit versie 1.", None)]


def test_after_the_advice_come_assigning_planning_and_the_day(school: School) -> None:
    stage = Stage(school).accepted()
    trainer = stage.trainer
    assert told(trainer) == [(Asked.ASSIGN, "Het team heeft het advies aangenomen.", None)]
    stage.assign()
    assert told(trainer) == [
        (Asked.PLAN, "De cursussen zijn toegewezen. Er is nog geen plan.", None)
    ]
    stage.make_plan()
    assert told(trainer) == []
    return_to_team(
        by=stage.as_director, routekaart_id=stage.routekaart.pk, comment="Te veel in november."
    )
    assert told(trainer) == [
        (Asked.PLAN, "De directeur gaf het plan terug: ‘Te veel in november.’", None)
    ]


def test_a_study_day_asks_from_four_weeks_ahead_until_it_is_ready(school: School) -> None:
    stage = Stage(school).approved()
    trainer, day = stage.trainer, stage.study_day
    assert told(trainer, day.date - timedelta(29)) == []
    assert told(trainer, day.date - timedelta(28)) == [
        (
            Asked.PREPARE,
            "De studiedag van woensdag 4 november 2026 is over 28 dagen.",
            day.pk,
        )
    ]
    assert [one.since for one in tasks(trainer, day.date)] == [day.date - timedelta(28)]
    assert "is vandaag." in told(trainer, day.date)[0][1]
    with stage.as_trainer.entered():
        StudyDay.objects.filter(pk=day.pk).update(state="ready")
    assert told(trainer, day.date) == []


def test_a_study_day_that_was_held_asks_to_be_closed(school: School) -> None:
    stage = Stage(school).approved()
    trainer, day = stage.trainer, stage.study_day
    held = "De studiedag van woensdag 4 november 2026 is geweest. Leg vast wat de dag bracht."
    for state, asked in (
        ("preparing", [(Asked.CLOSE, held, day.pk)]),
        ("ready", [(Asked.CLOSE, held, day.pk)]),
        ("closed", []),
    ):
        with stage.as_trainer.entered():
            StudyDay.objects.filter(pk=day.pk).update(state=state)
        assert told(trainer, day.date + timedelta(1)) == asked


def test_only_trainers_have_a_queue_and_only_of_their_schools(
    pages: Client, school: School
) -> None:
    stage = Stage(school).submitted()
    elsewhere = Stage(make_school(name="Elders")).submitted()
    assert [one.school_name for one in tasks(elsewhere.trainer)] == ["Elders"]
    for role in (Role.TEAM_LEAD, Role.DIRECTOR, Role.SCHOOL_ADMIN):
        person = make_colleague(stage.team, role)
        with pytest.raises(Forbidden):
            tasks(person)
        pages.force_login(person)
        assert pages.get("/wachtrij").status_code == 403


def test_no_work_of_a_school_where_one_is_no_trainer(school: School) -> None:
    here, there = Stage(school).accepted(), Stage(make_school(name="Elders")).accepted()
    grant(here.trainer, Role.MEMBER, school=there.school)
    join(here.trainer, there.team)
    found = trainer_work(by=here.as_trainer, today=NEAR)
    assert [one.school_name for one in found.tasks] == ["De Wilg"]
    assert found.schools == (school,)


def test_the_page_leads_on_and_filters(pages: Client, school: School) -> None:
    stage = Stage(school, "Onderbouw").submitted()
    other = Stage(school, "Bovenbouw").accepted()
    pages.force_login(stage.trainer)
    with standing_at(MOMENT):
        html = pages.get("/wachtrij").content.decode()
        assert f'href="/routekaart/{stage.routekaart.pk}/advies-maken"' in html
        assert f'href="/routekaart/{other.routekaart.pk}/toewijzen"' in html
        assert "2 taken" in html
        kept = pages.get("/wachtrij?soort=toewijzen").content.decode()
        assert "Bovenbouw" in kept
        assert "Onderbouw" not in kept
        assert "1 taak van de 2" in kept
        nothing = pages.get("/wachtrij?soort=voorbereiden").content.decode()
        assert "Niets wat hierbij past." in nothing
        assert pages.get("/wachtrij?soort=onzin").status_code == 422


def test_an_empty_queue_says_so(pages: Client, school: School) -> None:
    stage = Stage(school)
    pages.force_login(stage.trainer)
    html = pages.get("/wachtrij").content.decode()
    assert "<h1>Niets te doen</h1>" in html


def test_a_long_queue_takes_as_many_queries_and_has_pages(pages: Client, school: School) -> None:
    first = Stage(school, "Team 0").approved()
    pages.force_login(first.trainer)

    def count() -> int:
        with standing_at(MOMENT), CaptureQueriesContext(connection) as queries:
            assert pages.get("/wachtrij").status_code == 200
        return len(queries)

    count()
    few = count()
    for number in range(1, 30):
        Stage(school, f"Team {number}").submitted()
    Stage(school, "Team 31").approved()
    assert count() == few
    assert few <= 15
    with standing_at(MOMENT):
        html = pages.get("/wachtrij").content.decode()
    assert html.count("Maak het advies") + html.count("Bereid voor") == 20
    assert "Bladzijde 1 van 2" in html
