"""Bundles by moments: what one message does, and what goes before it."""

import pytest

from routekaart.models.jobs import JobState
from routekaart.storage import Storage
from tests.worker.bundle_bench import BundleBench, make_bundle_bench
from tests.worker_bench import Bench
from worker import bulk


@pytest.fixture
def bundles(bench: Bench, storage: Storage) -> BundleBench:  # noqa: ARG001  (a folder of its own)
    return make_bundle_bench(bench)


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
