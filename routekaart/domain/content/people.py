"""The chapters about people: what each does by when, and the hours, individual and assigned apart.

A document for the board or the MR leaves these chapters out; that is up to its own content
function.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from courses.dutch import dutch_number
from routekaart.domain.content.course_lists import (
    NO_REASON,
    assumed,
    availability_remark,
)
from routekaart.domain.content.document import HoursContent, PeopleContent, PersonContent
from routekaart.domain.content.inputs import PlanAssignment
from routekaart.domain.content.outline import Outline
from routekaart.domain.content.parts import Column, Fact, Section, Table
from routekaart.domain.content.wording import (
    ASSUMED,
    WEEKDAYS,
    compact,
    duration,
    marked_duration,
    short_date,
    weeks_text,
)
from routekaart.domain.hours import MemberHours
from routekaart.domain.people import Member
from routekaart.domain.planner.plan import NotPlaced, PreparationWeek, Subject

_TASKS = (
    Column("Uiterlijk", 5),
    Column("Wat", 9),
    Column("Duur", 5),
    Column("In welke week", 5),
    Column("Waarvoor", 9),
)
_HOURS = (
    Column("Naam", 8),
    Column("Fte", 2, "end"),
    Column("Individueel", 4, "end"),
    Column("Opgedragen", 4, "end"),
    Column("Aanname", 4, "end"),
    Column("Jaarbudget", 4, "end"),
)
_NOT_YET = "nog niet ingepland"
_UNKNOWN = "onbekend"


@dataclass(frozen=True, slots=True)
class _Task:
    deadline: date | None
    cells: tuple[str, ...]


def people_chapter(outline: Outline, number: str) -> PeopleContent:
    members = outline.given.members
    return PeopleContent(
        section=Section(
            number,
            "Wie doet wat, en wanneer",
            "Studiedagen en bijeenkomsten zijn voor het hele team. Hier staat wat ieder zelf doet.",
        ),
        people=tuple(_person(outline, member) for member in members),
        missing="" if members else "Er zijn nog geen mensen aan dit team gekoppeld.",
    )


def hours_chapter(outline: Outline, number: str) -> HoursContent:
    hours = _hours_by_member(outline)
    rows = [_hours_row(member, hours.get(member.id)) for member in outline.given.members]
    if hours and rows:
        rows.append(_total_row(tuple(hours[m.id] for m in outline.given.members if m.id in hours)))
    return HoursContent(
        section=Section(
            number,
            "Uren",
            "Individuele uren beheert iemand zelf; opgedragen uren deelt de school in. Ze worden "
            "nooit met elkaar verrekend. Uren en minuten per schooljaar.",
        ),
        table=Table(
            _HOURS, tuple(rows) if hours else (), "De uren zijn nog niet berekend: er is geen plan."
        ),
        notes=tuple(_hours_notes(hours)),
    )


def _person(outline: Outline, member: Member) -> PersonContent:
    tasks = sorted(
        _tasks(outline, member), key=lambda task: (task.deadline or date.max, task.cells)
    )
    return PersonContent(
        heading=" ".join(member.name.split()) or "Naam nog niet ingevuld",
        facts=tuple(_person_facts(outline, member)),
        tasks=Table(
            _TASKS,
            tuple(task.cells for task in tasks),
            "Er zijn geen cursussen toegewezen.",
        ),
    )


def _person_facts(outline: Outline, member: Member) -> Iterator[Fact]:
    yield Fact("Functie", outline.functions_of(member))
    days = ", ".join(WEEKDAYS[day - 1] for day in sorted(member.working_days) if 1 <= day <= 7)
    yield Fact("Werkt", f"{dutch_number(float(member.fte))} fte, {days or 'geen vaste dagen'}")
    hours = _hours_by_member(outline).get(member.id)
    if hours is None:
        yield Fact("Uren", "Nog niet berekend.")
        return
    yield Fact("Individuele uren", duration(hours.individual_minutes))
    yield Fact("Opgedragen uren", duration(hours.assigned_minutes))
    if hours.off_day_minutes:
        yield Fact(
            "Op een vrije dag",
            f"{duration(hours.off_day_minutes)} studiedag valt op een dag waarop je niet werkt.",
        )


def _tasks(outline: Outline, member: Member) -> Iterator[_Task]:
    plan = outline.given.plan
    planned: dict[str, list[PreparationWeek]] = {}
    missing: dict[str, list[NotPlaced]] = {}
    for week in plan.preparation_weeks if plan else ():
        if week.member_id == member.id:
            planned.setdefault(week.course, []).append(week)
    for item in plan.not_placed if plan else ():
        if item.member_id == member.id and item.course and item.subject is Subject.PREPARATION:
            missing.setdefault(item.course, []).append(item)
    for assignment in outline.assignments_by_member.get(member.id, ()):
        weeks = planned.get(assignment.course, [])
        yield _task(outline, assignment, weeks, missing.get(assignment.course, []))


def _task(
    outline: Outline,
    assignment: PlanAssignment,
    weeks: list[PreparationWeek],
    missing: list[NotPlaced],
) -> _Task:
    deadline = min((week.deadline for week in weeks), default=None)
    if assignment.completed:
        by, when = "afgerond", "–"
    elif deadline is None:
        by, when = _NOT_YET, "; ".join(item.text for item in missing) or "–"
    else:
        by, when = short_date(deadline), weeks_text(week.week for week in weeks)
        if missing:
            when = "\n".join([when, *(item.text for item in missing)])
    title = assignment.course_title
    freedom = "verplicht" if assignment.mandatory else "naar keuze"
    remark = availability_remark(assignment)
    goals = outline.goal_labels(assignment.goal_ids)
    reason = assignment.reason.strip() or NO_REASON
    return _Task(
        deadline,
        (
            by,
            "\n".join(part for part in (title, freedom, remark) if part),
            marked_duration(assignment.minutes, assumed=assumed(assignment)),
            when,
            f"{goals}\n{reason}" if goals else reason,
        ),
    )


def _hours_by_member(outline: Outline) -> dict[str, MemberHours]:
    plan = outline.given.plan
    return {item.member_id: item for item in plan.hours} if plan else {}


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


def _total_row(hours: tuple[MemberHours, ...]) -> tuple[str, ...]:
    budgets = [item.budget_minutes for item in hours]
    known = [budget for budget in budgets if budget is not None]
    return (
        "Hele team",
        "",
        compact(sum(item.individual_minutes for item in hours)),
        compact(sum(item.assigned_minutes for item in hours)),
        compact(sum(item.assumed_minutes for item in hours)),
        compact(sum(known)) if len(known) == len(budgets) else _UNKNOWN,
    )


def _hours_notes(hours: dict[str, MemberHours]) -> Iterator[str]:
    if not hours:
        return
    yield (
        f"“{ASSUMED.capitalize()}” is het deel van de uren waarvan de duur niet uit een bron komt "
        "maar is aangenomen. De school kan die duur aanpassen."
    )
    yield "Het jaarbudget is wat iemand volgens de cao naar rato van de fte zelf te besteden heeft."
    if any(item.off_day_minutes for item in hours.values()):
        yield "Uren op een dag waarop iemand niet werkt tellen mee bij opgedragen."
