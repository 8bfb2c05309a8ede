"""The quality report as plain Dutch text for a terminal. Pure."""

from collections.abc import Iterable, Iterator

from courses.entities import Catalogue, Claim, CourseKind
from courses.quality import Report


def report_text(report: Report, catalogue: Catalogue) -> str:
    """All sections, each with what it means and one line per finding."""
    return "\n".join(_lines(report, _Names(catalogue)))


class _Names:
    """Titles for the slugs of a report."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def intervention(self, slug: str) -> str:
        found = self._catalogue.intervention_by_slug.get(slug)
        # The general offer is known by the letter of its category.
        return found.title if found else f"algemeen aanbod {slug}"

    def interventions(self, slugs: Iterable[str]) -> str:
        return ", ".join(self.intervention(slug) for slug in slugs)

    def course(self, slug: str) -> str:
        course = self._catalogue.course_by_slug[slug]
        # Titles of notendoppen are short and often those of an intervention.
        return course.title + (" (notendop)" if course.kind is CourseKind.NOTENDOP else "")

    def packages(self, slugs: Iterable[str]) -> str:
        return " en ".join(self._catalogue.package_by_slug[slug].title for slug in slugs)

    def parameter(self, slug: str) -> str:
        return self._catalogue.parameter_by_slug[slug].title

    def claim(self, claim: Claim) -> str:
        source = self._catalogue.source_by_slug[claim.source]
        unit = self._catalogue.parameter_by_slug[claim.parameter].unit
        return f"{claim_words(claim, unit)} — {source.title} ({source.published})"


def claim_words(claim: Claim, unit: str) -> str:
    """A claim in words: `5 maanden, Groot`, `hooguit 10 weken`, `ongeveer 3 tot 5 per week`."""
    parts = [_amount(claim, unit), claim.label, claim.text]
    return ", ".join(part for part in parts if part)


def _amount(claim: Claim, unit: str) -> str:
    low, high = claim.minimum, claim.maximum
    if low is None and high is None:
        return ""
    if low is None and high is not None:
        words = f"hooguit {dutch_number(high)}"
    elif high is None and low is not None:
        words = f"minstens {dutch_number(low)}"
    elif low is not None and high is not None and low != high:
        words = f"{dutch_number(low)} tot {dutch_number(high)}"
    else:
        words = dutch_number(low or 0.0)
    around = "ongeveer " if claim.approximate else ""
    return f"{around}{words} {unit}".rstrip()


def dutch_number(value: float) -> str:
    """`0.35` → `0,35`, `2500.0` → `2.500`."""
    return f"{value:,.10g}".translate(str.maketrans(",.", ".,"))


def _lines(report: Report, names: _Names) -> Iterator[str]:
    yield f"Catalogus, versie {report.version[:12]}, bekeken op {report.on:%d-%m-%Y}"
    yield ""
    yield (
        f"{report.interventions} interventies, waarvan {report.cards} met een kaart. "
        f"{report.known_courses} cursussen bij naam bekend; van de academie "
        f"{report.academy_courses} van ruim {report.announced_courses}."
    )
    yield from _section(
        "Bronnen verschillen",
        "Over hetzelfde zeggen bronnen iets anders. Alle beweringen blijven staan.",
        _differences(report, names),
    )
    yield from _section(
        "Effectlabel past niet bij de maanden",
        "Het afgedrukte label is een andere stap dan de maanden volgens Leerpunt geven.",
        (
            f"{names.intervention(item.intervention)}: +{item.months} maanden, "
            f"afgedrukt '{item.printed}', afgeleid '{item.derived}'"
            for item in report.label_deviations
        ),
    )
    yield from _section(
        "Titels die erg op elkaar lijken",
        "Nagaan of dit echt twee verschillende cursussen zijn.",
        (
            f"{pair.first_title} ({pair.first}) ↔ {pair.second_title} ({pair.second}): "
            f"{pair.ratio:.0%} gelijk"
            for pair in report.near_equal_titles
        ),
    )
    yield from _section(
        "Cursussen met een andere schrijfwijze",
        "De bronnen drukken de titel op meer manieren af, of anders dan de vaste titel vooraan.",
        (
            f"{names.course(item.course)}: afgedrukt als "
            + " / ".join(f"'{title}'" for title in item.titles)
            for item in report.spelling_variants
        ),
    )
    yield from _section(
        "Sterretjes waarvan de datum voorbij is",
        "Niemand heeft bevestigd dat deze cursussen er zijn: niet verplicht stellen tot dan.",
        _starred(report, names),
    )
    yield from _section(
        "Cursussen in twee pakketten",
        "De ene lijst noemt een ander pakket dan de andere.",
        (
            f"{names.course(item.course)}: {names.packages(item.packages)}"
            for item in report.two_packages
        ),
    )
    yield from _section(
        "Hulpmiddelen die zijn veranderd",
        "Nagaan of de cursus nog klopt.",
        (
            f"{names.course(item.course)}: {item.tool} {item.reason}"
            for item in report.changed_tools
        ),
    )


def _section(title: str, meaning: str, findings: Iterable[str]) -> Iterator[str]:
    lines = list(findings)
    count = sum(not line.startswith(" ") for line in lines)
    yield ""
    yield f"{title} ({count})"
    yield meaning if lines else "Niets gevonden."
    yield from (line if line.startswith(" ") else f"- {line}" for line in lines)


def _differences(report: Report, names: _Names) -> Iterator[str]:
    for item in report.source_differences:
        scope = ", ".join(value for _, value in item.scope)
        about = (
            f"{names.parameter(item.parameter)} ({scope})"
            if scope
            else (names.parameter(item.parameter))
        )
        yield f"{names.intervention(item.intervention)}: {about}"
        yield from (f"    {names.claim(claim)}" for claim in item.claims)


def _starred(report: Report, names: _Names) -> Iterator[str]:
    for item in report.starred_courses:
        line = (
            f"{names.course(item.course)}: vanaf {item.available_from:%d-%m-%Y}, "
            f"bij {names.interventions(item.interventions)}"
        )
        if item.without_star:
            line += f"; zonder sterretje bij {names.interventions(item.without_star)}"
        yield line
