"""The plan of a group: the people of one function, or of several, in a team (S16).

Pure: the same input gives the same content. The chapters of the scholingsplan give their rules.
"""

from collections.abc import Iterator
from dataclasses import replace

from courses.dutch import dutch_date, listed
from routekaart.domain.content import as_blocks
from routekaart.domain.content.blocks import (
    Block,
    BlockDocument,
    Bullets,
    Callout,
    Card,
    Cards,
    Chapter,
    Facts,
    Heading,
    KeyFigures,
    Paragraph,
    Together,
)
from routekaart.domain.content.changed_in_short import SOME_LINES, changed_in_short
from routekaart.domain.content.claims import source_line
from routekaart.domain.content.closing import dates_chapter
from routekaart.domain.content.course_lists import courses_chapter
from routekaart.domain.content.goals import NO_NOTICEABLE
from routekaart.domain.content.group_hours import group_hours
from routekaart.domain.content.group_input import GroupPlanInput
from routekaart.domain.content.inputs import PlanGoal
from routekaart.domain.content.outline import Outline, heading_of, shortened
from routekaart.domain.content.parts import Fact, KeyFigure, Meta
from routekaart.domain.content.still_open import assumptions, not_placed, unsure_courses
from routekaart.domain.content.together import plg_chapter, study_days_chapter
from routekaart.domain.content.wording import counted

KIND = "group-plan"
NOBODY = "Er zit nu niemand met deze functie in het team."
_LONGEST_NAME = 80
_LONGEST_HEAD = 45
_NO_GOALS = "Dit team heeft nog geen doelen gekozen."


def build_group_plan(given: GroupPlanInput) -> BlockDocument:
    """The whole plan, in reading order."""
    outline = Outline(given.plan)
    return BlockDocument(KIND, _meta(given), "cover", tuple(_blocks(given, outline)))


def _blocks(given: GroupPlanInput, outline: Outline) -> Iterator[Block]:
    yield Chapter("1", "In het kort", "")
    yield from as_blocks.missing("" if given.plan.members else NOBODY)
    yield KeyFigures(_figures(outline))
    # In numbers, whoever reads it: names would be of people outside the group too.
    yield from changed_in_short(given.plan.changed_in_numbers, letters=2 * SOME_LINES)
    yield Chapter(
        "2", "Wat deze groep leert", "De doelen van het team, en wat deze groep ervoor doet."
    )
    for goal in given.plan.goals:
        yield Together(tuple(_goal(outline, goal)))
    yield from as_blocks.missing("" if given.plan.goals else _NO_GOALS)
    yield from _courses(outline)
    yield from _days(outline)
    yield from _plg(outline)
    yield Chapter(
        "6",
        "Uren",
        "Individuele uren beheert iemand zelf; opgedragen uren deelt de school in. Ze worden "
        "nooit met elkaar verrekend. Uren en minuten per schooljaar.",
    )
    yield from group_hours(outline, dict(given.assumed))
    dates = dates_chapter(outline, "7")
    yield Chapter("7", "Alle data", "Wat dit schooljaar voor het hele team op de agenda staat.")
    yield from as_blocks.table(dates.table, "Alle data van het team op volgorde.")
    yield from _open(outline)


def _meta(given: GroupPlanInput) -> Meta:
    plan = given.plan
    year = plan.calendar.year.label
    group, team, school = (
        shortened(" ".join(text.split()), _LONGEST_NAME)
        for text in (given.title, plan.team, plan.school)
    )
    version = f"{plan.version}, van {dutch_date(plan.made_on)}" if plan.plan else "nog geen plan"
    return Meta(
        kind="Scholingsplan van een groep",
        title="Groepsplan",
        school_year=year,
        subject=group[:1].upper() + group[1:],
        organisation=f"{team}, {school}",
        status="Vastgesteld" if plan.adopted else "Concept",
        version=f"versie {plan.version}" if plan.plan else "nog geen plan",
        made_on=plan.made_on.isoformat(),
        running_head=f"{shortened(group, _LONGEST_HEAD)} · {shortened(team, _LONGEST_HEAD)}",
        language="nl",
        facts=(
            Fact("Schooljaar", year),
            Fact("Groep", f"{given.title}, {counted(len(plan.members), 'collega', 'collega’s')}"),
            Fact("Team", plan.team),
            Fact("School", plan.school),
            Fact("Versie van het plan", version),
        ),
    )


