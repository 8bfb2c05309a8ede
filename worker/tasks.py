"""Thin tasks: a pinned name, ids in, one call."""

from uuid import UUID

from routekaart.actions.wakeups import BULK_AT_ONCE, RUN_BULK, RUN_JOB, SEND_MAIL
from worker import bulk, cleaning, heartbeat, mail, runner, signs, sweeping
from worker.celery import app
from worker.schedule import CLEAN_UP, PREPARE_DIGESTS, RETAIN, SWEEP, entry_of, send
from worker.turns import turn


@app.task(name=RUN_JOB)  # type: ignore[untyped-decorator]  # Celery has no types
def run_job(job_id: str) -> None:
    heartbeat.beat()
    runner.run_in_turn(UUID(job_id))


@app.task(name=RUN_BULK)  # type: ignore[untyped-decorator]
def run_bulk() -> None:
    """A moment of what is to be done, and a message for the next: a mail gets in between."""
    found = bulk.run_for_a_moment()
    if found:
        send(app, RUN_BULK)


@app.task(name=SWEEP)  # type: ignore[untyped-decorator]
def sweep() -> None:
    heartbeat.beat()
    found = sweeping.sweep()
    for job_id in found.jobs:
        send(app, RUN_JOB, str(job_id))
    if found.bulk and not bulk.is_under_way():
        for _ in range(BULK_AT_ONCE):
            send(app, RUN_BULK)
    if sweeping.mail_waits():
        send(app, SEND_MAIL)


@app.task(name=SEND_MAIL)  # type: ignore[untyped-decorator]
def send_mail() -> None:
    """What is due, for a while; and a message for the rest: a document gets in between."""
    heartbeat.beat()
    if mail.send_due() and sweeping.mail_waits():
        send(app, SEND_MAIL)


@app.task(name=PREPARE_DIGESTS)  # type: ignore[untyped-decorator]
def prepare_digests() -> None:
    with turn(entry_of(PREPARE_DIGESTS)) as ours:
        if ours:
            mail.prepare()


@app.task(name=CLEAN_UP)  # type: ignore[untyped-decorator]
def clean_up() -> None:
    with turn(entry_of(CLEAN_UP)) as ours:
        if ours:
            cleaning.clean_up()
            signs.forget_old()


@app.task(name=RETAIN)  # type: ignore[untyped-decorator]
def retain() -> None:
    with turn(entry_of(RETAIN)) as ours:
        if ours:
            cleaning.retain()
