"""The chapter of courses: what is assigned per goal and function, with the reason."""

from collections.abc import Iterator

from courses.advice import AdviceItem, Availability
from courses.dutch import listed
from courses.entities import DurationBasis
from routekaart.domain.content.document import CoursesContent, GoalCourses
from routekaart.domain.content.inputs import PlanAssignment, PlanGoal
from routekaart.domain.content.outline import Outline, heading_of
from routekaart.domain.content.parts import Column, Section, Table
from routekaart.domain.content.wording import counted, marked_duration, sentence
from routekaart.domain.privacy import MINIMUM_GROUP, hides

_COLUMNS = (
    Column("Cursus", 11, lead=True),
    Column("Voor wie", 8),
    Column("Duur", 6),
    Column("Waarom", 9),
)
NO_REASON = "Met de hand gekozen; er is geen reden ingevuld."
HIDDEN_REASON = f"Van minder dan {MINIMUM_GROUP} mensen laten we de reden niet zien."
_SHORTLY = {
    Availability.UNCONFIRMED: "nog niet bevestigd",
    Availability.NOT_YET: "nog niet beschikbaar",
    Availability.LOCKED: "niet in de academie",
}


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


def status_words(assignment: PlanAssignment) -> str:
    """The same in a word or two, with whether it is a choice: naar keuze, nog niet bevestigd."""
    words = [] if assignment.mandatory else ["naar keuze"]
    if assignment.availability in _SHORTLY:
        words.append(_SHORTLY[assignment.availability])
    return ", ".join(words)


def assumed(assignment: PlanAssignment) -> bool:
    return assignment.duration_basis is DurationBasis.ASSUMED


def _goal_courses(outline: Outline, goal: PlanGoal) -> GoalCourses:
    heading, _whole = heading_of(goal)
    mine: dict[str, list[PlanAssignment]] = {}
    for item in outline.given.assignments:
        if goal.id in item.goal_ids:
            mine.setdefault(item.course, []).append(item)
    rows = tuple(_row(outline, items) for items in mine.values())
    return GoalCourses(
        label=outline.goal_label(goal.id),
        heading=heading,
        table=Table(_COLUMNS, rows, "Bij dit doel zijn nog geen cursussen toegewezen."),
    )


def _row(outline: Outline, items: list[PlanAssignment]) -> tuple[str, ...]:
    first = items[0]
    title, remark = outline.course_title(first), availability_remark(first)
    nameless = not outline.given.with_persons
    for_whom = (_audience(outline, items), _freedom(items, nameless=nameless))
    return (
        f"{title}\n{remark}" if remark else title,
        "\n".join(filter(None, for_whom)),
        marked_duration(first.minutes, assumed=assumed(first)),
        _reasons(items, nameless=nameless),
    )


def _reasons(items: list[PlanAssignment], *, nameless: bool) -> str:
    """`nameless`: only what holds for five people or more. That of a few names their function, or
    may be about one of them."""
    people: dict[str, set[str]] = {}
    for item in items:
        people.setdefault(item.reason.strip(), set()).add(item.member_id)
    told = [reason for reason, ids in people.items() if not (nameless and hides(len(ids)))]
    if not told:
        return HIDDEN_REASON
    return "\n".join(filter(None, told)) or NO_REASON


def _audience(outline: Outline, items: list[PlanAssignment]) -> str:
    """10 leerkrachten en 2 onderwijsassistenten: everyone who has the course is in it.

    Whoever has two functions counts with the one that the course is meant for, or with both.
    Without persons a function that fewer than five have the course with is not named.
    """
    people = _by_function(outline, items)
    known = outline.given.catalogue.function_by_slug
    order = {slug: place for place, slug in enumerate(known)}
    parts, named, few = [], set[str](), set[str]()
    for slug, ids in sorted(people.items(), key=lambda pair: order.get(pair[0], 99)):
        if not outline.given.with_persons and hides(len(ids)):
            few |= ids
            continue
        named |= ids
        title = known.get(slug)
        one, many = (title.title, title.plural) if title else ("collega", "collega’s")
        parts.append(counted(len(ids), one.lower(), many.lower()))
    return listed([*parts, *_others(few - named, "andere " if named else "")])


def _others(people: set[str], which: str) -> Iterator[str]:
    if people:
        yield f"{'enkele' if hides(len(people)) else len(people)} {which}collega’s"


def _by_function(outline: Outline, items: list[PlanAssignment]) -> dict[str, set[str]]:
    advised = _advised(outline).get(items[0].course)
    meant_for = set(advised.functions) if advised else set()
    people: dict[str, set[str]] = {}
    for item in items:
        member = outline.members.get(item.member_id)
        functions = (member.functions if member else ()) or ("",)
        # By hand a course may go to anyone, also to whom it was not meant for.
        for function in meant_for.intersection(functions) or functions:
            people.setdefault(function, set()).add(item.member_id)
    return people


def _freedom(items: list[PlanAssignment], *, nameless: bool) -> str:
    """`nameless`: nothing of a few, and of many not that it is otherwise for a few of them."""
    people = {item.member_id for item in items}
    mandatory = {item.member_id for item in items if item.mandatory}
    if nameless and hides(len(people)):
        return ""
    if mandatory == people:
        return "verplicht"
    if not mandatory:
        return "naar keuze"
    if nameless and (hides(len(mandatory)) or hides(len(people - mandatory))):
        return "voor een deel verplicht"
    return f"voor {len(mandatory)} verplicht"


def _advised(outline: Outline) -> dict[str, AdviceItem]:
    advice = outline.given.advice
    return {item.course: item for item in advice.items} if advice else {}


def _notes(outline: Outline) -> Iterator[str]:
    if _counts_twice(outline):
        yield "Wie bij een cursus met twee functies meetelt, staat er bij allebei."
    yield from _about_advice(outline)


def _counts_twice(outline: Outline) -> bool:
    courses: dict[str, list[PlanAssignment]] = {}
    for item in outline.given.assignments:
        courses.setdefault(item.course, []).append(item)
    return any(
        sum(map(len, _by_function(outline, items).values())) > len({one.member_id for one in items})
        for items in courses.values()
    )


def _about_advice(outline: Outline) -> Iterator[str]:
    advice = outline.given.advice
    if advice is None:
        yield "Er is nog geen advies gevraagd."
        return
    taken = {item.course for item in outline.given.assignments}
    left = sum(item.course not in taken for item in advice.items)
    if left:
        # Their titles would fill a page; they stand in the advice, with their reasons.
        yield (
            f"Het advies noemt nog {counted(left, 'andere cursus', 'andere cursussen')} bij deze "
            "doelen. Die zijn niet toegewezen; de lijst met redenen staat in het advies."
        )
    titles = {item.slug: item.title for item in advice.interventions}
    without: dict[str, list[str]] = {}
    for intervention, function in advice.uncovered:
        without.setdefault(function, []).append(titles.get(intervention, intervention))
    functions = outline.given.catalogue.function_by_slug
    for function, interventions in without.items():
        who = functions[function].plural.lower() if function in functions else function
        yield (
            f"Voor {who} is er nu geen cursus bij {listed(interventions)}; "
            "zij leren hierover op de studiedag en in de PLG."
        )
