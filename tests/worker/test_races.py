"""Many at once: whatever meets on one job, it is made once."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django_scopes import scopes_disabled

from routekaart.actions.documents.bundles import cancel_job, request_bundle
from routekaart.models import Document, Job
from routekaart.models.jobs import DocumentKind, JobKind
from routekaart.storage import Storage
from tests.at_once import at_once
from tests.makers import access_for
from tests.worker.bundle_bench import make_bundle_bench, run_all
from tests.worker_bench import Bench
from worker import claims, runner

pytestmark = pytest.mark.usefixtures("storage")


def test_two_claimers_one_winner(shared_bench: Bench) -> None:
    for _ in range(5):
        job = shared_bench.job()
        claimed = at_once(*[lambda: claims.claim(job.pk)] * 2)  # noqa: B023 - run at once
        assert sorted(claim is not None for claim in claimed) == [False, True]


def test_twenty_wake_ups_make_one_document(
    shared_bench: Bench, runs: Callable[[], int], storage: Storage
) -> None:
    job = shared_bench.job("twintig")
    ran = at_once(*[lambda: runner.run(job.pk)] * 20)
    assert sorted(map(bool, ran)) == [False] * 19 + [True]
    assert runs() == 1
    (document,) = shared_bench.documents()
    assert storage.exists(document.content_hash)


def test_two_jobs_of_one_input_at_once_make_one_document(shared_bench: Bench) -> None:
    jobs = [shared_bench.job("gelijk") for _ in range(4)]
    waiting = [job.pk for job in jobs]
    assert at_once(*[lambda: runner.run(waiting.pop())] * 4) == [True] * 4
    (document,) = shared_bench.documents()
    for job in jobs:
        job.refresh_from_db()
    assert {(job.state, job.document_id) for job in jobs} == {("done", document.pk)}


def test_children_that_end_together_make_one_zip(shared_bench: Bench) -> None:
    world = make_bundle_bench(shared_bench)
    parent, children = world.bundle(*map(str, range(6)))
    at_once(*[run_all] * 4)
    run_all()
    for job in (parent, *children):
        job.refresh_from_db()
    assert {(job.state, job.attempts) for job in (parent, *children)} == {("done", 1)}
    with scopes_disabled():
        assert Document.objects.filter(kind=DocumentKind.BUNDLE).count() == 1


def test_a_cancel_in_the_middle_leaves_nothing_open(shared_bench: Bench) -> None:
    world = make_bundle_bench(shared_bench)
    parent, children = world.bundle(*map(str, range(8)))
    waiting: list[Callable[[], object]] = [
        run_all,
        run_all,
        lambda: cancel_job(by=world.by, job_id=parent.pk),
    ]

    def one_of_them() -> object:
        return waiting.pop()()

    at_once(*[one_of_them] * 3)
    run_all()
    for job in (parent, *children):
        job.refresh_from_db()
    assert parent.state in {"cancelled", "done"}
    ended = {child.state for child in children}
    assert ended <= {"done", "cancelled"}
    assert (parent.state == "done") == (ended == {"done"} and parent.document_id is not None)


def test_the_same_request_twice_at_once_is_one_bundle(shared_bench: Bench) -> None:
    director = make_bundle_bench(shared_bench).director
    school = shared_bench.routekaart.team.school_id

    def ask() -> object:
        return request_bundle(by=access_for(director), school_id=school, school_year=2026).pk

    first, second = at_once(*[ask] * 2)
    assert first == second
    assert isinstance(first, UUID)
    assert Job.objects.filter(kind=JobKind.BUNDLE).count() == 1
    assert Job.objects.filter(parent=first).count() == 1
