"""What chaos lets pass, and what not: its judge asked by itself."""

import time
from pathlib import Path

import pytest
from django.utils import timezone

from routekaart.models import Job
from tests.chaos.clients import Answer, Clients, History, World
from tests.chaos.faults import BROKER, FAULTS, KILLS, Struck
from tests.chaos.mailbox import Arrival
from tests.chaos.settling import Settling
from tests.chaos.verdict import broker_waits, doubled_without_a_kill
from tests.worker_bench import make_bench

_AWAY = Struck("broker_killed", 0.0, 3.0)


def test_what_kills_and_what_takes_the_broker_are_faults() -> None:
    names = {one.__name__ for faults in FAULTS.values() for one in faults}
    assert names >= KILLS | BROKER


@pytest.mark.parametrize(
    ("fault", "unexplained"),
    [
        ("worker_killed", 1),
        ("clock_jump", 1),
        ("database_crashed", 1),
        # Nothing is ended there, and every answer of the mail server arrives.
        ("mail_server_away", 2),
        ("leases_expired", 2),
        ("worker_deployed", 2),
    ],
)
def test_each_kill_explains_one_message_that_came_twice(fault: str, unexplained: int) -> None:
    twice = [Arrival(name, at) for name in ("a", "b") for at in (1.0, 5.0)]
    assert doubled_without_a_kill(twice, [Struck(fault, 2.0, 3.0)]) == unexplained


def _sent(seconds: float, began: str) -> Answer:
    return Answer(0.0, "k", "/", 202, seconds, "", began)


def test_waits_are_judged_from_a_hundred_on_and_fewer_are_told() -> None:
    other = [_sent(9.0, "worker_killed")] * 200
    few = other + [_sent(9.0, "broker_killed")] * 99
    said = "POST p99 while the broker was away: "
    assert broker_waits(few, [_AWAY]) == (f"{said}too few samples (99) to judge", False)
    slow = [*few, _sent(9.0, "broker_frozen")]
    assert broker_waits(slow, [_AWAY]) == (f"{said}9.0 s of 100 requests", True)
    quick = [_sent(0.2, "broker_killed")] * 100
    assert broker_waits(quick, [_AWAY]) == (f"{said}0.2 s of 100 requests", False)
    assert broker_waits(slow, [Struck("worker_killed", 0.0, 1.0)]) == ("", False)


def test_clients_are_stuck_when_nothing_was_accepted_for_long(tmp_path: Path) -> None:
    world = World("", "", "", "", [], "")
    history = History(tmp_path / "history.jsonl")
    clients = Clients(world, history, seed=1, count=0, jobs=2, backlog=lambda: 0)
    history.close()
    assert (clients.accepted, clients.are_stuck) == (set(), False)
    clients.heard_at -= 301
    assert (clients.accepted, clients.are_stuck) == (set(), True)
    clients.accept("a")
    assert (clients.accepted, clients.are_stuck) == ({"a"}, False)


@pytest.mark.django_db
def test_settling_is_of_what_was_open_and_from_the_last_fault() -> None:
    bench = make_bench()

    def end(job: Job) -> None:
        Job.objects.filter(pk=job.pk).update(state="done", finished_at=timezone.now())

    end(bench.job())
    assert Settling(since=time.monotonic() - 50).seconds == 0.0
    old = [bench.job(), bench.job()]
    settling = Settling(since=time.monotonic() - 50)
    later = bench.job()
    end(old[0])
    settling.look()
    assert 50 <= settling.seconds < 60
    end(old[1])
    settling.look()
    settled = settling.seconds
    assert settled >= 50
    # What was asked for later still waits, and is not counted.
    settling.look()
    later.refresh_from_db()
    assert (settling.seconds, later.state) == (settled, "queued")
