"""Tells administrators by mail that something went wrong: the line of the log and nothing more.

Sent by a thread of its own, so that no request waits for a mail server. The same fault is told once
an hour per process, and a flood of faults is cut off: the log has them all.
"""

import logging
import os
import queue
import threading
import time

from django.conf import settings
from django.core.mail import EmailMessage

from routekaart.logs.lines import kinds_and_places

logger = logging.getLogger(__name__)

# Seconds.
_AN_HOUR = 3600.0
_MOST_PER_HOUR = 20
_MOST_WAITING = 20
_SUBJECT = "Routekaart: er ging iets mis"
_WORDS = (
    "Er ging iets mis op de server van Routekaart. Zoek met het nummer bij 'request' of 'job' in "
    "het logboek.\nDezelfde fout meldt dit programma hoogstens één keer per uur.\n\n{line}\n"
)


class ErrorMail(logging.Handler):
    """Mails a record, as its formatter has it, to the addresses of the setting ERROR_MAIL."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting: queue.Queue[str] = queue.Queue(_MOST_WAITING)
        self._told: dict[tuple[str, ...], float] = {}
        self._thread: threading.Thread | None = None
        self._process = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Called with the lock of the handler held."""
        if record.name == __name__ or not self._is_news(record):
            return
        try:
            self._waiting.put_nowait(self.format(record))
        except queue.Full:
            return
        self._start()

    def _is_news(self, record: logging.LogRecord) -> bool:
        now = time.monotonic()
        fault = _fault_of(record)
        self._told = {one: at for one, at in self._told.items() if now - at < _AN_HOUR}
        if fault in self._told or len(self._told) >= _MOST_PER_HOUR:
            return False
        self._told[fault] = now
        return True

    def _start(self) -> None:
        # A thread does not survive the fork of a web or worker process.
        if self._process == os.getpid() and self._thread and self._thread.is_alive():
            return
        self._process = os.getpid()
        self._thread = threading.Thread(target=self._send, name="error-mail", daemon=True)
        self._thread.start()

    def _send(self) -> None:
        while True:
            line = self._waiting.get()
            message = EmailMessage(_SUBJECT, _WORDS.format(line=line), to=settings.ERROR_MAIL)
            try:
                message.send()
            except Exception as error:  # noqa: BLE001 - there is nobody left to tell but the log
                logger.warning("An error could not be mailed: %s.", type(error).__name__)


def _fault_of(record: logging.LogRecord) -> tuple[str, ...]:
    """What makes it the same fault: the kinds of the error and the place where it arose."""
    if record.exc_info and record.exc_info[1]:
        told = kinds_and_places(record.exc_info[1])
        return (*told["kinds"], *told["places"][-1:])
    return (record.pathname, str(record.lineno))
