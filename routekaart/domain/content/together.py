"""What the team does together: the chapters of study days and of the PLG."""

from collections.abc import Iterator, Mapping
from datetime import date

from courses.advice import ActivityKind, PlgActivity
from courses.dutch import listed
from courses.entities import Catalogue
from routekaart.domain.content.claims import source_line
from routekaart.domain.content.document import (
    PlgContent,
    PlgQuestionContent,
    StudyDayContent,
    StudyDaysContent,
)
from routekaart.domain.content.outline import Outline
from routekaart.domain.content.parts import Column, Fact, Section, Table
from routekaart.domain.content.wording import (
    clock,
    duration,
    later,
    marked_duration,
    sentence,
    weekday_date,
)
from routekaart.domain.planner.plan import PlannedDay
from routekaart.domain.planner.problem import StudyDayKind
from routekaart.domain.plg import PlgMeeting
from routekaart.domain.study_day import Block

_PROGRAMME = (Column("Tijd", 4), Column("Onderdeel", 6, lead=True), Column("Wat we doen", 14))
_MEETINGS = (Column("Wanneer", 9), Column("Duur", 7), Column("Doelen", 6))
_AGENDA = Column("Agenda", 11)
_ACTIVITIES = (
    Column("Wat", 6),
    Column("Hoe", 9),
    Column("Waarbij en waarom", 8),
    Column("Wanneer", 6),
)


def study_days_chapter(outline: Outline, number: str) -> StudyDaysContent:
    return StudyDaysContent(
        section=Section(
            number,
            "Studiedagen",
            "Iedereen bereidt zich voor, zodat de dag zelf is om te verdiepen, te oefenen en "
            "afspraken te maken.",
        ),
        days=tuple(_study_day(outline, day) for day in outline.days),
        missing="" if outline.days else "Er zijn nog geen studiedagen gepland.",
    )


def plg_chapter(outline: Outline, number: str) -> PlgContent:
    plg = outline.given.catalogue.plg
    weeks = outline.given.settings.plg_rhythm_weeks
    agenda = _shared_agenda(outline)
    return PlgContent(
        section=Section(
            number,
            "Professionele leergemeenschap (PLG)",
            f"Na elke studiedag onderzoekt het team samen of het werkt, ongeveer om de {weeks} "
            "weken, met dezelfde vier vragen.",
        ),
        meetings_title="Bijeenkomsten",
        meetings=_meetings(outline, with_agenda=not agenda),
        agenda_title="Agenda van elke bijeenkomst" if agenda else "",
        agenda=agenda,
        questions_title="Vier vragen",
        questions=tuple(
            PlgQuestionContent(f"Vraag {position}", question.title, question.prompts)
            for position, question in enumerate(plg.questions, start=1)
        ),
        questions_source=questions_source(outline.given.catalogue),
        questions_missing="" if plg.questions else "De catalogus bevat de vier vragen niet.",
        activities_title="Werkvormen die bij de gekozen interventies passen",
        activities=Table(
            _ACTIVITIES,
            tuple(_activities(outline)),
            "Er is nog geen advies, en dus ook nog geen keuze van werkvormen.",
        ),
    )


def questions_source(catalogue: Catalogue) -> str:
    """Where the four questions of a PLG come from, with the year; empty where that is not known."""
    source = catalogue.source_by_slug.get(catalogue.plg.source)
    if source is None or not catalogue.plg.questions:
        return ""
    return f"De vragen staan in: {source_line(source)}."


def _shared_agenda(outline: Outline) -> tuple[str, ...]:
    """The agenda that all meetings have in common; empty where they differ or do not exist."""
    plan = outline.given.plan
    agendas = {meeting.agenda for meeting in plan.plg_meetings} if plan else set()
    return agendas.pop() if len(agendas) == 1 else ()


def _meetings(outline: Outline, *, with_agenda: bool) -> Table:
    plan = outline.given.plan
    meetings = sorted(plan.plg_meetings, key=lambda item: item.date) if plan else []
    rows = tuple(_meeting(outline, item) for item in meetings)
    columns: tuple[Column, ...]
    if with_agenda:
        columns = (*_MEETINGS, _AGENDA)
        rows = tuple(
            (*row, "\n".join(f"– {point}" for point in item.agenda) or "Nog geen agenda.")
            for row, item in zip(rows, meetings, strict=True)
        )
    else:
        columns = _MEETINGS
    return Table(columns, rows, "Er zijn nog geen PLG-bijeenkomsten gepland.")


