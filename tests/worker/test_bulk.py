"""Bundles by moments: what one message does, and what goes before it."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import count
from threading import Event
from types import SimpleNamespace
from uuid import UUID

import pytest
from django.db.models.functions import Now

from routekaart.models import Job
from routekaart.models.jobs import JobState
from routekaart.storage import Storage
from tests.worker.bundle_bench import BundleBench, make_bundle_bench
from tests.worker_bench import Bench
from worker import ahead, bulk, runner
from worker.ahead import Read


@pytest.fixture
def bundles(bench: Bench, storage: Storage) -> BundleBench:  # noqa: ARG001  (a folder of its own)
    return make_bundle_bench(bench)


@pytest.fixture(autouse=True)
def proven(monkeypatch: pytest.MonkeyPatch) -> Event:
    """Whether this process ran a job before: it did."""
    event = Event()
    event.set()
    monkeypatch.setattr(bulk, "_proven", event)
    return event


def test_the_first_job_of_a_process_is_read_by_itself(
    bundles: BundleBench, proven: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its process may stand for one that reading for several took along."""
    proven.clear()
    bundles.bundle("een", "twee", "drie")
    together = []
    jobs_as_read = ahead.jobs_as_read

    def counted(ids: Sequence[UUID]) -> list[tuple[Job, Read | None]]:
        together.append(len(ids))
        return jobs_as_read(ids)

    monkeypatch.setattr(ahead, "jobs_as_read", counted)
    assert bulk.run_for_a_moment() is False
    # One child alone, two together, and then the bundle itself, after which there is nothing.
    assert together == [0, 2, 0, 0]


def test_runs_all_that_a_moment_has_room_for(bundles: BundleBench) -> None:
    parent, children = bundles.bundle("een", "twee", "drie")

    assert bulk.run_for_a_moment() is False
    for job in (parent, *children):
        job.refresh_from_db()
    assert [job.state for job in (parent, *children)] == [JobState.DONE] * 4


def test_lets_others_in_when_the_moment_is_over(
    bundles: BundleBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "_MOMENT", 0.0)
    _, children = bundles.bundle("een", "twee")

    assert bulk.run_for_a_moment() is True
    for child in children:
        child.refresh_from_db()
    assert sorted(child.state for child in children) == [JobState.DONE, JobState.QUEUED]


def test_what_somebody_waits_for_goes_first(
    bundles: BundleBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "_MOMENT", 0.0)
    bundles.bundle("een", "twee")
    waited_for = bundles.bench.job("nu")

    bulk.run_for_a_moment()
    waited_for.refresh_from_db()
    assert waited_for.state == JobState.DONE


def test_what_somebody_waits_for_comes_between(
    bundles: BundleBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when more of the bundle was read ahead."""
    _, children = bundles.bundle("een", "twee", "drie")
    asked: list[Job] = []
    run = runner.run_as_read

    def run_and_ask(job: Job, read: Read | None) -> bool:
        ran = run(job, read)
        if not asked:
            asked.append(bundles.bench.job("nu"))
        return ran

    monkeypatch.setattr(runner, "run_as_read", run_and_ask)
    assert bulk.run_for_a_moment() is False
    jobs = Job.objects.filter(pk__in=[asked[0].pk, *(child.pk for child in children)])
    assert [job == asked[0] for job in jobs.order_by("finished_at")] == [False, True, False, False]


def test_long_documents_let_others_in_before_all_that_was_read(
    bundles: BundleBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the moment is over twice."""
    _, children = bundles.bundle("een", "twee", "drie", "vier")
    seconds = count(0.0, 0.8)
    monkeypatch.setattr(bulk, "time", SimpleNamespace(monotonic=lambda: next(seconds)))

    assert bulk.run_for_a_moment() is True
    for child in children:
        child.refresh_from_db()
    assert sorted(child.state for child in children) == ["done", "done", "done", "queued"]


def test_what_a_lost_worker_left_is_run_too(bundles: BundleBench) -> None:
    _, children = bundles.bundle("een", "twee")
    Job.objects.filter(pk=children[0].pk).update(
        state=JobState.RUNNING, attempts=1, lease_until=Now() - timedelta(seconds=1)
    )
    assert bulk.run_for_a_moment() is False
    for child in children:
        child.refresh_from_db()
    assert [(child.state, child.attempts) for child in children] == [("done", 2), ("done", 1)]
