"""Who left the school and is still known by name; and erasing one of them."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from routekaart.access import Permission
from routekaart.actions.privacy.erasing import erase_person
from routekaart.queries.organisation.office import school_to_run
from routekaart.queries.privacy.leavers import erasure_preview, people_who_left
from routekaart.web.forms.privacy import ErasureForm
from routekaart.web.forms.refusals import refusals
from routekaart.web.signed_in import PageRequest, signed_in
from routekaart.web.views.office.page import PER_PAGE, data_of


@require_safe
@signed_in
def leavers(request: PageRequest, school_id: UUID) -> HttpResponse:
    """By name, each with the way to erase."""
    by = request.by
    school = school_to_run(by=by, school_id=school_id, permission=Permission.MANAGE_PEOPLE)
    found = people_who_left(by=by, school_id=school_id)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("bladzijde"))
    return render(
        request, "privacy/leavers.html", {"school": school, "runs_office": True, "page": page}
    )


@require_http_methods(["GET", "POST"])
@signed_in
def erase(request: PageRequest, school_id: UUID, person_id: UUID) -> HttpResponse:
    """What goes and what stays; the name typed once more erases for good."""
    by = request.by
    school = school_to_run(by=by, school_id=school_id, permission=Permission.MANAGE_PEOPLE)
    preview = erasure_preview(by=by, school_id=school_id, person_id=person_id)
    form = ErasureForm(data_of(request))
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            erase_person(
                by=by,
                school_id=school_id,
                person_id=person_id,
                confirmation=form.cleaned_data["confirmation"],
            )
        if not form.errors:
            messages.success(request, "Gewist. De aantallen blijven, de naam is weg.")
            return redirect("privacy:leavers", school_id)
    return render(
        request,
        "privacy/erase.html",
        {"school": school, "runs_office": True, "preview": preview, "form": form},
        status=422 if form.errors else 200,
    )
