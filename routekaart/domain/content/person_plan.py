"""The plan of one person: what to do by when, for which goal, and in which hours.

Pure: the same input gives the same content. It speaks to the person, whoever reads along.
"""

from collections.abc import Iterator

from courses.dutch import dutch_date, dutch_number, listed
from routekaart.domain.content import as_blocks
from routekaart.domain.content.blocks import (
    Block,
    BlockDocument,
    Chapter,
    Facts,
    KeyFigures,
    Paragraph,
)
from routekaart.domain.content.goals import NO_NOTICEABLE
from routekaart.domain.content.outline import Outline, heading_of, shortened
from routekaart.domain.content.parts import Column, Fact, KeyFigure, Meta, Table
from routekaart.domain.content.people import TASKS, task_of
from routekaart.domain.content.person_hours import hours
from routekaart.domain.content.person_input import PersonPlanInput
from routekaart.domain.content.person_progress import progress
from routekaart.domain.content.person_together import agreements, dates, plgs
from routekaart.domain.content.person_weeks import weeks
from routekaart.domain.content.wording import WEEKDAYS, counted, sentence

KIND = "person-plan"
NO_COURSES = "Er zijn nog geen cursussen aan je toegewezen."
_NO_GOALS = "Je team heeft nog geen doelen gekozen."
_NOTHING_ASKED = "Voor de doelen van je team heb je dit jaar geen cursus of studiedag."
_LONGEST_NAME = 80
_LONGEST_HEAD = 45
_GOALS = (
    Column("Doel", 4),
    Column("Wat we leren", 11),
    Column("Merkbaar bij leerlingen", 11),
    Column("Cursussen", 7),
)


def build_person_plan(given: PersonPlanInput) -> BlockDocument:
    """The whole plan, in reading order."""
    return BlockDocument(KIND, _meta(given), "head", tuple(_blocks(given)))


def _blocks(given: PersonPlanInput) -> Iterator[Block]:
    yield Facts(tuple(_facts(given)))
    yield KeyFigures(_figures(given))
    yield Chapter(
        "1",
        "Wat je doet, en wanneer",
        "Cursussen waarmee je een studiedag voorbereidt. Op de dag zelf ga je samen verder.",
    )
    yield from _courses(given)
    yield Chapter("2", "Waarvoor je dit doet", "De doelen van je team, en je cursussen daarbij.")
    yield from _goals(given)
    yield Chapter("3", "Voorbereiding per week", "")
    yield from weeks(given)
    yield Chapter("4", "Samen", "Studiedagen en bijeenkomsten met je team.")
    yield from dates(given)
    yield Chapter("5", "Je PLG", "")
    yield from plgs(given)
    yield Chapter("6", "Je afspraken", "")
    yield from agreements(given)
    yield Chapter(
        "7",
        "Je uren",
        "Individuele uren beheer je zelf; opgedragen uren deelt de school in. Ze worden nooit met "
        "elkaar verrekend.",
    )
    yield from hours(given)
    yield Chapter("8", "Hoe het gaat", "")
    yield from progress(given)


def _meta(given: PersonPlanInput) -> Meta:
    first = given.teams[0].plan
    year = first.calendar.year.label
    name = shortened(_name(given), _LONGEST_NAME)
    school = shortened(" ".join(first.school.split()), _LONGEST_NAME)
    adopted = all(team.plan.adopted for team in given.teams)
    return Meta(
        kind="Persoonlijk scholingsplan",
        title="Persoonlijk scholingsplan",
        school_year=year,
        subject=name,
        organisation=school,
        status="Vastgesteld" if adopted else "Concept",
        version=f"stand van {dutch_date(given.made_on)}",
        made_on=given.made_on.isoformat(),
        running_head=f"{shortened(name, _LONGEST_HEAD)} · {shortened(school, _LONGEST_HEAD)}",
        language="nl",
        facts=tuple(_facts(given)),
    )


def _name(given: PersonPlanInput) -> str:
    return " ".join(given.member.name.split()) or "Naam nog niet ingevuld"


def _facts(given: PersonPlanInput) -> Iterator[Fact]:
    first, member = given.teams[0].plan, given.member
    days = listed([WEEKDAYS[day - 1] for day in sorted(member.working_days) if 1 <= day <= 7])
    yield Fact("Voor", _name(given))
    yield Fact("School", first.school)
    for team in given.teams:
        plan = team.plan
        version = f"plan versie {plan.version}" if plan.plan else "nog geen plan"
        yield Fact("Team", f"{plan.team}, {version}")
    yield Fact("Functie", given.outlines[0].functions_of(member))
    fte = f"{dutch_number(float(member.fte))} fte"
    yield Fact("Werk", f"{fte}, {days or 'geen vaste dagen'}")
    groups = [name for team in given.teams for name in team.work_groups]
    if groups:
        yield Fact("Werkgroep", listed(groups))


