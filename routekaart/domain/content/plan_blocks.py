"""The scholingsplan as blocks, in one of three lengths: the same data, told in less or in more."""

from collections.abc import Iterator
from enum import StrEnum

from routekaart.domain.content import as_blocks
from routekaart.domain.content.blocks import (
    Answers,
    Block,
    BlockDocument,
    Bullets,
    Callout,
    Card,
    Cards,
    Chapter,
    Claims,
    Facts,
    Heading,
    KeyFigures,
    NumberedLines,
    PageBreak,
    Paragraph,
    SideBySide,
    Signatures,
    Together,
    YearStrip,
)
from routekaart.domain.content.document import (
    ConsentContent,
    CoursesContent,
    GoalContent,
    GoalsContent,
    InterventionContent,
    OpenContent,
    PeopleContent,
    PlgContent,
    Scholingsplan,
    StudyDaysContent,
)
from routekaart.domain.content.plan_compact import second_page
from routekaart.domain.content.still_open import NOTHING_OPEN

_IN_OTHER_PLANS = "Wat ieder doet, staat in het uitgebreide plan en in ieders eigen plan."


class Length(StrEnum):
    """How much of the plan a document tells.

    Compact fits on two pages. Standard leaves out what each person does (that is a plan of its
    own), the answers on attention points and the prompts of the PLG; full leaves out nothing.
    """

    COMPACT = "compact"
    STANDARD = "standard"
    FULL = "full"


def plan_document(plan: Scholingsplan, length: Length = Length.FULL) -> BlockDocument:
    """The plan in this length, ready for a format."""
    if length is Length.COMPACT:
        blocks = (*_summary(plan, whole=False), *second_page(plan))
        return BlockDocument(plan.kind, plan.meta, "head", blocks)
    return BlockDocument(plan.kind, plan.meta, "cover", tuple(_whole(plan, length)))


def _whole(plan: Scholingsplan, length: Length) -> Iterator[Block]:
    full = length is Length.FULL
    yield from _summary(plan, whole=True)
    yield PageBreak()
    yield from _goals(plan.goals, full=full)
    yield from _courses(plan.courses)
    yield from _study_days(plan.study_days)
    yield from _plg(plan.plg, full=full)
    yield from _people(plan.people, full=full)
    yield as_blocks.chapter(plan.hours.section)
    yield from as_blocks.bullets(plan.hours.notes)
    if plan.hours.per_week:
        yield plan.hours.per_week
    yield from as_blocks.table(plan.hours.table)
    yield as_blocks.chapter(plan.dates.section)
    yield from as_blocks.table(plan.dates.table)
    yield Together(tuple(_consent(plan.consent)))
    yield as_blocks.chapter(plan.sources.section)
    yield from as_blocks.table(plan.sources.table)
    yield from _open(plan.open_points)
    yield from plan.changes


def _summary(plan: Scholingsplan, *, whole: bool) -> Iterator[Block]:
    """The first page. Only the whole plan has chapters to refer to, and numbers them."""
    summary = plan.summary
    goals, days, still_open = (
        f" Zie hoofdstuk {section.number}." if whole else ""
        for section in (plan.goals.section, plan.study_days.section, plan.open_points.section)
    )
    still_open = still_open or " Zie het uitgebreide plan."
    yield as_blocks.chapter(summary.section) if whole else Chapter("", "In het kort")
    yield KeyFigures(summary.figures)
    if summary.assumed_line:
        yield Paragraph(summary.assumed_line, "soft")
    yield Heading(2, summary.timeline_title, quiet=True)
    yield YearStrip(summary.timeline)
    yield SideBySide(
        left=(
            Heading(2, summary.goals_title, quiet=True),
            NumberedLines(summary.goals),
            *as_blocks.missing(summary.goals_missing),
            *as_blocks.missing(summary.more_goals and summary.more_goals + goals),
        ),
        right=(
            Heading(2, summary.days_title, quiet=True),
            NumberedLines(summary.days),
            *as_blocks.missing(summary.days_missing),
            *as_blocks.missing(summary.more_days and summary.more_days + days),
        ),
    )
    some = summary.open_line != NOTHING_OPEN
    yield Paragraph(summary.open_line + (still_open if some else ""), "note")


