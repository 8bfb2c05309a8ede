"""The time that trying takes, whatever hangs."""

import threading
import time
from collections.abc import Callable

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from pytest_django.fixtures import Settings

from routekaart.queries.health import parts
from routekaart.queries.health.parts import Down
from routekaart.queries.health.readiness import DOWN, UP, Watch


def fine() -> None: ...


def down() -> None:
    raise Down("no_answer")


def broken() -> None:
    raise RuntimeError("postgresql://anna:geheim@db/x")


def test_each_part_has_its_own_state() -> None:
    states = Watch(kept=0).look({"b": down, "c": broken, "a": fine})
    assert list(states) == ["a", "b", "c"]
    assert {name: (one.state, one.reason) for name, one in states.items()} == {
        "a": (UP, ""),
        "b": (DOWN, "no_answer"),
        "c": (DOWN, "error"),
    }


def test_a_part_that_hangs_costs_the_limit_and_one_thread() -> None:
    go_on, calls = threading.Event(), []

    def hangs() -> None:
        calls.append(1)
        go_on.wait(30)

    watch = Watch(limit=0.2, kept=0)
    begin = time.monotonic()
    for _ in range(3):
        states = watch.look({"slow": hangs, "fast": fine})
        assert (states["slow"].reason, states["fast"].state) == ("too_slow", UP)
    assert time.monotonic() - begin < 3
    assert calls == [1]
    go_on.set()
    watch._trying["slow"]._thread.join(5)
    assert watch.look({"slow": fine})["slow"].state == UP


def test_who_asks_often_hears_the_same() -> None:
    calls: list[int] = []
    watch = Watch(kept=60)
    for _ in range(5):
        watch.look({"a": lambda: calls.append(1)})
    assert calls == [1]


def test_who_comes_while_another_looks_does_not_wait() -> None:
    go_on = threading.Event()
    watch = Watch(limit=20, kept=0)
    watch.look({"a": fine})
    slow = threading.Thread(target=watch.look, args=({"a": lambda: go_on.wait(20)},))
    slow.start()
    try:
        assert watch.look({"a": down})["a"].state == UP
    finally:
        go_on.set()
        slow.join(5)


def code_of(check: Callable[[], None]) -> str:
    with pytest.raises(Down) as caught:
        check()
    return caught.value.code


def test_a_storage_that_cannot_be_written(settings: Settings) -> None:
    parts.check_storage()
    assert list(settings.STORAGE_DIR.glob("*.part")) == []
    settings.STORAGE_DIR = settings.STORAGE_DIR / "file" / "below"
    settings.STORAGE_DIR.parent.touch()
    assert code_of(parts.check_storage) == "not_writable"
    settings.STORAGE_DIR.parent.unlink()


@pytest.mark.django_db
def test_tables_of_an_older_and_of_a_newer_version() -> None:
    parts.check_migrations()
    recorder = MigrationRecorder(connection)
    recorder.record_applied("routekaart", "9999_of_the_future")
    parts.check_migrations()
    recorder.record_unapplied("routekaart", "0001_squashed_0024")
    assert code_of(parts.check_migrations) == "pending"


@pytest.mark.parametrize("embedded", [True, False])
def test_what_is_needed(settings: Settings, embedded: bool) -> None:
    settings.EMBEDDED = embedded
    always = {"database", "migrations", "storage", "worker", "clock"}
    assert set(parts.needed()) == always | (set() if embedded else {"broker"})
