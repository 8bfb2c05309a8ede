"""Documents for all teams: asking for them, and how a bundle stands."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from routekaart.access import Forbidden, Permission
from routekaart.actions.documents.bundles import request_bundle
from routekaart.models import Job
from routekaart.models.jobs import JobState
from routekaart.queries.documents.bundle_places import bundle_choices
from routekaart.queries.documents.bundles import children_of, failed_first, skipped_of
from routekaart.queries.documents.jobs import jobs_for, may_handle
from routekaart.web.forms.documents import BundleForm
from routekaart.web.forms.refusals import refusals
from routekaart.web.kept import kept
from routekaart.web.signed_in import PageRequest, signed_in
from routekaart.web.views.documents.progress import job_card

_PER_PAGE = 20


@require_http_methods(["GET", "POST"])
@signed_in
def for_all_teams(request: PageRequest) -> HttpResponse:
    """The form that asks for the documents of all teams of a school or a board."""
    places = bundle_choices(by=request.by)
    if not places:
        raise Forbidden(Permission.MAKE_DOCUMENT)
    data = request.POST if request.method == "POST" else kept(request)
    form = BundleForm(data, places=places, initial={"place": request.GET.get("school")})
    if request.method == "POST" and form.is_valid():
        chosen = form.chosen_place()
        with refusals(form):
            bundle = request_bundle(
                by=request.by,
                school_id=chosen.place.school,
                board_id=chosen.place.board,
                kind=form.chosen_kind(),
                formats=form.chosen_formats(),
                length=form.chosen_length(),
                persons=form.wants_persons(),
            )
        if not form.errors:
            return redirect("documents:job", bundle.pk)
    return render(
        request,
        "documents/for_all_teams.html",
        {"form": form, "only": places[0] if len(places) == 1 else None},
        status=422 if form.errors and request.method == "POST" else 200,
    )


def bundle_page(request: PageRequest, bundle: Job, *, looks: int) -> HttpResponse:
    """How a bundle stands, and each of its documents; in the background only the part with these.

    `bundle` was read with its progress, school and board.
    """
    by = request.by
    may = may_handle(by=by, job=bundle)
    children = failed_first(children_of(jobs_for(by=by), bundle.pk))
    again = may and bundle.state != JobState.CANCELLED
    page = Paginator(children, _PER_PAGE).get_page(request.GET.get("bladzijde"))
    context: dict[str, Any] = {
        "card": job_card(bundle, may_retry=may, looks=looks),
        "page": page,
        "cards": [job_card(one, may_retry=again) for one in page],
        "several": bundle.board_id is not None,
    }
    if request.htmx:
        return render(request, "documents/bundle_part.html", context)
    return render(
        request,
        "documents/bundle.html",
        context | {"skipped": skipped_of(by=by, job=bundle)},
    )
