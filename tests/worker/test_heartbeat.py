"""The sign of life for the supervisor: when a worker gives it, and when not."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from routekaart.actions.wakeups import HEARTBEAT_FILE, RUN_JOB
from tests.worker_bench import Bench
from worker import claims, heartbeat, leases, tasks
from worker.heartbeat import Heart


@pytest.fixture
def sign(settings: Settings, tmp_path: Path) -> Path:
    settings.VAR_DIR = tmp_path
    return tmp_path / HEARTBEAT_FILE


@contextmanager
def overdue() -> Iterator[None]:
    """Every task and job that runs takes longer than it may."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(leases, "HARD_LIMIT", -1)
        patched.setattr(heartbeat, "HARD_LIMIT", -1)
        yield


def appears(sign: Path) -> bool:
    end = time.monotonic() + 20
    while not sign.exists() and time.monotonic() < end:
        threading.Event().wait(0.02)
    return sign.exists()


def test_a_task_shows_life_as_it_begins(sign: Path) -> None:
    with Heart().at_work():
        assert sign.exists()


def test_a_task_shows_life_for_as_long_as_it_runs(sign: Path) -> None:
    with Heart().at_work():
        sign.unlink()
        assert appears(sign)


def test_without_a_task_no_life_is_shown(sign: Path) -> None:
    heart = Heart()
    with heart.at_work():
        sign.unlink()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(heartbeat, "_SECONDS_BETWEEN", 0)
        heart.beat_for_running()
    assert not sign.exists()


def test_a_task_that_runs_longer_than_it_may_shows_no_life(
    sign: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heart = Heart()
    monkeypatch.setattr(heart, "_keep", lambda: None)
    with heart.at_work():
        sign.unlink()
        monkeypatch.setattr(heart, "_next_at", 0.0)
        with overdue():
            heart.beat_for_running()
            assert not sign.exists()
        heart.beat_for_running()
        assert sign.exists()


def test_beside_a_job_that_runs_longer_than_it_may_nothing_shows_life(
    sign: Path, bench: Bench
) -> None:
    held = claims.claim(bench.job("hallo").pk)
    assert held is not None
    with leases.KEEPER.holding(held), overdue(), Heart().at_work():
        assert not sign.exists()
    with Heart().at_work():
        assert sign.exists()


@pytest.mark.usefixtures("db", "storage")
def test_every_task_of_ours_shows_life(
    sign: Path, monkeypatch: pytest.MonkeyPatch, bench: Bench
) -> None:
    ours = [one for name, one in tasks.sweep.app.tasks.items() if name.startswith("routekaart.")]
    assert len(ours) == 7
    for task in ours:
        monkeypatch.setattr(heartbeat, "_heart", Heart())
        task(*([str(bench.job("hallo").pk)] if task.name == RUN_JOB else []))
        assert sign.exists(), task.name
        sign.unlink()
