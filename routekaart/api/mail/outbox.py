"""The outbox over HTTP: who gets what, letting it go, and what became of it."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Query, Router, Status
from pydantic import Field

from routekaart import clock
from routekaart.actions.mail.batches import About, prepare_mail
from routekaart.actions.mail.outbox import (
    cancel_batch,
    cancel_mail,
    release_batch,
    retry_batch,
    retry_mail,
)
from routekaart.api.auth import SignedInRequest
from routekaart.api.paging import Listed, Page, paged
from routekaart.api.shapes import Id, Reply, Shape, problems
from routekaart.models import Mail, MailBatch
from routekaart.queries.mail.outbox import (
    mail_batch_detail,
    mail_batches_of,
    mails_for,
    mails_of_batch,
)

router = Router(tags=["Mail"])

MailStateName = Literal["waiting", "queued", "sending", "sent", "failed", "cancelled"]


class NewMailBatch(Shape):
    """`whole`: the whole overview for everybody, instead of what is new since the last time."""

    about: Literal["assignments", "plan"]
    whole: bool = False


class MailCounts(Reply):
    waiting: int
    queued: int
    sending: int
    sent: int
    failed: int
    cancelled: int


_Kind = Literal["assigned", "plan_changed", "digest", "welcome", "weekly", "account", "document"]


class MailBatchReply(Reply):
    """Mail to several people. It goes out once it is released."""

    id: UUID
    school: UUID
    routekaart: UUID | None
    kind: _Kind
    title: str
    made_by_name: str | None
    made_at: datetime
    released_at: datetime | None
    cancelled_at: datetime | None
    mails: MailCounts = Field(description="Hoeveel berichten in welke status staan.")


class MailReply(Reply):
    """A message to one person. `body` only for those who may read what it says."""

    id: UUID
    batch: UUID | None
    kind: _Kind
    person: UUID
    person_name: str
    subject: str | None
    body: str | None
    state: MailStateName
    failure: str = Field(description="Wat er misging of waarom het niet is verstuurd.")
    attempts: int
    due_at: datetime = Field(description="Niet eerder dan dit moment.")
    sent_at: datetime | None


class MailFilter(Page):
    school: Id
    state: MailStateName | None = None


def _batch(row: Any) -> MailBatchReply:
    batch: MailBatch = row
    return MailBatchReply(
        id=batch.pk,
        school=batch.school_id,
        routekaart=batch.routekaart_id,
        kind=batch.kind,
        title=batch.title,
        made_by_name=batch.made_by.name if batch.made_by else None,
        made_at=batch.made_at,
        released_at=batch.released_at,
        cancelled_at=batch.cancelled_at,
        mails=MailCounts(
            **{name: getattr(row, f"count_{name}") for name in MailCounts.model_fields}
        ),
    )


def _mail(mail: Mail, *, sees_text: bool) -> MailReply:
    return MailReply(
        id=mail.pk,
        batch=mail.batch_id,
        kind=mail.kind,
        person=mail.person_id,
        person_name=mail.person.name,
        subject=mail.subject if sees_text else None,
        body=mail.body if sees_text else None,
        state=getattr(mail, "shown_state", mail.state),
        failure=getattr(mail, "shown_failure", mail.failure),
        attempts=mail.attempts,
        due_at=mail.due_at,
        sent_at=mail.sent_at,
    )


def _detail(request: SignedInRequest, batch_id: UUID) -> MailBatchReply:
    with request.auth.entered():
        return _batch(mail_batch_detail(by=request.auth, batch_id=batch_id))


@router.get(
    "/schools/{school_id}/mail-batches",
    response={200: Listed[MailBatchReply], **problems(403, 404)},
    operation_id="list_mail_batches",
    summary="Verzendingen van een school, de nieuwste eerst",
)
def list_mail_batches(request: SignedInRequest, school_id: Id, page: Query[Page]) -> Any:
    with request.auth.entered():
        return paged(mail_batches_of(by=request.auth, school_id=school_id), page, _batch)


@router.post(
    "/routekaarten/{routekaart_id}/mail-batches",
    response={201: MailBatchReply, **problems(403, 404, 409)},
    operation_id="prepare_mail_batch",
    summary="Mail klaarzetten over nieuwe cursussen of een veranderd plan",
    description="Er gaat nog niets weg: bekijk wie wat krijgt, en geef de verzending dan vrij.",
)
def prepare_mail_batch(request: SignedInRequest, routekaart_id: Id, body: NewMailBatch) -> Any:
    batch = prepare_mail(
        by=request.auth,
        routekaart_id=routekaart_id,
        about=About(body.about),
        whole=body.whole,
        today=clock.today(),
    )
    return Status(201, _detail(request, batch.pk))


@router.get(
    "/mail-batches/{mail_batch_id}",
    response={200: MailBatchReply, **problems(403, 404)},
    operation_id="get_mail_batch",
    summary="Eén verzending",
)
def get_mail_batch(request: SignedInRequest, mail_batch_id: Id) -> Any:
    return _detail(request, mail_batch_id)


@router.get(
    "/mail-batches/{mail_batch_id}/mails",
    response={200: Listed[MailReply], **problems(403, 404)},
    operation_id="list_batch_mails",
    summary="Wie wat krijgt",
    description="De tekst staat er alleen bij voor wie mag zien wat ieder te doen heeft.",
)
def list_batch_mails(request: SignedInRequest, mail_batch_id: Id, page: Query[Page]) -> Any:
    found = mails_of_batch(by=request.auth, batch_id=mail_batch_id)
    return paged(found.rows, page, lambda mail: _mail(mail, sees_text=found.sees_text))


@router.post(
    "/mail-batches/{mail_batch_id}/release",
    response={200: MailBatchReply, **problems(403, 404, 409)},
    operation_id="release_mail_batch",
    summary="Een verzending vrijgeven",
    description="Ieder krijgt de mail overdag, op een dag dat hij of zij werkt.",
)
def release(request: SignedInRequest, mail_batch_id: Id) -> Any:
    release_batch(by=request.auth, batch_id=mail_batch_id, now=clock.now())
    return _detail(request, mail_batch_id)


@router.post(
    "/mail-batches/{mail_batch_id}/cancel",
    response={200: MailBatchReply, **problems(403, 404, 409)},
    operation_id="cancel_mail_batch",
    summary="Een verzending laten vervallen",
    description="Wat al verstuurd is, is niet terug te halen.",
)
def cancel(request: SignedInRequest, mail_batch_id: Id) -> Any:
    cancel_batch(by=request.auth, batch_id=mail_batch_id, now=clock.now())
    return _detail(request, mail_batch_id)


@router.post(
    "/mail-batches/{mail_batch_id}/retry",
    response={200: MailBatchReply, **problems(403, 404, 409)},
    operation_id="retry_mail_batch",
    summary="Alles wat mislukte van een verzending opnieuw versturen",
)
def retry_all(request: SignedInRequest, mail_batch_id: Id) -> Any:
    retry_batch(by=request.auth, batch_id=mail_batch_id)
    return _detail(request, mail_batch_id)


@router.get(
    "/mails",
    response={200: Listed[MailReply], **problems(404)},
    operation_id="list_mails",
    summary="Berichten, de nieuwste eerst",
    description="Je eigen berichten, en die van verzendingen waar je over gaat. De tekst staat "
    "alleen bij je eigen berichten.",
)
def list_mails(request: SignedInRequest, wanted: Query[MailFilter]) -> Any:
    by = request.auth
    rows = mails_for(by=by, school_id=wanted.school, state=wanted.state)
    return paged(rows, wanted, lambda mail: _mail(mail, sees_text=mail.person_id == by.person.pk))


@router.post(
    "/mails/{mail_id}/retry",
    response={200: MailReply, **problems(403, 404, 409)},
    operation_id="retry_mail",
    summary="Een mislukt bericht opnieuw proberen",
)
def retry(request: SignedInRequest, mail_id: Id) -> Any:
    return _mail(retry_mail(by=request.auth, mail_id=mail_id), sees_text=False)


@router.post(
    "/mails/{mail_id}/cancel",
    response={200: MailReply, **problems(403, 404, 409)},
    operation_id="cancel_mail",
    summary="Eén bericht laten vervallen",
)
def cancel_one(request: SignedInRequest, mail_id: Id) -> Any:
    return _mail(cancel_mail(by=request.auth, mail_id=mail_id), sees_text=False)
