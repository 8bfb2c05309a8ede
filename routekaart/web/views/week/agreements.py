"""Agreements of a team: the list, one to look back at, one to make or change."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from routekaart import clock
from routekaart.actions.quality.agreements import (
    add_agreement,
    change_agreement,
    check_agreement,
)
from routekaart.domain.agreements import OPEN
from routekaart.domain.readability import hints
from routekaart.models import Agreement
from routekaart.queries.quality.agreements import AgreementFilter
from routekaart.queries.quality.agreements_page import (
    agreement_in_hand,
    agreement_owners,
    date_warnings,
    team_agreements,
)
from routekaart.web.forms.agreements import AgreementForm, CheckForm, ReopenForm, shown
from routekaart.web.forms.refusals import refusals
from routekaart.web.kept import kept
from routekaart.web.one_at_a_time import one_at_a_time
from routekaart.web.signed_in import PageRequest, signed_in
from routekaart.web.views.week.warned import warn_about

_ON_A_PAGE = 20
# What the form calls the owner, whatever kind it is.
_OWNER = {"owner": "who", "work_group": "who", "whole_team": "who"}


@dataclass(frozen=True, slots=True)
class ShownAgreement:
    """An agreement with what is odd about its dates; `late`: it should have been kept by now."""

    row: Agreement
    late: bool
    warnings: Sequence[str]


@require_safe
@signed_in
def agreements(request: PageRequest, routekaart_id: UUID) -> HttpResponse:
    """The agreements by due date; those that run, or all of them."""
    everything = request.GET.get("toon") == "alles"
    only = AgreementFilter(state=None if everything else OPEN)
    found = team_agreements(by=request.by, routekaart_id=routekaart_id, only=only)
    with request.by.entered():
        page = Paginator(found.rows, _ON_A_PAGE).get_page(request.GET.get("bladzijde"))
        warnings = date_warnings(page, found.calendar)
        today = clock.today()
        context = {
            "found": found,
            "routekaart": found.routekaart,
            "page": page,
            "rows": [
                ShownAgreement(
                    row, row.state == OPEN and row.due_on < today, warnings.get(row.pk, ())
                )
                for row in page
            ],
            "everything": everything,
            "query": "toon=alles&" if everything else "",
        }
        return render(request, "week/agreements.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def agreement(request: PageRequest, agreement_id: UUID) -> HttpResponse:
    """One agreement with its story; the form looks back at it."""
    found = agreement_in_hand(by=request.by, agreement_id=agreement_id)
    row = found.agreement
    data = request.POST if request.method == "POST" else kept(request)
    form = CheckForm(data) if row.state == OPEN else ReopenForm(data)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            check_agreement(
                by=request.by, agreement_id=agreement_id, check=form.check(), today=clock.today()
            )
        if not form.errors:
            messages.success(request, "Bewaard.")
            warn_about(request, form)
            return redirect("week:agreements", found.routekaart.pk)
    context = {
        "form": form,
        "found": found,
        "row": row,
        "routekaart": found.routekaart,
        "warnings": date_warnings([row], found.calendar).get(row.pk, ()),
        "late": row.state == OPEN and row.due_on < clock.today(),
        "tips": hints(row.what) if found.edits and row.state == OPEN else (),
    }
    return render(request, "week/agreement.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def new_agreement(request: PageRequest, routekaart_id: UUID) -> HttpResponse:
    """An agreement of the team; with `?studiedag=` one of that day."""
    day_id = _uuid(request.GET.get("studiedag"))
    found = agreement_owners(by=request.by, routekaart_id=routekaart_id, study_day_id=day_id)
    day = found.study_day
    initial: dict[str, object] = {"who": "team"}
    form = AgreementForm(
        request.POST if request.method == "POST" else kept(request), initial=initial
    )
    form.make_new()
    form.offer(found.people, found.groups)
    if request.method == "POST" and form.is_valid():
        values = form.values() | {"study_day": day.pk if day else None}
        with refusals(form, _OWNER):
            add_agreement(by=request.by, routekaart_id=routekaart_id, values=values)
        if not form.errors:
            messages.success(request, "De afspraak staat erbij.")
            warn_about(request, form)
            if day:
                return redirect(f"{reverse('week:study_day', args=[day.pk])}#afspraken")
            return redirect("week:agreements", routekaart_id)
    context = {"form": form, "day": day, "routekaart": found.routekaart}
    return render(request, "week/new_agreement.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@signed_in
@one_at_a_time(Agreement, "agreement_id")
def agreement_changes(request: PageRequest, agreement_id: UUID) -> HttpResponse:
    """What somebody changes about an agreement that runs."""
    seen = agreement_in_hand(by=request.by, agreement_id=agreement_id)
    found = agreement_owners(by=request.by, routekaart_id=seen.routekaart.pk)
    row = seen.agreement
    form = AgreementForm(
        request.POST if request.method == "POST" else kept(request), initial=shown(row)
    )
    form.offer(found.people, found.groups)
    if request.method == "POST" and form.is_valid():
        with refusals(form, _OWNER):
            change_agreement(by=request.by, agreement_id=agreement_id, values=form.changed())
        if not form.errors:
            messages.success(request, "De afspraak is aangepast.")
            warn_about(request, form)
            return redirect("week:agreement", agreement_id)
    form.seen()
    context = {"form": form, "row": row, "routekaart": seen.routekaart}
    return render(
        request, "week/agreement_changes.html", context, status=422 if form.errors else 200
    )


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
