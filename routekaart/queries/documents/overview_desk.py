"""What somebody can have made about whole schools and boards, and what there is of it already."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from routekaart.access import Access, Permission
from routekaart.models import Document, Job, Routekaart, School
from routekaart.models.jobs import DocumentKind
from routekaart.queries.documents.documents import visible_documents
from routekaart.queries.documents.health import not_settled, with_health
from routekaart.queries.documents.jobs import jobs_for
from routekaart.queries.overview.lines import overseen_schools

KINDS = (DocumentKind.SCHOOL, DocumentKind.BOARD, DocumentKind.MR_SCHOOL)
# More than anybody looks at, and enough to find what was tried again.
_RECENT = 20


@dataclass(frozen=True, slots=True)
class OverviewDesk:
    """`schools` and `boards` of which documents can be asked for, by name; a board only as a whole.

    `years` are those with a routekaart, newest first. `jobs`: those that wait, run, or failed and
    were not done since.
    """

    schools: tuple[tuple[UUID, str], ...]
    boards: tuple[tuple[UUID, str], ...]
    years: tuple[int, ...]
    jobs: tuple[Job, ...]


def overview_desk(*, by: Access) -> OverviewDesk:
    """The desk of who oversees a school, in a fixed number of queries; else raises `Forbidden`."""
    reach = overseen_schools(by)
    makes = [
        school for school in reach if by.allows_everywhere(Permission.MAKE_DOCUMENT, school=school)
    ]
    with by.entered():
        rows = list(School.objects.filter(pk__in=makes).select_related("board"))
        years = (
            Routekaart.objects.filter(team__school__in=reach)
            .order_by("-school_year")
            .values_list("school_year", flat=True)
            .distinct()
        )
        recent = with_health(jobs_for(by=by).filter(payload__kind__in=KINDS))
        return OverviewDesk(
            schools=tuple((row.pk, row.name) for row in rows),
            boards=_whole_boards(rows),
            years=tuple(years),
            jobs=not_settled(recent.select_related("school", "board")[:_RECENT]),
        )


def overview_documents(*, by: Access) -> QuerySet[Document]:
    """The finished documents about whole schools and boards within sight, newest first."""
    return visible_documents(by).filter(kind__in=KINDS).select_related("school", "board", "plan")


def documents_of_school(*, by: Access, school_id: UUID) -> QuerySet[Document]:
    """Those about this school or about its board. Raises `NotFound` and `Forbidden` as `fetch`."""
    school = by.fetch(School, school_id, Permission.VIEW_DOCUMENT)
    about = Q(school=school, board=None) | Q(board=school.board_id)
    return overview_documents(by=by).filter(about)


def _whole_boards(schools: list[School]) -> tuple[tuple[UUID, str], ...]:
    """The boards with several schools of which all are among these."""
    names = {row.board_id: row.board.name for row in schools}
    ours = {row.pk for row in schools}
    # Outside the net on purpose: the question is whether there is a school out of reach.
    all_of: dict[UUID, set[UUID]] = {board: set() for board in names}
    for pk, board in School._base_manager.filter(board__in=names).values_list("pk", "board_id"):
        all_of[board].add(pk)
    found = [board for board, own in all_of.items() if len(own) > 1 and own <= ours]
    return tuple(sorted(((board, names[board]) for board in found), key=lambda one: one[1]))
