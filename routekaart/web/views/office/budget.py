"""The own budget of one person, for who keeps it: the years, and what it went to."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from routekaart import clock
from routekaart.access import NotFound
from routekaart.actions.organisation.budgets import (
    record_spending,
    remove_budget_line,
    state_grant,
)
from routekaart.domain.budget import BudgetYear, euros
from routekaart.domain.budget_words import (
    SHORT_BASES,
    UNKNOWN_RULE,
    basis_lines,
    lapsing_line,
    year_line,
)
from routekaart.domain.calendar import SchoolYear
from routekaart.models import BudgetLine
from routekaart.models.budgets import BudgetLineKind
from routekaart.queries.organisation.budgets import (
    PersonBudget,
    budget_of,
    employment_to_keep,
)
from routekaart.web.forms.office.budgets import GrantForm, SpendingForm
from routekaart.web.forms.refusals import refusals
from routekaart.web.signed_in import PageRequest, signed_in
from routekaart.web.views.office.page import data_of, office_page

# How far back a school may write down what was granted.
_YEARS_BACK = 10


@dataclass(frozen=True, slots=True)
class ShownBudget:
    """A budget as a page shows it, the newest year first. `spent`: the newest first."""

    of: PersonBudget
    now: str
    lapsing: str
    rules: tuple[str, ...]
    years: tuple[tuple[str, str, BudgetYear], ...]
    spent: tuple[BudgetLine, ...]


def shown_budget(budget: PersonBudget) -> ShownBudget:
    """The budget of one person in words."""
    on = SchoolYear(budget.now.year).first_day
    return ShownBudget(
        of=budget,
        now=year_line(budget.now),
        lapsing=lapsing_line(budget.now),
        rules=tuple(basis_lines(budget.basis, on)) if budget.basis else (UNKNOWN_RULE,),
        years=tuple(
            (SchoolYear(one.year).label, SHORT_BASES[one.basis], one)
            for one in reversed(budget.years)
        ),
        spent=tuple(line for line in reversed(budget.lines) if line.kind == BudgetLineKind.SPENT),
    )


@require_http_methods(["GET", "POST"])
@signed_in
def budget(request: PageRequest, employment_id: UUID) -> HttpResponse:
    """The budget of one person. A button beside an amount takes it away."""
    by = request.by
    employment_to_keep(by=by, employment_id=employment_id)
    if "weg" in request.POST:
        remove_budget_line(by=by, line_id=_id(request.POST["weg"]))
        messages.success(request, "Weggehaald.")
        return redirect("office:budget", employment_id)
    found = _budget(request, employment_id)
    return office_page(request, "budget", found.employment.school, {"budget": shown_budget(found)})


@require_http_methods(["GET", "POST"])
@signed_in
def add_spending(request: PageRequest, employment_id: UUID) -> HttpResponse:
    """Something that the budget went to."""
    employment_to_keep(by=request.by, employment_id=employment_id)
    form = SpendingForm(data_of(request))
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            made = record_spending(
                by=request.by,
                employment_id=employment_id,
                cents=form.spent_cents(),
                what=form.cleaned_data["what"],
                spent_on=form.cleaned_data["spent_on"],
                today=clock.today(),
            )
        if not form.errors:
            messages.success(request, f"{euros(made.cents)} uitgegeven: bewaard.")
            return redirect("office:budget", employment_id)
    return _part(request, employment_id, form, "Uitgave toevoegen")


@require_http_methods(["GET", "POST"])
@signed_in
def grant(request: PageRequest, employment_id: UUID) -> HttpResponse:
    """What a school year gave, such as what was saved before this product was there."""
    employment_to_keep(by=request.by, employment_id=employment_id)
    this_year = SchoolYear.containing(clock.today()).start
    years = range(this_year, this_year - _YEARS_BACK - 1, -1)
    form = GrantForm(data_of(request), years=years)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            state_grant(
                by=request.by,
                employment_id=employment_id,
                year=form.cleaned_data["school_year"],
                cents=form.granted_cents(),
                today=clock.today(),
            )
        if not form.errors:
            messages.success(request, "Bewaard.")
            return redirect("office:budget", employment_id)
    return _part(request, employment_id, form, "Budget van een jaar vastleggen")


def _budget(request: PageRequest, employment_id: UUID) -> PersonBudget:
    year = SchoolYear.containing(clock.today()).start
    return budget_of(by=request.by, employment_id=employment_id, year=year)


def _part(
    request: PageRequest, employment_id: UUID, form: SpendingForm | GrantForm, title: str
) -> HttpResponse:
    employment = _budget(request, employment_id).employment
    return office_page(
        request,
        "budget_part",
        employment.school,
        {"employment": employment, "part": title},
        form=form,
    )


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound("BudgetLine") from None
