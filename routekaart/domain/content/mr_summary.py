"""The summary of one team's plan for the MR, on a page or two: input → content. Pure.

Hours and tasks are totals; nobody is named, and there is no chapter per person.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from courses.dutch import dutch_date, listed
from courses.entities import Intervention
from routekaart.domain.content.blocks import (
    Block,
    BlockDocument,
    Bullets,
    Chapter,
    Facts,
    Heading,
    Paragraph,
    TableBlock,
)
from routekaart.domain.content.claims import NO_FORECAST, narrowness, short_value, source_line
from routekaart.domain.content.inputs import PlanGoal, ScholingsplanInput
from routekaart.domain.content.mr_days import CheckedDay, days_against_rules
from routekaart.domain.content.mr_input import MrTeamInput
from routekaart.domain.content.mr_parts import (
    MR_KIND,
    asks,
    least_room,
    names_fact,
    signing,
    still_open,
)
from routekaart.domain.content.outline import Outline, heading_of, shortened
from routekaart.domain.content.overview_words import FEW, hours_sources, hours_words
from routekaart.domain.content.parts import Column, Fact, Meta, Table
from routekaart.domain.content.room import height, taken
from routekaart.domain.content.still_open import open_in_short
from routekaart.domain.content.wording import counted, duration, sentence, weekday_date
from routekaart.domain.dates.legal import DayCheck
from routekaart.domain.overview import team_hours
from routekaart.domain.planner.plan import Plan
from routekaart.domain.privacy import hides

_GOALS = (
    Column("Wat het team wil leren", 8, lead=True),
    Column("Waarmee", 5),
    Column("Wat bronnen daarvan zeggen", 8),
)
_SHOWN: Final = {"effect": "effect", "evidence": "bewijs"}
_LONGEST_NAME = 80
_LONGEST_HEAD = 45
_LONGEST_REASON = 280
_LONGEST_NOTICED = 120
_LONGEST_GOAL = 90
_LONGEST_NAMED = 45
# Two pages have room for so much; the plan has the rest.
_LEAST_GOALS, _MOST_GOALS = 3, 8
# For the tables and the open points, in millimetres; and what a line on the other goals takes.
_ROOM = 340.0
_OTHERS = 12.0
_MOST_NAMED = 3
_MOST_SOURCES = 3
_NOT_FILLED = "Niet ingevuld."
NOT_KEPT = "Niet bewaard toen dit plan werd vastgesteld."
_DAYS_NOT_KEPT = (
    "Wat de regels van deze studiedagen zeggen, is niet bewaard toen dit plan werd vastgesteld."
)
# Of a form or a group of pupils sources tell something else at times; two pages have no room.
_MORE_IN_PLAN = "Alle cijfers, ook over kosten, staan met hun kanttekening in het scholingsplan."


def mr_summary(given: MrTeamInput) -> BlockDocument:
    """What the MR reads of the plan of one team."""
    outline = Outline(given.plan)
    plan, consent = given.plan, given.plan.consent
    days = tuple(_checked(outline, check) for check in given.checks or ())
    question, dates = tuple(_question(given, days)), tuple(_days(outline, given.checks, days))
    points = tuple(open_in_short(outline))
    room = _ROOM - taken((*question, *dates))
    learning = tuple(_learning(outline, given.reason, room - least_room(points)))
    return BlockDocument(
        kind="mr-summary",
        meta=_meta(plan),
        front="head",
        blocks=(
            Chapter("", "Wat we de MR vragen"),
            *question,
            Heading(2, "Wat het team wil leren, en waarom"),
            *learning,
            Heading(2, "Uren en taken"),
            Facts(tuple(_work(outline, given))),
            *dates,
            *still_open(points, room - taken(learning)),
            signing(
                (
                    Fact("Instemming MR", _date(consent.mr_consent_on, "Nog niet gegeven.")),
                    Fact("Vastgesteld", _date(consent.approved_on, "Nog niet vastgesteld.")),
                ),
                consent.signers,
            ),
        ),
    )


def _meta(plan: ScholingsplanInput) -> Meta:
    year = plan.calendar.year.label
    team, school = (
        shortened(" ".join(name.split()), _LONGEST_NAME) for name in (plan.team, plan.school)
    )
    return Meta(
        kind=MR_KIND,
        title=MR_KIND,
        school_year=year,
        subject=team,
        organisation=school,
        status="Vastgesteld" if plan.adopted else "Concept",
        version=f"versie {plan.version}",
        made_on=plan.made_on.isoformat(),
        running_head=f"{shortened(school, _LONGEST_HEAD)} · {shortened(team, _LONGEST_HEAD)}",
        language="nl",
        facts=(
            Fact("Schooljaar", year),
            Fact("Team", plan.team),
            Fact("School", plan.school),
            Fact("Versie van het plan", f"{plan.version}, van {dutch_date(plan.made_on)}"),
            Fact("Versie van de catalogus", plan.catalogue.version[:12]),
        ),
    )


def _question(given: MrTeamInput, days: tuple[CheckedDay, ...]) -> Iterator[Block]:
    plan = given.plan
    agreed = plan.consent.mr_consent_on
    if agreed is not None:
        yield Paragraph(f"De MR heeft op {dutch_date(agreed)} ingestemd met dit plan.", "note")
    version = f"versie {plan.version} van {dutch_date(plan.made_on)}"
    team = shortened(" ".join(plan.team.split()), _LONGEST_NAME)
    yield from asks(f"het scholingsplan van {team}, {version}", days)


def _learning(outline: Outline, reason: str | None, room: float) -> Iterator[Block]:
    """Why and what: all goals in a table where that fits in `room` millimetres."""
    # What a team wrote may be long; the routekaart has it whole.
    why = (
        shortened(reason.strip(), _LONGEST_REASON) or _NOT_FILLED
        if reason is not None
        else NOT_KEPT
    )
    told = [Paragraph(f"{NO_FORECAST} {_MORE_IN_PLAN}", "soft")] if outline.given.goals else []
    around: tuple[Block, ...] = (Facts((Fact("Aanleiding", why),)), *told)
    yield from around
    table = _goals(outline, room - taken(around))
    yield TableBlock(
        table,
        alt="Per doel wat leerlingen merken, de interventies, en wat bronnen daarvan zeggen.",
    )
    yield from _other_goals(outline.given.goals[len(table.rows) :])


def _goals(outline: Outline, room: float) -> Table:
    goals = outline.given.goals
    for most in range(min(len(goals), _MOST_GOALS), _LEAST_GOALS, -1):
        rows = tuple(_goal_row(outline, goal) for goal in goals[:most])
        table = Table(_GOALS, rows, "")
        if height(table) + (_OTHERS if most < len(goals) else 0) <= room:
            return table
    rows = tuple(_goal_row(outline, goal) for goal in goals[:_LEAST_GOALS])
    return Table(_GOALS, rows, "Dit team heeft nog geen doelen gekozen.")


def _other_goals(goals: Sequence[PlanGoal]) -> Iterator[Block]:
    """Some by name, the others counted: the plan has all of them."""
    if not goals:
        return
    named = [f"‘{shortened(heading_of(goal)[0], _LONGEST_NAMED)}’" for goal in goals[:_MOST_NAMED]]
    if len(goals) > _MOST_NAMED:
        named.append(f"nog {len(goals) - _MOST_NAMED}")
    number = counted(len(goals), "doel", "doelen")
    yield Paragraph(f"En {number} meer: {listed(named)}. Zie het scholingsplan.", "soft")


def _goal_row(outline: Outline, goal: PlanGoal) -> tuple[str, ...]:
    heading, _whole = heading_of(goal)
    interventions = outline.interventions(goal)
    noticeable = shortened(" ".join(goal.noticeable.split()), _LONGEST_NOTICED)
    told = [line for one in interventions for line in _sources_say(outline, one)]
    if len(told) > _MOST_SOURCES:
        told[_MOST_SOURCES:] = ["Over de andere interventies: zie het scholingsplan."]
    noticed = f"Leerlingen merken: {noticeable or 'nog niet ingevuld.'}"
    return (
        f"{outline.goal_label(goal.id)}. {shortened(heading, _LONGEST_GOAL)}\n{noticed}",
        listed([one.title for one in interventions]) or "Nog zonder interventie.",
        "\n".join(told) or "Geen bron geeft hier een cijfer.",
    )


def _sources_say(outline: Outline, intervention: Intervention) -> Iterator[str]:
    """The averages of effect and evidence, of every source that has one."""
    catalogue = outline.given.catalogue
    said: dict[str, list[str]] = {}
    for name, word in _SHOWN.items():
        for claim in intervention.claims:
            if claim.parameter == name and not narrowness(claim):
                value = short_value(claim, catalogue.parameter_by_slug[name].unit)
                told = f"{word} {value[:1].lower()}{value[1:]}"
                said.setdefault(claim.source, []).append(told)
    if said:
        parts = (
            f"{', '.join(told)} ({source_line(catalogue.source_by_slug[source])})"
            for source, told in said.items()
        )
        yield f"{intervention.title}: {'; '.join(parts)}."


def _checked(outline: Outline, check: DayCheck) -> CheckedDay:
    planned = next((day for day in outline.days if day.study_day_id == check.day.id), None)
    return CheckedDay(check, outline.goal_labels(planned.goal_ids) if planned else "")


def _days(
    outline: Outline, checks: tuple[DayCheck, ...] | None, days: tuple[CheckedDay, ...]
) -> Iterator[Block]:
    if checks is not None:
        yield from days_against_rules(days, sector=outline.given.sector)
        yield from _moved(outline, checks)
        return
    yield Heading(2, "Studiedagen en de regels")
    if outline.days:
        yield Bullets(
            tuple(
                ": ".join(filter(None, (weekday_date(day.date), outline.goal_labels(day.goal_ids))))
                for day in outline.days
            )
        )
    yield Paragraph(_DAYS_NOT_KEPT, "missing")


def _moved(outline: Outline, checks: tuple[DayCheck, ...]) -> Iterator[Block]:
    """Days on which the plan and the routekaart no longer agree: nobody can judge these."""
    now = {check.day.id: check.day.date for check in checks}
    for day in outline.days:
        if now.get(day.study_day_id) != day.date:
            yield Paragraph(
                f"Het plan noemt ook {weekday_date(day.date)}. Die studiedag staat niet meer zo in "
                "de routekaart: er is een nieuw plan nodig.",
                "missing",
            )


def _work(outline: Outline, given: MrTeamInput) -> Iterator[Fact]:
    plan = outline.given.plan
    hours = team_hours(plan.hours) if plan else None
    told = [sentence(hours_words(hours)), hours_sources(hours, outline.given.version)]
    yield Fact("Uren, samen", " ".join(part for part in told if part))
    if plan is not None:
        yield from _together(plan)
    yield Fact("Cursussen", _courses(outline))
    yield names_fact(given.names_since)


def _together(plan: Plan) -> Iterator[Fact]:
    days, meetings = plan.study_days, plan.plg_meetings
    number = counted(len(days), "studiedag", "studiedagen")
    yield Fact("Studiedagen", f"{number}, samen {duration(sum(day.minutes for day in days))}.")
    if meetings:
        dates = sorted(meeting.date for meeting in meetings)
        number = counted(len(meetings), "bijeenkomst", "bijeenkomsten")
        when = f"van {dutch_date(dates[0])} tot en met {dutch_date(dates[-1])}"
        yield Fact(
            "Leren in de PLG",
            f"{number}, samen {duration(sum(one.minutes for one in meetings))}, {when}.",
        )
    follow_ups = [one.date for one in plan.follow_ups]
    moments = sorted({*follow_ups, *(one.date for one in plan.evaluations)})
    if moments:
        yield Fact("Terugkijken", f"{listed([dutch_date(day) for day in moments])}.")


def _courses(outline: Outline) -> str:
    """How many are assigned to how many people: of a few people only how many courses."""
    assignments = outline.given.assignments
    if not assignments:
        return "Er zijn nog geen cursussen toegewezen."
    courses = counted(len({one.course for one in assignments}), "cursus", "cursussen")
    people = {one.member_id for one in assignments}
    if hides(len(people)):
        return f"{courses}. Voor hoeveel mensen laten we niet zien, want het zijn {FEW}."
    mandatory = {one.course for one in assignments if one.mandatory}
    return f"{courses} voor {len(people)} mensen, waarvan {len(mandatory)} verplicht voor iemand."


def _date(day: date | None, otherwise: str) -> str:
    return otherwise if day is None else dutch_date(day)
