"""Reminding people: at most one digest a day for each, over all their schools and teams."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from routekaart.actions.mail.outbox import store
from routekaart.domain.sending_hours import in_hours
from routekaart.models import Mail
from routekaart.models.mail import MailKind
from routekaart.queries.mail.content import digest_key, digests_of
from routekaart.queries.mail.each_school import EachSchool


def prepare_digests(
    *,
    today: date,
    now: datetime,
    school: UUID | None = None,
    ended_by: tuple[type[Exception], ...] = (),
) -> int:
    """Queues today's digests for everyone who has something open; gives how many are new.

    Only of `school` where one is given. Safe to repeat on the same day. Outside the daytime
    nothing is prepared. What is open is read again when a digest goes out. Raises `NotAllRead`
    once everybody had a turn; what is in `ended_by` at once.
    """
    if not in_hours(timezone.localtime(now)):
        return 0
    key = digest_key(today)
    each = EachSchool(ended_by)
    digests = digests_of(today=today, each=each, only=school)
    mails = [
        Mail(
            school_id=about_school,
            person_id=person,
            kind=MailKind.DIGEST,
            key=key,
            subject=composed.text.subject,
            body=composed.text.body,
            about=list(composed.about),
            state="queued",
        )
        for person, (about_school, composed) in digests.items()
    ]
    with transaction.atomic():
        new = store(mails)
    each.check()
    return new
