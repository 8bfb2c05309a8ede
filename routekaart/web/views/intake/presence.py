"""Who else is busy in the same routekaart: asked every fifteen seconds."""

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST

from courses.dutch import listed
from routekaart.actions.routekaarten.presence import Colleague, be_present
from routekaart.domain.filling_in import TITLES
from routekaart.models import Person
from routekaart.queries.routekaarten.filling_in import routekaart_to_fill_in
from routekaart.web.signed_in import PageRequest, signed_in


@require_POST
def presence(request: HttpRequest, routekaart_id: UUID, step: str) -> HttpResponseBase:
    """The line that says who is busy; nothing when that has not changed."""
    if not isinstance(request.user, Person):
        # Somebody who types finds out at the next save; here it would only be in the way.
        return HttpResponse(status=204)
    return _presence(request, routekaart_id, step)


@signed_in
def _presence(request: PageRequest, routekaart_id: UUID, step: str) -> HttpResponse:
    busy = busy_words(be_present(by=request.by, routekaart_id=routekaart_id, step=step))
    if request.POST.get("getoond", "") == busy:
        # Said again by a screen reader, it would be a disturbance.
        return HttpResponse(status=204)
    routekaart = routekaart_to_fill_in(by=request.by, routekaart_id=routekaart_id)
    context = {"routekaart": routekaart, "part": step, "busy": busy}
    return render(request, "parts/presence.html", context)


def busy_words(colleagues: Sequence[Colleague]) -> str:
    """Samir (bij Studiedagen) en Fatma (bij Doelen)"""
    return listed([f"{one.name} (bij {TITLES[one.part]})" for one in colleagues])
