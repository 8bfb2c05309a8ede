"""The desk: what the team asked, what is proposed, and giving the advice."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from routekaart import clock
from routekaart.actions.advice.rounds import give_advice
from routekaart.domain.errors import Conflict
from routekaart.queries.advice.desk import DeskPage, desk_page
from routekaart.queries.advice.versions import versions_read
from routekaart.web.forms.desk import GiveAdviceForm
from routekaart.web.forms.refusals import refusals
from routekaart.web.kept import kept
from routekaart.web.signed_in import PageRequest, signed_in
from routekaart.web.views.trainer.bureau import OPEN_STATES, bureau_of

_SOMEBODY_ELSE = (
    "Iemand anders heeft dit advies intussen gewijzigd. Je ziet nu hoe het is. "
    "Kijk het na en geef dan het advies."
)


@require_http_methods(["GET", "POST"])
@signed_in
def desk(request: PageRequest, routekaart_id: UUID) -> HttpResponse:
    """The advice in the making; its one action is giving it."""
    today = clock.today()
    form = GiveAdviceForm(request.POST if request.method == "POST" else kept(request))
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            _give(request, routekaart_id, form)
        if not form.errors:
            messages.success(request, "Het advies is gegeven. Het team kan het nu lezen.")
            return redirect("trainer:queue")
    found = desk_page(by=request.by, routekaart_id=routekaart_id, today=today)
    context = desk_context(found) | {"form": form}
    template = "trainer/bureau.html" if request.htmx else "trainer/desk.html"
    return render(request, template, context, status=422 if form.errors else 200)


def _give(request: PageRequest, routekaart_id: UUID, form: GiveAdviceForm) -> None:
    try:
        give_advice(
            by=request.by,
            routekaart_id=routekaart_id,
            note=form.cleaned_data["toelichting"],
            today=clock.today(),
            desk_revision=form.cleaned_data["revisie"],
        )
    except Conflict as error:
        if error.code != "stale_revision":
            raise
        raise Conflict(_SOMEBODY_ELSE, code=error.code) from None


def desk_context(found: DeskPage, **shown: object) -> dict[str, object]:
    """What every template of the desk needs."""
    return {
        "routekaart": found.routekaart,
        "team": found.routekaart.team,
        "found": found,
        "is_open": found.routekaart.state in OPEN_STATES,
        "bureau": bureau_of(found, **shown),  # type: ignore[arg-type]  # its own keywords
    }


@require_safe
@signed_in
def versions(request: PageRequest, routekaart_id: UUID) -> HttpResponse:
    """What each version of the advice changed, and what the team said of it."""
    routekaart, found = versions_read(by=request.by, routekaart_id=routekaart_id)
    context = {"routekaart": routekaart, "team": routekaart.team, "versions": found}
    return render(request, "trainer/versions.html", context)
