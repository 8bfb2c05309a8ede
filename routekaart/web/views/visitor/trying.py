"""Trying the routekaart without an account: choose, say for whom, read the advice.

Every step is a form that is sent with GET: the whole question stands in the address, so that it can
be kept, shared and changed, and nothing of it is stored here.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from courses.advice import Advice, AdviceItem, AdviceRequest, PlgActivity
from courses.catalogue import public_catalogue
from courses.entities import Catalogue, Category, Intervention
from courses.findings import Finding
from routekaart import clock
from routekaart.domain.advising import advise
from routekaart.web.evidence import Evidence, evidence_of
from routekaart.web.forms.trying import BOTH, ChosenForm, TeamForm
from routekaart.web.signed_in import anyone


@dataclass(frozen=True, slots=True)
class Card:
    """An intervention with what the sources say of it."""

    intervention: Intervention
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Shelf:
    """A category of the menu with its interventions."""

    category: Category
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Served:
    """What the advice holds for one chosen intervention; `needed` are those of the smallest set."""

    intervention: Intervention
    evidence: Evidence
    needed: tuple[AdviceItem, ...]
    more: tuple[AdviceItem, ...]
    activities: tuple[PlgActivity, ...]


def shelves(catalogue: Catalogue) -> tuple[Shelf, ...]:
    """The menu as printed: categories in order, each with its interventions."""
    return tuple(
        Shelf(
            category,
            tuple(
                Card(one, evidence_of(catalogue, one))
                for one in catalogue.interventions
                if one.category == code
            ),
        )
        for framework in catalogue.frameworks
        for category in framework.categories
        for code in (category.code,)
        if any(one.category == code for one in catalogue.interventions)
    )


@require_safe
@anyone
def choose(request: HttpRequest) -> HttpResponse:
    """Step 1: the interventions."""
    catalogue = public_catalogue()
    asked = "verder" in request.GET
    form = ChosenForm(request.GET if asked else None, catalogue=catalogue)
    if asked and form.is_valid():
        return redirect(f"{reverse('visitor:team')}?{_query(form)}")
    context = {
        "form": form,
        "shelves": shelves(catalogue),
        "chosen": request.GET.getlist("interventie"),
    }
    return render(request, "visitor/choose.html", context, status=422 if form.errors else 200)


@require_safe
@anyone
def team(request: HttpRequest) -> HttpResponse:
    """Step 2: for whom."""
    catalogue = public_catalogue()
    chosen = ChosenForm(request.GET, catalogue=catalogue)
    if not chosen.is_valid():
        return _back_to_choosing()
    if "verder" not in request.GET:
        form = TeamForm(initial=TeamForm.usual(catalogue), catalogue=catalogue)
    else:
        form = TeamForm(request.GET, catalogue=catalogue)
        if form.is_valid():
            return redirect(f"{reverse('visitor:advice')}?{_query(form)}")
    context = {"form": form, "chosen": _interventions(catalogue, chosen)}
    return render(request, "visitor/team.html", context, status=422 if form.errors else 200)


@require_safe
@anyone
def advice(request: HttpRequest) -> HttpResponse:
    """Step 3: the advice, with the reason of every course."""
    catalogue = public_catalogue()
    form = TeamForm(request.GET, catalogue=catalogue)
    if not form.is_valid():
        if "interventie" in form.errors:
            return _back_to_choosing()
        return redirect(f"{reverse('visitor:team')}?{request.GET.urlencode()}&verder=1")
    platform = form.cleaned_data["platform"]
    found = advise(
        catalogue,
        AdviceRequest(
            interventions=tuple(form.cleaned_data["interventie"]),
            functions=tuple(form.cleaned_data["functie"]),
            today=clock.today(),
            platforms=() if platform == BOTH else (platform,),
            packages=tuple(form.cleaned_data["pakket"]),
            sector=form.cleaned_data["sector"],
        ),
    )
    context = {
        "form": form,
        "advice": found,
        "served": _served(catalogue, found, form.cleaned_data["sector"]),
        "together": [one for one in found.plg_activities if one.intervention is None],
        "findings": _findings_for_visitors(found),
        "set_minutes": found.saving.set_minutes,
        "per_function": [
            (catalogue.function_by_slug[one.function].plural, one.set_minutes)
            for one in found.saving.per_function
        ],
        "uncovered": _uncovered(catalogue, found),
        "query": _query(form),
    }
    return render(request, "visitor/advice.html", context)


def _back_to_choosing() -> HttpResponse:
    return redirect(f"{reverse('visitor:choose')}?verder=1")


def _query(form: ChosenForm) -> str:
    return urlencode(form.cleaned_data, doseq=True)


def _interventions(catalogue: Catalogue, form: ChosenForm) -> list[Intervention]:
    return [catalogue.intervention_by_slug[slug] for slug in form.cleaned_data["interventie"]]


def _served(catalogue: Catalogue, found: Advice, sector: str) -> tuple[Served, ...]:
    def of(slug: str, *, needed: bool) -> tuple[AdviceItem, ...]:
        return tuple(
            item
            for item in found.items
            if slug in item.interventions and item.in_smallest_set is needed
        )

    return tuple(
        Served(
            catalogue.intervention_by_slug[one.slug],
            evidence_of(catalogue, catalogue.intervention_by_slug[one.slug], sector),
            of(one.slug, needed=True),
            of(one.slug, needed=False),
            tuple(act for act in found.plg_activities if act.intervention == one.slug),
        )
        for one in found.interventions
    )


def _uncovered(catalogue: Catalogue, found: Advice) -> list[tuple[str, str]]:
    """Interventions with functions that have no course; that one has none at all is a finding."""
    said = {one.intervention for one in found.findings if one.code == "no_course_offer"}
    return [
        (
            catalogue.intervention_by_slug[intervention].title,
            catalogue.function_by_slug[function].plural.lower(),
        )
        for intervention, function in found.uncovered
        if intervention not in said
    ]


def _findings_for_visitors(found: Advice) -> list[Finding]:
    """Without what is done in a routekaart: answering questions, and linking training."""
    return [one for one in found.findings if one.point is None and one.code != "no_training_linked"]
