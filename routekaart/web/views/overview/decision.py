"""The plan that waits for approval: read it in short, approve it or give it back."""

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from routekaart import clock
from routekaart.access import Permission
from routekaart.actions.transitions import approve, record_mr_consent, return_to_team
from routekaart.domain.calendar import SchoolYear
from routekaart.domain.content.overview_words import hours_sources, hours_words, waits
from routekaart.domain.lifecycle import ROUTEKAART
from routekaart.queries.overview.decision import (
    decision_findings,
    decision_of,
    waiting_plan_is_outdated,
)
from routekaart.web.forms.overview import ApproveForm, ConsentForm, ReturnForm
from routekaart.web.forms.refusals import refusals
from routekaart.web.kept import kept
from routekaart.web.signed_in import PageRequest, signed_in

_RETURN, _CONSENT = "teruggeven", "instemming"


@require_http_methods(["GET", "POST"])
@signed_in
def decision(request: PageRequest, routekaart_id: UUID) -> HttpResponse:
    """The plan in short, with the forms for who decides about it."""
    data = request.POST if request.method == "POST" else kept(request)
    doing = data.get("doe") if data is not None else ""
    give_back = ReturnForm(data if doing == _RETURN else None)
    consent = ConsentForm(data if doing == _CONSENT else None)
    adopt = ApproveForm(None if doing in {_RETURN, _CONSENT} else data)
    form: forms.Form = {_RETURN: give_back, _CONSENT: consent}.get(str(doing), adopt)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            _decide(request, routekaart_id, form)
        if not form.errors:
            return redirect("overview:decision", routekaart_id)
    today = clock.today()
    found = decision_of(by=request.by, routekaart_id=routekaart_id, today=today)
    adopt.shows(found.version)
    routekaart = found.routekaart
    return render(
        request,
        "overview/decision.html",
        {
            "routekaart": routekaart,
            "year": SchoolYear(routekaart.school_year).label,
            "found": found,
            "state": ROUTEKAART.words[routekaart.state],
            "waits": waits(found.waiting),
            "hours": hours_words(found.hours),
            "hours_from": hours_sources(found.hours, found.version),
            "today": today,
            "oversees": request.by.allows_everywhere(
                Permission.VIEW_PROGRESS, school=routekaart.team.school_id
            ),
            "adopt": adopt,
            "give_back": give_back,
            "consent": consent,
            "form": form,
        },
        status=422 if form.errors and request.method == "POST" else 200,
    )


def _decide(request: PageRequest, routekaart_id: UUID, form: forms.Form) -> None:
    by, given = request.by, form.cleaned_data
    if isinstance(form, ReturnForm):
        return_to_team(by=by, routekaart_id=routekaart_id, comment=given["comment"])
        return
    if isinstance(form, ConsentForm):
        record_mr_consent(
            by=by, routekaart_id=routekaart_id, mr_date=given["mr_date"], on=clock.today()
        )
        return
    approve(
        by=by,
        routekaart_id=routekaart_id,
        on=clock.today(),
        mr_date=given["mr_date"],
        plan_version=given["plan_version"],
    )


@require_safe
@signed_in
def findings(request: PageRequest, routekaart_id: UUID) -> HttpResponse:
    """What the rules say of it now. A page of its own, that the page above fetches by itself."""
    found = decision_findings(by=request.by, routekaart_id=routekaart_id)
    name = "overview/findings_part.html" if request.htmx else "overview/findings.html"
    return render(request, name, {"found": found, "routekaart_id": routekaart_id})


@require_safe
@signed_in
def still_current(request: PageRequest, routekaart_id: UUID) -> HttpResponse:
    """Whether the plan still fits what it was made from; fetched by the page above as well."""
    outdated = waiting_plan_is_outdated(by=request.by, routekaart_id=routekaart_id)
    name = "overview/current_part.html" if request.htmx else "overview/current.html"
    return render(request, name, {"outdated": outdated, "routekaart_id": routekaart_id})
