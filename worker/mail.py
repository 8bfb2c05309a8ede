"""Sending the outbox, one row at a time: mark it, send it, mark it sent.

Whatever goes wrong ends in one of four ways: sent, failed with a reason, queued again after a
while, or left to whoever claims it when the lease has ended. A message is offered five times; while
the mail server as a whole is away it is not offered, and waits for two days.
"""

import fcntl
import logging
import smtplib
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import BadHeaderError
from django.db import InterfaceError, OperationalError
from django.utils import timezone
from django_scopes import scopes_disabled

from routekaart.actions.mail.reminders import prepare_digests
from routekaart.actions.mail.weekly import prepare_weekly_overviews
from routekaart.domain.mail_texts import NOT_NEEDED as NOT_NEEDED  # noqa: PLC0414 - one surface
from routekaart.domain.sending_hours import first_moment
from routekaart.domain.weekly_overview import works
from routekaart.logs.trace import tracing
from routekaart.models import Mail, MailBatch
from routekaart.models.mail import MailKind
from routekaart.queries.mail.content import text_now
from routekaart.queries.mail.each_school import NotAllRead
from routekaart.queries.mail.reminders import workplaces_of
from routekaart.queries.mail.weekly import guide_workplaces
from routekaart.queries.organisation.people import belongs_to_school
from worker import mail_claims as claims
from worker.mail_claims import Claim

logger = logging.getLogger(__name__)

BATCH = 50
# Then it is somebody else's turn: a document that came in meanwhile does not wait for a letter to
# everybody. What is left is for the next run.
_SECONDS_PER_RUN = 5.0
# In the folder of the variable data.
_LOCK_FILE = "mail.lock"
_SHORTEST_WAIT = timedelta(minutes=2)
_LONGEST_WAIT = timedelta(minutes=60)
# "Service not available": the server ends the conversation, whatever it is about.
_GOING_DOWN = 421
# Not about one school: the time is over, or the database is away.
_ENDED_BY = (SoftTimeLimitExceeded, OperationalError, InterfaceError)

REFUSED = (
    "Het e-mailadres is geweigerd door de mailserver. Controleer het adres en probeer het opnieuw."
)
UNUSABLE = "Dit bericht kan zo niet worden verstuurd. Vraag de beheerder."
TRYING_AGAIN = "Versturen lukte nog niet. Het programma probeert het vanzelf opnieuw."
GAVE_UP = (
    "Versturen is 5 keer niet gelukt: de mailserver nam het bericht niet aan. "
    "Probeer het later opnieuw, of vraag de beheerder."
)
SERVER_AWAY = (
    "De mailserver was twee dagen niet te bereiken. Probeer het later opnieuw, of vraag de "
    "beheerder."
)
OUR_FAULT = "Versturen mislukte 5 keer door een fout aan onze kant. Vraag de beheerder."
NOT_ACTIVE = "Vervallen: deze collega is niet meer actief."
NO_ADDRESS = "Vervallen: van deze collega is geen e-mailadres bekend."
TAKEN_BACK = "Vervallen: de verzending is teruggenomen."


class ServerAway(Exception):
    """The mail server could not be asked to take anything."""


def wait_before(attempt: int) -> timedelta:
    """How long a message waits after its so-manieth failed attempt: 2, 4, 8 … at most 60 min."""
    return min(timedelta(minutes=2**attempt), _LONGEST_WAIT)


def wait_while_away(since: datetime | None) -> timedelta:
    """How long a message waits for a server that is away: 2, 2, 4, 8 … at most 60 min."""
    waited = timedelta(0) if since is None else timezone.now() - since
    return min(max(waited, _SHORTEST_WAIT), _LONGEST_WAIT)


def send_due(limit: int = BATCH, *, now: datetime | None = None) -> int:
    """Sends what is due, at most `limit` messages; gives how many it took on.

    One run at a time on this host: a slow mail server must not keep all its processes.
    """
    with _alone() as ours:
        if not ours:
            return 0
        claims.fail_exhausted()
        until = time.monotonic() + _SECONDS_PER_RUN
        taken = 0
        for mail_id in claims.due_mail(limit):
            if time.monotonic() > until:
                break
            taken += send(mail_id, now=now)
        return taken


@contextmanager
def _alone() -> Iterator[bool]:
    """Whether nobody else on this host sends mail. Ends with the process, however that ends."""
    with (Path(settings.VAR_DIR) / _LOCK_FILE).open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def send(mail_id: UUID, *, now: datetime | None = None) -> bool:
    """Sends one message when it may be claimed now; False when there was nothing to do."""
    held = claims.claim(mail_id)
    if held is None:
        return False
    with tracing(request=held.mail.request_id, mail=held.mail.pk):
        try:
            _attempt(held, timezone.localtime(now))
        except Exception as error:  # noqa: BLE001 - one message must never take the others along
            _failed(held, error)
    return True


