"""The one way in which assignments come into another state."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from routekaart.actions.assigning.states import move_assignments
from routekaart.domain.errors import Conflict
from routekaart.models import Assignment, Completion
from tests.makers import make_colleague
from tests.stages import Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

AT = datetime(2026, 10, 5, 12, tzinfo=UTC)


def test_a_step_is_noted_with_its_moment_and_reason() -> None:
    stage = Stage().assigned()
    with stage.as_lead.entered():
        row, other = Assignment.objects.order_by("person__name")
        moved = move_assignments(rows=[row], step="waive", at=AT, reason="omdat: kan het al")
        assert moved == (row.pk,)
        row.refresh_from_db()
        assert (row.state, row.state_since, row.state_reason) == (
            "waived",
            AT,
            "omdat: kan het al",
        )
        other.refresh_from_db()
        assert other.state == "assigned"
        # Again changes nothing, not even the moment.
        later = AT + timedelta(days=1)
        assert move_assignments(rows=[row], step="waive", at=later) == ()
        row.refresh_from_db()
        assert (row.state_since, row.state_reason) == (AT, "omdat: kan het al")


def test_what_made_it_done_goes_when_it_is_reopened() -> None:
    stage = Stage().assigned()
    with stage.as_lead.entered():
        row = Assignment.objects.order_by("pk")[0]
        completion = Completion.objects.create(
            school=stage.school,
            person_id=row.person_id,
            course_id=row.course_id,
            done_on=date(2026, 10, 5),
            source="self",
        )
        move_assignments(rows=[row], step="complete", at=AT, completion=completion.pk)
        row.refresh_from_db()
        assert (row.state, row.completion) == ("done", completion)
        move_assignments(rows=[row], step="reopen", at=AT)
        row.refresh_from_db()
        assert (row.state, row.completion) == ("assigned", None)


def test_all_or_none() -> None:
    stage = Stage().assigned()
    with stage.as_lead.entered():
        first, second = Assignment.objects.order_by("pk")
        move_assignments(rows=[second], step="complete", at=AT)
        with pytest.raises(Conflict) as caught:
            move_assignments(rows=[first, second], step="waive", at=AT)
        assert caught.value.code == "wrong_state"
        assert {row.state for row in Assignment.objects.all()} == {"assigned", "done"}


def test_as_many_queries_for_three_as_for_one() -> None:
    stage = Stage().assigned()
    make_colleague(stage.team, name="Cor Collega")
    stage.assign()
    with stage.as_lead.entered():
        one, *three = Assignment.objects.order_by("person__name")
        counts = []
        for rows in ([one], [one, *three]):
            with CaptureQueriesContext(connection) as captured:
                move_assignments(rows=rows, step="start", at=AT)
            counts.append(len(captured))
    assert counts == [2, 2]
