"""Mandatory courses in own hours: only by an agreement, and who may record it."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from routekaart.access import Access, Forbidden, NotFound, Role
from routekaart.actions.assigning.assignments import withdraw_assignment
from routekaart.actions.planning.hours_agreements import record_agreement, withdraw_agreement
from routekaart.domain.errors import BadInput, Conflict
from routekaart.models import Assignment, AuditEntry, HoursAgreement, Person, Routekaart
from routekaart.models.routekaarten import State
from routekaart.queries.planning.problems import plan_is_outdated
from tests.makers import access_for, make_colleague
from tests.stages import TODAY, Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def assignment_of(stage: Stage, person: Person) -> Assignment:
    with stage.as_lead.entered():
        return Assignment.objects.filter(person=person, routekaart=stage.routekaart)[0]


def agree(by: Access, assignment: Assignment, agreed_on: date = TODAY) -> None:
    record_agreement(by=by, assignment_id=assignment.pk, agreed_on=agreed_on, today=TODAY)


def agreements(stage: Stage) -> list[tuple[Person, date, Person | None]]:
    with stage.as_lead.entered():
        return [
            (row.assignment.person, row.agreed_on, row.recorded_by)
            for row in HoursAgreement.objects.select_related("assignment__person", "recorded_by")
        ]


def test_recorded_moved_and_withdrawn_with_a_row_in_the_log_each() -> None:
    stage = Stage().assigned()
    one = assignment_of(stage, stage.member)
    agree(stage.as_member, one)
    assert agreements(stage) == [(stage.member, TODAY, stage.member)]
    earlier = TODAY - timedelta(days=3)
    agree(stage.as_lead, one, earlier)
    assert agreements(stage) == [(stage.member, earlier, stage.lead)]
    revision = stage.fresh().revision
    withdraw_agreement(by=stage.as_member, assignment_id=one.pk)
    withdraw_agreement(by=stage.as_lead, assignment_id=one.pk)
    assert (agreements(stage), stage.fresh().revision) == ([], revision + 2)
    with stage.as_lead.entered():
        logged = AuditEntry.objects.filter(object_id=str(one.pk)).order_by("pk")
        assert list(logged.values_list("action", "object_kind", "person")) == [
            ("agree_on_hours", "Assignment", stage.member.pk),
            ("agree_on_hours", "Assignment", stage.lead.pk),
            ("withdraw_hours_agreement", "Assignment", stage.member.pk),
            ("withdraw_hours_agreement", "Assignment", stage.lead.pk),
        ]


def test_only_for_oneself_or_by_the_team_lead() -> None:
    stage = Stage().assigned()
    one = assignment_of(stage, stage.member)
    colleague = make_colleague(stage.team, Role.MEMBER, name="Cor Collega")
    for by, error in (
        (access_for(colleague), NotFound),
        (stage.as_trainer, Forbidden),
        (stage.as_director, NotFound),
        (Stage(stage.school, "Bovenbouw").as_lead, NotFound),
        (Stage().as_lead, NotFound),
    ):
        with pytest.raises(error):
            agree(by, one)
        with pytest.raises(error):
            withdraw_agreement(by=by, assignment_id=one.pk)
    assert agreements(stage) == []
    with pytest.raises(NotFound):
        record_agreement(by=stage.as_lead, assignment_id=uuid4(), agreed_on=TODAY, today=TODAY)


def test_what_needs_no_agreement() -> None:
    stage = Stage().assigned()
    one, other = assignment_of(stage, stage.member), assignment_of(stage, stage.lead)
    with pytest.raises(BadInput) as early:
        agree(stage.as_member, one, TODAY + timedelta(days=1))
    assert (early.value.field, early.value.code) == ("agreed_on", "in_the_future")
    with stage.as_lead.entered():
        Assignment.objects.filter(pk=one.pk).update(mandatory=False)
    withdraw_assignment(by=stage.as_lead, assignment_id=other.pk, at=timezone.now())
    for assignment, code in ((one, "course_is_voluntary"), (other, "assignment_withdrawn")):
        with pytest.raises(Conflict) as caught:
            agree(stage.as_lead, assignment)
        assert caught.value.code == code
    assert agreements(stage) == []


@pytest.mark.parametrize("state", [State.APPROVED, State.RUNNING, State.CLOSED])
def test_not_once_the_plan_is_approved(state: State) -> None:
    stage = Stage().assigned()
    one = assignment_of(stage, stage.member)
    with stage.as_lead.entered():
        Routekaart.objects.update(state=state)
    with pytest.raises(Conflict) as caught:
        agree(stage.as_member, one)
    assert caught.value.code == "wrong_state"


def test_a_plan_from_before_the_agreement_is_outdated() -> None:
    stage = Stage().planned()
    agree(stage.as_member, assignment_of(stage, stage.member))
    with stage.as_lead.entered():
        assert plan_is_outdated(stage.plan, school=stage.school.pk) is True
