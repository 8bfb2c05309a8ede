"""What happened at a school: its log, also of who opened whose document."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from routekaart.access import Permission
from routekaart.queries.organisation.office import school_to_run
from routekaart.queries.organisation.school_log import log_lines, school_log
from routekaart.web.signed_in import PageRequest, signed_in
from routekaart.web.views.office.page import PER_PAGE, office_page


@require_safe
@signed_in
def log(request: PageRequest, school_id: UUID) -> HttpResponse:
    """All of it, or with `?toon=documenten` what was done with documents; newest first."""
    by = request.by
    school = school_to_run(by=by, school_id=school_id, permission=Permission.MANAGE_PEOPLE)
    only_documents = request.GET.get("toon") == "documenten"
    rows = school_log(by=by, school_id=school_id, only_documents=only_documents)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("bladzijde"))
    context = {
        "page": page,
        "lines": log_lines(by=by, entries=page),
        "only_documents": only_documents,
        "query": "toon=documenten&" if only_documents else "",
    }
    return office_page(request, "log", school, context)
