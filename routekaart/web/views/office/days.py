"""The holidays of a school's region, and where the school differs."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from courses.dutch import dutch_date
from routekaart import clock
from routekaart.actions.organisation.school_settings import (
    add_calendar_override,
    remove_calendar_override,
)
from routekaart.actions.organisation.schools import change_school
from routekaart.domain.calendar import ClosureKind, SchoolYear
from routekaart.domain.content.wording import weekday_date
from routekaart.domain.dates import DATE_RULES, RuleSlug, rule_for
from routekaart.models import School
from routekaart.queries.organisation.office import (
    days_of_school,
    override_to_remove,
    school_to_run,
)
from routekaart.web.forms.office.school import OwnDaysForm, RegionForm
from routekaart.web.forms.refusals import refusals
from routekaart.web.one_at_a_time import one_at_a_time
from routekaart.web.signed_in import PageRequest, signed_in
from routekaart.web.views.office.page import data_of, office_page

# This year and the next two: further ahead hardly anything is known.
_YEARS_AHEAD = 2


@require_safe
@signed_in
def days(request: PageRequest, school_id: UUID) -> HttpResponse:
    """When the school is closed in a school year, and its own days."""
    school = school_to_run(by=request.by, school_id=school_id)
    this_year = SchoolYear.containing(clock.today()).start
    years = range(this_year, this_year + _YEARS_AHEAD + 1)
    asked = request.GET.get("jaar", "")
    year = int(asked) if asked in {str(one) for one in years} else this_year
    calendar, own = days_of_school(by=request.by, school_id=school_id, year=year)
    closures = sorted(calendar.closures, key=lambda one: (one.first, one.title))
    return office_page(
        request,
        "days",
        school,
        {
            "calendar": calendar,
            "closures": [
                (_period(one.first, one.last), one.title)
                for one in closures
                if one.kind is not ClosureKind.OWN
            ],
            "own": [
                (_period(row.first_day, row.last_day), row)
                for row in own
                if row.last_day >= calendar.year.first_day
                and row.first_day <= calendar.year.last_day
            ],
            "years": [(SchoolYear(one).label, one, one == year) for one in years],
            "rule": rule_for(
                RuleSlug.HOLIDAYS, sector=school.sector, on=clock.today(), rules=DATE_RULES
            ),
        },
    )


def _period(first: date, last: date) -> str:
    if first == last:
        return weekday_date(first)
    return f"{dutch_date(first)} tot en met {dutch_date(last)}"


@require_http_methods(["GET", "POST"])
@signed_in
def add(request: PageRequest, school_id: UUID) -> HttpResponse:
    """One more day or period on which the school differs."""
    school = school_to_run(by=request.by, school_id=school_id)
    form = OwnDaysForm(data_of(request))
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        with refusals(form):
            add_calendar_override(
                by=request.by,
                school_id=school_id,
                title=values["title"],
                first_day=values["first_day"],
                last_day=values["last_day"],
                closed=values["closed"],
            )
        if not form.errors:
            messages.success(request, f"{values['title']} staat in jullie kalender.")
            return _to_year_of(school_id, values["first_day"])
    return office_page(request, "days_add", school, form=form)


@require_http_methods(["GET", "POST"])
@signed_in
def remove(request: PageRequest, override_id: int) -> HttpResponse:
    """Takes an own day back; asked once more."""
    found = override_to_remove(by=request.by, override_id=override_id)
    if request.method == "POST":
        remove_calendar_override(by=request.by, override_id=override_id)
        messages.success(request, f"{found.title} is uit jullie kalender.")
        return _to_year_of(found.school_id, found.first_day)
    return office_page(
        request,
        "days_remove",
        found.school,
        {"own_day": found, "period": _period(found.first_day, found.last_day)},
    )


@require_http_methods(["GET", "POST"])
@signed_in
@one_at_a_time(School, "school_id")
def region(request: PageRequest, school_id: UUID) -> HttpResponse:
    """Which region and which free days hold for the school."""
    school = school_to_run(by=request.by, school_id=school_id)
    names = ("region", "free_on_good_friday", "free_on_liberation_day")
    form = RegionForm(data_of(request), initial={name: getattr(school, name) for name in names})
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            change_school(by=request.by, school_id=school_id, changes=form.changes())
        if not form.errors:
            messages.success(request, "Bewaard.")
            return redirect("office:days", school_id)
    form.seen()
    return office_page(request, "days_region", school, form=form)


def _to_year_of(school_id: UUID, day: date) -> HttpResponse:
    year = SchoolYear.containing(day).start
    return redirect(f"{reverse('office:days', args=[school_id])}?jaar={year}")
