"""The Celery app: how messages travel. What a job needs to survive stands in its row.

Started by name: `celery --app worker.celery worker`; `manage.py serve` does so.
"""

import gc
import os
from typing import Any

import django
from celery import Celery, bootsteps
from celery.signals import (
    setup_logging,
    task_prerun,
    worker_process_init,
    worker_ready,
    worker_shutting_down,
)

# Before anything of the project that reads settings or tables.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "routekaart.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import close_old_connections, connections  # noqa: E402

from routekaart.actions.wakeups import QUEUE  # noqa: E402
from worker import stopping  # noqa: E402
from worker.leases import HARD_LIMIT, SOFT_LIMIT  # noqa: E402
from worker.schedule import TICK, Entry, entries, send  # noqa: E402

# Every job asks the same questions: prepared once per process, they cost PostgreSQL half.
if connections.settings["default"]["ENGINE"] == "django.db.backends.postgresql":
    connections.settings["default"].setdefault("OPTIONS", {}).update(
        server_side_binding=True, prepare_threshold=3
    )

# Celery's own Django support closes the database connection around every task, which costs more
# than a claim; `_fresh_connections` drops only the old and the broken ones.
app = Celery("routekaart", fixups=[], include=["worker.tasks"])
app.conf.update(
    broker_url=settings.REDIS_URL or "memory://localhost/",
    # Redis away at the start, or later: wait for it, for as long as it takes.
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    # Embedded: how often a thread looks at the in-memory queue, in seconds.
    broker_transport_options={} if settings.REDIS_URL else {"polling_interval": 0.05},
    task_serializer="json",
    accept_content=["json"],
    result_backend=None,
    task_ignore_result=True,
    task_default_queue=QUEUE,
    # One message per process: a waiting job goes to whoever is free.
    worker_prefetch_multiplier=1,
    task_acks_late=True,
    # A job that killed its worker comes back by its lease, which counts the attempt.
    task_reject_on_worker_lost=False,
    # A job goes on while Redis is away: it needs the broker for nothing.
    worker_cancel_long_running_tasks_on_connection_loss=False,
    task_soft_time_limit=SOFT_LIMIT,
    task_time_limit=HARD_LIMIT,
    # Typst keeps what it has compiled; a fresh process now and then gives that memory back.
    worker_max_tasks_per_child=1000,
    worker_hijack_root_logger=False,
    worker_redirect_stdouts=False,
    # Nothing watches or steers workers over the broker.
    worker_send_task_events=False,
    worker_enable_remote_control=False,
)


# Seconds.
_SHORTEST_EXPIRY = 5.0


class Timetable(bootsteps.StartStopStep):  # type: ignore[misc]  # Celery has no types
    """Each worker sweeps by its own timer, so that no other process has to live for that.

    Embedded, where no other process reaches it, it asks itself for the rest as well (`beat.py`).
    """

    requires = ("celery.worker.consumer.tasks:Tasks",)

    def __init__(self, parent: Any, **options: Any) -> None:
        super().__init__(parent, **options)
        self._running: list[Any] = []

    def start(self, parent: Any) -> None:
        for entry in entries():
            if not entry.each_worker and not settings.EMBEDDED:
                continue
            self._send(entry)
            seconds = entry.seconds if entry.each_worker else TICK
            self._running.append(parent.timer.call_repeatedly(seconds, self._send, args=(entry,)))

    def stop(self, parent: Any) -> None:
        for running in self._running:
            parent.timer.cancel(running)
        self._running = []

    def _send(self, entry: Entry) -> None:
        # A thread may just be busy with a document when its turn comes.
        seconds = entry.seconds if entry.each_worker else TICK
        send(app, entry.task, expires=max(seconds, _SHORTEST_EXPIRY))


app.steps["consumer"].add(Timetable)


@task_prerun.connect  # type: ignore[untyped-decorator]  # Celery has no types
def _fresh_connections(**_: object) -> None:
    """What Django does between two requests: a connection that the server closed goes."""
    close_old_connections()


@worker_process_init.connect  # type: ignore[untyped-decorator]
@worker_ready.connect  # type: ignore[untyped-decorator]
def _keep_what_is_loaded(**_: object) -> None:
    """Code and settings live as long as the process: looking through them for garbage again and
    again took a twentieth of the time of a document."""
    gc.collect()
    gc.freeze()


@setup_logging.connect  # type: ignore[untyped-decorator]
def _log_as_the_settings_say(**_: object) -> None:
    """That somebody listens keeps Celery from setting levels and handlers of its own."""


@worker_shutting_down.connect  # type: ignore[untyped-decorator]
def _begin_to_stop(**_: object) -> None:
    stopping.begin()