def prepare(now: datetime | None = None) -> int:
    """Queues the digests and weekly overviews of today, in the daytime; gives how many are new.

    Raises `NotAllRead` after that, when some school could not be read.
    """
    local = timezone.localtime(now)
    today = local.date()
    weekly = partial(prepare_weekly_overviews, today=today, now=local, ended_by=_ENDED_BY)
    try:
        digests = prepare_digests(today=today, now=local, ended_by=_ENDED_BY)
    except NotAllRead:
        weekly()
        raise
    return digests + weekly()


def _attempt(held: Claim, local: datetime) -> None:
    mail = held.mail
    dropped = _why_not(mail)
    if dropped:
        claims.expire(held, dropped)
        return
    moment = _moment(mail, local)
    if moment != local:
        claims.postpone_until(held, moment)
        return
    text = text_now(mail, today=local.date(), ended_by=_ENDED_BY)
    if text is None:
        claims.expire(held, NOT_NEEDED)
        return
    with _server() as server:
        _message(mail, text.subject, text.body, server).send()
        delivered = claims.deliver(held)
    if not delivered:
        logger.warning("Mail %s was taken over by another worker.", mail.pk)
        return
    logger.info("mail sent", extra={"fields": {"kind": mail.kind, "attempt": mail.attempts}})


@contextmanager
def _server() -> Iterator[BaseEmailBackend]:
    """The mail server, ready to take a message: connected, greeted and signed in."""
    server = get_connection()
    try:
        server.open()
    except OSError as error:
        # Also whatever it answered: nothing was said yet about any message.
        raise ServerAway from error
    try:
        yield server
    finally:
        # What it took stays taken, however it says goodbye.
        with suppress(OSError):
            server.close()


def _moment(mail: Mail, local: datetime) -> datetime:
    """When it may go: now, unless it was held up until the evening or a free day.

    What is told to one person goes at once.
    """
    if mail.kind == MailKind.DIGEST:
        # By then it is another day, which says what is left of it.
        return first_moment(local, lambda _day: True)
    if mail.kind == MailKind.WEEKLY:
        guided = guide_workplaces(person=mail.person, today=local.date())
        return first_moment(local, lambda day: works(day, guided))
    if mail.batch_id is None:
        return local
    places = workplaces_of(school=mail.school_id, today=local.date(), persons=[mail.person_id])
    place = places.get(mail.person_id)
    return first_moment(local, place.works_on if place else lambda _day: True)


def _why_not(mail: Mail) -> str:
    """Why a message is dropped; empty when it may go."""
    if not mail.person.is_active:
        return NOT_ACTIVE
    if not mail.person.email:
        return NO_ADDRESS
    with scopes_disabled():
        if (
            mail.batch_id
            and MailBatch.objects.filter(pk=mail.batch_id, cancelled_at__isnull=False).exists()
        ):
            return TAKEN_BACK
        belongs = belongs_to_school(person_id=mail.person_id, school_id=mail.school_id)
    return "" if belongs else NOT_ACTIVE


def _message(mail: Mail, subject: str, body: str, server: BaseEmailBackend) -> EmailMessage:
    return EmailMessage(
        # A line end in a header is refused by Django: there is none left here.
        subject=" ".join(subject.split()),
        body=body,
        to=[mail.person.email],
        connection=server,
        headers={
            # The same for every attempt: a mailbox shows a double only once.
            "Message-ID": f"<{mail.pk}@{settings.MAIL_DOMAIN}>",
            "Auto-Submitted": "auto-generated",
        },
    )


def _failed(held: Claim, error: Exception) -> None:
    final = _for_good(error)
    # What the server said may hold addresses: in production the log has only the kind of error.
    logger.warning(
        "Attempt %s of mail %s failed.", held.mail.attempts, held.mail.pk, exc_info=error
    )
    if _is_away(error):
        after = wait_while_away(held.mail.held_up_since)
        claims.hold_up(held, TRYING_AGAIN, after=after, given_up=SERVER_AWAY)
    elif final:
        claims.fail(held, final)
    elif held.is_last_attempt:
        away = isinstance(error, OSError | smtplib.SMTPException)
        claims.fail(held, GAVE_UP if away else OUR_FAULT)
    else:
        claims.postpone(held, TRYING_AGAIN, after=wait_before(held.mail.attempts))
    if isinstance(error, SoftTimeLimitExceeded):
        raise error


def _is_away(error: Exception) -> bool:
    """Whether the server takes no message at all, instead of not this one.

    A time-out or a lost connection on the way is none of that: the server may have the message,
    and each time that it is offered again may make a double.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return any(code == _GOING_DOWN for code, _ in error.recipients.values())
    if isinstance(error, smtplib.SMTPSenderRefused):
        # The sender is the same for every message.
        return error.smtp_code < 500
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code == _GOING_DOWN
    return isinstance(error, ServerAway)


def _for_good(error: Exception) -> str:
    """Why trying again cannot help; empty for every other error."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _ in error.recipients.values()]
        # A code in the four hundreds says: not now.
        return REFUSED if codes and all(code >= 500 for code in codes) else ""
    if isinstance(error, smtplib.SMTPDataError | smtplib.SMTPSenderRefused):
        return UNUSABLE if error.smtp_code >= 500 else ""
    return UNUSABLE if isinstance(error, BadHeaderError | UnicodeError) else ""
