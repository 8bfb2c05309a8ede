"""Reading documents. Those with chapters per person exist only for who may see assignments, what is
about one person also for that person and for nobody else when it is private, and what is about a
board for who reads all its schools. With somebody's progress in it, others see a document only
while the PMR agrees to that."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import F, Q, QuerySet

from routekaart import clock
from routekaart.access import PATHS, Access, NotFound, Permission, school_scope
from routekaart.domain.privacy import names_shown
from routekaart.models import Document, Routekaart, School
from routekaart.models.jobs import DocumentFormat
from routekaart.queries.documents.boards import whole_board
from routekaart.queries.documents.own_data import no_wider_than
from routekaart.queries.organisation.names import called_at


def document_for(
    *,
    by: Access,
    document_id: UUID,
    permission: Permission | None = None,
    along: Sequence[str] = (),
) -> Document:
    """The document with its plan, and with the relations that `along` names.

    Raises `NotFound` for what lies out of sight, and `Forbidden` without `permission` on it.
    """
    path = PATHS[Document]
    rows = visible_documents(by).annotate(
        access_school=F(path.school), access_team=F(path.team or "")
    )
    found = rows.select_related("plan", *along).filter(pk=document_id).first()
    if found is None:
        raise NotFound("Document")
    if permission is not None:
        by.require(found, permission)
    return found


def documents_of(*, by: Access, routekaart_id: UUID) -> QuerySet[Document]:
    """The documents of a routekaart, newest first. Raises `NotFound` and `Forbidden` as `fetch`."""
    routekaart = by.fetch(Routekaart, routekaart_id, Permission.VIEW_DOCUMENT)
    return visible_documents(by).filter(routekaart=routekaart)


def latest_document(*, by: Access) -> Document | None:
    """The document of one team that was made last, of all that somebody opens; None without any."""
    return for_people(visible_documents(by)).filter(routekaart__isnull=False).first()


def for_people(rows: QuerySet[Document]) -> QuerySet[Document]:
    """Those that somebody opens: a document for programs is found over the API."""
    return rows.exclude(format=DocumentFormat.JSON)


def progress_by_name(*, school_id: UUID, today: date) -> bool:
    """Whether a school shows progress by name now."""
    with school_scope([school_id]):
        since = School.objects.values_list("progress_by_name_since", flat=True).get(pk=school_id)
    return names_shown(since, today)


def _progress_shown() -> Q:
    """The school still has the PMR's consent, whatever held when a document was made."""
    return Q(school__progress_by_name_since__lte=clock.today())


def visible_documents(by: Access) -> QuerySet[Document]:
    """All documents within sight, newest first."""
    with by.entered():
        of_others = (
            by.visible(Document)
            & (
                Q(holds_persons=False)
                | by.visible(Document, Permission.VIEW_ALL_ASSIGNMENTS)
                | Q(person=by.person)
            )
            & Q(private=False)
            & (Q(holds_progress=False) | Q(person=by.person) | _progress_shown())
            & whole_board(by)
        )
        # What is for one person alone asks no right but being that person.
        rows = Document.objects.filter(
            Q(private=True, person=by.person) & no_wider_than(by) | of_others
        )
        return called_at(rows, "person", school="school").select_related("plan")
