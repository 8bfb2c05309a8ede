"""Somebody at two schools, and a colleague: what is noted counts for that person there alone."""

from datetime import date, timedelta

import pytest
from django_scopes import scopes_disabled

from routekaart.access import Role
from routekaart.actions.progress.completions import (
    override_completion,
    record_completions,
    revoke_completion,
)
from routekaart.actions.progress.group_completions import (
    confirm_group_completion,
    note_group_completion,
)
from routekaart.actions.progress.progress import reopen_assignment
from routekaart.clock import now
from routekaart.domain.errors import Conflict
from routekaart.domain.progress import Done
from routekaart.models import Assignment, Completion, GroupCompletion, GroupConfirmation
from routekaart.models.completions import CompletionSource
from tests.makers import grant, join
from tests.progressed import COURSE, TODAY, assignment_of, known, put, states
from tests.stages import Stage
from tests.underway import put_in_state

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

DAY = date(2026, 10, 1)


@pytest.fixture
def schools() -> tuple[Stage, Stage]:
    """The member of the first, asked the same course at both; member and trainer reach both."""
    here, there = Stage().assigned(), Stage()
    put_in_state(there, "running")
    grant(here.trainer, Role.TRAINER, school=there.school)
    grant(here.member, Role.MEMBER, school=there.school)
    join(here.member, there.team)
    with scopes_disabled():
        Assignment.objects.create(routekaart=there.routekaart, person=here.member, course_id=COURSE)
    return here, there


def test_what_is_recorded_at_one_school_is_not_done_at_the_other(
    schools: tuple[Stage, Stage],
) -> None:
    here, there = schools
    # The same, known at the other school: it says nothing here.
    known(there.school, here.member, DAY)
    recorded = record_completions(
        by=here.as_trainer,
        school_id=here.school.pk,
        done=[Done(here.member.pk, COURSE, DAY)],
        source=CompletionSource.IMPORT,
        today=TODAY,
    )
    assert len(recorded.new) == 1
    assert states(here.routekaart) == {"Lies Leider": "assigned", "Mo Lid": "done"}
    assert states(there.routekaart) == {"Mo Lid": "assigned"}


def test_what_one_school_lets_count_the_other_does_not(schools: tuple[Stage, Stage]) -> None:
    here, there = schools
    row = known(here.school, here.member, date(2020, 1, 1))
    override_completion(
        by=here.as_trainer, completion_id=row.pk, counts=True, reason="Gezien.", today=TODAY
    )
    assert states(here.routekaart) == {"Lies Leider": "assigned", "Mo Lid": "done"}
    assert states(there.routekaart) == {"Mo Lid": "assigned"}


def test_only_the_own_word_at_that_school_is_taken_back(schools: tuple[Stage, Stage]) -> None:
    here, there = schools
    made = note_group_completion(
        by=here.as_lead,
        routekaart_id=here.routekaart.pk,
        course=COURSE,
        done_on=DAY,
        note="",
        persons=[here.lead.pk, here.member.pk],
        today=TODAY,
    )
    confirm_group_completion(by=here.as_member, group_completion_id=made.pk, today=TODAY)
    with scopes_disabled():
        other = GroupCompletion.objects.create(
            routekaart=there.routekaart, course_id=COURSE, done_on=DAY, made_by=there.lead
        )
        GroupConfirmation.objects.create(
            group_completion=other, person=here.member, confirmed_at=now()
        )
        row = Completion.objects.get(person=here.member)
    revoke_completion(by=here.as_trainer, completion_id=row.pk, today=TODAY)
    with scopes_disabled():
        standing = GroupConfirmation.objects.filter(confirmed_at__isnull=False)
        assert set(standing.values_list("group_completion", "person")) == {
            (made.pk, here.lead.pk),
            (other.pk, here.member.pk),
        }


def test_who_else_was_asked_earlier_makes_nothing_a_mistake(schools: tuple[Stage, Stage]) -> None:
    here, there = schools
    one = assignment_of(here, here.member)
    for earlier in (assignment_of(here, here.lead), assignment_of(there, here.member)):
        put(earlier, assigned_at=one.assigned_at - timedelta(days=300))
    row = known(here.school, here.member, DAY)
    with scopes_disabled():
        Completion.objects.filter(pk=row.pk).update(
            recorded_at=one.assigned_at - timedelta(days=100)
        )
    put(one, state="done", completion=row)
    with pytest.raises(Conflict) as refused:
        reopen_assignment(by=here.as_member, assignment_id=one.pk, today=TODAY)
    assert refused.value.code == "earlier_completion"
