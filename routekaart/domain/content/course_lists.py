"""The chapter of courses: what is assigned per goal and function, with the reason."""

from collections.abc import Iterator
from dataclasses import dataclass

from courses.advice import AdviceItem, Availability
from courses.dutch import listed
from courses.entities import DurationBasis
from routekaart.domain.content.document import CoursesContent, GoalCourses
from routekaart.domain.content.inputs import PlanAssignment, PlanGoal
from routekaart.domain.content.outline import Outline, heading_of
from routekaart.domain.content.parts import Column, Section, Table
from routekaart.domain.content.wording import counted, marked_duration, sentence

_COLUMNS = (
    Column("Functie", 5),
    Column("Cursus", 9),
    Column("Voor", 5),
    Column("Duur", 5),
    Column("Waarom", 9),
)
NO_REASON = "Met de hand gekozen; er is geen reden ingevuld."


@dataclass(frozen=True, slots=True)
class _Row:
    """The people of one function who follow one course for a goal."""

    function: str
    assignments: tuple[PlanAssignment, ...]


def courses_chapter(outline: Outline, number: str) -> CoursesContent:
    goals = tuple(_goal_courses(outline, goal) for goal in outline.given.goals)
    return CoursesContent(
        section=Section(
            number,
            "Cursussen per doel en functie",
            "Wat elke groep collega’s volgt en waarom. Een cursus die voor meer doelen telt, "
            "volgt iemand één keer.",
        ),
        goals=goals,
        missing="" if goals else "Zonder doelen zijn er geen cursussen.",
        notes=tuple(_notes(outline)),
    )


def availability_remark(assignment: PlanAssignment) -> str:
    """What stands in the way of a course, or nothing when the team can follow it."""
    if assignment.availability in (None, Availability.OFFERED):
        return ""
    return sentence(assignment.availability_text or "Niet bevestigd dat deze cursus er is")


def assumed(assignment: PlanAssignment) -> bool:
    return assignment.duration_basis is DurationBasis.ASSUMED


def _goal_courses(outline: Outline, goal: PlanGoal) -> GoalCourses:
    heading, _whole = heading_of(goal)
    rows = tuple(_cells(row) for row in _rows(outline, goal))
    return GoalCourses(
        label=outline.goal_label(goal.id),
        heading=heading,
        table=Table(_COLUMNS, rows, "Bij dit doel zijn nog geen cursussen toegewezen."),
    )


def _rows(outline: Outline, goal: PlanGoal) -> Iterator[_Row]:
    """By function as the catalogue orders them, then by course as first assigned."""
    mine = [item for item in outline.given.assignments if goal.id in item.goal_ids]
    advised = _advised(outline)
    courses = list(dict.fromkeys(item.course for item in mine))
    known = {function.slug for function in outline.functions}
    for function in outline.functions:
        for course in courses:
            meant_for = advised[course].functions if course in advised else ()
            if meant_for and function.slug not in meant_for:
                continue
            fitting = _of_function(outline, mine, course, function.slug)
            if fitting:
                yield _Row(function.title, fitting)
    for course in courses:
        placed = {slug for slug in known if _for_function(advised, course, slug)}
        rest = tuple(
            item
            for item in mine
            if item.course == course and not placed & _functions(outline, item.member_id)
        )
        if rest:
            yield _Row("Andere functies", rest)


def _advised(outline: Outline) -> dict[str, AdviceItem]:
    advice = outline.given.advice
    return {item.course: item for item in advice.items} if advice else {}


def _for_function(advised: dict[str, AdviceItem], course: str, function: str) -> bool:
    meant_for = advised[course].functions if course in advised else ()
    return not meant_for or function in meant_for


def _functions(outline: Outline, member_id: str) -> set[str]:
    member = outline.members.get(member_id)
    return set(member.functions) if member else set()


def _of_function(
    outline: Outline, mine: list[PlanAssignment], course: str, function: str
) -> tuple[PlanAssignment, ...]:
    return tuple(
        item
        for item in mine
        if item.course == course and function in _functions(outline, item.member_id)
    )


def _cells(row: _Row) -> tuple[str, ...]:
    first = row.assignments[0]
    remark = availability_remark(first)
    people = len({item.member_id for item in row.assignments})
    mandatory = len({item.member_id for item in row.assignments if item.mandatory})
    if mandatory == people:
        freedom = "verplicht"
    elif mandatory:
        freedom = f"voor {mandatory} verplicht"
    else:
        freedom = "naar keuze"
    reasons = list(dict.fromkeys(item.reason.strip() for item in row.assignments if item.reason))
    return (
        row.function,
        f"{first.course_title}\n{remark}" if remark else first.course_title,
        f"{counted(people, 'collega', 'collega’s')}, {freedom}",
        marked_duration(first.minutes, assumed=assumed(first)),
        "\n".join(reasons) or NO_REASON,
    )


def _notes(outline: Outline) -> Iterator[str]:
    advice = outline.given.advice
    if advice is None:
        yield "Er is nog geen advies gevraagd."
        return
    taken = {item.course for item in outline.given.assignments}
    left = [item.title for item in advice.items if item.course not in taken]
    if left:
        yield f"Wel geadviseerd, niet toegewezen: {listed(left)}."
    titles = {item.slug: item.title for item in advice.interventions}
    functions = outline.given.catalogue.function_by_slug
    for intervention, function in advice.uncovered:
        of = functions[function].plural.lower() if function in functions else function
        yield (
            f"Voor {of} is er bij {titles.get(intervention, intervention)} nu geen cursus; "
            "zij leren hierover op de studiedag en in de PLG."
        )
