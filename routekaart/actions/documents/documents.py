"""Requesting documents, and opening them: who saw one is written down."""

from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID

from django.conf import settings
from django.db import transaction

from routekaart.access import Access, Forbidden, Permission
from routekaart.actions.audit import record
from routekaart.actions.documents.jobs import request_once
from routekaart.domain.errors import BadInput, Conflict
from routekaart.models import Document, Job, Plan, Routekaart
from routekaart.models.jobs import (
    DocumentFormat,
    DocumentKind,
    DocumentLength,
)
from routekaart.queries.documents.documents import document_for
from routekaart.queries.documents.offered import Wanted, check_offered
from routekaart.storage import FileMissing, Storage


def request_team_plan(
    *,
    by: Access,
    routekaart_id: UUID,
    plan_id: UUID | None = None,
    persons: bool | None = None,
    document_format: DocumentFormat = DocumentFormat.PDF,
    length: DocumentLength = DocumentLength.FULL,
) -> Job:
    """A job that makes the scholingsplan of a team, of `plan_id` or the latest plan.

    `persons`: with chapters per person; None means as far as the requester may see them. The same
    request while it still waits gives the same job again; one that runs may have read older data.

    Raises `Forbidden` for persons out of sight, `Conflict` (`no_plan`) when nothing was planned
    yet, and `BadInput` for a plan that is not of this routekaart or a document that there is not
    (`format_not_offered`, `length_not_offered`).
    """
    wanted = Wanted(DocumentKind.TEAM, document_format, length)
    check_offered(wanted)
    routekaart = by.fetch(Routekaart, routekaart_id, Permission.MAKE_DOCUMENT, along=("team",))
    marks: Any = routekaart
    school: UUID = marks.access_school
    allowed = by.allows(Permission.VIEW_ALL_ASSIGNMENTS, school=school, team=routekaart.team_id)
    if persons and not allowed:
        raise Forbidden(Permission.VIEW_ALL_ASSIGNMENTS)
    with_persons = wanted.has_room_for_persons and (allowed if persons is None else persons)
    with transaction.atomic(), by.entered():
        return request_once(
            by=by,
            wanted=wanted,
            school=school,
            routekaart=routekaart,
            ids={"plan": str(plan_to_print(routekaart, plan_id).pk)},
            holds_persons=with_persons,
        )


def open_document(*, by: Access, document_id: UUID) -> tuple[Document, BinaryIO]:
    """The document and its bytes as a stream; the caller closes it. Writes down who opened it.

    That somebody reads what is private and of their own is not for the log of the school. Raises
    `Conflict` (`document_file_missing`) when the file is gone from the storage.
    """
    document = document_for(by=by, document_id=document_id)
    is_own = document.private and document.person_id == by.person.pk
    action = "open_own_document" if is_own else "open_document"
    file = file_of(document)
    try:
        with transaction.atomic(), by.entered():
            record(by=by, school=document.school_id, action=action, subject=document)
    except BaseException:
        file.close()
        raise
    return document, file


def file_of(document: Document) -> BinaryIO:
    """The bytes of a document as a stream; the caller checked the rights, and closes it.

    Raises `Conflict` (`document_file_missing`).
    """
    try:
        return Storage(Path(settings.STORAGE_DIR)).open(document.content_hash)
    except FileMissing:
        raise Conflict(
            "Het bestand van dit document is niet meer te vinden. Vraag het document opnieuw aan.",
            code="document_file_missing",
        ) from None


def plan_to_print(routekaart: Routekaart, plan_id: UUID | None) -> Plan:
    """The plan with this id, or the latest; of no other routekaart. Call inside `by.entered()`."""
    plans = Plan.objects.filter(routekaart=routekaart).only("id")
    if plan_id is None:
        latest = plans.order_by("-version").first()
        if latest is None:
            raise Conflict(
                "Er is nog geen plan. Maak eerst een plan; daarna kan het document.",
                code="no_plan",
            )
        return latest
    chosen = plans.filter(pk=plan_id).first()
    if chosen is None:
        raise BadInput("plan", "Dit plan hoort niet bij deze routekaart.", code="unknown_plan")
    return chosen
