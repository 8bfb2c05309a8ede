"""Many at once: whatever meets on one job, it is made once."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from routekaart.storage import Storage
from tests.worker_bench import Bench
from worker import claims, runner

pytestmark = pytest.mark.usefixtures("storage")


def at_once(count: int, action: Callable[[], object]) -> list[object]:
    """What `count` threads get that start together, each on a connection of its own."""
    start = threading.Barrier(count)
    results: list[object] = []

    def run() -> None:
        try:
            start.wait()
            results.append(action())
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == count
    return results


def test_two_claimers_one_winner(shared_bench: Bench) -> None:
    for _ in range(5):
        job = shared_bench.job()
        claimed = at_once(2, lambda: claims.claim(job.pk))  # noqa: B023 - run at once
        assert sorted(claim is not None for claim in claimed) == [False, True]


def test_twenty_wake_ups_make_one_document(
    shared_bench: Bench, runs: Callable[[], int], storage: Storage
) -> None:
    job = shared_bench.job("twintig")
    ran = at_once(20, lambda: runner.run(job.pk))
    assert sorted(map(bool, ran)) == [False] * 19 + [True]
    assert runs() == 1
    (document,) = shared_bench.documents()
    assert storage.exists(document.content_hash)


def test_two_jobs_of_one_input_at_once_make_one_document(shared_bench: Bench) -> None:
    jobs = [shared_bench.job("gelijk") for _ in range(4)]
    waiting = [job.pk for job in jobs]
    assert at_once(4, lambda: runner.run(waiting.pop())) == [True] * 4
    (document,) = shared_bench.documents()
    for job in jobs:
        job.refresh_from_db()
    assert {(job.state, job.document_id) for job in jobs} == {("done", document.pk)}
