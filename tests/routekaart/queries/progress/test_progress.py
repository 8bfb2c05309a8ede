"""Who sees how far a team is, and what of it."""

from datetime import date
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled

from routekaart.access import NotFound, Role, school_scope
from routekaart.domain.progress import Counts, CourseProgress, PersonProgress
from routekaart.models import Assignment, Person, Plan, School, TeamMembership
from routekaart.queries.progress.progress import (
    OpenPreparation,
    PreparationProgress,
    RoutekaartProgress,
    preparation_of_day,
    progress_of,
    standing_assignments,
)
from tests.makers import access_for, make_colleague, make_team
from tests.progressed import COURSE, assignment_of, put
from tests.stages import Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

TODAY = date(2026, 10, 1)
# After every deadline of the plan.
LATER = date(2027, 1, 15)


def team_of(size: int) -> Stage:
    """A planned team of so many people with one course each; the member has done it."""
    stage = Stage()
    for number in range(size - 2):
        make_colleague(stage.team, name=f"Nr {number}")
    stage.planned()
    put(assignment_of(stage, stage.member), state="done")
    return stage


def consent(stage: Stage, since: date | None = TODAY) -> None:
    with scopes_disabled():
        School.objects.filter(pk=stage.school.pk).update(progress_by_name_since=since)


def seen(stage: Stage, person: Person, today: date = TODAY) -> RoutekaartProgress:
    by = access_for(person)
    return progress_of(by=by, routekaart_id=stage.routekaart.pk, today=today)


def test_a_small_team_shows_counts_to_nobody_without_consent() -> None:
    stage = team_of(4)
    for person in (stage.member, stage.lead, stage.trainer, stage.director):
        found = seen(stage, person)
        assert (found.team.hidden, found.team.counts, found.people) == (True, None, None)
        assert [(item.course, item.hidden, item.people, item.counts) for item in found.courses] == [
            (COURSE, True, None, None)
        ]
    assert [(row.person, row.state) for row in seen(stage, stage.member).own] == [
        (str(stage.member.pk), "done")
    ]
    assert seen(stage, stage.director).own == ()


def test_a_team_of_five_shows_counts_to_everyone_who_reads() -> None:
    stage = team_of(5)
    counts = Counts(assigned=4, started=0, done=1, waived=0, late=0)
    board = make_colleague(stage.team, Role.BOARD)
    for person in (stage.member, stage.lead, stage.director, board):
        found = seen(stage, person)
        assert found.people is None
        assert found.team.counts == counts
        assert [(item.goals, item.people, item.counts) for item in found.courses] == [
            ((str(stage.goal.pk),), 5, counts)
        ]


def test_names_are_for_lead_and_trainer_once_the_pmr_agreed() -> None:
    stage = team_of(3)
    consent(stage)
    for person in (stage.lead, stage.trainer):
        assert seen(stage, person).people == (
            PersonProgress(str(stage.lead.pk), "Lies Leider", Counts(1, 0, 0, 0, 0)),
            PersonProgress(str(stage.member.pk), "Mo Lid", Counts(0, 0, 1, 0, 0)),
            PersonProgress(str(_id_of(stage, "Nr 0")), "Nr 0", Counts(1, 0, 0, 0, 0)),
        )
        assert seen(stage, person).team.counts == Counts(2, 0, 1, 0, 0)
    for person in (stage.member, stage.director):
        found = seen(stage, person)
        assert (found.people, found.team.hidden) == (None, True)
    consent(stage, date(2026, 11, 3))
    assert seen(stage, stage.lead).people is None


def _id_of(stage: Stage, name: str) -> UUID:
    with scopes_disabled():
        return TeamMembership.objects.get(team=stage.team, person__name=name).person_id


def test_late_is_after_the_deadline_of_the_plan() -> None:
    stage = team_of(5)
    found = seen(stage, stage.lead, LATER)
    assert found.team.counts == Counts(assigned=4, started=0, done=1, waived=0, late=4)
    assert found.own[0].deadline is not None
    with scopes_disabled():
        stage.plan.content["preparation_weeks"] = []
        Plan._base_manager.filter(pk=stage.plan.pk).update(content=stage.plan.content)
    assert seen(stage, stage.lead, LATER).team.counts == Counts(4, 0, 1, 0, 0)


def test_who_left_and_what_starts_later_does_not_count() -> None:
    stage = team_of(7)
    with scopes_disabled():
        gone = TeamMembership.objects.get(team=stage.team, person__name="Nr 0")
        # To the team next door.
        gone.team = make_team(stage.school, "Bovenbouw")
        gone.save()
    put(assignment_of(stage, stage.lead), starts_on=date(2026, 11, 3))
    counts = Counts(4, 0, 1, 0, 0)
    assert seen(stage, stage.lead).courses == (
        CourseProgress(
            COURSE,
            seen(stage, stage.lead).courses[0].title,
            (str(stage.goal.pk),),
            False,
            5,
            counts,
        ),
    )
    with school_scope([stage.school.pk]):
        assert standing_assignments([stage.routekaart.pk], TODAY).count() == 5


def test_a_stranger_finds_nothing() -> None:
    stage = Stage()
    with pytest.raises(NotFound):
        seen(stage, Stage().lead)


class TestPreparationOfADay:
    def of_day(self, stage: Stage, person: Person) -> PreparationProgress:
        by = access_for(person)
        return preparation_of_day(by=by, study_day_id=stage.study_day.pk, today=TODAY)

    def test_in_counts(self) -> None:
        stage = team_of(6)
        put(assignment_of(stage, stage.lead), state="waived")
        assert self.of_day(stage, stage.director) == PreparationProgress(1, 5, False, None)

    def test_hidden_for_a_small_team_and_by_name_with_consent(self) -> None:
        stage = team_of(2)
        assert self.of_day(stage, stage.lead) == PreparationProgress(0, 0, True, None)
        consent(stage)
        title = seen(stage, stage.lead).courses[0].title
        assert self.of_day(stage, stage.trainer) == PreparationProgress(
            1, 2, False, (OpenPreparation(str(stage.lead.pk), "Lies Leider", COURSE, title),)
        )
        assert self.of_day(stage, stage.director) == PreparationProgress(0, 0, True, None)

    def test_without_a_plan_nothing_is_to_be_ready(self) -> None:
        stage = Stage().assigned()
        assert self.of_day(stage, stage.director) == PreparationProgress(0, 0, False, None)


def test_as_many_queries_for_few_as_for_many() -> None:
    few, many = team_of(2), team_of(6)

    def queries(stage: Stage) -> tuple[int, int]:
        with CaptureQueriesContext(connection) as one:
            seen(stage, stage.lead)
        with CaptureQueriesContext(connection) as two:
            preparation_of_day(
                by=access_for(stage.lead), study_day_id=stage.study_day.pk, today=TODAY
            )
        return len(one), len(two)

    assert queries(few) == queries(many)


def test_the_plan_that_was_approved_counts_until_the_next_one_is() -> None:
    stage = team_of(5)
    with scopes_disabled():
        stage.plan.approved_at = stage.plan.made_at
        stage.plan.save()
        newer = stage.plan
        newer.pk, newer.version, newer.approved_at = UUID(int=7), 2, None
        newer.content = newer.content | {"preparation_weeks": []}
        newer._state.adding = True
        newer.save()
    assert seen(stage, stage.lead, LATER).team.counts == Counts(4, 0, 1, 0, 4)
    with scopes_disabled():
        Assignment.objects.update(state="done")
    assert seen(stage, stage.lead, LATER).team.counts == Counts(0, 0, 5, 0, 0)
