"""Taking one's own data along, and having that made for a colleague who asks."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from routekaart.actions.privacy.exports import request_data_for, request_own_data
from routekaart.domain.errors import DomainError
from routekaart.queries.organisation.office_people import person_at_school
from routekaart.queries.privacy.person_data import exports_of
from routekaart.web.signed_in import PageRequest, signed_in
from routekaart.web.views.documents.progress import job_card


@require_http_methods(["GET", "POST"])
@signed_in
def own_data(request: PageRequest) -> HttpResponse:
    """The button that gathers all that is known of who asks, and the files that were made."""
    faults: list[str] = []
    if request.method == "POST":
        try:
            request_own_data(by=request.by)
        except DomainError as error:
            faults.append(error.message)
        else:
            return redirect("privacy:own_data")
    jobs = exports_of(by=request.by)
    own = request.by.person.pk
    return render(
        request,
        "privacy/own_data.html",
        {
            "cards": [job_card(job, may_retry=job.requested_by_id == own) for job in jobs],
            "faults": faults,
        },
        status=422 if faults else 200,
    )


@require_http_methods(["GET", "POST"])
@signed_in
def for_colleague(request: PageRequest, employment_id: UUID) -> HttpResponse:
    """Gathers the data of a colleague who asked the school for it; only that colleague opens it."""
    here = person_at_school(by=request.by, employment_id=employment_id)
    employment = here.employment
    if request.method == "POST":
        request_data_for(by=request.by, employment_id=employment_id)
        messages.success(
            request,
            f"Wordt gemaakt. {employment.shown_name} vindt het bestand bij Mijn gegevens.",
        )
        return redirect("office:person", employment_id)
    return render(
        request,
        "privacy/data_for.html",
        {"employment": employment, "school": employment.school, "runs_office": True},
    )
