"""The start page, and where somebody's work begins."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from courses.catalogue import CatalogueNotLoadedError, public_catalogue
from courses.dutch import listed
from routekaart.access import Access, Role
from routekaart.queries.documents.documents import latest_document
from routekaart.queries.organisation.schools import schools_of
from routekaart.queries.routekaarten.within_reach import may_start, routekaarten_within_reach
from routekaart.web.navigation import home_of
from routekaart.web.signed_in import PageRequest, anyone, signed_in


@require_safe
@signed_in
def home(request: PageRequest) -> HttpResponse:
    """On to where this person's work begins: a team without a routekaart begins one."""
    by = request.by
    if may_start(by=by) and not routekaarten_within_reach(by=by).exists():
        return redirect("intake:routekaarten")
    return redirect(home_of(by))


@require_safe
@anyone
def start(request: HttpRequest) -> HttpResponse:
    """What routekaart does and where to begin; for who is signed in the own schools as well."""
    context: dict[str, object] = {"catalogue": _size_of_catalogue()}
    by: Access | None = getattr(request, "by", None)
    if by is not None:
        context |= _of_person(by)
    return render(request, "web/start.html", context)


def _size_of_catalogue() -> dict[str, int] | None:
    try:
        catalogue = public_catalogue()
    except CatalogueNotLoadedError:
        return None
    return {"interventions": len(catalogue.interventions), "courses": len(catalogue.courses)}


def _of_person(by: Access) -> dict[str, object]:
    with by.entered():
        schools = [
            {
                "name": school.name,
                "roles": listed([str(role.label) for role in Role if role in by.roles[school.pk]]),
            }
            for school in schools_of(by=by)
        ]
    return {
        "schools": schools,
        "document": latest_document(by=by),
        "home_address": home_of(by),
    }
