"""Thin tasks: a pinned name, ids in, one call."""

from uuid import UUID

from routekaart.actions.wakeups import RUN_JOB
from worker import cleaning, heartbeat, runner, sweeping
from worker.celery import app
from worker.schedule import CLEAN_UP, SWEEP, send


@app.task(name=RUN_JOB)  # type: ignore[untyped-decorator]  # Celery has no types
def run_job(job_id: str) -> None:
    heartbeat.beat()
    runner.run(UUID(job_id))


@app.task(name=SWEEP)  # type: ignore[untyped-decorator]
def sweep() -> None:
    heartbeat.beat()
    for job_id in sweeping.sweep():
        send(app, RUN_JOB, str(job_id))


@app.task(name=CLEAN_UP)  # type: ignore[untyped-decorator]
def clean_up() -> None:
    cleaning.clean_up()