def _figures(outline: Outline) -> tuple[KeyFigure, ...]:
    given = outline.given

    def figure(number: int, one: str, many: str) -> KeyFigure:
        return KeyFigure(str(number), one if number == 1 else many)

    figures = (
        figure(len(given.goals), "doel", "doelen"),
        figure(len({item.course for item in given.assignments}), "cursus", "cursussen"),
    )
    if given.plan is None:
        return (*figures, KeyFigure("–", "nog niet gepland"))
    return (*figures, figure(len(outline.days), "studiedag", "studiedagen"))


def _goal(outline: Outline, goal: PlanGoal) -> Iterator[Block]:
    heading, whole = heading_of(goal)
    yield Heading(2, heading, label=outline.goal_label(goal.id))
    if whole:
        yield Paragraph(whole)
    yield Callout("Merkbaar bij leerlingen", goal.noticeable.strip() or NO_NOTICEABLE)
    titles = listed([item.title for item in outline.interventions(goal)])
    days = [outline.day_labels[day.study_day_id] for day in outline.days if goal.id in day.goal_ids]
    courses = {item.course for item in outline.given.assignments if goal.id in item.goal_ids}
    yield Facts(
        (
            Fact("Interventies", titles or "Nog zonder interventie."),
            Fact(
                "Deze groep",
                f"{counted(len(courses), 'cursus', 'cursussen')}: zie hoofdstuk 3."
                if courses
                else "Geen eigen cursus: leert hierover op de studiedag en in de PLG.",
            ),
            Fact("Samen verdiepen", listed(days) or "Nog niet op een studiedag gepland."),
        )
    )


def _courses(outline: Outline) -> Iterator[Block]:
    """Only goals for which the group has courses; chapter 2 says so of the others."""
    content = courses_chapter(outline, "3")
    yield Chapter(
        "3",
        "Cursussen, met de reden",
        "Een cursus die voor meer doelen telt, volgt iemand één keer.",
    )
    goals = [one for one in content.goals if one.table.rows]
    for one in goals:
        yield Heading(2, one.heading, label=one.label)
        yield from as_blocks.table(one.table, f"De cursussen van deze groep bij {one.label}.")
    yield from as_blocks.missing(
        "" if goals else "Er zijn nog geen cursussen aan deze groep toegewezen."
    )
    yield from as_blocks.bullets(content.notes)


def _days(outline: Outline) -> Iterator[Block]:
    content = study_days_chapter(outline, "4")
    yield as_blocks.chapter(content.section)
    for day in content.days:
        yield Together(
            (
                Heading(2, day.heading, label=day.label),
                Facts(day.facts),
                *as_blocks.table(day.programme, f"Het programma van {day.label.lower()}."),
                *as_blocks.bullets(day.remarks),
            )
        )
    yield from as_blocks.missing(content.missing)


def _plg(outline: Outline) -> Iterator[Block]:
    content = plg_chapter(outline, "5")
    yield as_blocks.chapter(content.section)
    yield Heading(2, content.meetings_title)
    yield from as_blocks.table(content.meetings, "De bijeenkomsten van de PLG op volgorde.")
    if content.agenda:
        yield Heading(2, content.agenda_title)
        yield Bullets(content.agenda)
    yield Heading(2, content.questions_title)
    if content.questions:
        source = outline.given.catalogue.source_by_slug.get(outline.given.catalogue.plg.source)
        if source is not None:
            yield Paragraph(f"De vragen staan in: {source_line(source)}.", "soft")
        yield Cards(tuple(Card(one.number, one.title, one.prompts) for one in content.questions))
    yield from as_blocks.missing(content.questions_missing)


def _open(outline: Outline) -> Iterator[Block]:
    # For whom something does not fit stands in the plan of that person.
    nameless = Outline(replace(outline.given, with_persons=False))
    yield Chapter("8", "Wat nog open staat", "Niets hiervan is in dit plan zelf ingevuld.")
    for title, items, nothing in (
        (
            "Cursussen die nog niet vaststaan",
            unsure_courses(outline),
            "Alle toegewezen cursussen zijn beschikbaar."
            if outline.given.assignments
            else "Er zijn nog geen cursussen toegewezen.",
        ),
        (
            "Wat niet in de planning paste",
            not_placed(nameless),
            "Alles is ingepland." if outline.given.plan else "Er is nog geen planning gemaakt.",
        ),
        (
            "Aannames in de planning van het team",
            assumptions(outline),
            "Dit plan bevat geen aannames."
            if outline.given.plan
            else "Zonder planning zijn er nog geen aannames.",
        ),
    ):
        told = tuple(items)
        yield Heading(2, title)
        yield from as_blocks.bullets(told)
        yield from as_blocks.missing("" if told else nothing)
