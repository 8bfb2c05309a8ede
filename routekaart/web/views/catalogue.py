"""The catalogue report as a page: what deserves a look, in tables."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from courses.catalogue import CatalogueNotLoadedError, public_catalogue
from courses.entities import Catalogue, Claim
from courses.quality import Report, SourceDifference, report
from courses.report_text import claim_words, dutch_number
from routekaart import clock
from routekaart.web.signed_in import anyone
from routekaart.web.views.errors import unavailable


@dataclass(frozen=True, slots=True)
class Cell:
    """One or more lines of text."""

    lines: tuple[str, ...]

    @property
    def several(self) -> bool:
        return len(self.lines) > 1


@dataclass(frozen=True, slots=True)
class Section:
    slug: str
    title: str
    meaning: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@require_safe
@anyone
def catalogue_report(request: HttpRequest) -> HttpResponse:
    """What in the catalogue deserves a look today."""
    try:
        catalogue = public_catalogue()
    except CatalogueNotLoadedError as error:
        return unavailable(request, str(error))
    found, sections = _made(catalogue, clock.today())
    return render(request, "web/catalogue.html", {"report": found, "sections": sections})


_Made = tuple[Report, tuple[Section, ...]]
# The report of this day, kept: comparing all titles takes a moment, and everyone gets the same.
_kept: dict[tuple[str, date], _Made] = {}


def _made(catalogue: Catalogue, day: date) -> _Made:
    key = (catalogue.version, day)
    made = _kept.get(key)
    if made is None:
        made = _make(catalogue, day)
        _kept.clear()
        _kept[key] = made
    return made


def _make(catalogue: Catalogue, day: date) -> _Made:
    found = report(catalogue, today=day)
    names = _Names(catalogue)
    return found, (
        _differences(found, names),
        _labels(found, names),
        _stars(found, names),
        _near_titles(found),
        _packages(found, names),
        _tools(found, names),
        _spellings(found, names),
    )


class _Names:
    """Words for slugs and claims."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def intervention(self, slug: str) -> str:
        found = self._catalogue.intervention_by_slug.get(slug)
        # The general offer is known by the letter of its category.
        return found.title if found else f"Algemeen aanbod {slug}"

    def course(self, slug: str) -> str:
        return self._catalogue.course_by_slug[slug].title

    def package(self, slug: str) -> str:
        return self._catalogue.package_by_slug[slug].title

    def parameter(self, slug: str) -> str:
        return self._catalogue.parameter_by_slug[slug].title

    def claim(self, claim: Claim) -> str:
        source = self._catalogue.source_by_slug[claim.source]
        unit = self._catalogue.parameter_by_slug[claim.parameter].unit
        return f"{claim_words(claim, unit)} ({source.title}, {source.year})"


def _row(*cells: str | Iterable[str]) -> tuple[Cell, ...]:
    return tuple(Cell((cell,) if isinstance(cell, str) else tuple(cell)) for cell in cells)


def _differences(found: Report, names: _Names) -> Section:
    return Section(
        "bronnen",
        "Bronnen die verschillen",
        "Deze bronnen zeggen iets anders over hetzelfde. Beide uitspraken blijven staan.",
        ("Interventie", "Waarover", "Wat de bronnen zeggen"),
        tuple(
            _row(
                names.intervention(one.intervention),
                _about(one, names),
                [names.claim(claim) for claim in one.claims],
            )
            for one in found.source_differences
        ),
    )


def _about(one: SourceDifference, names: _Names) -> str:
    scope = ", ".join(value for _, value in one.scope)
    title = names.parameter(one.parameter)
    return f"{title} ({scope})" if scope else title


def _labels(found: Report, names: _Names) -> Section:
    return Section(
        "labels",
        "Labels die niet bij de maanden passen",
        "Het gedrukte label is anders dan wat uit het aantal maanden volgt.",
        ("Interventie", "Maanden", "Gedrukt", "Uit de maanden"),
        tuple(
            _row(names.intervention(one.intervention), str(one.months), one.printed, one.derived)
            for one in found.label_deviations
        ),
    )


def _stars(found: Report, names: _Names) -> Section:
    return Section(
        "sterren",
        "Cursussen met een ster",
        "Deze cursussen zouden er nu moeten zijn, maar niemand heeft dat bevestigd.",
        ("Cursus", "Aangekondigd voor", "Bij"),
        tuple(
            _row(
                names.course(one.course),
                f"{one.available_from:%d-%m-%Y}",
                [names.intervention(slug) for slug in one.interventions],
            )
            for one in found.starred_courses
        ),
    )


def _near_titles(found: Report) -> Section:
    return Section(
        "titels",
        "Titels die op elkaar lijken",
        "Misschien is dit dezelfde cursus, misschien niet.",
        ("Titel", "Lijkt op", "Gelijkenis"),
        tuple(
            _row(one.first_title, one.second_title, dutch_number(one.ratio))
            for one in found.near_equal_titles
        ),
    )


def _packages(found: Report, names: _Names) -> Section:
    return Section(
        "pakketten",
        "Cursussen in twee pakketten",
        "De ene lijst noemt het ene pakket, de andere lijst het andere.",
        ("Cursus", "Pakketten"),
        tuple(
            _row(names.course(one.course), [names.package(slug) for slug in one.packages])
            for one in found.two_packages
        ),
    )


def _tools(found: Report, names: _Names) -> Section:
    return Section(
        "hulpmiddelen",
        "Hulpmiddelen die zijn veranderd",
        "Controleer of de cursus nog klopt.",
        ("Cursus", "Hulpmiddel", "Wat er veranderde"),
        tuple(_row(names.course(one.course), one.tool, one.reason) for one in found.changed_tools),
    )


def _spellings(found: Report, names: _Names) -> Section:
    return Section(
        "spelling",
        "Titels op meer manieren gedrukt",
        "De catalogus kiest één schrijfwijze en bewaart de andere.",
        ("Cursus", "Zo staat het gedrukt"),
        tuple(_row(names.course(one.course), one.titles) for one in found.spelling_variants),
    )
