"""The last chapters but one: dates, consent and sources."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from courses.dutch import dutch_date
from courses.entities import Source
from routekaart.domain.content.claims import caveats, shown_claims, source_year
from routekaart.domain.content.document import ConsentContent, DatesContent, SourcesContent
from routekaart.domain.content.outline import Outline
from routekaart.domain.content.parts import Column, Fact, Section, Signature, Table
from routekaart.domain.content.wording import weekday_date

_DATES = (Column("Wanneer", 8), Column("Week", 3), Column("Wat", 11), Column("Doelen", 4))
_SOURCES = (
    Column("Bron", 13, lead=True),
    Column("Uitgever", 6),
    Column("Jaar", 5),
    Column("Adres", 6),
)
_NO_ADDRESS = "De bron geeft geen adres."


@dataclass(frozen=True, slots=True)
class _Moment:
    day: date
    rank: int
    what: str
    goals: str


def dates_chapter(outline: Outline, number: str) -> DatesContent:
    moments = sorted(_moments(outline), key=lambda item: (item.day, item.rank, item.what))
    return DatesContent(
        section=Section(
            number,
            "Vervolg en evaluatie",
            "Alle data op een rij. Bij een vervolg kijkt het team terug op de afspraken, bij een "
            "evaluatie op wat het heeft opgeleverd.",
        ),
        table=Table(
            _DATES,
            tuple(
                (
                    weekday_date(item.day).capitalize(),
                    str(item.day.isocalendar().week),
                    item.what,
                    item.goals,
                )
                for item in moments
            ),
            "Er zijn nog geen data gepland.",
        ),
    )


def consent_chapter(outline: Outline, number: str) -> ConsentContent:
    consent = outline.given.consent
    return ConsentContent(
        section=Section(
            number,
            "Instemming en ondertekening",
            "Het plan geldt nadat de MR heeft ingestemd en de directeur het heeft vastgesteld.",
        ),
        facts=(
            Fact("Instemming MR", _date_or(consent.mr_consent_on, "Nog niet gegeven.")),
            Fact("Vastgesteld", _date_or(consent.approved_on, "Nog niet vastgesteld.")),
        ),
        sign_here="" if consent.signers else "Er is niet aangegeven wie ondertekent.",
        date_label="Datum",
        signature_label="Handtekening",
        signatures=tuple(
            Signature(item.role, item.name, dutch_date(item.signed_on) if item.signed_on else "")
            for item in consent.signers
        ),
    )


def sources_chapter(outline: Outline, number: str) -> SourcesContent:
    return SourcesContent(
        section=Section(
            number,
            "Bronnen",
            "De publicaties achter de cijfers, de vragen en de werkvormen in dit plan.",
        ),
        table=Table(
            _SOURCES,
            tuple(_source(item) for item in _used_sources(outline)),
            "Dit plan noemt geen bronnen.",
        ),
    )


def _date_or(day: date | None, otherwise: str) -> str:
    return otherwise if day is None else dutch_date(day)


def _moments(outline: Outline) -> Iterator[_Moment]:
    plan = outline.given.plan
    if plan is None:
        return
    prepared: dict[tuple[date, str], list[str]] = {}
    for placement in plan.placements:
        if placement.deadline:
            key = placement.deadline, placement.study_day_id
            prepared.setdefault(key, []).append(placement.goal_id)
    for (deadline, day_id), goal_ids in prepared.items():
        label = outline.day_labels.get(day_id, "de studiedag").lower()
        what = f"Voorbereiding klaar voor {label}"
        yield _Moment(deadline, 0, what, outline.goal_labels(goal_ids))
    for day in outline.days:
        label = outline.day_labels[day.study_day_id]
        yield _Moment(day.date, 1, label, outline.goal_labels(day.goal_ids))
    for meeting in plan.plg_meetings:
        yield _Moment(meeting.date, 2, "PLG-bijeenkomst", outline.goal_labels(meeting.goal_ids))
    for rank, name, moments in (
        (3, "Vervolgbijeenkomst", plan.follow_ups),
        (4, "Evaluatie", plan.evaluations),
    ):
        for moment in moments:
            label = outline.day_labels.get(moment.study_day_id, "studiedag").lower()
            goals = outline.goal_labels(moment.goal_ids)
            yield _Moment(moment.date, rank, f"{name} bij {label}", goals)


def _used_sources(outline: Outline) -> tuple[Source, ...]:
    catalogue, sector = outline.given.catalogue, outline.given.sector
    used: set[str] = {catalogue.plg.source}
    for goal in outline.given.goals:
        for intervention in outline.interventions(goal):
            used.update(claim.source for claim in shown_claims(intervention, sector))
            used.update(claim.source for claim in caveats(intervention, sector))
            used.update(point.source for point in intervention.attention_points)
            used.update(first.source for first in intervention.consider_first)
    return tuple(source for source in catalogue.sources if source.slug in used)


def _source(source: Source) -> tuple[str, ...]:
    title = f"{source.title}\n{source.note}" if source.note else source.title
    return title, source.publisher, source_year(source), source.url or _NO_ADDRESS
