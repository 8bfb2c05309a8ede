"""Reading the catalogue: interventions with their sources, and courses."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from courses.catalogue import public_catalogue
from courses.entities import Catalogue, Intervention, PointKind
from courses.offers import PLATFORM_TITLES
from routekaart.queries.catalogue.public import (
    CourseFilter,
    InterventionFilter,
    InterventionOrder,
    Lines,
    courses,
    interventions,
)
from routekaart.web.evidence import evidence_of
from routekaart.web.forms.catalogue import CourseSearch, InterventionSearch
from routekaart.web.signed_in import anyone
from routekaart.web.views.visitor.trying import Card

_COURSES_PER_PAGE = 20


@require_safe
@anyone
def intervention_list(request: HttpRequest) -> HttpResponse:
    """All interventions, by what the reader asks for; in which order stands on the page."""
    catalogue = public_catalogue()
    form = InterventionSearch(request.GET or None, catalogue=catalogue)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    order = InterventionOrder(asked.get("volgorde") or InterventionOrder.MENU)
    found = interventions(
        catalogue,
        InterventionFilter(
            category=asked.get("categorie") or None,
            evidence=asked.get("bewijs") or None,
            cost=asked.get("kosten") or None,
            order=order,
        ),
    )
    sector = asked.get("sector", "")
    context = {
        "form": form,
        "cards": [Card(one, evidence_of(catalogue, one, sector)) for one in found],
        "order": order.words,
    }
    return render(
        request, "visitor/interventions.html", context, status=422 if form.errors else 200
    )


@require_safe
@anyone
def intervention_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One intervention with everything that the sources say, and its courses."""
    catalogue = public_catalogue()
    found = catalogue.intervention_by_slug.get(slug)
    if found is None:
        raise Http404
    points = found.attention_points
    context = {
        "intervention": found,
        "category": _category_title(catalogue, found),
        "evidence": evidence_of(catalogue, found, request.GET.get("sector", "")),
        "questions": [one.text for one in points if one.kind is PointKind.QUESTION],
        "facts": [one.text for one in points if one.kind is PointKind.FACT],
        "lines": _lines_of(catalogue, found),
        "related": [
            catalogue.intervention_by_slug[one]
            for one in found.cross_references
            if one in catalogue.intervention_by_slug
        ],
    }
    return render(request, "visitor/intervention.html", context)


@require_safe
@anyone
def course_list(request: HttpRequest) -> HttpResponse:
    """The courses that the sources name, by words, function, package and platform."""
    catalogue = public_catalogue()
    form = CourseSearch(request.GET or None, catalogue=catalogue)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    found = courses(
        catalogue,
        CourseFilter(
            words=asked.get("woorden") or None,
            audience=asked.get("functie") or None,
            package=asked.get("pakket") or None,
            platform=asked.get("platform") or None,
        ),
    )
    page = Paginator(found, _COURSES_PER_PAGE).get_page(request.GET.get("bladzijde"))
    rest = request.GET.copy()
    rest.pop("bladzijde", None)
    context = {
        "form": form,
        "page": page,
        "rows": [(course, _mentioned(catalogue, lines)) for course, lines in page],
        "query": f"{rest.urlencode()}&" if rest else "",
    }
    return render(request, "visitor/courses.html", context, status=422 if form.errors else 200)


def _category_title(catalogue: Catalogue, found: Intervention) -> str:
    return next(
        category.title
        for framework in catalogue.frameworks
        for category in framework.categories
        if category.code == found.category
    )


def _mentioned(catalogue: Catalogue, lines: Lines) -> list[dict[str, object]]:
    """In which lists a course stands, for whom, and how to get it."""
    return [
        {
            "intervention": catalogue.intervention_by_slug.get(owner),
            "audience": ", ".join(
                catalogue.function_by_slug[one].plural.lower() for one in mention.audience
            )
            or "iedereen",
            "package": catalogue.package_by_slug[mention.package].title,
            "platform": PLATFORM_TITLES.get(mention.platform or "", ""),
            "available_from": mention.available_from,
        }
        for owner, mention in lines
    ]


def _lines_of(catalogue: Catalogue, found: Intervention) -> list[tuple[object, dict[str, object]]]:
    return [
        (
            catalogue.course_by_slug[mention.course],
            _mentioned(catalogue, ((found.slug, mention),))[0],
        )
        for mention in found.mentions
    ]
