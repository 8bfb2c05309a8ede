"""The last chapters: dates, consent, sources and everything that is still open."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from courses.advice import Availability
from courses.dutch import dutch_date
from courses.entities import Source
from courses.findings import Severity
from routekaart.domain.content.claims import caveats, shown_claims, source_year
from routekaart.domain.content.course_lists import assumed, availability_remark
from routekaart.domain.content.document import (
    ConsentContent,
    DatesContent,
    OpenContent,
    SourcesContent,
)
from routekaart.domain.content.goals import asked_points
from routekaart.domain.content.outline import Outline
from routekaart.domain.content.parts import Column, Fact, OpenPoints, Section, Signature, Table
from routekaart.domain.content.wording import counted, duration, sentence, weekday_date

_DATES = (Column("Wanneer", 8), Column("Week", 2), Column("Wat", 10), Column("Doelen", 5))
_SOURCES = (
    Column("Bron", 13, lead=True),
    Column("Uitgever", 6),
    Column("Jaar", 5),
    Column("Adres", 6),
)
_ASSUMED_DURATIONS = "assumed_durations"
"""The note with which a plan itself says that durations are assumed."""

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


def open_chapter(outline: Outline, number: str) -> OpenContent:
    return OpenContent(
        section=Section(
            number,
            "Wat nog open staat",
            "Wat nog niet bekend of geregeld is. Niets hiervan is in dit plan zelf ingevuld.",
        ),
        lists=open_points(outline),
    )


def open_points(outline: Outline) -> tuple[OpenPoints, ...]:
    """Everything that is still open, by subject; a list may be empty and says so."""
    plan, goals = outline.given.plan, outline.given.goals
    return (
        OpenPoints("Nog in te vullen", tuple(_gaps(outline)), "Alles is ingevuld."),
        OpenPoints(
            "Vragen zonder antwoord",
            tuple(
                f"{goal}, {title}: {counted(number, 'vraag', 'vragen')}; zie hoofdstuk 2."
                for goal, title, number in _unanswered(outline)
            ),
            "Alle vragen zijn beantwoord." if goals else "Zonder doelen zijn er geen vragen.",
        ),
        OpenPoints(
            "Cursussen die nog niet vaststaan",
            tuple(_unsure_courses(outline)),
            "Alle toegewezen cursussen zijn beschikbaar."
            if outline.given.assignments
            else "Er zijn nog geen cursussen toegewezen.",
        ),
        OpenPoints(
            "Wat niet in de planning paste",
            tuple(_not_placed(outline)),
            "Alles is ingepland." if plan else "Er is nog geen planning gemaakt.",
        ),
        OpenPoints(
            "Aandachtspunten",
            tuple(_findings(outline)),
            "Er zijn geen andere aandachtspunten.",
        ),
        OpenPoints(
            "Aannames",
            tuple(_assumptions(outline)),
            "Dit plan bevat geen aannames."
            if plan
            else "Zonder planning zijn er nog geen aannames.",
        ),
    )


def open_count(outline: Outline) -> int:
    """How many points are open, each question by itself. Assumptions are no open points."""
    return (
        sum(1 for _gap in _gaps(outline))
        + sum(number for _goal, _title, number in _unanswered(outline))
        + sum(1 for _course in _unsure_courses(outline))
        + sum(1 for _item in _not_placed(outline))
        + sum(1 for _finding in _findings(outline))
    )


def _date_or(day: date | None, otherwise: str) -> str:
    return otherwise if day is None else dutch_date(day)


def _moments(outline: Outline) -> Iterator[_Moment]:
    plan = outline.given.plan
    if plan is None:
        return
    for placement in plan.placements:
        if placement.deadline:
            label = outline.day_labels.get(placement.study_day_id, "de studiedag")
            label = label[0].lower() + label[1:]
            yield _Moment(
                placement.deadline,
                0,
                f"Voorbereiding klaar voor {label}",
                outline.goal_label(placement.goal_id),
            )
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


def _gaps(outline: Outline) -> Iterator[str]:
    given = outline.given
    if not given.goals:
        yield "De doelen van het team."
    for goal in given.goals:
        label = outline.goal_label(goal.id)
        if not goal.learning.strip():
            yield f"{label}: wat het team leert."
        if not goal.noticeable.strip():
            yield f"{label}: wat leerlingen ervan merken."
    if not given.members:
        yield "De mensen in het team."
    if given.advice is None:
        yield "Het advies over cursussen."
    if given.plan is None:
        yield "De planning over het schooljaar."
    if not given.prepared_by:
        yield "Wie dit plan heeft opgesteld."
    if not given.calendar.holidays_published:
        yield "De schoolvakanties van dit jaar zijn nog niet allemaal gepubliceerd."
    if given.consent.mr_consent_on is None:
        yield "De instemming van de MR."
    if given.consent.approved_on is None:
        yield "De vaststelling door de directeur."


def _unanswered(outline: Outline) -> Iterator[tuple[str, str, int]]:
    """Goal, intervention, and how many of its questions have no answer yet."""
    for goal in outline.given.goals:
        still_open = Counter(
            point.intervention for point in asked_points(outline, goal) if not point.answer
        )
        for title, number in still_open.items():
            yield outline.goal_label(goal.id), title, number


def _not_placed(outline: Outline) -> Iterator[str]:
    """What the plan had no place for. What stands with a person is only summed up here."""
    plan = outline.given.plan
    told = {(item.member_id, item.course) for item in outline.given.assignments}
    short: dict[str, dict[str, int]] = {}
    for item in plan.not_placed if plan else ():
        if item.member_id is None:
            yield sentence(item.text)
        elif item.course is not None and (item.member_id, item.course) in told:
            courses = short.setdefault(item.member_id, {})
            courses[item.course] = max(courses.get(item.course, 0), item.missing_minutes)
        elif outline.given.with_persons:
            yield sentence(item.text)
        else:
            short.setdefault(item.member_id, {})
    if outline.given.with_persons:
        yield from (_shortage(outline, member, short[member]) for member in short)
    elif short:
        people = counted(len(short), "collega", "collega’s")
        yield f"Van {people} past niet alle voorbereiding op tijd in de studietijd."


def _shortage(outline: Outline, member_id: str, courses: Mapping[str, int]) -> str:
    name = outline.members[member_id].name if member_id in outline.members else "Onbekend"
    minutes = sum(courses.values())
    much = f", samen {duration(minutes)} te weinig" if minutes else ""
    number = counted(len(courses), "cursus", "cursussen")
    return f"{name}: {number} niet op tijd{much}; zie hoofdstuk 6."


def _findings(outline: Outline) -> Iterator[str]:
    """Rules that speak up. Questions have a list of their own."""
    texts = [
        sentence(item.message)
        for item in outline.given.findings
        if item.severity is not Severity.QUESTION
    ]
    yield from dict.fromkeys(texts)


def _unsure_courses(outline: Outline) -> Iterator[str]:
    people: dict[tuple[str, str], set[str]] = {}
    for item in outline.given.assignments:
        if item.availability not in (None, Availability.OFFERED):
            key = (outline.course_title(item), availability_remark(item))
            people.setdefault(key, set()).add(item.member_id)
    for (title, remark), members in people.items():
        yield f"{title}, voor {counted(len(members), 'collega', 'collega’s')}. {remark}"


def _assumptions(outline: Outline) -> Iterator[str]:
    plan = outline.given.plan
    yield from dict.fromkeys(sentence(item.text) for item in (plan.assumptions if plan else ()))
    if plan and any(note.code == _ASSUMED_DURATIONS for note in plan.assumptions):
        return
    durations = {item.course for item in outline.given.assignments if assumed(item)}
    if durations:
        courses = counted(len(durations), "cursus", "cursussen")
        yield f"De duur van {courses} is aangenomen, omdat geen bron die noemt."
