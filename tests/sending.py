"""Letting the outbox send all that is due."""

from datetime import datetime

from worker import mail


def send_all(*, now: datetime | None = None) -> int:
    """In as many runs as it takes: one of them stops after some seconds; gives how many."""
    sent = 0
    while taken := mail.send_due(now=now):
        sent += taken
    return sent
