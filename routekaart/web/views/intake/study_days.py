"""The study days of a team, each with a traffic light; nothing is held back."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from routekaart import clock
from routekaart.actions.changing import BEFORE_APPROVAL
from routekaart.actions.routekaarten.study_days import (
    add_study_day,
    change_study_day,
    remove_study_day,
)
from routekaart.domain.content.wording import weekday_date
from routekaart.domain.dates import DateAdvice, TeamDay, suggest, weekday_views
from routekaart.domain.filling_in import Part
from routekaart.models import Routekaart, StudyDay
from routekaart.queries.routekaarten.day_list import TeamDays, day_list
from routekaart.web.forms.intake_choices.study_day import STARTS, StudyDayForm, WishForm
from routekaart.web.forms.refusals import refusals
from routekaart.web.kept import kept
from routekaart.web.one_at_a_time import one_at_a_time
from routekaart.web.signed_in import PageRequest, signed_in
from routekaart.web.views.intake.choosing import editing, shared_context
from routekaart.web.views.intake.day_cards import advice_shown, day_shown, weekdays_in_words

_FIELDS = {"minutes": "until"}
_WISHED = 3


@require_http_methods(["GET"])
@signed_in
def study_days(request: PageRequest, routekaart_id: UUID) -> HttpResponse:
    """All days with the advice on their dates."""
    team = day_list(by=request.by, routekaart_id=routekaart_id)
    advice = team.advice()
    lines, fairest = weekdays_in_words(weekday_views(team.situation))
    return render(
        request,
        "intake/choices/study_days.html",
        {
            **_shared(request, team),
            "days": [day_shown(day, advice[day.pk], team.situation.sector) for day in team.days],
            "weekdays": lines,
            "fairest": fairest,
        },
    )


@require_http_methods(["GET", "POST"])
@signed_in
def new_day(request: PageRequest, routekaart_id: UUID) -> HttpResponse:
    """A day more, on a date that the team picks itself."""
    team = day_list(by=request.by, routekaart_id=routekaart_id)
    form = StudyDayForm(request.POST if request.method == "POST" else kept(request), team=team)
    if request.method == "POST" and form.is_valid() and request.POST.get("doe") != "bekijk":
        with refusals(form, _FIELDS):
            add_study_day(by=request.by, routekaart_id=routekaart_id, values=form.values())
        if not form.errors:
            return redirect("intake:study_days", routekaart_id)
    return _day_page(request, team, form, None)


@require_http_methods(["GET", "POST"])
@signed_in
@one_at_a_time(Routekaart, "routekaart_id")
def study_day(request: PageRequest, routekaart_id: UUID, day_id: UUID) -> HttpResponse:
    """One day, to change."""
    team, day = _found(request, routekaart_id, day_id)
    data = request.POST if request.method == "POST" else kept(request)
    form = StudyDayForm(data, team=team, day=day)
    if request.method == "POST" and form.is_valid() and request.POST.get("doe") != "bekijk":
        with refusals(form, _FIELDS):
            if values := form.values():
                change_study_day(by=request.by, study_day_id=day_id, values=values)
        if not form.errors:
            return redirect("intake:study_days", routekaart_id)
    return _day_page(request, team, form, day)


@require_http_methods(["GET", "POST"])
@signed_in
def remove(request: PageRequest, routekaart_id: UUID, day_id: UUID) -> HttpResponse:
    """Asks once whether a day may go."""
    team, day = _found(request, routekaart_id, day_id)
    if request.method == "POST":
        remove_study_day(by=request.by, study_day_id=day_id)
        messages.success(request, f"De studiedag op {weekday_date(day.date)} is weg.")
        return redirect("intake:study_days", routekaart_id)
    return render(
        request,
        "intake/choices/study_day_remove.html",
        {
            **_shared(request, team),
            "when": weekday_date(day.date),
        },
    )


@require_http_methods(["GET", "POST"])
@signed_in
def good_dates(request: PageRequest, routekaart_id: UUID) -> HttpResponse:
    """The best dates for a wish, to pick with one click."""
    team = day_list(by=request.by, routekaart_id=routekaart_id)
    wished = _wished(team)
    form = WishForm(request.GET if "first" in request.GET else wished, situation=team.situation)
    valid = form.is_valid()
    if request.method == "POST" and valid:
        picked = _picked(request, form)
        with refusals(form):
            for values in picked:
                add_study_day(by=request.by, routekaart_id=routekaart_id, values=values)
        if picked and not form.errors:
            days = ", ".join(weekday_date(values["date"]) for values in picked)
            messages.success(request, f"Erbij gezet: {days}.")
            return redirect("intake:study_days", routekaart_id)
    found = suggest(team.situation, form.wish()) if valid else ()
    return render(
        request,
        "intake/choices/good_dates.html",
        {
            **_shared(request, team),
            "form": form,
            "found": [advice_shown(one) for one in found],
        },
        status=422 if form.errors else 200,
    )


def _shared(request: PageRequest, team: TeamDays) -> dict[str, Any]:
    now = editing(team.routekaart, may_edit=team.may_edit, states=BEFORE_APPROVAL)
    return shared_context(request.by, team.routekaart, Part.STUDY_DAYS, now)


def _found(request: PageRequest, routekaart_id: UUID, day_id: UUID) -> tuple[TeamDays, StudyDay]:
    team = day_list(by=request.by, routekaart_id=routekaart_id)
    found = team.day(day_id)
    if found is None:
        raise Http404
    return team, found


def _day_page(
    request: PageRequest, team: TeamDays, form: StudyDayForm, day: StudyDay | None
) -> HttpResponse:
    asking = request.POST.get("doe") == "bekijk"
    asked = form.considered() if form.is_bound and hasattr(form, "cleaned_data") else None
    advice: DateAdvice | None
    if asked is not None:
        advice = team.advice_on(asked, day.pk if day else None)
    else:
        advice = team.advice()[day.pk] if day else None
    in_background = asking and request.htmx
    if not in_background:
        form.seen()
    return render(
        request,
        f"intake/choices/{'date_advice' if in_background else 'study_day'}.html",
        {
            **_shared(request, team),
            "form": form,
            "day": day,
            "advice": advice_shown(advice) if advice else None,
        },
        status=422 if form.errors and not asking else 200,
    )


def _wished(team: TeamDays) -> dict[str, object]:
    """A few whole days in what is left of the year, but not in its last weeks."""
    year = team.situation.calendar.year
    first = max(year.first_day, clock.today() + timedelta(days=14))
    last = year.last_day - timedelta(weeks=6)
    first = min(first, last)
    groups = sorted({group for day in team.days for group in day.free_groups})
    return {
        "first": first,
        "last": last,
        "count": _WISHED,
        "kind": "day",
        "free_groups": [str(group) for group in groups],
    }


def _picked(request: PageRequest, form: WishForm) -> list[dict[str, Any]]:
    """What to add: the date of the button that was pressed, or all that were shown."""
    fixed = "kandidaat" not in request.POST
    dates = request.POST.getlist("alle") or [
        request.POST.get("kies") or request.POST.get("kandidaat") or ""
    ]
    like = form.wish().like
    return [_values(day, like, fixed=fixed) for text in dates if (day := _date(text))]


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _values(day: date, like: TeamDay, *, fixed: bool) -> dict[str, Any]:
    return {
        "date": day,
        "kind": like.kind.value,
        "starts_at": STARTS[like.kind],
        "minutes": like.lasts,
        "free_groups": list(like.free_groups),
        "fixed": fixed,
    }
