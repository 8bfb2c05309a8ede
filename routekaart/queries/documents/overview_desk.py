"""What somebody can have made about whole schools and boards, and what there is of it already."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from routekaart.access import Access, Permission
from routekaart.models import Document, Job, Routekaart, School
from routekaart.models.jobs import DocumentKind
from routekaart.queries.documents.bundle_places import Choice, bundle_choices
from routekaart.queries.documents.documents import visible_documents
from routekaart.queries.documents.health import not_settled, with_health
from routekaart.queries.documents.jobs import jobs_for
from routekaart.queries.overview.lines import overseen_schools

KINDS = (DocumentKind.SCHOOL, DocumentKind.BOARD, DocumentKind.MR_SCHOOL)
# More than anybody looks at, and enough to find what was tried again.
_RECENT = 20


@dataclass(frozen=True, slots=True)
class OverviewDesk:
    """`places` of which documents can be asked for. `years` are those with a routekaart, newest
    first. `jobs`: those that wait, run, or failed and were not done since."""

    places: tuple[Choice, ...]
    years: tuple[int, ...]
    jobs: tuple[Job, ...]


def overview_desk(*, by: Access) -> OverviewDesk:
    """The desk of who oversees a school, in a fixed number of queries; else raises `Forbidden`."""
    reach = overseen_schools(by)
    with by.entered():
        years = (
            Routekaart.objects.filter(team__school__in=reach)
            .order_by("-school_year")
            .values_list("school_year", flat=True)
            .distinct()
        )
        recent = jobs_for(by=by).filter(parent=None, payload__kind__in=KINDS)
        return OverviewDesk(
            # Who makes documents of all teams of a school oversees it too.
            places=bundle_choices(by=by),
            years=tuple(years),
            jobs=not_settled(with_health(recent).select_related("school", "board")[:_RECENT]),
        )


def overview_documents(*, by: Access) -> QuerySet[Document]:
    """The finished documents about whole schools and boards within sight, newest first."""
    return visible_documents(by).filter(kind__in=KINDS).select_related("school", "board", "plan")


def documents_of_school(*, by: Access, school_id: UUID) -> QuerySet[Document]:
    """Those about this school or about its board. Raises `NotFound` and `Forbidden` as `fetch`."""
    school = by.fetch(School, school_id, Permission.VIEW_DOCUMENT)
    about = Q(school=school, board=None) | Q(board=school.board_id)
    return overview_documents(by=by).filter(about)
