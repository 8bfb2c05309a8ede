"""Asking for the plan of a group, the plan of a person, or the booklet of a study day."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from routekaart.actions.documents.kinds import (
    request_booklet,
    request_group_plan,
    request_person_plan,
)
from routekaart.domain.calendar import SchoolYear
from routekaart.domain.content.wording import weekday_date
from routekaart.queries.documents.kinds_desk import (
    booklet_choices,
    group_choices,
    person_choices,
)
from routekaart.web.forms.document_kinds import BookletForm, GroupPlanForm, PersonPlanForm
from routekaart.web.forms.refusals import refusals
from routekaart.web.kept import kept
from routekaart.web.signed_in import PageRequest, signed_in


@require_http_methods(["GET", "POST"])
@signed_in
def group_plan(request: PageRequest, routekaart_id: UUID) -> HttpResponse:
    """The plan of who has one of the chosen functions."""
    found = group_choices(by=request.by, routekaart_id=routekaart_id)
    form = GroupPlanForm(
        request.POST if request.method == "POST" else kept(request),
        functions=found.functions,
        may_have_persons=found.may_have_persons,
    )
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            request_group_plan(
                by=request.by,
                routekaart_id=routekaart_id,
                functions=form.cleaned_data["functions"],
                persons=form.wants_persons(),
                document_format=form.chosen_format(),
            )
        if not form.errors:
            return redirect("documents:documents", routekaart_id)
    context = {"form": form, "found": found, "routekaart": found.routekaart}
    status = 422 if form.errors else 200
    return render(request, "documents/group_plan.html", context, status=status)


@require_http_methods(["GET", "POST"])
@signed_in
def person_plan(request: PageRequest, routekaart_id: UUID) -> HttpResponse:
    """One's own plan, or that of somebody in the team for who may have it."""
    found = person_choices(by=request.by, routekaart_id=routekaart_id)
    form = PersonPlanForm(
        request.POST if request.method == "POST" else kept(request),
        own=found.own,
        people=found.people,
    )
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            request_person_plan(
                by=request.by,
                routekaart_id=routekaart_id,
                person_id=form.chosen_person(),
                document_format=form.chosen_format(),
            )
        if not form.errors:
            return redirect("documents:documents", routekaart_id)
    context = {
        "form": form,
        "found": found,
        "routekaart": found.routekaart,
        "year": SchoolYear(found.routekaart.school_year).label,
    }
    status = 422 if form.errors else 200
    return render(request, "documents/person_plan.html", context, status=status)


@require_http_methods(["GET", "POST"])
@signed_in
def booklet(request: PageRequest, study_day_id: UUID) -> HttpResponse:
    """The booklet of one study day."""
    found = booklet_choices(by=request.by, study_day_id=study_day_id)
    form = BookletForm(
        request.POST if request.method == "POST" else kept(request),
        may_have_persons=found.may_have_persons,
    )
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            request_booklet(
                by=request.by,
                study_day_id=study_day_id,
                persons=form.wants_persons(),
                document_format=form.chosen_format(),
            )
        if not form.errors:
            return redirect("documents:documents", found.day.routekaart_id)
    context = {
        "form": form,
        "found": found,
        "day": found.day,
        "on": weekday_date(found.day.date),
        "routekaart": found.day.routekaart,
    }
    status = 422 if form.errors else 200
    return render(request, "documents/booklet.html", context, status=status)
