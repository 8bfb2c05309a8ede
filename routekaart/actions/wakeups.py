"""Waking a worker: a message by task name. It may get lost, for the row is the truth.

Nothing here may slow a request down: short time-outs, no retries, and silence for a while after
the broker failed. The worker's own sweep finds what was not announced.
"""

import logging
import threading
import time
from functools import cache
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings

if TYPE_CHECKING:
    from celery import Celery

logger = logging.getLogger(__name__)

# The names are the contract with the worker, which is never imported here.
RUN_JOB = "routekaart.run_job"
SEND_MAIL = "routekaart.send_mail"
RUN_BULK = "routekaart.run_bulk"
QUEUE = "routekaart"
# Messages under way for bundles: as many processes can be busy with one from its start.
BULK_AT_ONCE = 4
# In the folder of the variable data: the worker touches it, the supervisor watches it.
HEARTBEAT_FILE = "worker-heartbeat"
BEAT_HEARTBEAT_FILE = "beat-heartbeat"
# Seconds. A wake-up that waited longer has long been overtaken by a sweep.
EXPIRES = 60
_TIMEOUT = 0.25
_QUIET_SECONDS = 5.0
# A frozen Redis must cost a request a moment only. kombu's defaults were measured to block a
# request for over 45 seconds.
BROKER_SETTINGS = {
    "broker_connection_timeout": _TIMEOUT,
    "broker_pool_acquire_timeout": 1.0,
    "broker_connection_retry": False,
    "broker_transport_options": {
        "socket_timeout": _TIMEOUT,
        "socket_connect_timeout": _TIMEOUT,
        "max_retries": 0,
    },
    "task_publish_retry": False,
    "task_ignore_result": True,
    "task_serializer": "json",
    "accept_content": ["json"],
    "task_default_queue": QUEUE,
}


class _Quiet:
    """Remembers that the broker failed, so that not every request waits for it anew."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._until = 0.0

    def lasts(self) -> bool:
        with self._lock:
            return time.monotonic() < self._until

    def begin(self) -> None:
        with self._lock:
            self._until = time.monotonic() + _QUIET_SECONDS

    def end(self) -> None:
        with self._lock:
            self._until = 0.0


_quiet = _Quiet()


@cache
def _producer() -> "Celery":
    # A third of a second of every start, for a broker that most installations do not have.
    from celery import Celery  # noqa: PLC0415

    producer = Celery("routekaart-web", broker=settings.REDIS_URL, set_as_current=False, fixups=[])
    producer.conf.update(BROKER_SETTINGS)
    return producer


def forget_broker() -> None:
    """Reads the settings anew, and tries a broker again that was silent."""
    _producer.cache_clear()
    _quiet.end()


def wake(job_id: UUID) -> None:
    """Tells the workers that a job waits. Never raises and never takes longer than a moment.

    Embedded there is no broker between processes: the worker looks at the table twice a second.
    """
    if not settings.EMBEDDED:
        publish(RUN_JOB, str(job_id))


def wake_bulk() -> None:
    """Tells the workers that a bundle waits: a few messages, however many documents it has.

    Each of them is followed by the next as long as there is something to do.
    """
    if settings.EMBEDDED:
        return
    for _ in range(BULK_AT_ONCE):
        publish(RUN_BULK)


def wake_mail() -> None:
    """Tells the workers that mail waits: one message, however many people it is for."""
    if not settings.EMBEDDED:
        publish(SEND_MAIL)


def publish(task: str, *arguments: str, expires: float = EXPIRES) -> bool:
    """Sends a message to the workers over Redis; gives whether the broker took it."""
    if _quiet.lasts():
        return False
    try:
        _producer().send_task(task, args=arguments, expires=expires)
    except Exception:
        # Whatever is wrong with the broker, it must not be the request's trouble.
        logger.warning("No wake-up for %s: the broker does not answer.", task, exc_info=True)
        _quiet.begin()
        return False
    _quiet.end()
    return True
