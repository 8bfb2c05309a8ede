"""A page takes as many queries for many as for one."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled

from courses.entities import Catalogue
from courses.models import Course
from routekaart.models import (
    Completion,
    Goal,
    GoalDecision,
    Indicator,
    LessonVisit,
    Measurement,
    MicroStep,
    PlgCycle,
    PlgMeeting,
    Reflection,
)
from tests.stages import Stage
from tests.underway import noted, underway

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 1)


@pytest.fixture
def stage(catalogue: Catalogue) -> Stage:  # noqa: ARG001
    return underway()


def note(stage: Stage, number: int) -> None:
    for author in (stage.lead, stage.member):
        noted(stage, f"Notitie {number}", author=author)


def done(stage: Stage, number: int) -> None:
    completion = Completion.objects.create(
        school=stage.school,
        person=stage.member,
        course=Course.objects.order_by("pk")[number],
        done_on=DAY,
        source="self",
    )
    Reflection.objects.create(completion=completion, text="Wachttijd")


def goal(stage: Stage, number: int) -> None:
    made = Goal.objects.create(routekaart=stage.routekaart, wording=f"Wij leren {number}")
    indicator = Indicator.objects.create(goal=made, name="Toets")
    Measurement.objects.create(indicator=indicator, measured_on=DAY, value=number)
    GoalDecision.objects.create(
        goal=made, decided_on=DAY, verdict="go_on", reason="Goed", decided_by=stage.lead
    )


def plg(stage: Stage, number: int) -> None:
    made = PlgCycle.objects.create(routekaart=stage.routekaart, name=f"PLG {number}")
    made.members.set([stage.lead, stage.member])


def of_plg(stage: Stage, number: int) -> None:
    cycle, _ = PlgCycle.objects.get_or_create(routekaart=stage.routekaart, name="PLG")
    cycle.members.set([stage.lead, stage.member])
    day = DAY + timedelta(days=number)
    PlgMeeting.objects.create(cycle=cycle, date=day)
    MicroStep.objects.create(cycle=cycle, person=stage.member, text="Stil", try_by=day)
    LessonVisit.objects.create(
        cycle=cycle, visitor=stage.member, host=stage.lead, focus="x", date=day, starts_at="09:00"
    )


def _plg_address(stage: Stage) -> str:
    return f"/plg/{PlgCycle.objects.get(routekaart=stage.routekaart).pk}"


@pytest.mark.parametrize(
    ("one_more", "address"),
    [
        (note, lambda stage: f"/studiedag/{stage.study_day.pk}/notities"),
        (done, lambda _stage: "/mijn-week/gedaan"),
        (goal, lambda stage: f"/routekaart/{stage.routekaart.pk}/evaluatie"),
        (plg, lambda stage: f"/routekaart/{stage.routekaart.pk}/plg"),
        (of_plg, _plg_address),
    ],
)
def test_for_one_and_for_thirty(
    pages: Client,
    stage: Stage,
    one_more: Callable[[Stage, int], None],
    address: Callable[[Stage], str],
) -> None:
    pages.force_login(stage.member)

    def counted() -> int:
        with scopes_disabled():
            where = address(stage)
        with CaptureQueriesContext(connection) as queries:
            assert pages.get(where).status_code == 200
        return len(queries)

    with scopes_disabled():
        one_more(stage, 0)
    counted()
    one = counted()
    for number in range(1, 30):
        with scopes_disabled():
            one_more(stage, number)
    assert counted() == one <= 15
