"""What must not go on as it was, once a backup was put back.

Everything here is done in the restored database before anybody uses it.
"""

from contextlib import suppress
from datetime import datetime, time, timedelta

from django.contrib.sessions.models import Session
from django.db import DatabaseError, transaction
from django.db.models import Q
from django.utils import timezone
from django_scopes import scopes_disabled

from routekaart.actions.documents.jobs import queue_again
from routekaart.actions.mail.reminders import prepare_digests
from routekaart.actions.mail.weekly import prepare_weekly_overviews
from routekaart.domain.backups import HELD
from routekaart.domain.lifecycle import MAIL
from routekaart.models import AuditEntry, Job, Mail, MailBatch, School
from routekaart.models.jobs import JobState
from routekaart.queries.mail.each_school import NotAllRead

# Days. A backup that is older is put back all the same; what reminders said before is long past.
_LONGEST = 31


@transaction.atomic
def settle_restored(*, made_at: datetime, at: datetime) -> int:
    """Ends sessions, queues jobs again, holds mail; gives how many messages are held.

    `made_at`: when the backup was made. Safe to repeat.
    """
    Session.objects.all().delete()
    # The worker that had it is gone.
    queue_again(Job.objects.filter(state=JobState.RUNNING))
    with scopes_disabled():
        held = _hold_mail()
    _count_as_reminded(made_at, at)
    with scopes_disabled():
        _hold_mail()
        _note(at)
    return held


def _hold_mail() -> int:
    """Mail that would go by itself may have gone after the backup was made: people decide.

    What was released waits for release again. What belongs to nothing that can be released has
    failed, with the reason in sight; it counts as told, so that it is not made anew.
    """
    moving = Mail.objects.filter(state__in=("queued", "sending"))
    free = {"token": None, "lease_until": None, "held_up_since": None}
    released = moving.filter(batch__isnull=False)
    MailBatch.objects.filter(pk__in=released.values("batch")).update(
        released_at=None, released_by=None
    )
    held = released.update(state=MAIL.start, **free)
    return held + moving.filter(batch=None).update(
        state=MAIL.steps["fail"].target, failure=HELD, **free
    )


def _count_as_reminded(made_at: datetime, at: datetime) -> None:
    """Prepares the reminders of the days since the backup: those people had them already."""
    last = timezone.localdate(at)
    first = max(timezone.localdate(made_at), last - timedelta(days=_LONGEST))
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        noon = timezone.make_aware(datetime.combine(day, time(12)))
        # A school that cannot be read must not keep the backup from coming back: the log says so.
        with suppress(NotAllRead):
            prepare_digests(today=day, now=noon, ended_by=(DatabaseError,))
        with suppress(NotAllRead):
            prepare_weekly_overviews(today=day, now=noon, ended_by=(DatabaseError,))
        # As sent, so that the next day's do not say the same.
        Mail.objects.filter(Q(state="queued"), batch=None).update(
            state=MAIL.steps["fail"].target, failure=HELD
        )


def _note(at: datetime) -> None:
    """In the log of every school: what somebody did after the backup is not there any more."""
    rows = AuditEntry.objects.bulk_create(
        AuditEntry(
            school=school,
            person=None,
            action="restore_backup",
            object_kind=School.__name__,
            object_id=str(school.pk),
        )
        for school in School.objects.order_by("pk")
    )
    AuditEntry.objects.filter(pk__in=[row.pk for row in rows]).update(at=at)
