"""What is read at once for several jobs of a bundle, and what then comes of it."""

import logging

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courses.entities import Catalogue
from routekaart.access import Role, access_of
from routekaart.actions.documents.bundles import request_bundle
from routekaart.actions.documents.documents import request_team_plan
from routekaart.actions.privacy.account import erase_account
from routekaart.models import Job, Person, RoleGrant
from tests.makers import grant, join, make_person
from tests.stages import TODAY, Stage
from tests.worker.bundle_bench import document_of
from worker import ahead, bulk, runner
from worker.ahead import Read

pytestmark = pytest.mark.usefixtures("catalogue", "storage")


@pytest.fixture
def stages(catalogue: Catalogue) -> list[Stage]:  # noqa: ARG001  (loaded before a team chooses)
    """Two teams of a school with somebody in both, and one of another school of the board."""
    first = Stage(team_name="Onderbouw").planned()
    second = Stage(school=first.school, team_name="Bovenbouw")
    join(first.member, second.team)
    third = Stage(team_name="Middenbouw")
    third.school.board = first.school.board
    third.school.save()
    return [first, second.planned(), third.planned()]


@pytest.fixture
def director(stages: list[Stage]) -> Person:
    person = make_person("Bo Bestuur")
    for school in {stage.school for stage in stages}:
        grant(person, Role.DIRECTOR, school=school)
    return person


def bundle(stages: list[Stage], by: Person) -> list[Job]:
    """The jobs of the teams, in this order."""
    parent = request_bundle(
        by=access_of(by), board_id=stages[0].school.board_id, school_year=2026, today=TODAY
    )
    jobs = {job.routekaart_id: job for job in parent.children.all()}
    return [jobs[stage.routekaart.pk] for stage in stages]


@pytest.fixture
def jobs(stages: list[Stage], director: Person) -> list[Job]:
    grant(director, Role.BOARD, board=stages[0].school.board)
    return bundle(stages, director)


def read(jobs: list[Job]) -> list[Read | None]:
    return [found for _, found in ahead.jobs_as_read([job.pk for job in jobs])]


def test_each_is_read_as_it_would_be_by_itself(jobs: list[Job], stages: list[Stage]) -> None:
    together = read(jobs)
    assert [one.plan.plan for one in together if one] == [stage.plan for stage in stages]
    assert together == [read([job])[0] for job in jobs]


def test_a_document_is_the_same_as_one_made_by_itself(jobs: list[Job], stages: list[Stage]) -> None:
    alone = request_team_plan(by=stages[1].as_director, routekaart_id=stages[1].routekaart.pk)
    assert runner.run(alone.pk)
    assert bulk.run_for_a_moment() is False
    made = [document_of(job) for job in jobs]
    assert [document.routekaart_id for document in made] == [
        stage.routekaart.pk for stage in stages
    ]
    assert made[1] == document_of(alone)


def test_in_as_many_queries_for_two_of_a_school_as_for_one(jobs: list[Job]) -> None:
    counts = []
    for some in (jobs[:1], jobs[:2]):
        with CaptureQueriesContext(connection) as asked:
            read(some)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_with_persons_it_is_read_when_the_job_runs(jobs: list[Job]) -> None:
    Job.objects.filter(pk=jobs[0].pk).update(holds_persons=True)
    assert [one is None for one in read(jobs)] == [True, False, False]


def test_what_the_requester_may_not_have_is_not_read(
    jobs: list[Job], stages: list[Stage], director: Person
) -> None:
    RoleGrant.objects.filter(person=director, board__isnull=False).delete()
    RoleGrant.objects.filter(person=director, school=stages[2].school).delete()
    assert [one is None for one in read(jobs)] == [False, False, True]
    # Who only reads a plan has nothing made of it.
    grant(director, Role.MEMBER, school=stages[2].school)
    join(director, stages[2].team)
    assert [one is None for one in read(jobs)] == [False, False, True]


def test_nothing_is_read_for_who_is_gone(jobs: list[Job], director: Person) -> None:
    director.is_active = False
    director.save()
    assert read(jobs) == [None, None, None]
    Job.objects.update(requested_by=None)
    assert read(jobs) == [None, None, None]


def test_a_plan_of_another_school_than_the_job_is_not_read(
    jobs: list[Job], stages: list[Stage]
) -> None:
    Job.objects.filter(pk=jobs[0].pk).update(school=stages[2].school)
    assert [one is None for one in read(jobs)] == [True, False, False]


def test_what_cannot_be_read_ahead_fails_by_itself(
    jobs: list[Job], caplog: pytest.LogCaptureFixture
) -> None:
    """A job that asks for nothing stops no other."""
    payload = {key: value for key, value in jobs[0].payload.items() if key != "plan"}
    Job.objects.filter(pk=jobs[0].pk).update(payload=payload)
    with caplog.at_level(logging.WARNING, logger="worker.ahead"):
        assert read(jobs) == [None, None, None]
    assert [record.getMessage() for record in caplog.records] == [
        "Nothing was read ahead of 3 jobs."
    ]


def test_what_was_read_before_a_name_was_erased_is_not_made(
    jobs: list[Job], stages: list[Stage]
) -> None:
    """The person is in the first two teams; the third is of another school."""
    found = ahead.jobs_as_read([job.pk for job in jobs])
    erase_account(stages[0].member.pk, at=timezone.now())
    assert [runner.run_as_read(job, together) for job, together in found] == [False, False, True]
    # They are read anew, and then made.
    again = ahead.jobs_as_read([job.pk for job in jobs[:2]])
    assert [runner.run_as_read(job, together) for job, together in again] == [True, True]


def test_one_that_was_tried_before_is_read_by_itself(jobs: list[Job]) -> None:
    Job.objects.filter(pk=jobs[1].pk).update(attempts=1)
    assert [one is None for one in read(jobs)] == [False, True, False]


def test_jobs_that_are_gone_are_left_out(jobs: list[Job]) -> None:
    wanted = [job.pk for job in reversed(jobs)]
    Job.objects.filter(pk=jobs[1].pk).delete()
    assert [job.pk for job, _ in ahead.jobs_as_read(wanted)] == [wanted[0], wanted[2]]
