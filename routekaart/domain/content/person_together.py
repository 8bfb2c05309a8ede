"""What one person does with others: study days and meetings, the PLG, and agreements."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from courses.dutch import dutch_date
from routekaart.domain.content import as_blocks
from routekaart.domain.content.blocks import Block, Bullets, Card, Cards, Heading, Paragraph
from routekaart.domain.content.outline import Outline
from routekaart.domain.content.parts import Column, Table
from routekaart.domain.content.person_input import (
    OwnMeeting,
    OwnPlg,
    PersonInTeam,
    PersonPlanInput,
)
from routekaart.domain.content.together import questions_source
from routekaart.domain.content.wording import (
    clock,
    later,
    marked_duration,
    sentence,
    weekday_date,
)
from routekaart.domain.people import is_present
from routekaart.domain.planner.problem import StudyDayKind

_DATES = (
    Column("Wanneer", 9),
    Column("Wat", 11, lead=True),
    Column("Duur", 7),
    Column("Doelen", 4),
)
_AGREEMENTS = (
    Column("Wat", 12),
    Column("Van wie", 6),
    Column("Klaar op", 6),
    Column("Terugkijken op", 6),
)
_FREE_DAY = "Je werkt dan niet. Deze uren tellen mee als opgedragen."
_FREE_MEETING = "Je werkt dan niet: spreek af hoe je meedoet."


@dataclass(frozen=True, slots=True)
class _Moment:
    on: date
    start: time | None
    what: str
    minutes: int
    goals: str
    assumed: bool = False
    remark: str = ""


def dates(given: PersonPlanInput) -> Iterator[Block]:
    """Every day and meeting in a row, with those on which this person does not work."""
    found = [
        moment
        for outline, team in zip(given.outlines, given.teams, strict=True)
        for moment in _moments(given, outline, team)
    ]
    found.sort(key=lambda item: (item.on, item.start or time.max, item.what))
    yield from as_blocks.table(
        Table(
            _DATES,
            tuple(
                (
                    _when(item),
                    "\n".join(filter(None, (item.what, item.remark))),
                    marked_duration(item.minutes, assumed=item.assumed),
                    item.goals or "–",
                )
                for item in found
            ),
            "Er zijn nog geen studiedagen en bijeenkomsten gepland.",
        ),
        "Studiedagen en bijeenkomsten op volgorde van datum.",
    )


def _when(moment: _Moment) -> str:
    day = weekday_date(moment.on).capitalize()
    if moment.start is None:
        return day
    return f"{day}\n{clock(moment.start)}–{clock(later(moment.start, moment.minutes))} uur"


def _moments(given: PersonPlanInput, outline: Outline, team: PersonInTeam) -> Iterator[_Moment]:
    plan = outline.given.plan
    assumed = outline.given.settings.meetings_assumed

    def meeting(
        on: date, minutes: int, what: str, goals: str, start: time | None = None
    ) -> _Moment:
        stated = start is None and assumed
        remark = "" if is_present(given.member, on) else _FREE_MEETING
        return _Moment(on, start, given.of_team(outline, what), minutes, goals, stated, remark)

    for day in outline.days:
        kind = "" if day.kind is StudyDayKind.DAY else " (middag)"
        yield _Moment(
            day.date,
            day.start,
            given.of_team(outline, f"{outline.day_labels[day.study_day_id]}{kind}"),
            day.minutes,
            outline.goal_labels(day.goal_ids),
            remark="" if is_present(given.member, day.date) else _FREE_DAY,
        )
    for plg in team.plgs:
        for item in plg.meetings:
            goals = outline.goal_labels([plg.goal_id] if plg.goal_id else [])
            yield meeting(item.on, item.minutes, f"PLG {plg.name}", goals, item.start)
    if plan is None:
        return
    # Meetings that are made take the place of those that were foreseen.
    for planned in () if any(plg.meetings for plg in team.plgs) else plan.plg_meetings:
        goals = outline.goal_labels(planned.goal_ids)
        yield meeting(planned.date, planned.minutes, "PLG-bijeenkomst", goals)
    for name, items in (("Vervolgbijeenkomst", plan.follow_ups), ("Evaluatie", plan.evaluations)):
        for one in items:
            label = outline.day_labels.get(one.study_day_id, "studiedag").lower()
            goals = outline.goal_labels(one.goal_ids)
            yield meeting(one.date, one.minutes, f"{name} bij {label}", goals)


def plgs(given: PersonPlanInput) -> Iterator[Block]:
    """The PLGs that the person is in, the own small steps, and the four questions."""
    found = [
        (outline, plg)
        for outline, team in zip(given.outlines, given.teams, strict=True)
        for plg in team.plgs
    ]
    if not found:
        yield from as_blocks.missing(
            "Je zit nog niet in een PLG. De bijeenkomsten van het team staan in hoofdstuk 4."
        )
    for outline, plg in found:
        name = " ".join(plg.name.split()) or "PLG zonder naam"
        yield Heading(2, given.of_team(outline, name))
        yield from _plg(outline, plg)
    catalogue = given.teams[0].plan.catalogue
    source = questions_source(catalogue)
    if catalogue.plg.questions:
        yield Heading(2, "De vier vragen", quiet=True)
        if source:
            yield Paragraph(source, "soft")
        yield Cards(
            tuple(
                Card(f"Vraag {number}", question.title)
                for number, question in enumerate(catalogue.plg.questions, start=1)
            )
        )


def _plg(outline: Outline, plg: OwnPlg) -> Iterator[Block]:
    goals = [goal for goal in outline.given.goals if goal.id == plg.goal_id]
    for goal in goals:
        yield Paragraph(sentence(f"{outline.goal_label(goal.id)}: {goal.learning.strip()}"), "soft")
    if plg.meetings:
        yield Bullets(tuple(map(_meeting, plg.meetings)))
    else:
        yield from as_blocks.missing("Voor deze PLG zijn nog geen bijeenkomsten gepland.")
    if plg.steps:
        yield Paragraph("Wat je uitprobeert:")
        yield Bullets(
            tuple(
                f"{step.text.strip()} (uiterlijk {dutch_date(step.try_by)}, {step.state})"
                + (f": {step.outcome.strip()}" if step.outcome.strip() else "")
                for step in plg.steps
            )
        )


def _meeting(item: OwnMeeting) -> str:
    start = f", {clock(item.start)} uur" if item.start else ""
    return f"{weekday_date(item.on).capitalize()}{start}: {item.state}"


def agreements(given: PersonPlanInput) -> Iterator[Block]:
    """What the person promised, alone or with others, and is not done yet."""
    found = sorted(
        (
            (one.due_on, given.of_team(outline, one.what.strip()), one)
            for outline, team in zip(given.outlines, given.teams, strict=True)
            for one in team.agreements
        ),
        key=lambda item: item[:2],
    )
    yield from as_blocks.table(
        Table(
            _AGREEMENTS,
            tuple(
                (what, one.whose, dutch_date(due_on), dutch_date(one.check_on))
                for due_on, what, one in found
            ),
            "Er staan geen afspraken van je open.",
        ),
        "Afspraken die nog openstaan, op volgorde van datum.",
    )