def _goals(goals: GoalsContent, *, full: bool) -> Iterator[Block]:
    yield as_blocks.chapter(goals.section)
    yield Paragraph(goals.standing, "note")
    if goals.evidence_and_cost:
        yield goals.evidence_and_cost
    for goal in goals.goals:
        yield from _goal(goal, goals.claim_columns, full=full)
    yield from as_blocks.missing(goals.missing)


def _goal(goal: GoalContent, columns: tuple[str, ...], *, full: bool) -> Iterator[Block]:
    yield Heading(2, goal.heading, label=goal.label)
    if goal.learning:
        yield Paragraph(goal.learning)
    yield Callout(goal.noticeable_label, goal.noticeable)
    yield Facts(goal.facts)
    yield from as_blocks.missing(goal.interventions_missing)
    for item in goal.interventions:
        yield from _intervention(item, columns)
    if full:
        yield Heading(3, goal.answers_title)
        if goal.answers:
            yield Answers(goal.answers)
        yield from as_blocks.missing(goal.answers_missing)
    if goal.open_title:
        yield Heading(3, goal.open_title)
    yield from as_blocks.bullets(goal.open_questions)
    yield from as_blocks.missing(goal.nothing_open)


def _intervention(item: InterventionContent, columns: tuple[str, ...]) -> Iterator[Block]:
    yield Heading(3, item.title)
    yield Paragraph("\n".join(filter(None, (item.category, item.why))), "soft")
    if item.claims:
        yield Claims(columns, item.claims)
    else:
        yield from as_blocks.missing(item.claims_missing)
    yield from as_blocks.bullets(item.remarks)


def _courses(courses: CoursesContent) -> Iterator[Block]:
    yield as_blocks.chapter(courses.section)
    for goal in courses.goals:
        yield Heading(2, goal.heading, label=goal.label)
        yield from as_blocks.table(goal.table)
    yield from as_blocks.missing(courses.missing)
    yield from as_blocks.bullets(courses.notes)


def _study_days(days: StudyDaysContent) -> Iterator[Block]:
    yield as_blocks.chapter(days.section)
    for day in days.days:
        yield Together(
            (
                Heading(2, day.heading, label=day.label),
                Facts(day.facts),
                *as_blocks.table(day.programme),
                *as_blocks.bullets(day.remarks),
            )
        )
    yield from as_blocks.missing(days.missing)


def _plg(plg: PlgContent, *, full: bool) -> Iterator[Block]:
    yield as_blocks.chapter(plg.section)
    yield Heading(2, plg.meetings_title)
    yield from as_blocks.table(plg.meetings)
    if plg.agenda:
        yield Heading(3, plg.agenda_title)
        yield Bullets(plg.agenda)
    yield Heading(2, plg.questions_title)
    if plg.questions_source:
        yield Paragraph(plg.questions_source, "soft")
    if plg.questions:
        yield Cards(
            tuple(
                Card(item.number, item.title, item.prompts if full else ())
                for item in plg.questions
            )
        )
    yield from as_blocks.missing(plg.questions_missing)
    yield Heading(2, plg.activities_title)
    yield from as_blocks.table(plg.activities)


def _people(people: PeopleContent, *, full: bool) -> Iterator[Block]:
    yield as_blocks.chapter(people.section)
    if people.people and not full:
        yield Paragraph(_IN_OTHER_PLANS, "missing")
        return
    for person in people.people:
        yield Together(
            (
                Heading(2, person.heading),
                Facts(person.facts, small=True),
                *as_blocks.table(person.tasks),
            )
        )
    yield from as_blocks.missing(people.missing)


def _consent(consent: ConsentContent) -> Iterator[Block]:
    yield as_blocks.chapter(consent.section)
    yield Facts(consent.facts)
    yield from as_blocks.missing(consent.sign_here)
    if consent.signatures:
        yield Signatures(consent.signatures, consent.date_label, consent.signature_label)


def _open(points: OpenContent) -> Iterator[Block]:
    yield as_blocks.chapter(points.section)
    for item in points.lists:
        yield Heading(2, item.title)
        if item.items:
            yield Bullets(item.items)
        else:
            yield from as_blocks.missing(item.nothing)