def _study_day(outline: Outline, day: PlannedDay) -> StudyDayContent:
    when = weekday_date(day.date)
    return StudyDayContent(
        label=outline.day_labels[day.study_day_id],
        heading=f"{day.title.strip()}, {when}" if day.title.strip() else when.capitalize(),
        facts=tuple(_day_facts(outline, day)),
        programme=Table(
            _PROGRAMME,
            tuple(_block(outline, block) for block in day.blocks),
            "Het programma van deze dag is nog niet gemaakt.",
        ),
        remarks=(),
    )


def _day_facts(outline: Outline, day: PlannedDay) -> Iterator[Fact]:
    plan = outline.given.plan
    if plan is None:
        return
    kind = "studiedag" if day.kind is StudyDayKind.DAY else "studiemiddag"
    until = clock(later(day.start, day.minutes))
    yield Fact("Tijd", f"{clock(day.start)}–{until} uur, {kind} van {duration(day.minutes)}")
    yield Fact("Doelen", outline.goal_labels(day.goal_ids) or "Nog vrij: er staat geen doel op.")
    deadlines = sorted(
        {item.deadline for item in plan.placements if item.study_day_id == day.study_day_id}
        - {None},
        key=str,
    )
    if deadlines:
        text = ", ".join(weekday_date(deadline) for deadline in deadlines if deadline)
        yield Fact("Voorbereid uiterlijk", text)
    elif day.goal_ids:
        yield Fact("Voorbereid uiterlijk", "Voor deze dag is er geen ruimte om voor te bereiden.")
    assumed = outline.given.settings.meetings_assumed
    for label, moments in (
        ("Vervolgbijeenkomst", plan.follow_ups),
        ("Evaluatie", plan.evaluations),
    ):
        texts = [
            f"{weekday_date(item.date)}, {marked_duration(item.minutes, assumed=assumed)}"
            for item in moments
            if item.study_day_id == day.study_day_id
        ]
        yield Fact(label, "; ".join(texts) or "Nog niet gepland.")
    yield from _visits(outline, day)


def _visits(outline: Outline, day: PlannedDay) -> Iterator[Fact]:
    """The weeks of lesson visits, for a team that asked for them."""
    plan = outline.given.plan
    if plan is None or not outline.given.settings.lesson_visits:
        return
    names = {week.monday: week.name for week in outline.given.calendar.weeks}
    weeks = [
        names[monday]
        for item in plan.lesson_visits
        if item.study_day_id == day.study_day_id
        for monday in item.weeks
    ]
    yield Fact("Lesbezoek bij elkaar", " en ".join(weeks) or "Nog niet gepland.")


def _block(outline: Outline, block: Block) -> tuple[str, ...]:
    title = block.title
    if block.goal_id is not None:
        title = f"{title}\n{outline.goal_label(block.goal_id)}"
    lines = [block.text.strip(), *(f"– {item}" for item in block.items)]
    until = clock(later(block.start, block.minutes))
    return f"{clock(block.start)}–{until}", title, "\n".join(line for line in lines if line)


def _meeting(outline: Outline, meeting: PlgMeeting) -> tuple[str, ...]:
    return (
        weekday_date(meeting.date).capitalize(),
        marked_duration(meeting.minutes, assumed=outline.given.settings.meetings_assumed),
        outline.goal_labels(meeting.goal_ids) or "–",
    )


def _activities(outline: Outline) -> Iterator[tuple[str, ...]]:
    """Activities in the order of the advice; the same one for two interventions is one row.

    Agendas are left out: they are the four questions, which stand above for every meeting.
    """
    advice = outline.given.advice
    plan = outline.given.plan
    dates = {item.activity_id: item.date for item in plan.activities} if plan else {}
    together: dict[tuple[str, ...], list[str]] = {}
    for item in advice.plg_activities if advice else ():
        if item.kind is ActivityKind.AGENDA:
            continue
        cells = (
            item.title,
            sentence(item.text),
            sentence(item.reason),
            _activity_time(item, dates),
        )
        together.setdefault(cells, []).append(_intervention_title(outline, item.intervention))
    for (title, how, why, time), interventions in together.items():
        yield title, how, f"{listed(list(dict.fromkeys(interventions)))}\n{why}", time


def _intervention_title(outline: Outline, slug: str | None) -> str:
    if slug is None:
        return "Het hele team"
    known = outline.given.catalogue.intervention_by_slug
    return known[slug].title if slug in known else slug


def _activity_time(activity: PlgActivity, dates: Mapping[str, date]) -> str:
    """When it comes up, and how long it takes where that is more than a part of the meeting."""
    day = dates.get(activity.slug)
    when = "Nog zonder datum" if day is None else f"In de PLG van {weekday_date(day)}"
    if activity.minutes is None:
        return when
    return f"{when}\n{marked_duration(activity.minutes, assumed=True)} per keer"
