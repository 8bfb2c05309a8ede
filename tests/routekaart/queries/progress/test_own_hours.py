"""The own hours: what the plan asks, and what went into courses."""

from datetime import date

import pytest
from django_scopes import scopes_disabled

from routekaart.models import Assignment, HoursAgreement, Plan, Routekaart
from routekaart.queries.progress.own_assignments import own_assignments
from routekaart.queries.progress.own_hours import KindOfHours, SchoolHours, own_hours
from tests.progressed import assignment_of, known, put
from tests.stages import Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
TODAY = date(2026, 11, 2)


@pytest.fixture
def stage(catalogue: object) -> Stage:  # noqa: ARG001
    return Stage().running()


def hours(stage: Stage) -> tuple[SchoolHours, ...]:
    by = stage.as_member
    courses = own_assignments(by=by, today=TODAY, only_open=False)
    with by.entered():
        rows = list(Routekaart.objects.select_related("team__school"))
        return own_hours(by=by, routekaarten=rows, courses=courses)


def done(stage: Stage, on: date) -> Assignment:
    row = assignment_of(stage, stage.member)
    completion = known(stage.school, stage.member, on)
    put(row, state="done", completion=completion)
    return row


def test_a_mandatory_course_is_of_the_school(stage: Stage) -> None:
    (before,) = hours(stage)
    assert before.own == KindOfHours(planned=0, done=0)
    assert before.budget == 83 * 60
    # The preparation of four hours is in it, beside the study day and the meetings.
    assert before.assigned.done == 0
    assert before.assigned.planned > 240 + 420
    done(stage, date(2026, 10, 1))
    (after,) = hours(stage)
    assert after.assigned == KindOfHours(planned=before.assigned.planned, done=240)
    assert after.own.done == 0


def test_by_agreement_it_is_of_the_own_hours(stage: Stage) -> None:
    row = done(stage, date(2026, 10, 1))
    with scopes_disabled():
        HoursAgreement.objects.create(assignment=row, agreed_on=TODAY)
    (found,) = hours(stage)
    assert (found.own.done, found.assigned.done) == (240, 0)


def test_what_was_done_last_year_took_no_hours_of_this_one(stage: Stage) -> None:
    done(stage, date(2026, 7, 31))
    (found,) = hours(stage)
    assert (found.own.done, found.assigned.done) == (0, 0)


def test_each_school_year_has_its_own_hours(stage: Stage) -> None:
    (this,) = hours(stage)
    done(stage, date(2026, 10, 1))
    with scopes_disabled():
        later = Routekaart.objects.create(team=stage.team, school_year=2027, state="planned")
        Plan.objects.create(
            routekaart=later, version=1, content={"hours": stage.plan.content["hours"]}
        )
    assert [
        (found.year.label, found.budget, found.assigned.planned, found.assigned.done)
        for found in hours(stage)
    ] == [
        ("2026-2027", this.budget, this.assigned.planned, 240),
        ("2027-2028", this.budget, this.assigned.planned, 0),
    ]


def test_without_a_plan_nothing_is_said(catalogue: object) -> None:  # noqa: ARG001
    assert hours(Stage().accepted()) == ()
