"""The start page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from courses.catalogue import CatalogueNotLoadedError, public_catalogue
from routekaart.access import Role, access_of
from routekaart.models import Person
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
    if may_start(by=by):
        with by.entered():
            if not routekaarten_within_reach(by=by).exists():
                return redirect("intake:routekaarten")
    return redirect(home_of(by))


@require_safe
@anyone
def start(request: HttpRequest) -> HttpResponse:
    """Where everything is to be found, and for who is signed in the latest scholingsplan."""
    context: dict[str, object] = {"catalogue": _size_of_catalogue()}
    if isinstance(request.user, Person):
        context |= _of_person(request.user)
    return render(request, "web/start.html", context)


def _size_of_catalogue() -> dict[str, int] | None:
    try:
        catalogue = public_catalogue()
    except CatalogueNotLoadedError:
        return None
    return {"interventions": len(catalogue.interventions), "courses": len(catalogue.courses)}


def _of_person(person: Person) -> dict[str, object]:
    by = access_of(person)
    with by.entered():
        schools = [
            {
                "name": school.name,
                "roles": ", ".join(str(role.label) for role in Role if role in by.roles[school.pk]),
            }
            for school in schools_of(by=by)
        ]
    document = latest_document(by=by)
    return {
        "schools": schools,
        "document": document,
        "document_address": document
        and reverse("api:download_document", kwargs={"document_id": document.pk}),
    }
