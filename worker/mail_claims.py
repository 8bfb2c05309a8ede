"""The row of a message as a lease, like that of a job: every write is conditional.

A row that stays "sending" had a worker that died between marking and sending, or between sending
and marking. Another one takes it when the lease has ended, so that a message may come twice, with
the same Message-ID, and never gets lost.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce, Now

from routekaart.domain.lifecycle import MAIL
from routekaart.models import Mail

MAX_ATTEMPTS = 5
# Longer than a slow mail server can keep one message: nobody renews it meanwhile.
LEASE = timedelta(seconds=90)
# How long a message waits for a mail server that is away: a weekend.
PATIENCE = timedelta(days=2)
_AFTER_A_NIGHT = timedelta(hours=3)
WORKER_LOST = (
    "Het versturen is 5 keer onverwacht gestopt. Probeer het later opnieuw, of vraag de beheerder."
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A message that this worker may send. `mail` is the row as claimed."""

    mail: Mail
    token: UUID

    @property
    def is_last_attempt(self) -> bool:
        return self.mail.attempts >= MAX_ATTEMPTS


def _claimable() -> Q:
    return Q(state="queued", due_at__lte=Now()) | Q(state="sending", lease_until__lt=Now())


def due_mail(limit: int) -> list[UUID]:
    """The messages whose turn it is, the longest waiting first."""
    rows = Mail.objects.filter(_claimable()).order_by("due_at", "pk")
    return list(rows.values_list("pk", flat=True)[:limit])


def has_due_mail() -> bool:
    """Whether some message waits to be sent."""
    return Mail.objects.filter(_claimable()).exists()


def claim(mail_id: UUID) -> Claim | None:
    """The message for this worker alone, or None when it is gone, not due, or somebody else's.

    The attempt is counted here and not at its end: a message that kills its worker counts too.
    """
    token = uuid.uuid4()
    changed = Mail.objects.filter(_claimable(), pk=mail_id, attempts__lt=MAX_ATTEMPTS).update(
        state=MAIL.steps["claim"].target,
        token=token,
        lease_until=Now() + LEASE,
        attempts=F("attempts") + 1,
    )
    if not changed:
        return None
    mail = Mail.objects.select_related("person").filter(pk=mail_id, token=token).first()
    return None if mail is None else Claim(mail, token)


def fail_exhausted() -> int:
    """Ends the messages whose last attempt took its worker along; gives how many."""
    return Mail.objects.filter(_claimable(), attempts__gte=MAX_ATTEMPTS).update(
        **_released("fail"), failure=WORKER_LOST
    )


def expire_leases() -> int:
    """Gives every message free at once; for a worker that knows to be the only one."""
    return Mail.objects.filter(state="sending").update(lease_until=Now())


def deliver(held: Claim) -> bool:
    """Marks it as sent; False when the lease is lost."""
    return bool(_ours(held).update(**_released("deliver"), sent_at=Now(), failure=""))


def fail(held: Claim, reason: str) -> None:
    """Ends it with a reason that its sender sees. Changes nothing when the lease is lost."""
    _ours(held).update(**_released("fail"), failure=reason)


def expire(held: Claim, reason: str) -> None:
    """Ends it because there is nothing to send any more, or nobody to send it to.

    With the moment, as for one that was sent: others must not see the difference.
    """
    _ours(held).update(**_released("expire"), failure=reason, sent_at=Now())


def postpone(held: Claim, reason: str, *, after: timedelta) -> None:
    """Queues it again, with the reason in sight."""
    _ours(held).update(**_released("postpone"), failure=reason, due_at=Now() + after)


def postpone_until(held: Claim, moment: datetime) -> None:
    """Queues it for a later moment. Nothing went wrong, so the attempt does not count."""
    # While the mail server is away a night counts, but is not the end: after it there are some
    # hours left to try.
    latest = moment - PATIENCE + _AFTER_A_NIGHT
    _ours(held).filter(held_up_since__lt=latest).update(held_up_since=latest)
    postponed = _released("postpone") | {"held_up_since": F("held_up_since")}
    _ours(held).update(**postponed, due_at=moment, attempts=F("attempts") - 1)


def hold_up(held: Claim, reason: str, *, after: timedelta, given_up: str) -> None:
    """Queues it again because the mail server is away, and ends it with `given_up` in the end.

    Not the fault of the message, so the attempt does not count.
    """
    ours, uncounted = _ours(held), F("attempts") - 1
    too_long = ours.filter(held_up_since__lt=Now() - PATIENCE)
    if not too_long.update(**_released("fail"), failure=given_up, attempts=uncounted):
        waiting = _released("postpone") | {"held_up_since": Coalesce("held_up_since", Now())}
        ours.update(**waiting, failure=reason, due_at=Now() + after, attempts=uncounted)


def _ours(held: Claim) -> QuerySet[Mail]:
    return Mail.objects.filter(pk=held.mail.pk, token=held.token)


def _released(step: str) -> dict[str, object]:
    return {
        "state": MAIL.steps[step].target,
        "token": None,
        "lease_until": None,
        "held_up_since": None,
    }
