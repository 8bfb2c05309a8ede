"""One job at a time: what it ends as, and what it leaves behind."""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.db.models.functions import Now
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from routekaart.access import Role
from routekaart.actions.documents.jobs import retry_job
from routekaart.models import Job, RoleGrant
from routekaart.models.jobs import JobKind, JobState
from routekaart.storage import Storage
from tests.makers import access_for, make_colleague
from tests.worker_bench import Bench
from worker import claims, failures, runner, sweeping
from worker.claims import Due

pytestmark = pytest.mark.usefixtures("storage")


def state(job: Job) -> tuple[str, int, str]:
    job.refresh_from_db()
    return job.state, job.attempts, job.failure_code


def found_by_sweep() -> list[UUID]:
    found = sweeping.sweep()
    assert not found.bulk
    return list(found.jobs)


def make_due(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(due_at=Now() - timedelta(seconds=1))


def end_lease(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(lease_until=Now() - timedelta(seconds=1))


def test_a_job_becomes_a_document_with_its_file(bench: Bench, storage: Storage) -> None:
    job = bench.job("hallo")
    assert runner.run(job.pk) is True
    (document,) = bench.documents()
    assert state(job) == ("done", 1, "")
    assert (job.document_id, job.progress, job.token, job.lease_until) == (
        document.pk,
        100,
        None,
        None,
    )
    assert job.finished_at is not None
    with storage.open(document.content_hash) as file:
        assert file.read() == b"%PDF hallo"
    assert (document.size, document.file_name, document.plan_id) == (
        len(b"%PDF hallo"),
        "proef.pdf",
        bench.plan.pk,
    )


def test_a_finished_job_is_not_run_again(bench: Bench) -> None:
    job = bench.job()
    assert [runner.run(job.pk) for _ in range(3)] == [True, False, False]
    assert len(bench.documents()) == 1


def test_same_input_is_one_document_and_rendered_once(
    bench: Bench, runs: Callable[[], int]
) -> None:
    first, second = bench.job("gelijk"), bench.job("gelijk")
    other = bench.job("anders")
    for job in (first, second, other):
        assert runner.run(job.pk)
    documents = {document.pk for document in bench.documents()}
    for job in (first, second, other):
        job.refresh_from_db()
    assert first.document_id == second.document_id
    assert documents == {first.document_id, other.document_id}
    assert runs() == 2


def test_a_document_whose_file_is_gone_is_made_again(
    bench: Bench, storage: Storage, runs: Callable[[], int]
) -> None:
    runner.run(bench.job("weg").pk)
    (document,) = bench.documents()
    next(storage.folder.rglob(document.content_hash)).unlink()
    runner.run(bench.job("weg").pk)
    assert bench.documents() == [document]
    assert storage.exists(document.content_hash)
    assert runs() == 2


def test_a_fault_is_tried_again_and_then_fails_with_a_reason(
    bench: Bench, settings: Settings
) -> None:
    settings.JOB_MAX_ATTEMPTS = 3
    poison = bench.job(payload={"trouble": "burst"})
    seen = []
    for _ in range(5):
        make_due(poison)
        seen.append((runner.run(poison.pk), *state(poison)))
    assert seen == [
        (True, "queued", 1, "trying_again"),
        (True, "queued", 2, "trying_again"),
        (True, "failed", 3, "unexpected"),
        (False, "failed", 3, "unexpected"),
        (False, "failed", 3, "unexpected"),
    ]
    assert poison.failure_text == (
        "Het maken mislukte 3 keer door een fout aan onze kant. "
        "Probeer het later opnieuw, of vraag de beheerder."
    )
    healthy = bench.job()
    assert found_by_sweep() == [healthy.pk]
    assert runner.run(healthy.pk)
    assert state(healthy) == ("done", 1, "")


def test_the_wait_doubles_up_to_a_minute() -> None:
    assert [runner.wait_before(n).seconds for n in range(1, 9)] == [2, 4, 8, 16, 32, 60, 60, 60]


def test_a_failed_attempt_waits_before_the_next(bench: Bench) -> None:
    job = bench.job(payload={"trouble": "burst"})
    runner.run(job.pk)
    assert runner.run(job.pk) is False
    assert found_by_sweep() == []
    make_due(job)
    assert found_by_sweep() == [job.pk]


def test_what_the_user_must_mend_fails_at_once(bench: Bench) -> None:
    job = bench.job(payload={"trouble": "input"})
    runner.run(job.pk)
    assert state(job) == ("failed", 1, "bad_text")
    assert job.failure_text == "Deze tekst kan niet."


def test_an_unknown_kind_fails_at_once(bench: Bench) -> None:
    job = bench.job(kind="of-the-future")
    runner.run(job.pk)
    assert state(job) == ("failed", 1, "unknown_kind")


def test_a_requester_who_left_gets_nothing(bench: Bench) -> None:
    gone, inactive = bench.job(requested_by=None), bench.job()
    bench.lead.is_active = False
    bench.lead.save()
    for job in (gone, inactive):
        runner.run(job.pk)
        assert state(job) == ("failed", 1, "requester_gone")
    assert bench.documents() == []


def test_rights_are_those_of_the_moment_of_running(bench: Bench) -> None:
    job = bench.job(payload={"trouble": "rights"})
    RoleGrant.objects.filter(person=bench.lead).delete()
    runner.run(job.pk)
    assert state(job) == ("failed", 1, "not_allowed")


@pytest.mark.parametrize(
    ("number", "code"), [(errno.ENOSPC, "storage_full"), (errno.EROFS, "storage_read_only")]
)
def test_a_full_disk_costs_no_attempt(
    bench: Bench, storage: Storage, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    job = bench.job()
    with full_disk(monkeypatch, number):
        for _ in range(runner.MOST_WAITS):
            make_due(job)
            assert runner.run(job.pk)
            assert state(job) == ("queued", 0, code)
    assert job.failure_text
    assert [file for file in storage.folder.rglob("*") if file.suffix == ".part"] == []
    make_due(job)
    assert runner.run(job.pk)
    assert state(job) == ("done", 1, "")


def test_a_disk_that_stays_full_fails_the_job_with_the_reason_and_nothing_half(
    bench: Bench, storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = bench.job()
    with full_disk(monkeypatch, errno.ENOSPC):
        for _ in range(runner.MOST_WAITS + 1):
            make_due(job)
            assert runner.run(job.pk)
        assert state(job) == ("failed", 1, "storage_full")
        assert runner.run(job.pk) is False
    assert job.failure_text == (
        "De schijf is vol. Maak ruimte vrij; daarna lukt het opslaan weer. "
        "We wachtten vijf minuten. Probeer het daarna opnieuw."
    )
    assert bench.documents() == []
    assert [file.name for file in storage.folder.rglob("*") if file.is_file()] == [".lock"]
    retry_job(by=access_for(bench.lead), job_id=job.pk)
    assert runner.run(job.pk)
    assert (state(job), job.waits) == (("done", 1, ""), 0)


@contextmanager
def full_disk(monkeypatch: pytest.MonkeyPatch, number: int) -> Iterator[None]:
    def fail(_: int) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", fail)
        yield


def test_a_stale_worker_changes_nothing(bench: Bench) -> None:
    job = bench.job()
    stale = claims.claim(job.pk)
    assert stale is not None
    end_lease(job)
    fresh = claims.claim(job.pk)
    assert fresh is not None
    before = Job.objects.filter(pk=job.pk).values().get()
    assert before["attempts"] == 2

    assert claims.renew(job.pk, stale.token) is False
    with pytest.raises(claims.LeaseLost):
        claims.report_progress(job.pk, stale.token, 50)
    claims.fail(stale, failures.UNKNOWN_KIND)
    claims.give_back(stale, failures.TRYING_AGAIN, after=timedelta(0))
    assert Job.objects.filter(pk=job.pk).values().get() == before
    assert claims.renew(job.pk, fresh.token) is True


def test_a_run_that_lost_its_lease_leaves_no_document(bench: Bench) -> None:
    job = bench.job(payload={"trouble": "overtaken"})
    runner.run(job.pk)
    # The handler gave the lease to "another worker" while it rendered.
    job.refresh_from_db()
    assert (job.state, job.document_id) == (JobState.RUNNING, None)
    assert bench.documents() == []


def test_a_running_job_belongs_to_one_until_its_lease_ends(bench: Bench) -> None:
    job = bench.job()
    assert claims.claim(job.pk) is not None
    assert claims.claim(job.pk) is None
    assert claims.due_jobs(10) == []
    end_lease(job)
    assert claims.due_jobs(10) == [
        Due(job.pk, bulk=False, bundle=None, exhausted=False, called_off=False)
    ]
    assert claims.claim(job.pk) is not None


class TestClaimedAsRead:
    """A part of a bundle, of which the row was read before it was claimed."""

    def test_is_as_claimed_by_its_id(self, bench: Bench) -> None:
        job = bench.job(parent=bench.job(kind=JobKind.BUNDLE))
        read = Job.objects.get(pk=job.pk)
        held = claims.claim_as_read(read)
        assert held is not None
        job.refresh_from_db()
        assert (job.state, job.token, job.attempts) == (JobState.RUNNING, held.token, 1)
        assert (read.state, read.token, read.attempts) == (JobState.RUNNING, held.token, 1)

    def test_only_once(self, bench: Bench) -> None:
        job = bench.job(parent=bench.job(kind=JobKind.BUNDLE))
        one, two = (Job.objects.get(pk=job.pk) for _ in range(2))
        assert claims.claim_as_read(one) is not None
        assert claims.claim_as_read(two) is None

    @pytest.mark.parametrize(
        "change",
        [
            {"state": JobState.CANCELLED},
            {"attempts": 1},
            {"waits": 1},
            {"due_at": Now() + timedelta(minutes=1)},
            {"token": uuid4()},
            {"requested_by": None},
        ],
        ids=["cancelled", "attempted", "waited", "put off", "a name was erased", "retried"],
    )
    def test_not_when_something_happened_to_it(self, bench: Bench, change: dict[str, Any]) -> None:
        job = bench.job(parent=bench.job(kind=JobKind.BUNDLE))
        Job.objects.filter(pk=job.pk).update(**change)
        assert claims.claim_as_read(job) is None

    def test_not_by_itself(self, bench: Bench) -> None:
        assert claims.claim_as_read(bench.job()) is None


def test_a_job_that_takes_its_worker_along_ends_failed(bench: Bench, settings: Settings) -> None:
    settings.JOB_MAX_ATTEMPTS = 2
    settings.EMBEDDED = False
    job = bench.job()
    for _ in range(2):
        assert claims.claim(job.pk) is not None
        end_lease(job)
    assert claims.claim(job.pk) is None
    assert found_by_sweep() == []
    assert state(job) == ("failed", 2, "worker_lost")
    assert job.failure_text.startswith("Het programma dat dit maakt is 2 keer onverwacht gestopt.")


def test_the_sweep_gives_the_longest_waiting_first(bench: Bench) -> None:
    jobs = [bench.job(str(number)) for number in range(3)]
    for seconds, job in enumerate(jobs):
        Job.objects.filter(pk=job.pk).update(due_at=Now() - timedelta(seconds=seconds + 1))
    assert found_by_sweep() == [job.pk for job in reversed(jobs)]


def test_the_lease_is_on_the_clock_of_the_database(bench: Bench, settings: Settings) -> None:
    settings.JOB_LEASE_SECONDS = 180
    job = bench.job()
    held = claims.claim(job.pk)
    assert held is not None
    (now,) = Job.objects.annotate(now=Now()).values_list("now", flat=True)
    assert held.job.lease_until is not None
    left = (held.job.lease_until - now).total_seconds()
    assert 170 < left <= 180


def test_the_runner_costs_few_queries(bench: Bench) -> None:
    job = bench.job()
    with CaptureQueriesContext(connection) as queries:
        runner.run(job.pk)
    assert len(queries) <= 14


def test_nobody_waits_for_all_that_somebody_else_asked_for(bench: Bench) -> None:
    many = [bench.job(f"veel {number}") for number in range(6)]
    colleague = make_colleague(bench.routekaart.team, Role.TEAM_LEAD)
    single = bench.job("een", requested_by=colleague)
    # The first two of seven messages.
    assert runner.run_in_turn(many[0].pk)
    assert runner.run_in_turn(many[1].pk)
    assert [state(job)[0] for job in (many[0], single, many[1])] == ["done", "done", "queued"]
    for job in [*many[2:], single]:
        assert runner.run_in_turn(job.pk)
    assert {state(job)[0] for job in many} == {"done"}
    assert not runner.run_in_turn(single.pk)
