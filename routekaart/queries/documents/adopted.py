"""Plans that were adopted, and what is made for the MR: what a reader of the MR looks for."""

from uuid import UUID

from django.db.models import QuerySet

from routekaart.access import Access, Forbidden, Permission
from routekaart.models import Document, Routekaart
from routekaart.models.jobs import MR_KINDS
from routekaart.models.routekaarten import ADOPTED_STATES
from routekaart.queries.documents.documents import visible_documents


def schools_with_adopted(*, by: Access) -> tuple[UUID, ...]:
    """The schools of which `by` reads the plans of all teams. Raises `Forbidden` without any."""
    schools = tuple(
        school for school in by.schools if by.allows_everywhere(Permission.VIEW_PLAN, school=school)
    )
    if not schools:
        raise Forbidden(Permission.VIEW_PLAN)
    return schools


def adopted_routekaarten(*, by: Access) -> QuerySet[Routekaart]:
    """Those with an adopted plan, the newest school year first, then by school and team.

    Evaluate in `by.entered()`. Raises `Forbidden` as above.
    """
    schools = schools_with_adopted(by=by)
    with by.entered():
        # Whoever reads the plans of all teams sees every adopted one.
        rows = Routekaart.objects.filter(team__school__in=schools, state__in=ADOPTED_STATES)
        return rows.select_related("team__school").order_by(
            "-school_year", "team__school__name", "team__name", "id"
        )


def mr_documents(*, by: Access) -> QuerySet[Document]:
    """The summaries for the MR within sight, newest first. Raises `Forbidden` as above."""
    schools_with_adopted(by=by)
    found = visible_documents(by).filter(kind__in=MR_KINDS)
    return found.select_related("school", "board", "plan", "routekaart__team")
