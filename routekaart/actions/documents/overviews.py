"""Requesting documents about whole schools and boards, and the summary for the MR."""

from typing import Any
from uuid import UUID

from django.db import transaction

from routekaart.access import Access, Permission
from routekaart.actions.documents.documents import plan_to_print
from routekaart.actions.documents.jobs import request_once
from routekaart.domain.errors import BadInput
from routekaart.models import Job, Routekaart, School
from routekaart.models.jobs import (
    DocumentFormat,
    DocumentKind,
    DocumentLength,
)
from routekaart.queries.documents.offered import Wanted, check_offered
from routekaart.queries.documents.overviews import require_overview, schools_of_board

_OF_SCHOOL = (DocumentKind.SCHOOL, DocumentKind.MR_SCHOOL)


def request_school_document(
    *,
    by: Access,
    school_id: UUID,
    school_year: int,
    kind: DocumentKind = DocumentKind.SCHOOL,
    document_format: DocumentFormat = DocumentFormat.PDF,
    length: DocumentLength = DocumentLength.FULL,
) -> Job:
    """A job for the overview of a school, or for the summary for its MR, in one school year.

    The same request while it still waits gives the same job again; one that runs may have read
    older data. Raises `NotFound` for a school out of sight, `Forbidden` for who does not oversee
    it or makes no documents, and `BadInput` for a document that there is not.
    """
    wanted = Wanted(kind, document_format, length)
    if kind not in _OF_SCHOOL:
        raise BadInput("kind", "Dit document gaat niet over een school.", code="kind_not_offered")
    check_offered(wanted)
    by.fetch(School, school_id, Permission.VIEW_SCHOOL)
    require_overview(by, school_id)
    return _once(by, wanted, school=school_id, what={"year": school_year})


def request_board_overview(
    *,
    by: Access,
    board_id: UUID,
    school_year: int,
    document_format: DocumentFormat = DocumentFormat.PDF,
    length: DocumentLength = DocumentLength.FULL,
) -> Job:
    """A job for the overview of all schools of a board, as `request_school_document`.

    Raises `NotFound` for a board without a school within reach, and `Forbidden` for who does not
    oversee all of them.
    """
    wanted = Wanted(DocumentKind.BOARD, document_format, length)
    check_offered(wanted)
    schools = schools_of_board(by=by, board_id=board_id)
    what = {"board": str(board_id), "year": school_year}
    # Kept at one of its schools, always the same.
    return _once(by, wanted, school=min(schools, key=str), board=board_id, what=what)


def request_mr_summary(
    *,
    by: Access,
    routekaart_id: UUID,
    plan_id: UUID | None = None,
    document_format: DocumentFormat = DocumentFormat.PDF,
) -> Job:
    """A job for the summary for the MR of `plan_id` or the latest plan; nobody's name is in it.

    Raises `Conflict` (`no_plan`) and `BadInput` as `request_team_plan`.
    """
    wanted = Wanted(DocumentKind.MR, document_format)
    check_offered(wanted)
    routekaart = by.fetch(Routekaart, routekaart_id, Permission.MAKE_DOCUMENT)
    marks: Any = routekaart
    with by.entered():
        plan = plan_to_print(routekaart, plan_id)
    return _once(
        by,
        wanted,
        school=marks.access_school,
        routekaart=routekaart,
        what={"plan": str(plan.pk)},
    )


def _once(
    by: Access,
    wanted: Wanted,
    *,
    school: UUID,
    what: dict[str, Any],
    board: UUID | None = None,
    routekaart: Routekaart | None = None,
) -> Job:
    with transaction.atomic(), by.entered():
        return request_once(
            by=by, wanted=wanted, school=school, board=board, routekaart=routekaart, ids=what
        )
