"""What is kept of people and why, for everybody; and the same as a register for the school."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from routekaart.domain.personal_data.register import register_lines
from routekaart.queries.organisation.office import school_to_run
from routekaart.web.signed_in import PageRequest, anyone, signed_in


@require_safe
@anyone
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept, why, how long and who sees it."""
    return render(
        request,
        "privacy/privacy.html",
        {"lines": register_lines(), "months": settings.RETENTION_MONTHS},
    )


@require_safe
@signed_in
def register(request: PageRequest, school_id: UUID) -> HttpResponse:
    """The processing register of a school, as far as it is about routekaart."""
    school = school_to_run(by=request.by, school_id=school_id)
    context = {"lines": register_lines(), "months": settings.RETENTION_MONTHS}
    return render(
        request, "privacy/register.html", {"school": school, "runs_office": True, **context}
    )