def _figures(given: PersonPlanInput) -> tuple[KeyFigure, ...]:
    def figure(number: int, one: str, many: str) -> KeyFigure:
        return KeyFigure(str(number), one if number == 1 else many)

    courses = figure(len(given.asked), "cursus", "cursussen")
    if all(team.plan.plan is None for team in given.teams):
        return (courses, KeyFigure("–", "nog niet gepland"))
    mine = [item for outline in given.outlines for item in outline.hours.values()]
    return (
        courses,
        figure(
            round(sum(item.individual_minutes for item in mine) / 60),
            "individueel uur",
            "individuele uren",
        ),
        figure(
            round(sum(item.assigned_minutes for item in mine) / 60),
            "opgedragen uur",
            "opgedragen uren",
        ),
    )


def _courses(given: PersonPlanInput) -> Iterator[Block]:
    """Every course once, what has to be done first, first; and why somebody does it."""
    rows = []
    for items in given.asked.values():
        outline, assignment = items[0]
        task = task_of(outline, assignment)
        goals = [
            given.of_team(one, one.goal_labels(item.goal_ids))
            for one, item in items
            if item.goal_ids
        ]
        reasons = dict.fromkeys(sentence(item.reason) for _, item in items if item.reason.strip())
        cells = (task.cells[0], "\n".join([task.cells[1], *reasons]), *task.cells[2:4])
        rows.append((task.deadline, (*cells, "\n".join(goals) or "–")))
    # Without a deadline at the end.
    rows.sort(key=lambda row: (row[0] is None, row[0] or given.made_on, row[1]))
    yield from as_blocks.table(
        Table(TASKS, tuple(cells for _, cells in rows), NO_COURSES),
        "Je cursussen, met wanneer ze klaar zijn, hoelang ze duren en voor welk doel.",
    )
    yield from _since(given)


def _since(given: PersonPlanInput) -> Iterator[Block]:
    """What the teams changed since they had their plan approved: the plan does not know of it."""
    added = list(dict.fromkeys(title for team in given.teams for title in team.added))
    dropped = list(dict.fromkeys(title for team in given.teams for title in team.dropped))
    if added:
        yield Paragraph(
            f"Erbij gekomen nadat het plan is vastgesteld: {listed(added)}. Wanneer je dit doet, "
            "staat nog niet in het plan.",
            "note",
        )
    if dropped:
        yield Paragraph(
            f"Niet meer nodig sinds het plan is vastgesteld: {listed(dropped)}.", "note"
        )


def _goals(given: PersonPlanInput) -> Iterator[Block]:
    """The goals that ask something of this person, alone or with the team."""
    rows = tuple(row for outline in given.outlines for row in _goal_rows(given, outline))
    goals = sum(len(outline.given.goals) for outline in given.outlines)
    yield from as_blocks.table(
        Table(_GOALS, rows, _NOTHING_ASKED if goals else _NO_GOALS),
        "De doelen van je team, en welke cursussen je daarvoor doet.",
    )
    others = goals - len(rows)
    if rows and others:
        yield Paragraph(
            f"Je team heeft nog {counted(others, 'doel', 'doelen')} waarvoor je dit jaar geen "
            "cursus of studiedag hebt.",
            "soft",
        )


def _goal_rows(given: PersonPlanInput, outline: Outline) -> Iterator[tuple[str, ...]]:
    courses: dict[str, list[str]] = {}
    for item in outline.given.assignments:
        for goal_id in item.goal_ids:
            courses.setdefault(goal_id, []).append(outline.course_title(item))
    plan = outline.given.plan
    together = {goal for day in outline.days for goal in day.goal_ids}
    for goal in outline.given.goals:
        # Without a plan nobody knows yet when it comes up.
        if plan is not None and goal.id not in courses and goal.id not in together:
            continue
        yield (
            given.of_team(outline, outline.goal_label(goal.id)),
            heading_of(goal)[0],
            goal.noticeable.strip() or NO_NOTICEABLE,
            "\n".join(courses.get(goal.id, ())) or "Je leert dit samen met je team.",
        )
