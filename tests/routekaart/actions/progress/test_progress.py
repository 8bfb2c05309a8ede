"""Beginning, finishing, taking back and being exempted."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django_scopes import scopes_disabled

from routekaart.access import Access, Forbidden, NotFound
from routekaart.actions.assigning.assignments import withdraw_assignment
from routekaart.actions.progress.completions import revoke_completion
from routekaart.actions.progress.progress import (
    complete_assignment,
    reopen_assignment,
    start_assignment,
    waive_assignment,
)
from routekaart.actions.transitions import close
from routekaart.clock import now
from routekaart.domain.errors import BadInput, Conflict
from routekaart.domain.lifecycle import ASSIGNMENT
from routekaart.models import Assignment, Routekaart, School
from tests.makers import access_for, join, make_colleague
from tests.progressed import COURSE, TODAY, assignment_of, completions, known, logged, put, states
from tests.stages import Interrupted, Stage
from tests.underway import put_in_state

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

YESTERDAY = date(2026, 11, 1)


def start(by: Access, one: Assignment) -> None:
    start_assignment(by=by, assignment_id=one.pk, today=TODAY)


def complete(by: Access, one: Assignment, done_on: date = TODAY) -> None:
    complete_assignment(by=by, assignment_id=one.pk, done_on=done_on, proof="", today=TODAY)


def reopen(by: Access, one: Assignment) -> None:
    reopen_assignment(by=by, assignment_id=one.pk, today=TODAY)


def waive(by: Access, one: Assignment, reason: str = "Al lang bekend.") -> None:
    waive_assignment(by=by, assignment_id=one.pk, reason=reason, today=TODAY)


STEPS: dict[str, Callable[[Access, Assignment], None]] = {
    "start": start,
    "complete": complete,
    "reopen": reopen,
    "waive": waive,
}


@pytest.fixture
def stage() -> Stage:
    return Stage().assigned()


def test_a_director_who_is_in_the_team_does_the_own_courses_and_no_others(stage: Stage) -> None:
    colleague = assignment_of(stage, stage.member)
    with pytest.raises(NotFound):
        start(stage.as_director, colleague)
    join(stage.director, stage.team)
    with scopes_disabled():
        own = Assignment.objects.create(
            routekaart=stage.routekaart, person=stage.director, course_id=COURSE
        )
    start(stage.as_director, own)
    complete(stage.as_director, own)
    assert states(stage.routekaart)["Dirk Directeur"] == "done"
    with pytest.raises(Forbidden):
        waive(stage.as_director, own)
    for step in STEPS.values():
        with pytest.raises(NotFound):
            step(stage.as_director, colleague)


def test_somebody_begins_and_finishes_and_repeating_changes_nothing(stage: Stage) -> None:
    own, by = assignment_of(stage, stage.member), stage.as_member
    before = logged(stage.school)
    for _ in range(2):
        start(by, own)
    assert states(stage.routekaart) == {"Lies Leider": "assigned", "Mo Lid": "started"}
    complete(by, own, YESTERDAY)
    for done_on in (YESTERDAY, TODAY):
        complete(by, own, done_on)
    assert completions() == [("Mo Lid", COURSE, YESTERDAY, "self", False)]
    assert states(stage.routekaart) == {"Lies Leider": "assigned", "Mo Lid": "done"}
    assert logged(stage.school)[len(before) :] == ["start_assignment", "record_completion"]
    done = assignment_of(stage, stage.member)
    assert done.completion is not None
    assert done.completion.done_on == YESTERDAY
    assert done.state_since > own.state_since


def test_another_records_it_and_the_first_source_stays(stage: Stage) -> None:
    one = assignment_of(stage, stage.member)
    complete(stage.as_trainer, one)
    put(one, state="assigned", completion=None)
    complete(stage.as_member, one)
    assert completions() == [("Mo Lid", COURSE, TODAY, "recorded", False)]
    assert states(stage.routekaart)["Mo Lid"] == "done"


@pytest.mark.parametrize("step", STEPS)
def test_a_member_does_not_see_what_is_of_another(stage: Stage, step: str) -> None:
    other = make_colleague(stage.team, name="An Ander")
    with pytest.raises(NotFound):
        STEPS[step](access_for(other), assignment_of(stage, stage.member))
    # Who sees the team but not its courses sees none either.
    with pytest.raises(NotFound):
        STEPS[step](stage.as_director, assignment_of(stage, stage.member))


def test_what_starts_later_is_not_there_yet_for_the_person(stage: Stage) -> None:
    one = assignment_of(stage, stage.member)
    put(one, starts_on=date(2026, 11, 3))
    with pytest.raises(NotFound):
        start(stage.as_member, one)
    start(stage.as_lead, one)
    assert states(stage.routekaart)["Mo Lid"] == "started"


@pytest.mark.parametrize("step", STEPS)
def test_every_step_from_every_state(stage: Stage, step: str) -> None:
    one = assignment_of(stage, stage.member)
    with scopes_disabled():
        School.objects.update(progress_by_name_since=date(2026, 1, 1))
    for state in ASSIGNMENT.words:
        with transaction.atomic():
            put(one, state=state)
            if state in ASSIGNMENT.sources(step):
                STEPS[step](stage.as_lead, one)
                with scopes_disabled():
                    after = Assignment.objects.get(pk=one.pk).state
                assert after == ASSIGNMENT.after(state, step)
            else:
                with pytest.raises(Conflict) as refused:
                    STEPS[step](stage.as_lead, one)
                assert refused.value.code == "wrong_state"
            transaction.set_rollback(True)


@pytest.mark.parametrize("step", STEPS)
def test_a_year_that_is_over_changes_no_more(stage: Stage, step: str) -> None:
    with scopes_disabled():
        Routekaart.objects.update(state="closed")
    with pytest.raises(Conflict) as refused:
        STEPS[step](stage.as_lead, assignment_of(stage, stage.member))
    assert refused.value.code == "wrong_state"


@pytest.mark.parametrize("done", [False, True])
def test_without_consent_no_answer_says_how_far_a_colleague_is(stage: Stage, done: bool) -> None:
    one = assignment_of(stage, stage.member)
    if done:
        complete(stage.as_member, one)
    start(stage.as_trainer, one)
    waive(stage.as_lead, one)
    for done_on, code in (
        (date(2024, 11, 1), "counts_no_more"),
        (date(2026, 11, 3), "in_the_future"),
    ):
        with pytest.raises(BadInput) as refused:
            complete(stage.as_lead, one, done_on)
        assert refused.value.code == code
    assert states(stage.routekaart)["Mo Lid"] == ("done" if done else "waived")
    assert logged(stage.school)[-2:] == ["start_assignment", "waive_assignment"]
    withdraw_assignment(by=stage.as_lead, assignment_id=one.pk, at=now())
    assert "Mo Lid" not in states(stage.routekaart)
    # What was done is on the own record all the same.
    assert completions() == ([("Mo Lid", COURSE, TODAY, "self", False)] if done else [])


def test_who_may_know_hears_that_it_is_done(stage: Stage) -> None:
    one = assignment_of(stage, stage.member)
    complete(stage.as_member, one)

    def refused(attempt: Callable[[], None]) -> bool:
        with pytest.raises(Conflict) as conflict:
            attempt()
        return conflict.value.code == "wrong_state" and "afgerond" in conflict.value.message

    assert refused(lambda: start(stage.as_member, one))
    with scopes_disabled():
        School.objects.update(progress_by_name_since=date(2026, 1, 1))
    assert refused(lambda: start(stage.as_trainer, one))
    assert refused(lambda: waive(stage.as_lead, one))
    withdraw_assignment(by=stage.as_lead, assignment_id=one.pk, at=now())
    # That it was taken back is no secret of anybody.
    with scopes_disabled():
        School.objects.update(progress_by_name_since=None)
    with pytest.raises(Conflict):
        waive(stage.as_lead, one)


def test_a_year_that_closes_meanwhile_changes_no_more(stage: Stage) -> None:
    put_in_state(stage, "running")
    by = Interrupted.by(
        stage.as_member, lambda: close(by=stage.as_lead, routekaart_id=stage.routekaart.pk)
    )
    with pytest.raises(Conflict) as refused:
        complete(by, assignment_of(stage, stage.member))
    assert refused.value.code == "wrong_state"
    assert completions() == []


def test_what_is_too_old_is_refused_and_not_stored(stage: Stage) -> None:
    for done_on, code in (
        (date(2024, 11, 1), "counts_no_more"),
        (date(2026, 11, 3), "in_the_future"),
        (date(2000, 1, 1), "too_long_ago"),
    ):
        with pytest.raises(BadInput) as refused:
            complete(stage.as_member, assignment_of(stage, stage.member), done_on)
        assert (refused.value.field, refused.value.code) == ("done_on", code)
    assert completions() == []
    assert set(states(stage.routekaart).values()) == {"assigned"}


def test_an_own_report_is_taken_back_and_the_row_stays(stage: Stage) -> None:
    one, by = assignment_of(stage, stage.member), stage.as_member
    complete(by, one)
    for _ in range(2):
        reopen(by, one)
    assert completions() == [("Mo Lid", COURSE, TODAY, "self", True)]
    assert states(stage.routekaart)["Mo Lid"] == "assigned"
    assert assignment_of(stage, stage.member).completion is None
    complete(by, one)
    assert [row[-1] for row in completions()] == [True, False]


def test_what_another_recorded_is_taken_back_by_those_who_may(stage: Stage) -> None:
    one = assignment_of(stage, stage.member)
    complete(stage.as_lead, one)
    with pytest.raises(Conflict) as refused:
        reopen(stage.as_member, one)
    assert refused.value.code == "not_own_report"
    assert states(stage.routekaart)["Mo Lid"] == "done"
    reopen(stage.as_trainer, one)
    assert states(stage.routekaart)["Mo Lid"] == "assigned"


def test_another_completion_that_counts_keeps_it_done(stage: Stage) -> None:
    one = assignment_of(stage, stage.member)
    complete(stage.as_member, one)
    earlier = known(stage.school, stage.member, YESTERDAY)
    reopen(stage.as_member, one)
    assert assignment_of(stage, stage.member).completion_id == earlier.pk
    assert states(stage.routekaart)["Mo Lid"] == "done"


def test_what_was_known_before_is_no_mistake(stage: Stage) -> None:
    with scopes_disabled():
        one = assignment_of(stage, stage.member)
        row = known(stage.school, stage.member, YESTERDAY)
        type(row).objects.filter(pk=row.pk).update(recorded_at=one.assigned_at.replace(year=2025))
    put(one, state="done", completion=row)
    with pytest.raises(Conflict) as refused:
        reopen(stage.as_member, one)
    assert refused.value.code == "earlier_completion"
    # Who may not know that it is done hears nothing of it, and changes nothing.
    reopen(stage.as_lead, one)
    assert states(stage.routekaart)["Mo Lid"] == "done"
    revoke_completion(by=stage.as_member, completion_id=row.pk, today=TODAY)
    assert states(stage.routekaart)["Mo Lid"] == "assigned"


def test_through_a_second_team_it_is_the_same_report(stage: Stage) -> None:
    one = assignment_of(stage, stage.member)
    complete(stage.as_member, one)
    second = Stage(stage.school, "Bovenbouw")
    with scopes_disabled():
        second.team.memberships.create(person=stage.member, joined_on=YESTERDAY)
    second.assigned()
    assert assignment_of(second, stage.member).state == "done"
    # The first team asked for it before it was reported, also when it takes that back later.
    withdraw_assignment(by=stage.as_lead, assignment_id=one.pk, at=now())
    reopen(stage.as_member, assignment_of(second, stage.member))
    assert assignment_of(second, stage.member).state == "assigned"
    assert completions() == [("Mo Lid", COURSE, TODAY, "self", True)]


def test_what_was_known_before_both_teams_asked_is_no_mistake(stage: Stage) -> None:
    known(stage.school, stage.member, YESTERDAY)
    stages = [Stage(stage.school, name) for name in ("Midden", "Boven")]
    for each in stages:
        with scopes_disabled():
            each.team.memberships.create(person=stage.member, joined_on=YESTERDAY)
        each.assigned()
    with scopes_disabled():
        stage.routekaart.delete()
    for each in stages:
        with pytest.raises(Conflict) as refused:
            reopen(stage.as_member, assignment_of(each, stage.member))
        assert refused.value.code == "earlier_completion"


def test_nobody_is_exempted_by_the_own_word(stage: Stage) -> None:
    with pytest.raises(Forbidden):
        waive(stage.as_member, assignment_of(stage, stage.member))


def test_a_waiver_has_a_reason_and_only_who_gives_it_takes_it_back(stage: Stage) -> None:
    one = assignment_of(stage, stage.member)
    waive(stage.as_lead, one)
    first = assignment_of(stage, stage.member)
    waive(stage.as_lead, one, "Een andere reden.")
    waived = assignment_of(stage, stage.member)
    assert (waived.state, waived.state_reason) == ("waived", "Een andere reden.")
    assert waived.state_since == first.state_since
    with pytest.raises(Forbidden):
        reopen(stage.as_member, one)
    # Who does it after all is done.
    complete(stage.as_member, one)
    done: Any = assignment_of(stage, stage.member)
    assert (done.state, done.state_reason) == ("done", "")
