"""Reading the outbox. Mail lies outside the tenant net; everything here goes through `Access`.

Three kinds of readers: the person a message is for sees it whole, whoever sends a batch sees who
gets it and what became of it, and what it says only where they may see what others do. A digest
is nobody's but its person's: that somebody is reminded tells what is not done. And what was not
sent because its person was done by then looks as sent to everybody else.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, TextField, Value, When

from routekaart.access import Access, NotFound, Permission
from routekaart.domain.lifecycle import MAIL
from routekaart.domain.mail_texts import NOT_NEEDED
from routekaart.models import Mail, MailBatch, School
from routekaart.models.mail import PERSONAL, MailKind
from routekaart.queries.counted import number_of
from routekaart.queries.once_more import still_there
from routekaart.queries.organisation.names import called_at


def settled() -> Q:
    """New courses that were not told because nothing was left to do, or the year was over."""
    return Q(kind=MailKind.ASSIGNED, state="cancelled", failure=NOT_NEEDED)


def _as_shown(rows: "QuerySet[Mail]", by: Access) -> "QuerySet[Mail]":
    """With `shown_state` and `shown_failure`, as this reader may know them."""
    hidden = settled() & ~Q(person=by.person)
    return rows.annotate(
        shown_state=Case(
            When(hidden, then=Value("sent")), default=F("state"), output_field=TextField()
        ),
        shown_failure=Case(
            When(hidden, then=Value("")), default=F("failure"), output_field=TextField()
        ),
    )


def mail_batches_of(*, by: Access, school_id: UUID) -> QuerySet[MailBatch]:
    """The batches of a school, newest first, with a count per state; those of one's own teams."""
    by.fetch(School, school_id, Permission.VIEW_MAIL)
    with by.entered():
        return _counted(MailBatch.objects.filter(by.visible(MailBatch), school=school_id))


def mail_batch_detail(*, by: Access, batch_id: UUID) -> MailBatch:
    """One batch with a count per state."""
    by.fetch(MailBatch, batch_id, Permission.VIEW_MAIL)
    with by.entered():
        return still_there(_counted(MailBatch.objects.filter(pk=batch_id)))


def waiting_batches(*, by: Access) -> QuerySet[MailBatch]:
    """What waits for release at all schools within reach, newest first, with counts."""
    waiting = Mail.objects.filter(batch=OuterRef("pk"), state__in=MAIL.sources("release"))
    with by.entered():
        return _counted(
            MailBatch.objects.filter(
                by.visible(MailBatch),
                Exists(waiting),
                released_at__isnull=True,
                cancelled_at__isnull=True,
            )
        )


def may_release(*, by: Access, batch: MailBatch) -> bool:
    """Whether `by` lets this batch go or takes it back. `batch` as the queries here gave it."""
    needed = Permission.RELEASE_MAIL
    if batch.routekaart is None:
        # Not of any team: for who acts for the whole school.
        return by.allows_everywhere(needed, school=batch.school_id)
    return by.allows(needed, school=batch.school_id, team=batch.routekaart.team_id)


def _counted(rows: "QuerySet[MailBatch]") -> "QuerySet[MailBatch]":
    shown = {state: Q(state=state) for state in MAIL.words}
    shown["sent"] |= settled()
    shown["cancelled"] &= ~settled()
    mails = Mail.objects.filter(batch=OuterRef("pk"))
    counts: dict[str, Any] = {
        f"count_{state}": number_of(mails.filter(which)) for state, which in shown.items()
    }
    found = called_at(rows, "made_by", school="school")
    return found.select_related("school", "routekaart__team").annotate(**counts)


@dataclass(frozen=True, slots=True)
class BatchMails:
    """The messages of a batch by name. `sees_text`: what they say to each may be read."""

    rows: QuerySet[Mail]
    sees_text: bool


def mails_of_batch(*, by: Access, batch_id: UUID) -> BatchMails:
    """Who gets what. What it says to each is for those who see what each has to do."""
    batch = by.fetch(MailBatch, batch_id, Permission.VIEW_MAIL)
    marks: Any = batch
    team = batch.routekaart_id and marks.access_team
    sees_text = by.allows(Permission.VIEW_ALL_ASSIGNMENTS, school=batch.school_id, team=team)
    rows = to_whom(Mail.objects.filter(batch=batch_id), by=by)
    return BatchMails(_as_shown(rows, by).order_by(F("called_person"), "pk"), sees_text)


def to_whom(mails: "QuerySet[Mail]", *, by: Access) -> "QuerySet[Mail]":
    """Each with whom it is for."""
    with by.entered():
        return called_at(mails, "person", school="school")


def mails_for(*, by: Access, school_id: UUID, state: str | None = None) -> QuerySet[Mail]:
    """The messages of a school within sight, newest first: one's own, and those one answers for.

    Raises `NotFound` for a school out of reach.
    """
    if school_id not in by.roles:
        raise NotFound("School")
    rows = Mail.objects.filter(
        Q(person=by.person) | (by.visible(Mail) & ~Q(kind__in=PERSONAL)), school=school_id
    )
    # A message that waits for release, or was never released, is not yet its person's to see.
    rows = rows.exclude(~by.visible(Mail), state__in=("waiting", "cancelled"))
    rows = _as_shown(to_whom(rows, by=by), by)
    return rows if state is None else rows.filter(Q(("shown_state", state)))


def failed_mails(*, by: Access) -> QuerySet[Mail]:
    """What could not be delivered of what this person answers for, newest first.

    To whom and why, without what it says: that is for fewer eyes. What became of a document that
    was sent stands beside the document.
    """
    rows = Mail.objects.filter(by.visible(Mail), state="failed")
    rows = rows.exclude(kind__in=(MailKind.DIGEST, MailKind.DOCUMENT))
    return to_whom(rows, by=by).select_related("school").defer("subject", "body", "about")
