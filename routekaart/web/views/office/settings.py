"""What a school sets about itself: data, numbers of rules, packages, and progress by name."""

from uuid import UUID

from django.conf import settings as django_settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from courses.catalogue import current_catalogue
from routekaart import clock
from routekaart.access import Permission
from routekaart.actions.organisation.school_settings import request_quote
from routekaart.actions.organisation.schools import change_school
from routekaart.domain.dates import DATE_RULES, DateRule, RuleSlug, rule_for
from routekaart.domain.errors import DomainError
from routekaart.domain.privacy import names_shown
from routekaart.models import School
from routekaart.queries.organisation.office import quotes_of, school_to_run
from routekaart.sign_in_providers import who_tells_staff
from routekaart.web.forms.office.school import (
    ConsentForm,
    NumbersForm,
    PackagesForm,
    SchoolForm,
)
from routekaart.web.forms.refusals import refusals
from routekaart.web.one_at_a_time import one_at_a_time
from routekaart.web.second_factor import asked_from_now_on
from routekaart.web.signed_in import PageRequest, signed_in
from routekaart.web.views.office.page import data_of, office_page


@require_http_methods(["GET", "POST"])
@signed_in
@one_at_a_time(School, "school_id")
def settings(request: PageRequest, school_id: UUID) -> HttpResponse:
    """Name, academy, and how the school works on quality."""
    school = school_to_run(by=request.by, school_id=school_id)
    names = (
        *("name", "academy_url", "skin", "completion_months"),
        *("second_factor_required", "staff_joins"),
    )
    form = SchoolForm(
        data_of(request),
        initial={name: getattr(school, name) for name in names},
        provider=who_tells_staff(django_settings.SIGN_IN_PROVIDERS),
    )
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            change_school(by=request.by, school_id=school_id, changes=form.changes())
        if not form.errors:
            if form.changes().get("second_factor_required"):
                asked_from_now_on(request, request.by.person)
            messages.success(request, "Bewaard.")
            return redirect("office:settings", school_id)
    form.seen()
    return office_page(request, "settings", school, form=form)


@require_http_methods(["GET", "POST"])
@signed_in
@one_at_a_time(School, "school_id")
def numbers(request: PageRequest, school_id: UUID) -> HttpResponse:
    """The numbers that the rules about dates count with; empty is the rule's own."""
    school = school_to_run(by=request.by, school_id=school_id)
    rules = _rules_with_numbers(school.sector)
    stored: dict[str, int] = school.date_numbers
    form = NumbersForm(data_of(request), initial=stored, rules=rules)
    if request.method == "POST" and form.is_valid():
        # Numbers of rules that are not for this sector stay as they are.
        after = {**stored, **form.changes()}
        with refusals(form):
            change_school(
                by=request.by,
                school_id=school_id,
                changes={
                    "date_numbers": {
                        slug: number for slug, number in after.items() if number is not None
                    }
                },
            )
        if not form.errors:
            messages.success(request, "Bewaard.")
            return redirect("office:school", school_id)
    form.seen()
    return office_page(request, "numbers", school, form=form)


def _rules_with_numbers(sector: str) -> list[DateRule]:
    found = [rule_for(slug, sector=sector, on=clock.today(), rules=DATE_RULES) for slug in RuleSlug]
    return [rule for rule in found if rule is not None and rule.number]


@require_http_methods(["GET", "POST"])
@signed_in
@one_at_a_time(School, "school_id")
def packages(request: PageRequest, school_id: UUID) -> HttpResponse:
    """What the school has and has not; a quote for what it has not."""
    by = request.by
    school = school_to_run(by=by, school_id=school_id, permission=Permission.REQUEST_QUOTE)
    faults: list[str] = []
    if request.method == "POST":
        try:
            request_quote(by=by, school_id=school_id, package=request.POST.get("offerte", ""))
        except DomainError as error:
            faults.append(error.message)
        else:
            messages.success(request, "Genoteerd dat jullie een offerte willen.")
            return redirect("office:packages", school_id)
    quotes = {quote.package_id: quote for quote in quotes_of(by=by, school_id=school_id)}
    rows = [
        {
            "package": package,
            "present": package.slug in school.packages,
            "quote": quotes.get(package.slug),
        }
        for package in current_catalogue().packages
    ]
    return office_page(request, "packages", school, {"rows": rows, "faults": faults})


@require_http_methods(["GET", "POST"])
@signed_in
def own_packages(request: PageRequest, school_id: UUID) -> HttpResponse:
    """Which packages the academy of the school holds."""
    school = school_to_run(by=request.by, school_id=school_id)
    choosable = [one for one in current_catalogue().packages if not one.always_available]
    form = PackagesForm(data_of(request), initial={"packages": school.packages}, packages=choosable)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            change_school(by=request.by, school_id=school_id, changes=form.changes())
        if not form.errors:
            messages.success(request, "Bewaard.")
            return redirect("office:packages", school_id)
    form.seen()
    return office_page(request, "packages_own", school, form=form)


@require_http_methods(["GET", "POST"])
@signed_in
def names(request: PageRequest, school_id: UUID) -> HttpResponse:
    """Whether progress is shown by name: only with a decision of the PMR, and off at any time."""
    by, today = request.by, clock.today()
    school = school_to_run(by=by, school_id=school_id)
    off = request.method == "POST" and request.POST.get("doe") == "uit"
    form = ConsentForm(None if off else data_of(request), today=today)
    since = form.cleaned_data["decided_on"] if form.is_valid() else None
    if request.method == "POST" and (off or not form.errors):
        change_school(by=by, school_id=school_id, changes={"progress_by_name_since": since})
        messages.success(
            request, "Voortgang op naam staat uit." if off else "Voortgang op naam staat aan."
        )
        return redirect("office:names", school_id)
    stands = school.progress_by_name_since
    context = {"since": stands, "shown": names_shown(stands, today)}
    return office_page(request, "names", school, context, form=form)
