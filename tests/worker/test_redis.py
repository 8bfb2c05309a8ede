"""The worker on Redis, with faults: the row is the truth, and the broker only wakes."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis
from django.db import transaction
from pytest_django.fixtures import Settings

from routekaart.actions import wakeups
from routekaart.actions.mail.outbox import Message, tell
from routekaart.models import Job, Mail
from routekaart.models.mail import MailKind
from tests.services import Server, ServiceMissingError, free_port, skip_or_fail, start_redis
from tests.worker.bundle_bench import make_bundle_bench
from tests.worker_bench import Bench, make_bench
from tests.worker_process import kill_group, start_worker, until

pytestmark = [pytest.mark.redis, pytest.mark.usefixtures("storage")]


@pytest.fixture(scope="module")
def broker() -> Iterator[Server]:
    try:
        with start_redis() as server:
            yield server
    except ServiceMissingError as error:
        pytest.skip(skip_or_fail(error))


@pytest.fixture
def on_redis(broker: Server, settings: Settings) -> Iterator[Server]:
    """An empty Redis, and a web side that uses it."""
    with redis.Redis.from_url(broker.url) as client:
        client.flushall()
    yield from use_broker(settings, broker)


def use_broker(settings: Settings, server: Server) -> Iterator[Server]:
    settings.REDIS_URL = server.url
    settings.EMBEDDED = False
    wakeups.forget_broker()
    yield server
    wakeups.forget_broker()


def state(job: Job) -> str:
    job.refresh_from_db()
    return job.state


def children(process: "subprocess.Popen[bytes]") -> list[int]:
    listed = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return [int(pid) for pid in listed]


def test_duplicates_poison_and_killed_children(
    shared_bench: Bench, on_redis: Server, runs: Callable[[], int]
) -> None:
    with start_worker(
        REDIS_URL=on_redis.url, JOB_LEASE_SECONDS="1", JOB_MAX_ATTEMPTS="2"
    ) as worker:
        job = shared_bench.job("twintig")
        for _ in range(20):
            wakeups.wake(job.pk)
        until(lambda: state(job) == "done", "the job is done")
        assert runs() == 1

        # It takes the process along that runs it, at each of its two attempts.
        poison = shared_bench.job("gif", payload={"trouble": "kill"})
        wakeups.wake(poison.pk)
        others = [shared_bench.job(f"ander {number}") for number in range(6)]
        for other in others:
            wakeups.wake(other.pk)
        until(lambda: all(state(other) == "done" for other in others), "the others go on")
        until(lambda: state(poison) == "failed", "the poison job has failed")
        assert (poison.attempts, poison.failure_code) == (2, "worker_lost")

        slow = shared_bench.job("langzaam", payload={"seconds": 2})
        wakeups.wake(slow.pk)
        until(lambda: state(slow) == "running", "the slow job runs")
        for child in children(worker):
            os.kill(child, signal.SIGKILL)
        until(lambda: state(slow) == "done", "the next process has done the slow job")
        assert slow.attempts == 2
    assert len(shared_bench.documents()) == 8


def test_a_stopped_worker_finishes_and_a_killed_one_is_succeeded(
    shared_bench: Bench, on_redis: Server
) -> None:
    slow = shared_bench.job("langzaam", payload={"seconds": 2})
    with start_worker(REDIS_URL=on_redis.url, JOB_LEASE_SECONDS="1") as worker:
        until(lambda: state(slow) == "running", "the sweep at the start has found the job")
        worker.terminate()
        assert worker.wait(timeout=30) == 0
    assert (state(slow), slow.attempts) == ("done", 1)

    slower = shared_bench.job("langzamer", payload={"seconds": 2})
    with start_worker(REDIS_URL=on_redis.url, JOB_LEASE_SECONDS="1") as worker:
        until(lambda: state(slower) == "running", "the next job runs")
        kill_group(worker)
    assert state(slower) == "running"
    with start_worker(REDIS_URL=on_redis.url, JOB_LEASE_SECONDS="1"):
        until(lambda: state(slower) == "done", "the next worker has done it")
        assert slower.attempts == 2

        # Every message gone: the sweep looks at the table.
        with redis.Redis.from_url(on_redis.url) as client:
            lost = [shared_bench.job(f"kwijt {number}") for number in range(3)]
            client.flushall()
        until(lambda: all(state(job) == "done" for job in lost), "the lost ones are found")


def test_what_a_stopping_worker_cannot_finish_is_handed_back(
    shared_bench: Bench, on_redis: Server
) -> None:
    long, short = shared_bench.job("lang", payload={"seconds": 60}), shared_bench.job("kort")
    with start_worker(REDIS_URL=on_redis.url, STANDIN_PATIENCE="0.5") as worker:
        until(lambda: state(short) == "done", "the worker works")
        until(lambda: state(long) == "running", "the long job runs")
        worker.terminate()
        # The lease of 45 seconds has hardly begun, and the worker still lives.
        until(lambda: state(long) == "queued", "the long job is handed back", seconds=20)
        assert (long.attempts, long.token, worker.poll()) == (0, None, None)


def seconds_of(action: Callable[[], object]) -> float:
    start = time.monotonic()
    action()
    return time.monotonic() - start


def test_a_dead_or_frozen_broker_costs_a_moment(
    shared_bench: Bench, broker: Server, settings: Settings
) -> None:
    job = shared_bench.job()
    dead = Server(f"redis://127.0.0.1:{free_port()}/0", pid=0)
    for _ in use_broker(settings, dead):
        # The first one also reads the code of the producer.
        wakeups.wake(job.pk)
        wakeups.forget_broker()
        assert seconds_of(lambda: wakeups.wake(job.pk)) < 3
    for _ in use_broker(settings, broker):
        wakeups.wake(job.pk)
        os.kill(broker.pid, signal.SIGSTOP)
        try:
            # On the connection that stands, and then while it is known to be silent.
            assert seconds_of(lambda: wakeups.wake(job.pk)) < 3
            assert seconds_of(lambda: wakeups.wake(job.pk)) < 0.3
            wakeups.forget_broker()
            assert seconds_of(lambda: wakeups.wake(job.pk)) < 3
        finally:
            os.kill(broker.pid, signal.SIGCONT)
        wakeups.forget_broker()
        assert wakeups.publish(wakeups.RUN_JOB, str(job.pk))


def test_a_bundle_survives_its_workers_and_lets_a_single_document_through(
    shared_bench: Bench, on_redis: Server
) -> None:
    world = make_bundle_bench(shared_bench)
    with start_worker(REDIS_URL=on_redis.url, JOB_LEASE_SECONDS="1") as worker:
        warm = shared_bench.job("warm")
        wakeups.wake(warm.pk)
        until(lambda: state(warm) == "done", "the worker is there")
        parent, jobs = world.bundle(*map(str, range(16)), seconds=0.2)
        wakeups.wake_bulk()
        until(lambda: state(jobs[0]) == "done", "the bundle has begun")
        single = shared_bench.job("los")
        wakeups.wake(single.pk)
        until(lambda: state(single) == "done", "the single document is done")
        assert [state(job) for job in jobs].count("done") < 12
        # Two processes at work die with the messages that they held.
        for child in children(worker):
            os.kill(child, signal.SIGKILL)
        until(lambda: state(parent) == "done", "the whole bundle is done")
    assert {state(job) for job in jobs} == {"done"}
    assert parent.attempts == 1


def seconds_until_done(job: Job) -> float:
    wakeups.wake(job.pk)
    return seconds_of(lambda: until(lambda: state(job) == "done", "the single one is done"))


def silent_server() -> socket.socket:
    """A mail server that takes a connection and says nothing."""
    server = socket.create_server(("127.0.0.1", 0))
    server.listen(16)
    return server


def test_neither_a_bulk_nor_a_dead_mail_server_keeps_another_school_waiting(
    shared_bench: Bench, on_redis: Server
) -> None:
    world, other = make_bundle_bench(shared_bench), make_bench()
    messages = [Message(other.lead.pk, f"brief {number}", "x", "x") for number in range(4)]
    with transaction.atomic():
        for message in messages:
            tell(school=other.routekaart.team.school_id, kind=MailKind.WELCOME, message=message)
    with silent_server() as mail:
        port = str(mail.getsockname()[1])
        dead = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": port, "EMAIL_USE_TLS": "false"}
        with start_worker(REDIS_URL=on_redis.url, **dead):
            until(lambda: Mail.objects.filter(state="sending").exists(), "mail is being sent")
            parent, jobs = world.bundle(*map(str, range(60)), seconds=0.3)
            wakeups.wake_bulk()
            until(lambda: state(jobs[0]) == "done", "the bundle has begun")
            assert max(seconds_until_done(other.job(f"los {number}")) for number in range(3)) < 10
            # All of that while there was plenty to do, and mail still hung.
            assert state(parent) == "queued"
            assert Mail.objects.filter(state="sending").count() == 1
