"""The chapters about people: what each does by when, and the hours, individual and assigned apart.

A document for the board or the MR leaves these chapters out; that is up to its own content
function.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from courses.dutch import dutch_number
from routekaart.domain.content.budget_notes import budget_notes
from routekaart.domain.content.course_lists import (
    assumed,
    status_words,
)
from routekaart.domain.content.document import HoursContent, PeopleContent, PersonContent
from routekaart.domain.content.drawings import preparation_per_week
from routekaart.domain.content.inputs import PlanAssignment
from routekaart.domain.content.outline import Outline
from routekaart.domain.content.own_hours import year_budget
from routekaart.domain.content.parts import Column, Fact, Section, Table
from routekaart.domain.content.still_open import not_counted
from routekaart.domain.content.wording import (
    ASSUMED,
    WEEKDAYS,
    compact,
    duration,
    marked_duration,
    sentence,
    short_date,
    weeks_text,
)
from routekaart.domain.hours import MemberHours, own_hours_rule
from routekaart.domain.people import Member, is_present
from routekaart.domain.planner.plan import Code, NotPlaced
from routekaart.domain.privacy import MINIMUM_GROUP, hides

TASKS = (
    Column("Uiterlijk", 6),
    Column("Cursus", 13, lead=True),
    Column("Duur", 6),
    Column("Week", 5),
    Column("Waarvoor", 5),
)
_HOURS = (
    Column("Naam", 8),
    Column("Fte", 2, "end"),
    Column("Individueel", 5, "end"),
    Column("Opgedragen", 5, "end"),
    Column("Aanname", 4, "end"),
    Column("Jaarbudget", 4, "end"),
)
_WHY_SHORT = {
    Code.NO_WORKING_DAYS: "want er zijn geen werkdagen",
    Code.NO_STUDY_MINUTES: "want er is geen studietijd per week",
    Code.NO_ROOM_BEFORE_DAY: "want vóór de studiedag is er geen ruimte",
    Code.NOT_AVAILABLE_YET: "want de cursus is er dan nog niet",
    Code.NOT_ENOUGH_MINUTES: "want er is te weinig studietijd vóór de deadline",
}
_NOT_YET = "nog niet ingepland"
_UNKNOWN = "onbekend"


@dataclass(frozen=True, slots=True)
class Task:
    """What one course asks of one person; the cells belong under `TASKS`."""

    deadline: date | None
    cells: tuple[str, ...]


def people_chapter(outline: Outline, number: str) -> PeopleContent:
    members = outline.given.members if outline.given.with_persons else ()
    return PeopleContent(
        section=Section(
            number,
            "Wie doet wat, en wanneer",
            "Studiedagen en bijeenkomsten zijn voor het hele team. Hier staat wat ieder zelf doet; "
            "waarom staat in hoofdstuk 3.",
        ),
        people=tuple(_person(outline, member) for member in members),
        missing="" if members else _people_missing(outline),
    )


def _people_missing(outline: Outline) -> str:
    if outline.given.members:
        return "Deze uitgave van het plan is zonder personen gemaakt."
    return "Er zijn nog geen mensen aan dit team gekoppeld."


def hours_chapter(outline: Outline, number: str, *, whole: str = "Hele team") -> HoursContent:
    """The hours by name where the reader may have them, and those of the `whole` together."""
    hours = outline.hours
    members = outline.given.members if hours else ()
    rows = [_hours_row(member, hours.get(member.id)) for member in members]
    if not outline.given.with_persons:
        rows.clear()
    if members and shows_team_hours(outline):
        known = tuple(hours[item.id] for item in members if item.id in hours)
        rows.append(_total_row(known, whole))
    return HoursContent(
        section=Section(
            number,
            "Uren",
            "Individuele uren beheert iemand zelf; opgedragen uren deelt de school in. Ze worden "
            "nooit met elkaar verrekend. Uren en minuten per schooljaar.",
        ),
        table=Table(
            _HOURS,
            tuple(rows),
            _hours_missing(outline),
            totals=shows_team_hours(outline),
        ),
        notes=(
            *(_hours_notes(outline) if rows else ()),
            *(budget_notes(outline) if shows_team_hours(outline) else ()),
        ),
        per_week=preparation_per_week(outline) if shows_team_hours(outline) else None,
    )


def shows_team_hours(outline: Outline) -> bool:
    """Without persons, the hours of a few are still the hours of someone: then they are hidden."""
    given = outline.given
    return given.with_persons or not hides(len(given.members))


def _hours_missing(outline: Outline) -> str:
    if not outline.given.members:
        return "Er zijn nog geen mensen aan dit team gekoppeld."
    if outline.given.plan is None:
        return "De uren zijn nog niet berekend: er is geen planning."
    return f"Van minder dan {MINIMUM_GROUP} mensen laten we hier geen uren zien."


def _person(outline: Outline, member: Member) -> PersonContent:
    tasks = sorted(
        _tasks(outline, member), key=lambda task: (task.deadline or date.max, task.cells)
    )
    return PersonContent(
        heading=" ".join(member.name.split()) or "Naam nog niet ingevuld",
        facts=tuple(work_facts(outline, member)),
        tasks=Table(
            TASKS,
            tuple(task.cells for task in tasks),
            "Er zijn geen cursussen toegewezen.",
        ),
    )


def work_facts(outline: Outline, member: Member) -> Iterator[Fact]:
    """Functions, fte and days, the hours that the plan asks, and what to mind."""
    days = ", ".join(WEEKDAYS[day - 1] for day in sorted(member.working_days) if 1 <= day <= 7)
    fte = f"{dutch_number(float(member.fte))} fte"
    work = " · ".join([outline.functions_of(member), fte, days or "geen vaste dagen"])
    yield Fact("Werk", work)
    hours = outline.hours.get(member.id)
    if hours is None:
        yield Fact("Uren", "Nog niet berekend.")
        return
    yield Fact(
        "Uren",
        f"Individueel {duration(hours.individual_minutes)} · "
        f"opgedragen {duration(hours.assigned_minutes)}",
    )
    warnings = list(_off_days(outline, member, hours))
    if warnings:
        yield Fact("Let op", " ".join(warnings))


def _off_days(outline: Outline, member: Member, hours: MemberHours) -> Iterator[str]:
    if hours.off_day_minutes:
        yield f"{duration(hours.off_day_minutes)} studiedag op een vrije dag."
    plan = outline.given.plan
    if plan is None:
        return
    meetings = [
        *(meeting.date for meeting in plan.plg_meetings),
        *(meeting.date for meeting in plan.follow_ups),
        *(meeting.date for meeting in plan.evaluations),
    ]
    missed = sum(not is_present(member, day) for day in meetings)
    if missed:
        falls = "valt" if missed == 1 else "vallen"
        yield (
            f"{missed} van de {len(meetings)} bijeenkomsten {falls} op een vrije dag: spreek "
            "samen af hoe het dan gaat."
        )


def _tasks(outline: Outline, member: Member) -> Iterator[Task]:
    for assignment in outline.assignments_by_member.get(member.id, ()):
        yield task_of(outline, assignment)


def task_of(outline: Outline, assignment: PlanAssignment) -> Task:
    """By when, what, how long, in which weeks and for which goals."""
    key = assignment.member_id, assignment.course
    weeks = outline.preparation_weeks.get(key, ())
    missing = outline.preparation_not_placed.get(key, ())
    deadline = min((week.deadline for week in weeks), default=None)
    if assignment.completed:
        by = "afgerond"
    else:
        by = _NOT_YET if deadline is None else short_date(deadline)
    status = status_words(assignment)
    title = outline.course_title(assignment)
    if status:
        title = f"{title} ({status})"
    return Task(
        deadline,
        (
            by,
            "\n".join([title, *_shortages(outline, missing)]),
            marked_duration(assignment.minutes, assumed=assumed(assignment)),
            weeks_text(week.week for week in weeks) or "–",
            outline.goal_labels(assignment.goal_ids) or "–",
        ),
    )


def _shortages(outline: Outline, missing: tuple[NotPlaced, ...]) -> Iterator[str]:
    """What of a course has no place, and why, without the names that stand around it here."""
    goals: dict[tuple[str, int], list[str]] = {}
    for item in missing:
        if item.code in _WHY_SHORT:
            why = _WHY_SHORT[item.code]
            # A course counts with the first of its goals; the others share that line.
            told = [key for key in goals if key[0] == why and not item.missing_minutes]
            key = told[0] if told else (why, item.missing_minutes)
            goals.setdefault(key, []).extend([item.goal_id] if item.goal_id else [])
        else:
            yield sentence(item.text)
    for (why, minutes), goal_ids in goals.items():
        labels = outline.goal_labels(goal_ids)
        what = f"voor {duration(minutes)} is geen plek" if minutes else "hiervoor is geen plek"
        yield sentence(f"{labels}: {what}, {why}" if labels else f"{what}, {why}")


def _hours_row(member: Member, hours: MemberHours | None) -> tuple[str, ...]:
    name, fte = member.name, dutch_number(float(member.fte))
    if hours is None:
        return (name, fte, *[_UNKNOWN] * 4)
    budget = _UNKNOWN if hours.budget_minutes is None else compact(hours.budget_minutes)
    return (
        name,
        fte,
        compact(hours.individual_minutes),
        compact(hours.assigned_minutes),
        compact(hours.assumed_minutes),
        budget,
    )


def _total_row(hours: tuple[MemberHours, ...], whole: str) -> tuple[str, ...]:
    budgets = [item.budget_minutes for item in hours]
    known = [budget for budget in budgets if budget is not None]
    return (
        whole,
        "",
        compact(sum(item.individual_minutes for item in hours)),
        compact(sum(item.assigned_minutes for item in hours)),
        compact(sum(item.assumed_minutes for item in hours)),
        compact(sum(known)) if len(known) == len(budgets) else _UNKNOWN,
    )


def _hours_notes(outline: Outline) -> Iterator[str]:
    hours, calendar = outline.hours, outline.given.calendar
    if not hours:
        return
    yield (
        f"“{ASSUMED.capitalize()}” is het deel van de uren waarvan de duur niet uit een bron komt "
        "maar is aangenomen. De school kan die duur aanpassen."
    )
    rule = own_hours_rule(outline.given.sector, calendar.year.first_day)
    # Without a rule the column says that it is not known.
    if rule is not None:
        yield year_budget(rule, calendar.year.first_day)
    if told := not_counted(outline):
        yield told
    if any(item.off_day_minutes for item in hours.values()):
        yield (
            "Een studiedag op een dag waarop iemand niet werkt, telt mee bij opgedragen; een "
            "bijeenkomst op zo’n dag niet."
        )
