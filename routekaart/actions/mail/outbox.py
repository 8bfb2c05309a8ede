"""The outbox: mail is a row, written in the transaction of what it tells about.

`tell` is for one person and goes out at once; `prepare_batch` is for several and waits until
somebody has looked at it and releases it.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Cast, Concat, Now
from django.utils import timezone

from routekaart.access import STEP_PERMISSIONS, Access, NotFound
from routekaart.actions.audit import record
from routekaart.actions.changing import UNDERWAY, check_state
from routekaart.actions.wakeups import wake_mail
from routekaart.domain.errors import Conflict
from routekaart.domain.lifecycle import MAIL
from routekaart.domain.mail_texts import one_line
from routekaart.domain.sending_hours import first_moment
from routekaart.models import Mail, MailBatch, Routekaart
from routekaart.models.mail import PERSONAL, MailKind
from routekaart.queries.mail.outbox import settled, to_whom
from routekaart.queries.mail.plan_mail import is_overtaken
from routekaart.queries.mail.reminders import workplaces_of

_MAY = STEP_PERMISSIONS[MAIL.name]
_AFRESH: Mapping[str, object] = {"attempts": 0, "failure": "", "due_at": Now()}


@dataclass(frozen=True, slots=True)
class Message:
    """What one person is told. `key`: the same one is never told to the same person twice.

    `about` are the keys of what it speaks of.
    """

    person: UUID
    key: str
    subject: str
    body: str
    about: tuple[str, ...] = ()


def tell(*, school: UUID, kind: MailKind, message: Message, due_at: datetime | None = None) -> bool:
    """Queues a message to one person; False when that person has been told already.

    Call it in the transaction of what it tells about: either both are stored or neither.
    """
    _check_transaction()
    mail = _mail(school, kind, message, state=MAIL.after(MAIL.start, "release"))
    if due_at is not None:
        mail.due_at = due_at
    return bool(store([mail]))


def prepare_batch(
    *,
    by: Access,
    school: UUID,
    kind: MailKind,
    title: str,
    messages: Sequence[Message],
    routekaart: Routekaart | None = None,
) -> MailBatch:
    """A batch that waits for release, in the transaction of the caller, who checked the rights.

    Messages that were told before are left out. Raises `Conflict` (`nothing_to_tell`) when none
    is left.
    """
    _check_transaction()
    # What was taken back was never told: it may be told after all.
    same = _same(messages)
    told = _pairs(same.exclude(state="cancelled"))
    fresh = [message for message in messages if (message.person, message.key) not in told]
    if not fresh:
        raise Conflict(
            "Er is niets nieuws te melden: iedereen weet dit al. "
            "Wil je alles opnieuw sturen, kies dan voor het hele overzicht.",
            code="nothing_to_tell",
        )
    with by.entered():
        batch = MailBatch.objects.create(
            school_id=school,
            routekaart=routekaart,
            kind=kind,
            title=one_line(title),
            made_by=by.person,
        )
        same.filter(state="cancelled").update(
            key=Concat("key", Value("~"), Cast("pk", CharField()))
        )
        rows = [_mail(school, kind, message, batch=batch) for message in fresh]
        Mail.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
        _record(by, batch, "prepare_mail")
    return batch


def release_batch(*, by: Access, batch_id: UUID, now: datetime) -> MailBatch:
    """Lets a batch go out: to each person in the daytime of a day on which that person works.

    Safe to repeat. Raises `Conflict` for a batch that was cancelled or whose year is over
    (`wrong_state`), and for one about a plan that is not the latest any more (`newer_plan`).
    """
    batch = by.fetch(MailBatch, batch_id, _MAY["release"])
    with transaction.atomic(), by.entered():
        batch = (
            MailBatch.objects.select_for_update(of=("self",), no_key=True)
            .select_related("routekaart")
            .get(pk=batch.pk)
        )
        _check_stands(batch)
        if batch.released_at is None:
            _check_still_true(batch)
            _queue(batch, now)
            batch.released_at, batch.released_by = now, by.person
            batch.save(update_fields=["released_at", "released_by"])
            _record(by, batch, "release_mail")
            _wake_after_commit()
    return batch


def _check_stands(batch: MailBatch) -> None:
    if batch.cancelled_at is not None:
        raise Conflict(
            "Deze verzending is vervallen. Maak een nieuwe als de mail toch weg moet.",
            code="wrong_state",
        )


def _check_still_true(batch: MailBatch) -> None:
    routekaart = batch.routekaart
    if routekaart is None:
        return
    check_state(routekaart, UNDERWAY)
    first = Mail.objects.filter(batch=batch).first()
    if first is not None and is_overtaken(routekaart, first.about):
        raise Conflict(
            "Er is intussen een nieuwer plan vastgesteld. Laat deze verzending vervallen en maak "
            "een nieuwe.",
            code="newer_plan",
        )


def _queue(batch: MailBatch, now: datetime) -> None:
    waiting = Mail.objects.filter(batch=batch, state__in=MAIL.sources("release"))
    local = timezone.localtime(now)
    workplaces = workplaces_of(school=batch.school_id, today=local.date())
    groups: defaultdict[datetime, list[UUID]] = defaultdict(list)
    for pk, person in waiting.values_list("pk", "person_id"):
        place = workplaces.get(person)
        # Who does not work here (any more) gets nothing: the worker sees to that.
        moment = first_moment(local, place.works_on) if place else local
        groups[moment].append(pk)
    for moment, rows in groups.items():
        due = {"due_at": Now() if moment == local else moment}
        waiting.filter(pk__in=rows).update(state=MAIL.steps["release"].target, **due)


def cancel_batch(*, by: Access, batch_id: UUID, now: datetime) -> MailBatch:
    """Takes back what has not gone out yet. Safe to repeat.

    Raises `Conflict` (`wrong_state`) when everything is gone already.
    """
    batch = by.fetch(MailBatch, batch_id, _MAY["cancel"])
    with transaction.atomic(), by.entered():
        batch = MailBatch.objects.select_for_update(no_key=True).get(pk=batch.pk)
        if batch.cancelled_at is None:
            waiting = Mail.objects.filter(batch=batch, state__in=MAIL.sources("cancel"))
            cancelled = waiting.exclude(settled()).update(state=MAIL.steps["cancel"].target)
            if not cancelled:
                raise Conflict(
                    "Alles van deze verzending is al verstuurd. Dat is niet terug te halen.",
                    code="wrong_state",
                )
            batch.cancelled_at = now
            batch.save(update_fields=["cancelled_at"])
            _record(by, batch, "cancel_mail")
    return batch


def retry_mail(*, by: Access, mail_id: UUID) -> Mail:
    """Queues a failed message again, with all its attempts.

    Raises `Conflict` (`wrong_state`) for one that did not fail.
    """
    return _step(by, mail_id, "retry", _AFRESH)


def retry_batch(*, by: Access, batch_id: UUID) -> MailBatch:
    """Queues all that failed of a batch again, with all its attempts. Safe to repeat.

    Raises `Conflict` (`wrong_state`) for a batch that was cancelled.
    """
    batch = by.fetch(MailBatch, batch_id, _MAY["retry"])
    with transaction.atomic(), by.entered():
        batch = MailBatch.objects.select_for_update(no_key=True).get(pk=batch.pk)
        _check_stands(batch)
        failed = Mail.objects.filter(batch=batch, state__in=MAIL.sources("retry"))
        if failed.update(state=MAIL.steps["retry"].target, **_AFRESH):
            _record(by, batch, "retry_mail")
            _wake_after_commit()
    return batch


def cancel_mail(*, by: Access, mail_id: UUID) -> Mail:
    """Takes back one message that has not gone out. Safe to repeat."""
    return _step(by, mail_id, "cancel", {})


def _step(by: Access, mail_id: UUID, step: str, values: Mapping[str, object]) -> Mail:
    mail = by.fetch(Mail, mail_id, _MAY[step])
    if mail.kind in PERSONAL:
        # Who is reminded is for nobody else to see.
        raise NotFound("Mail")
    with transaction.atomic(), by.entered():
        mail = (
            Mail.objects.select_for_update(of=("self",), no_key=True)
            .select_related("batch")
            .get(pk=mail.pk)
        )
        # What was settled looks as sent, here too.
        hidden = Mail.objects.filter(settled(), pk=mail.pk).exists()
        after = MAIL.after("sent" if hidden else mail.state, step)
        if after != mail.state:
            Mail.objects.filter(pk=mail.pk).update(state=after, **values)
            routekaart = mail.batch.routekaart_id if mail.batch else None
            record(
                by=by,
                school=mail.school_id,
                action=f"{step}_mail",
                subject=mail,
                routekaart=routekaart,
            )
            _wake_after_commit()
    return to_whom(Mail.objects.filter(pk=mail.pk), by=by).get()


def store(mails: Sequence[Mail]) -> int:
    """Writes queued rows and wakes a worker after commit; gives how many are new.

    What somebody was told before is left as it is.
    """
    told = _pairs(_same([Message(mail.person_id, mail.key, "", "") for mail in mails]))
    fresh = [mail for mail in mails if (mail.person_id, mail.key) not in told]
    Mail.objects.bulk_create(fresh, batch_size=500, ignore_conflicts=True)
    if fresh:
        _wake_after_commit()
    return len(fresh)


def _same(messages: Sequence[Message]) -> QuerySet[Mail]:
    return Mail.objects.filter(
        person__in={message.person for message in messages},
        key__in={message.key for message in messages},
    )


def _pairs(rows: QuerySet[Mail]) -> set[tuple[UUID, str]]:
    return set(rows.values_list("person_id", "key"))


def _mail(
    school: UUID,
    kind: MailKind,
    message: Message,
    *,
    batch: MailBatch | None = None,
    state: str = MAIL.start,
) -> Mail:
    return Mail(
        school_id=school,
        batch=batch,
        person_id=message.person,
        kind=kind,
        key=message.key,
        subject=one_line(message.subject),
        body=message.body,
        about=list(message.about),
        state=state,
    )


def _record(by: Access, batch: MailBatch, action: str) -> None:
    record(
        by=by,
        school=batch.school_id,
        action=action,
        subject=batch,
        routekaart=batch.routekaart_id,
    )


def _check_transaction() -> None:
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("Mail is stored in the transaction of its cause, and there is none.")


def _wake_after_commit() -> None:
    # robust: an error here must not undo what was already done.
    transaction.on_commit(wake_mail, robust=True)
