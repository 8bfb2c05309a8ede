"""Asking for the plan of a group, the plan of a person, or the booklet of a study day."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from routekaart.actions.documents.kinds import (
    request_booklet,
    request_group_plan,
    request_person_plan,
)
from routekaart.domain.calendar import SchoolYear
from routekaart.domain.content.wording import weekday_date
from routekaart.models import Routekaart
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
        _data(request), functions=found.functions, may_have_persons=found.may_have_persons
    )

    def ask() -> object:
        return request_group_plan(
            by=request.by,
            routekaart_id=routekaart_id,
            functions=form.cleaned_data["functions"],
            persons=form.wants_persons(),
            document_format=form.chosen_format(),
        )

    return _asking(request, "group_plan", form, ask, found.routekaart, found=found)


@require_http_methods(["GET", "POST"])
@signed_in
def person_plan(request: PageRequest, routekaart_id: UUID) -> HttpResponse:
    """One's own plan, or that of somebody in the team for who may have it."""
    found = person_choices(by=request.by, routekaart_id=routekaart_id)
    form = PersonPlanForm(_data(request), own=found.own, people=found.people)

    def ask() -> object:
        return request_person_plan(
            by=request.by,
            routekaart_id=routekaart_id,
            person_id=form.chosen_person(),
            document_format=form.chosen_format(),
        )

    year = SchoolYear(found.routekaart.school_year).label
    return _asking(request, "person_plan", form, ask, found.routekaart, found=found, year=year)


@require_http_methods(["GET", "POST"])
@signed_in
def booklet(request: PageRequest, study_day_id: UUID) -> HttpResponse:
    """The booklet of one study day."""
    found = booklet_choices(by=request.by, study_day_id=study_day_id)
    form = BookletForm(_data(request), may_have_persons=found.may_have_persons)

    def ask() -> object:
        return request_booklet(
            by=request.by,
            study_day_id=study_day_id,
            persons=form.wants_persons(),
            document_format=form.chosen_format(),
        )

    day = found.day
    on = weekday_date(day.date)
    return _asking(request, "booklet", form, ask, day.routekaart, found=found, day=day, on=on)


def _data(request: PageRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else kept(request)


def _asking(
    request: PageRequest,
    template: str,
    form: forms.Form,
    ask: Callable[[], object],
    routekaart: Routekaart,
    **context: Any,
) -> HttpResponse:
    """The page with the form; a valid one asks, and leads to the documents of the routekaart."""
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            ask()
        if not form.errors:
            return redirect("documents:documents", routekaart.pk)
    return render(
        request,
        f"documents/{template}.html",
        {"form": form, "routekaart": routekaart, **context},
        status=422 if form.errors else 200,
    )
