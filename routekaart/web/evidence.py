"""What to draw and say of an intervention's figures: months, evidence and cost, with their sources.

Nothing is added up or ranked. Of sources that differ both stand there, and the own sector's figure
stands beside the average. `parts/evidence.html` shows it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from courses.entities import Catalogue, Claim, Intervention, Source
from courses.quality import differences_of
from routekaart.domain.content.claims import (
    FIGURES,
    applies_to,
    caveats,
    narrowness,
    scale_of,
    short_value,
    shown_claims,
    source_line,
)
from routekaart.domain.content.parts import Scale

_LEFT, _RIGHT = 8, 232


@dataclass(frozen=True, slots=True)
class Cited:
    """A source by the number that statements refer to, from 1. `line`: title and year."""

    number: int
    line: str
    source: Source


@dataclass(frozen=True, slots=True)
class Statement:
    """What one source says. `label`: its own word beside a number; `note`: what it adds."""

    words: str
    applies_to: str
    source: Cited
    label: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Track:
    """A scale as a line with stops, in units of an SVG of 240 by 16.

    `at`: how far the average comes, `stops`: those beyond; `beside`: where the own sector's
    figure lies, if elsewhere.
    """

    title: str
    stops: tuple[int, ...]
    at: int
    beside: int | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One of the three. `averages`: the framework's own first, and others where they differ.

    `sector`: for the own sector; `narrower`: for a subject, a form, a group of pupils.
    """

    slug: str
    title: str
    track: Track | None
    averages: tuple[Statement, ...]
    sector: tuple[Statement, ...]
    narrower: tuple[Statement, ...]

    @property
    def differs(self) -> bool:
        return len(self.averages) > 1


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Something else that sources disagree about: a duration, who does it, a price."""

    title: str
    applies_to: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything about one intervention. No `figures`: no source gives one, which is not zero.

    `sources` are all that is cited; `sources_in_short` those of averages and the own sector.
    """

    slug: str
    figures: tuple[Figure, ...]
    disagreements: tuple[Disagreement, ...]
    caveats: tuple[Statement, ...]
    sources: tuple[Cited, ...]
    sources_in_short: tuple[Cited, ...]

    @property
    def narrower(self) -> tuple[tuple[str, Statement], ...]:
        """What holds for less than the average, and what is noted beside one; by figure."""
        return tuple(
            (figure.title, one)
            for figure in self.figures
            for one in (*(said for said in figure.averages if said.note), *figure.narrower)
        )

    @property
    def differs(self) -> bool:
        return any(figure.differs for figure in self.figures)


def evidence_of(catalogue: Catalogue, intervention: Intervention, sector: str = "") -> Evidence:
    """What the sources say. `sector`: of the team; empty: only what holds in general."""
    return _Reading(catalogue, intervention, sector).evidence()


class _Reading:
    """One intervention being read; sources are numbered in the order of their first use."""

    def __init__(self, catalogue: Catalogue, intervention: Intervention, sector: str) -> None:
        self._catalogue = catalogue
        self._intervention = intervention
        self._claims = shown_claims(intervention, sector)
        self._caveats = caveats(intervention, sector)
        self._differences = differences_of(intervention)
        self._cited: dict[str, Cited] = {}

    def evidence(self) -> Evidence:
        differing = {one.parameter for one in self._differences if not one.scope}
        present = [slug for slug in FIGURES if any(self._of(slug))]
        # Averages of all three first, so that these have the lowest numbers.
        averages = {slug: self._averages(slug, differs=slug in differing) for slug in present}
        stated = {slug: self._stated(averages[slug]) for slug in present}
        sector = {slug: self._stated(self._of(slug, 1)) for slug in present}
        in_short = tuple(self._cited.values())
        figures = tuple(
            Figure(
                slug=slug,
                title=self._title(slug),
                track=_track(averages[slug], self._of(slug, 1)),
                averages=stated[slug],
                sector=sector[slug],
                narrower=self._stated(self._of(slug, 2)),
            )
            for slug in present
        )
        told = self._stated(self._caveats)
        disagreements = tuple(self._disagreements())
        return Evidence(
            slug=self._intervention.slug,
            figures=figures,
            disagreements=disagreements,
            caveats=told,
            sources=tuple(self._cited.values()),
            sources_in_short=in_short,
        )

    def _of(self, slug: str, width: int | None = None) -> tuple[Claim, ...]:
        return tuple(
            claim
            for claim in self._claims
            if claim.parameter == slug and width in (None, narrowness(claim))
        )

    def _averages(self, slug: str, *, differs: bool) -> tuple[Claim, ...]:
        """The one that the framework prints, and the others only where they say otherwise."""
        known = self._of(slug, 0)
        first = self._intervention.card_claim(slug) or next(iter(known), None)
        if first is None:
            return ()
        return (first, *(claim for claim in known if differs and claim is not first))

    def _stated(self, claims: Iterable[Claim]) -> tuple[Statement, ...]:
        return tuple(self._statement(claim) for claim in claims)

    def _statement(self, claim: Claim) -> Statement:
        words = short_value(claim, self._catalogue.parameter_by_slug[claim.parameter].unit)
        extra = (part for part in (claim.text, claim.note) if part and part != words)
        return Statement(
            words=words,
            applies_to=applies_to(claim),
            source=self._cite(claim.source),
            label=claim.label if claim.label != words else "",
            note=" ".join(extra),
        )

    def _cite(self, slug: str) -> Cited:
        source = self._catalogue.source_by_slug[slug]
        cited = Cited(len(self._cited) + 1, source_line(source), source)
        return self._cited.setdefault(slug, cited)

    def _title(self, parameter: str) -> str:
        return self._catalogue.parameter_by_slug[parameter].title

    def _disagreements(self) -> Iterator[Disagreement]:
        for found in self._differences:
            if found.parameter in FIGURES and not found.scope:
                continue  # stands with its figure
            yield Disagreement(
                title=self._title(found.parameter),
                applies_to=applies_to(found.claims[0]) if found.scope else "",
                statements=self._stated(found.claims),
            )


def _track(averages: tuple[Claim, ...], own_sector: tuple[Claim, ...]) -> Track | None:
    scale = scale_of(averages[0]) if averages else None
    if scale is None or not scale.filled:
        return None
    beside = scale_of(own_sector[0]) if own_sector else None
    elsewhere = beside if beside is not None and beside != scale else None
    title = f"{scale.filled} op een schaal van {scale.steps}"
    return Track(
        title=f"{title}; eigen sector {elsewhere.filled}" if elsewhere else title,
        stops=tuple(_place(scale, step) for step in range(scale.filled + 1, scale.steps + 1)),
        at=_place(scale, scale.filled),
        beside=_place(elsewhere, elsewhere.filled) if elsewhere else None,
    )


def _place(scale: Scale, step: int) -> int:
    return _LEFT + round((_RIGHT - _LEFT) * (step - 1) / (scale.steps - 1))
