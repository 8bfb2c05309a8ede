"""Plans of what was assigned: ahead of date, and when its study day moves."""

from datetime import date

import pytest

from routekaart.actions.assigning.batches import assign_batch
from routekaart.actions.assigning.states import move_assignments
from routekaart.actions.assigning.targets import Target
from routekaart.actions.routekaarten.study_days import change_study_day
from routekaart.clock import now
from routekaart.domain.planner.plan import Plan as DomainPlan
from routekaart.models import Assignment, Plan
from routekaart.models.assignment_batches import TargetKind
from routekaart.queries.planning.problems import plan_from_json
from tests.routekaart.actions.assigning.test_batches import MINDSET, request
from tests.stages import TODAY, Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def read(plan: Plan) -> DomainPlan:
    return plan_from_json(plan.content)


def test_nobody_is_planned_before_it_is_assigned_to_them() -> None:
    stage = Stage().accepted()
    asked = request(
        stage,
        MINDSET,
        target=Target(TargetKind.PERSON, persons=(stage.member.pk,)),
        starts_on=date(2026, 9, 28),
    )
    assign_batch(by=stage.as_lead, routekaart_id=stage.routekaart.pk, request=asked, today=TODAY)
    weeks = [week.week for week in read(stage.make_plan()).preparation_weeks]
    assert sum(week.minutes for week in read(stage.make_plan()).preparation_weeks) == 240
    assert min(weeks) >= date(2026, 9, 28)


def test_a_day_that_moves_takes_open_deadlines_along_and_leaves_what_is_done() -> None:
    stage = Stage().planned()
    before = read(stage.plan)
    [deadline] = {week.deadline for week in before.preparation_weeks}
    with stage.as_lead.entered():
        done = Assignment.objects.filter(person=stage.member)
        move_assignments(rows=done, step="complete", at=now())
        finished = list(done.values())
    change_study_day(
        by=stage.as_lead, study_day_id=stage.study_day.pk, values={"date": date(2027, 2, 10)}
    )
    after = read(stage.make_plan())
    [moved] = {week.deadline for week in after.preparation_weeks}
    assert (deadline, moved) == (date(2026, 10, 28), date(2027, 2, 3))
    with stage.as_lead.entered():
        assert list(Assignment.objects.filter(person=stage.member).values()) == finished
