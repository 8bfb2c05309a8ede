"""A school that closes a day later on hears in the routekaart what was planned on it."""

from datetime import date, time, timedelta

import pytest
from django_scopes import scopes_disabled

from routekaart.access import Role, school_scope
from routekaart.actions.organisation.school_settings import add_calendar_override
from routekaart.models import (
    Agreement,
    LessonVisit,
    PlgCycle,
    PlgMeeting,
    Routekaart,
    StudyDay,
)
from routekaart.queries.routekaarten.rules import findings_of
from tests.makers import access_for, make_colleague
from tests.stages import Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

TODAY = date(2026, 11, 25)
DAY = date(2027, 1, 14)
NEXT_YEAR = date(2027, 9, 2)
CLOSED = "appointment_on_closed_day"


def everything_on(stage: Stage, day: date) -> None:
    """One of each kind on a day, and as many that no longer matter."""
    with scopes_disabled():
        cycle = PlgCycle.objects.create(routekaart=stage.routekaart, name="Feedback")
        for state, on in (("planned", day), ("skipped", day + timedelta(days=1))):
            PlgMeeting.objects.create(cycle=cycle, date=on, state=state)
        for state in ("planned", "cancelled"):
            LessonVisit.objects.create(
                cycle=cycle,
                visitor=stage.member,
                host=stage.lead,
                focus="Wachttijd",
                date=day if state == "planned" else day + timedelta(days=1),
                starts_at=time(9),
                state=state,
            )
        for state, back in (
            ("open", day),
            ("done", day + timedelta(days=1)),
            ("open", NEXT_YEAR),
        ):
            Agreement.objects.create(
                routekaart=stage.routekaart,
                what="Geheim.",
                whole_team=True,
                due_on=day,
                check_on=back,
                state=state,
            )
        StudyDay.objects.filter(pk=stage.study_day.pk).update(evaluation_on=day)


def close(stage: Stage, first: date, last: date) -> None:
    admin = make_colleague(stage.team, Role.SCHOOL_ADMIN, name="Ad Min")
    add_calendar_override(
        by=access_for(admin),
        school_id=stage.school.pk,
        title="Lerarenstaking",
        first_day=first,
        last_day=last,
        closed=True,
    )


def warnings(stage: Stage, today: date = TODAY) -> list[tuple[str | None, str]]:
    with school_scope([stage.school.pk]):
        routekaart = Routekaart.objects.select_related("team__school").get(pk=stage.routekaart.pk)
        found = findings_of(routekaart, today=today)
    return [(one.field, one.message) for one in found if one.code == CLOSED]


def test_everything_that_is_still_to_come_on_that_day() -> None:
    stage = Stage().running()
    everything_on(stage, DAY)
    assert warnings(stage) == []
    close(stage, DAY, DAY + timedelta(days=1))
    closed = "op donderdag 14 januari 2027. Dan is de school dicht (Lerarenstaking). "
    assert warnings(stage) == [
        ("check_on", f"Terugkijken op een afspraak is {closed}Kies een andere dag."),
        ("evaluation_on", f"De evaluatie is {closed}Kies een andere dag."),
        ("lesson_visits", f"Een lesbezoek is {closed}Kies een andere dag."),
        ("plg_meetings", f"De PLG-bijeenkomst is {closed}Kies een andere dag."),
    ]
    assert len(warnings(stage, DAY)) == 4
    assert warnings(stage, DAY + timedelta(days=1)) == []


def test_also_in_the_next_year_and_not_at_another_school() -> None:
    stage, other = Stage().running(), Stage(team_name="Elders").running()
    for each in (stage, other):
        everything_on(each, DAY)
    close(stage, NEXT_YEAR, NEXT_YEAR)
    assert [field for field, _ in warnings(stage)] == ["check_on"]
    assert warnings(other) == []


def test_the_moments_of_the_plan_count_until_the_day_is_closed() -> None:
    stage = Stage().running()
    on = date.fromisoformat(stage.plan.content["follow_ups"][0]["date"])
    close(stage, on, on)
    assert [field for field, _ in warnings(stage, on)] == ["follow_up_on"]
    with scopes_disabled():
        StudyDay.objects.filter(pk=stage.study_day.pk).update(state="closed")
    assert warnings(stage, on) == []
