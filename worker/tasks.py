"""Thin tasks: a pinned name, ids in, one call."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from routekaart.actions.wakeups import BULK_AT_ONCE, RUN_BULK, RUN_JOB, SEND_MAIL
from worker import bulk, cleaning, heartbeat, mail, runner, signs, sweeping
from worker.celery import app
from worker.schedule import CLEAN_UP, PREPARE_DIGESTS, RETAIN, SWEEP, entry_of, send
from worker.turns import turn


def _task(name: str) -> Callable[[Callable[..., None]], Any]:
    """Makes a task of a function; each that is carried out is a sign of life."""

    def register(function: Callable[..., None]) -> Any:
        @app.task(name=name)  # type: ignore[untyped-decorator]  # Celery has no types
        @wraps(function)
        def carry_out(*arguments: str) -> None:
            with heartbeat.at_work():
                function(*arguments)

        return carry_out

    return register


@_task(RUN_JOB)
def run_job(job_id: str) -> None:
    runner.run_in_turn(UUID(job_id))


@_task(RUN_BULK)
def run_bulk() -> None:
    """A moment of what is to be done, and a message for the next: a mail gets in between."""
    found = bulk.run_for_a_moment()
    if found:
        send(app, RUN_BULK)


@_task(SWEEP)
def sweep() -> None:
    found = sweeping.sweep()
    for job_id in found.jobs:
        send(app, RUN_JOB, str(job_id))
    if found.bulk and not bulk.is_under_way():
        for _ in range(BULK_AT_ONCE):
            send(app, RUN_BULK)
    if sweeping.mail_waits():
        send(app, SEND_MAIL)


@_task(SEND_MAIL)
def send_mail() -> None:
    """What is due, for a while; and a message for the rest: a document gets in between."""
    if mail.send_due() and sweeping.mail_waits():
        send(app, SEND_MAIL)


@_task(PREPARE_DIGESTS)
def prepare_digests() -> None:
    with turn(entry_of(PREPARE_DIGESTS)) as ours:
        if ours:
            mail.prepare()


@_task(CLEAN_UP)
def clean_up() -> None:
    with turn(entry_of(CLEAN_UP)) as ours:
        if ours:
            try:
                cleaning.clean_up()
            finally:
                signs.forget_old()


@_task(RETAIN)
def retain() -> None:
    with turn(entry_of(RETAIN)) as ours:
        if ours:
            cleaning.retain()
