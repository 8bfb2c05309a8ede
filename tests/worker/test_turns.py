"""What happens by the clock happens once, however many clocks and workers there are."""

import os
import signal
import subprocess
import sys
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest
from django.db.models.functions import Now
from pytest_django.fixtures import Settings

from routekaart.actions import wakeups
from routekaart.models import Job, ScheduledTask, WorkerSign
from routekaart.queries.health.parts import Down, check_clock, check_worker
from tests.at_once import at_once
from tests.services import ServiceMissingError, skip_or_fail, start_redis
from tests.worker_bench import Bench
from tests.worker_process import ROOT, environment, start_worker, until
from worker import signs
from worker.schedule import CLEAN_UP, Entry, entries, entry_of
from worker.turns import is_due, turn

ENTRY = Entry("proef", 3600.0)


def taken(entry: Entry = ENTRY) -> bool:
    with turn(entry) as ours:
        return ours


@pytest.mark.django_db
def test_one_turn_until_the_next_moment() -> None:
    assert is_due(ENTRY)
    assert [taken(), taken()] == [True, False]
    assert not is_due(ENTRY)
    row = ScheduledTask.objects.filter(name="proef")
    assert row.filter(due_at__gt=Now() + timedelta(minutes=59)).exists()
    row.update(due_at=Now() - timedelta(seconds=1))
    assert is_due(ENTRY)
    assert [taken(), taken()] == [True, False]


@pytest.mark.django_db
def test_a_turn_that_failed_comes_back_after_its_lease() -> None:
    def fails() -> None:
        with turn(ENTRY) as ours:
            raise ZeroDivisionError(ours)

    with pytest.raises(ZeroDivisionError, match="True"):
        fails()
    row = ScheduledTask.objects.filter(name="proef")
    assert row.filter(due_at__gt=Now(), due_at__lt=Now() + timedelta(minutes=5)).exists()
    assert not taken()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("known", [False, True])
def test_of_many_at_once_one_has_the_turn(known: bool) -> None:
    if known:
        ScheduledTask.objects.create(name="proef", due_at=Now())
    assert sorted(at_once(*[taken] * 6)) == [False] * 5 + [True]


@pytest.mark.django_db
def test_signs_of_life_are_one_row_per_host() -> None:
    # Real workers of other tests leave theirs in the same tables.
    WorkerSign.objects.all().delete()
    with pytest.raises(Down, match="no_sign"):
        check_worker()
    for _ in range(2):
        signs._sign.__init__()  # type: ignore[misc]  # as a process that just began
        signs.give()
        signs.give()
    assert WorkerSign.objects.count() == 1
    check_worker()
    WorkerSign.objects.update(seen_at=Now() - timedelta(days=2))
    assert (signs.forget_old(), WorkerSign.objects.count()) == (1, 0)


@pytest.mark.django_db
def test_a_clock_that_never_ran_and_one_that_is_late() -> None:
    with pytest.raises(Down, match="never_ran"):
        check_clock()
    assert taken()
    check_clock()
    ScheduledTask.objects.update(due_at=Now() - timedelta(minutes=11))
    with pytest.raises(Down, match="late"):
        check_clock()


@pytest.mark.redis
def test_two_clocks_and_two_workers_double_nothing(
    shared_bench: Bench, settings: Settings, tmp_path: Path
) -> None:
    settings.EMBEDDED = False
    log = tmp_path / "log"
    logged = {"LOG_LEVEL": "INFO", "LOG_FORMAT": "json"}
    by_clock = [entry.task for entry in entries() if not entry.each_worker]

    def done() -> list[str]:
        told = log.read_text().splitlines() if log.exists() else []
        return sorted(task for task in by_clock for line in told if f'"task": "{task}"' in line)

    with ExitStack() as stack:
        try:
            broker = stack.enter_context(start_redis())
        except ServiceMissingError as error:
            pytest.skip(skip_or_fail(error))
        output = stack.enter_context(log.open("ab"))
        for number in range(2):
            stack.enter_context(start_worker(output, REDIS_URL=broker.url, **logged))
            beat = subprocess.Popen(
                [sys.executable, "-m", "worker.beat"],
                cwd=ROOT,
                env=environment(REDIS_URL=broker.url, ROUTEKAART_VAR=str(tmp_path / str(number))),
                start_new_session=True,
            )
            stack.callback(beat.wait)
            stack.callback(os.kill, beat.pid, signal.SIGTERM)
        until(lambda: done() == sorted(by_clock), "all is done once")
        settings.REDIS_URL = broker.url
        wakeups.forget_broker()
        stack.callback(wakeups.forget_broker)
        # As when more clocks ask; what comes after them is done last.
        for task in by_clock * 2:
            assert wakeups.publish(task)
        job = shared_bench.job("later")
        wakeups.wake(job.pk)
        until(lambda: Job.objects.filter(pk=job.pk, state="done").exists(), "a job is done")
        assert done() == sorted(by_clock)
        assert not is_due(entry_of(CLEAN_UP))
