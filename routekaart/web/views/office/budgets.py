"""Own budgets for learning: those of a school for who keeps them, and everybody's own."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from courses.dutch import dutch_number
from routekaart import clock
from routekaart.access import Permission
from routekaart.actions.organisation.budgets import set_budget_numbers, settle_budget_year
from routekaart.domain.budget import Basis
from routekaart.domain.budget_rules import OwnNumbers, budget_basis
from routekaart.domain.budget_words import SHORT_BASES, basis_lines
from routekaart.domain.calendar import SchoolYear
from routekaart.domain.content.wording import counted
from routekaart.models import School
from routekaart.queries.organisation.budget_table import budget_table
from routekaart.queries.organisation.budgets import (
    budget_employments,
    budgets_of,
    own_budgets,
    own_numbers,
)
from routekaart.queries.organisation.office import school_to_run
from routekaart.web.forms.office.budgets import BudgetNumbersForm
from routekaart.web.forms.refusals import refusals
from routekaart.web.signed_in import PageRequest, signed_in
from routekaart.web.views.office.budget import shown_budget
from routekaart.web.views.office.page import PER_PAGE, data_of, office_page

# Of the past as long as anything may be saved by the CAO.
_YEARS_BACK = 3


def _school(request: PageRequest, school_id: UUID) -> School:
    return school_to_run(by=request.by, school_id=school_id, permission=Permission.KEEP_BUDGETS)


@require_http_methods(["GET", "POST"])
@signed_in
def budgets(request: PageRequest, school_id: UUID) -> HttpResponse:
    """What everybody has to spend in a school year; its button writes the year down."""
    by, school = request.by, _school(request, school_id)
    year = _asked_year(request)
    if request.method == "POST":
        settled = settle_budget_year(by=by, school_id=school_id, year=year, today=clock.today())
        messages.success(
            request, f"Vastgelegd voor {counted(settled, 'medewerker', 'medewerkers')}."
        )
        return redirect(f"{request.path}?jaar={year}")
    with by.entered():
        people = budget_employments(by=by, school_id=school_id)
        page = Paginator(people, PER_PAGE).get_page(request.GET.get("bladzijde"))
        rows = budgets_of(employments=page, year=year)
    query = QueryDict(mutable=True)
    query["jaar"] = str(year)
    return office_page(
        request,
        "budgets",
        school,
        {
            "page": page,
            "rows": [
                {
                    "employment": one.employment,
                    "fte": dutch_number(float(one.employment.fte)),
                    "basis": SHORT_BASES[one.now.basis],
                    "now": one.now,
                }
                for one in rows
            ],
            "open": any(one.now.basis is not Basis.STATED for one in rows),
            "year": SchoolYear(year),
            "years": [(SchoolYear(one).label, one, one == year) for one in _years()],
            "rules": _rules(school, year),
            "query": f"{query.urlencode()}&",
        },
    )


@require_safe
@signed_in
def table(request: PageRequest, school_id: UUID) -> HttpResponse:
    """The same as a file for a spreadsheet."""
    year = _asked_year(request)
    answer = HttpResponse(
        budget_table(by=request.by, school_id=school_id, year=year),
        content_type="text/csv; charset=utf-8",
    )
    name = f"budgetten-{SchoolYear(year).label}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_http_methods(["GET", "POST"])
@signed_in
def budget_numbers(request: PageRequest, school_id: UUID) -> HttpResponse:
    """What the school agreed on instead of the CAO."""
    school = _school(request, school_id)
    stored = own_numbers(school)
    form = BudgetNumbersForm(data_of(request), initial=school.budget_numbers, told=_told(school))
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            set_budget_numbers(by=request.by, school_id=school_id, numbers=form.numbers(stored))
        if not form.errors:
            messages.success(request, "Bewaard.")
            return redirect("office:budgets", school_id)
    form.seen()
    return office_page(request, "budget_numbers", school, form=form)


@require_safe
@signed_in
def own_budget(request: PageRequest) -> HttpResponse:
    """What who looks has to spend, at every school where that person works."""
    year = SchoolYear.containing(clock.today()).start
    found = own_budgets(by=request.by, year=year)
    return render(
        request,
        "office/own_budget.html",
        {"budgets": [shown_budget(one) for one in found], "year": SchoolYear(year)},
    )


def _years() -> range:
    this_year = SchoolYear.containing(clock.today()).start
    return range(this_year, this_year - _YEARS_BACK - 1, -1)


def _asked_year(request: PageRequest) -> int:
    asked = request.GET.get("jaar", "")
    return int(asked) if asked in {str(one) for one in _years()} else _years()[0]


def _rules(school: School, year: int) -> list[tuple[str, list[str]]]:
    """For whom, and what holds for them."""
    on, own = SchoolYear(year).first_day, own_numbers(school)
    found = []
    for title, functions in (("Iedereen", ()), ("Schoolleiders", ("schoolleider",))):
        basis = budget_basis(functions, sector=school.sector, on=on, own=own)
        if basis is not None:
            found.append((title, list(basis_lines(basis, on))))
    return found


def _told(school: School) -> list[tuple[str, str]]:
    """What holds without a number of the school, with its source."""
    on = SchoolYear.containing(clock.today()).first_day
    found = []
    for name, functions in (("euros", ()), ("leader_euros", ("schoolleider",))):
        basis = budget_basis(functions, sector=school.sector, on=on, own=OwnNumbers())
        if basis is not None and basis.rule is not None:
            found.append((name, f"Leeg: {basis.euros}. Bron: {basis.rule.source}."))
    whole = budget_basis((), sector=school.sector, on=on, own=OwnNumbers())
    if whole is not None and whole.rule is not None:
        where = "dat is een aanname" if whole.assumed_years else f"bron: {whole.rule.source}"
        found.append(("saved_years", f"Leeg: {whole.saved_years} ({where})."))
    return found
