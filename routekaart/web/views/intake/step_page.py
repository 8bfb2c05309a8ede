"""What every page of a step does: show, save in the background, save and go on."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from routekaart.access import Access
from routekaart.actions.routekaarten.presence import be_present
from routekaart.domain.filling_in import Part, part_after
from routekaart.models import Routekaart
from routekaart.models.routekaarten import State
from routekaart.queries.routekaarten.filling_in import has_facilities
from routekaart.queries.routekaarten.routekaarten import goals_of, study_days_of
from routekaart.web.forms.refusals import refusals
from routekaart.web.forms.shared import SharedForm, saved_fragment
from routekaart.web.kept import kept
from routekaart.web.signed_in import PageRequest, signed_in
from routekaart.web.views.intake.presence import busy_words


@dataclass(frozen=True)
class StepPage:
    """A step with one form. `form` makes it for what was posted (or None), on the values as they
    stand in the row; `save` writes what was changed and gives the row as it stands then.
    `states`: in which it may be filled in."""

    part: Part
    template: str
    form: Callable[[QueryDict | None, Routekaart], SharedForm]
    save: Callable[[SharedForm], Routekaart]
    context: dict[str, Any] = field(default_factory=dict)
    states: tuple[str, ...] = (State.DRAFT,)


def answer_step(request: PageRequest, routekaart: Routekaart, page: StepPage) -> HttpResponse:
    """The answer of a step's page to a look, a save in the background or a save with its button."""
    posted = request.method == "POST"
    if not posted and routekaart.state not in page.states:
        return redirect("intake:steps", routekaart.pk)
    form = page.form(request.POST if posted else kept(request), routekaart)
    if posted and form.is_valid():
        now = routekaart
        with refusals(form):
            if form.changes():
                now = page.save(form)
        if not form.errors:
            if request.htmx:
                return saved_fragment(request, page.form(None, now))
            return redirect(next_page(request.by, routekaart.pk, page.part))
    form.seen()
    if request.htmx and posted:
        return saved_fragment(request, form)
    return render(
        request,
        page.template,
        {
            "routekaart": routekaart,
            "form": form,
            "part": page.part,
            "busy": _busy(request, routekaart, page.part),
            "back": reverse("intake:steps", args=[routekaart.pk]),
            **page.context,
        },
        status=422 if posted else 200,
    )


def next_page(by: Access, routekaart_id: UUID, part: Part) -> str:
    """The address of the step after `part`: where its main button leads.

    Where nothing stands yet that is the page on which the first one is made.
    """
    later = part_after(part, with_facilities=has_facilities(by=by, routekaart_id=routekaart_id))
    name = later.value
    if later is Part.GOALS and not goals_of(by=by, routekaart_id=routekaart_id).exists():
        name = "goal_new"
    if later is Part.STUDY_DAYS and not study_days_of(by=by, routekaart_id=routekaart_id).exists():
        name = "good_dates"
    return reverse(f"intake:{name}", args=[routekaart_id])


@require_safe
@signed_in
def onward(request: PageRequest, routekaart_id: UUID, step: str) -> HttpResponse:
    """The way on from a step whose page is no form."""
    if step not in set(Part):
        raise Http404
    return redirect(next_page(request.by, routekaart_id, Part(step)))


def _busy(request: PageRequest, routekaart: Routekaart, part: Part) -> str:
    return busy_words(be_present(by=request.by, routekaart_id=routekaart.pk, step=part))
