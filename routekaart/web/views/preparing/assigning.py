"""Assigning in bulk: the advice as it is, or courses of one's own choice. One looks first."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from routekaart import clock
from routekaart.actions.assigning.assignments import (
    MAY_ASSIGN,
    assign_from_advice,
    preview_from_advice,
)
from routekaart.actions.assigning.batches import Preview, assign_batch, preview_batch
from routekaart.actions.changing import UNDERWAY
from routekaart.domain.assigning import Selection
from routekaart.domain.content.wording import counted
from routekaart.domain.rules import bsn_in_texts
from routekaart.queries.assigning.choices import AssignChoices, assign_choices
from routekaart.web.forms.preparing.assigning import FIELDS, AdviceForm, ChosenCoursesForm
from routekaart.web.forms.refusals import refusals
from routekaart.web.kept import kept
from routekaart.web.signed_in import PageRequest, signed_in
from routekaart.web.views.preparing.previewing import shown

# What the two buttons say that do not just look.
ASSIGN, CHANGE = "toewijzen", "wijzigen"


@require_http_methods(["GET", "POST"])
@signed_in
def assign(request: PageRequest, routekaart_id: UUID) -> HttpResponse:
    """Assigns the accepted advice to everyone it is meant for."""
    by, today = request.by, clock.today()
    choices = assign_choices(by=by, routekaart_id=routekaart_id, today=today)
    posted = request.method == "POST"
    # Looking is a page with an address: the way back to it asks nothing of the browser.
    looks = not posted and "keuze" in request.GET
    form = AdviceForm(
        request.POST if posted else kept(request) or (request.GET if looks else None),
        choices=choices,
    )
    preview: Preview | None = None
    if (looks or _looks_or_does(request)) and form.is_valid():
        with refusals(form):
            if request.POST.get("doe") == ASSIGN:
                done = assign_from_advice(
                    by=by, routekaart_id=routekaart_id, selection=form.selection, today=today
                )
                return _told(request, routekaart_id, done.created, done.existing)
            preview = preview_from_advice(
                by=by, routekaart_id=routekaart_id, selection=form.selection, today=today
            )
    if preview is not None:
        return _preview(request, choices, form, preview)
    context = {
        "form": form,
        "choices": choices,
        "routekaart": choices.routekaart,
        "may_assign": choices.routekaart.state in MAY_ASSIGN,
        "underway": choices.routekaart.state in UNDERWAY,
        "locked": [one for one in choices.courses or () if one.locked],
    }
    return render(
        request,
        "preparing/assign.html",
        context,
        status=422 if (posted or looks) and form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
@signed_in
def assign_chosen(request: PageRequest, routekaart_id: UUID) -> HttpResponse:
    """Assigns courses of one's own choice, to whom one chooses."""
    by, today = request.by, clock.today()
    choices = assign_choices(by=by, routekaart_id=routekaart_id, today=today)
    posted = request.method == "POST"
    form = ChosenCoursesForm(
        request.POST if posted else kept(request),
        choices=choices,
        initial={"cursus": _ticked(request, choices)},
    )
    preview: Preview | None = None
    if _looks_or_does(request) and form.is_valid():
        asked = form.request()
        names = FIELDS | {f"courses.{n}.course": "cursus" for n in range(len(asked.courses))}
        with refusals(form, names):
            if request.POST.get("doe") == ASSIGN:
                stored = assign_batch(
                    by=by, routekaart_id=routekaart_id, request=asked, today=today
                )
                return _told(request, routekaart_id, stored.created, stored.existing)
            preview = preview_batch(by=by, routekaart_id=routekaart_id, request=asked, today=today)
    if preview is not None:
        for finding in bsn_in_texts({"reason": form.cleaned_data["reden"]}):
            messages.warning(request, finding.message)
        return _preview(request, choices, form, preview)
    context = {
        "form": form,
        "choices": choices,
        "routekaart": choices.routekaart,
        "underway": choices.routekaart.state in UNDERWAY,
        "unsure": [one for one in choices.courses or () if one.unsure],
    }
    return render(
        request,
        "preparing/assign_chosen.html",
        context,
        status=422 if posted and form.errors else 200,
    )


def _looks_or_does(request: PageRequest) -> bool:
    return request.method == "POST" and request.POST.get("doe") != CHANGE


def _ticked(request: PageRequest, choices: AssignChoices) -> list[str]:
    wanted = request.GET.get("set", Selection.SMALLEST_SET.value)
    if wanted not in {one.value for one in Selection}:
        return []
    return [one.course for one in choices.chosen(Selection(wanted))]


def _preview(
    request: PageRequest,
    choices: AssignChoices,
    form: AdviceForm | ChosenCoursesForm,
    preview: Preview,
) -> HttpResponse:
    given: QueryDict = form.data  # type: ignore[assignment]  # always that of a request
    fields = [(name, value) for name in form.fields for value in given.getlist(name) if value]
    context = {"routekaart": choices.routekaart, "preview": shown(preview), "fields": fields}
    return render(request, "preparing/assign_preview.html", context)


def _told(request: PageRequest, routekaart_id: UUID, created: int, existing: int) -> HttpResponse:
    added = counted(created, "toewijzing", "toewijzingen")
    already = f" {counted(existing, 'stond', 'stonden')} er al." if existing else ""
    messages.success(request, f"Gedaan: {added} erbij.{already}")
    return redirect("preparing:batches", routekaart_id)
