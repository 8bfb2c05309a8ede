"""The last chapter: everything that is still open. What is missing is named, never filled in."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from courses.advice import Availability
from courses.findings import Severity
from routekaart.domain.content.course_lists import assumed, availability_remark
from routekaart.domain.content.document import OpenContent
from routekaart.domain.content.goals import asked_points
from routekaart.domain.content.outline import Outline
from routekaart.domain.content.parts import OpenPoints, Section
from routekaart.domain.content.wording import counted, duration, sentence
from routekaart.domain.privacy import hides

_ASSUMED_DURATIONS = "assumed_durations"
"""The note with which a plan itself says that durations are assumed."""


NOTHING_OPEN = "Er staan geen punten meer open."


def open_chapter(outline: Outline, number: str) -> OpenContent:
    return OpenContent(
        section=Section(
            number,
            "Wat nog open staat",
            "Wat nog niet bekend of geregeld is. Niets hiervan is in dit plan zelf ingevuld.",
        ),
        lists=open_points(outline),
    )


def open_points(outline: Outline) -> tuple[OpenPoints, ...]:
    """Everything that is still open, by subject; a list may be empty and says so."""
    plan, goals = outline.given.plan, outline.given.goals
    return (
        OpenPoints("Nog in te vullen", tuple(_gaps(outline)), "Alles is ingevuld."),
        OpenPoints(
            "Vragen zonder antwoord",
            tuple(
                f"{goal}, {title}: {counted(number, 'vraag', 'vragen')}; zie hoofdstuk 2."
                for goal, title, number in _unanswered(outline)
            ),
            "Alle vragen zijn beantwoord." if goals else "Zonder doelen zijn er geen vragen.",
        ),
        OpenPoints(
            "Cursussen die nog niet vaststaan",
            tuple(unsure_courses(outline)),
            "Alle toegewezen cursussen zijn beschikbaar."
            if outline.given.assignments
            else "Er zijn nog geen cursussen toegewezen.",
        ),
        OpenPoints(
            "Wat niet in de planning paste",
            tuple(not_placed(outline)),
            "Alles is ingepland." if plan else "Er is nog geen planning gemaakt.",
        ),
        OpenPoints(
            "Aandachtspunten",
            tuple(_findings(outline)),
            "Er zijn geen andere aandachtspunten.",
        ),
        OpenPoints(
            "Aannames",
            tuple(assumptions(outline)),
            "Dit plan bevat geen aannames."
            if plan
            else "Zonder planning zijn er nog geen aannames.",
        ),
    )


def open_count(outline: Outline) -> int:
    """How many points are open, each question by itself. Assumptions are no open points."""
    return (
        sum(1 for _gap in _gaps(outline))
        + sum(number for _goal, _title, number in _unanswered(outline))
        + sum(1 for _course in unsure_courses(outline))
        + _not_placed_count(outline)
        + sum(1 for _finding in _findings(outline))
    )


def _not_placed_count(outline: Outline) -> int:
    """As many whoever reads it: what does not fit for people is one point, and not one for each."""
    plan = outline.given.plan
    items = plan.not_placed if plan else ()
    shared = {sentence(item.text) for item in items if item.member_id is None}
    return len(shared) + any(item.member_id is not None for item in items)


def open_in_short(outline: Outline) -> Iterator[str]:
    """The open points themselves, for a document that has no chapters to refer to.

    Whether MR and director agreed is not among them: that stands where they sign.
    """
    yield from _unfilled(outline)
    questions = sum(number for _goal, _title, number in _unanswered(outline))
    if questions:
        yield f"{counted(questions, 'vraag', 'vragen')} bij de interventies zonder antwoord."
    unsure = sum(1 for _course in unsure_courses(outline))
    if unsure:
        courses = counted(unsure, "cursus staat", "cursussen staan")
        yield f"{courses} nog niet vast: het plan zegt waarom."
    yield from not_placed(outline)
    yield from _findings(outline)


def _gaps(outline: Outline) -> Iterator[str]:
    yield from _unfilled(outline)
    if outline.given.consent.mr_consent_on is None:
        yield "De instemming van de MR."
    if outline.given.consent.approved_on is None:
        yield "De vaststelling door de directeur."


def _unfilled(outline: Outline) -> Iterator[str]:
    given = outline.given
    if not given.goals:
        yield "De doelen van het team."
    for goal in given.goals:
        label = outline.goal_label(goal.id)
        if not goal.learning.strip():
            yield f"{label}: wat het team leert."
        if not goal.noticeable.strip():
            yield f"{label}: wat leerlingen ervan merken."
    if not given.members:
        yield "De mensen in het team."
    if given.advice is None:
        yield "Het advies over cursussen."
    if given.plan is None:
        yield "De planning over het schooljaar."
    if not given.prepared_by:
        yield "Wie dit plan heeft opgesteld."
    if not given.calendar.holidays_published:
        yield "De schoolvakanties van dit jaar zijn nog niet allemaal gepubliceerd."


def _unanswered(outline: Outline) -> Iterator[tuple[str, str, int]]:
    """Goal, intervention, and how many of its questions have no answer yet."""
    for goal in outline.given.goals:
        still_open = Counter(
            point.intervention for point in asked_points(outline, goal) if not point.answer
        )
        for title, number in still_open.items():
            yield outline.goal_label(goal.id), title, number


def not_placed(outline: Outline) -> Iterator[str]:
    """What the plan had no place for, each once. What stands with a person is summed up here."""
    yield from dict.fromkeys(_not_placed(outline))


def _not_placed(outline: Outline) -> Iterator[str]:
    plan = outline.given.plan
    told = {(item.member_id, item.course) for item in outline.given.assignments}
    short: dict[str, dict[str, int]] = {}
    for item in plan.not_placed if plan else ():
        if item.member_id is None:
            yield sentence(item.text)
        elif item.course is not None and (item.member_id, item.course) in told:
            courses = short.setdefault(item.member_id, {})
            courses[item.course] = max(courses.get(item.course, 0), item.missing_minutes)
        elif outline.given.with_persons:
            yield sentence(item.text)
        else:
            short.setdefault(item.member_id, {})
    if outline.given.with_persons:
        yield from (_shortage(outline, member, short[member]) for member in short)
    elif short:
        people = _so_many(outline, short)
        yield f"Van {people} past niet alle voorbereiding op tijd in de studietijd."


def not_counted(outline: Outline, *, own: bool = False) -> str:
    """That hours leave out what has no place in the plan, and how much that is; empty for nothing.

    A course that counts for more goals has the same shortage for each. `own`: of one person, so
    without the preparation that a whole goal waits with.
    """
    plan = outline.given.plan
    short: dict[tuple[str, str | None], int] = {}
    waiting = 0
    for item in plan.not_placed if plan else ():
        if item.member_id is not None:
            key = item.member_id, item.course
            short[key] = max(short.get(key, 0), item.missing_minutes)
        elif not own:
            waiting += item.missing_minutes
    minutes = waiting + sum(short.values())
    if not minutes:
        return ""
    return f"Wat niet in de planning past, samen {duration(minutes)}, telt hier niet mee."


def _shortage(outline: Outline, member_id: str, courses: Mapping[str, int]) -> str:
    name = outline.members[member_id].name if member_id in outline.members else "Onbekend"
    minutes = sum(courses.values())
    much = f", samen {duration(minutes)} te weinig" if minutes else ""
    number = counted(len(courses), "cursus", "cursussen")
    return f"{name}: {number} niet op tijd{much}."


def _findings(outline: Outline) -> Iterator[str]:
    """Rules that speak up. Questions have a list of their own."""
    texts = [
        sentence(item.message)
        for item in outline.given.findings
        if item.severity is not Severity.QUESTION
    ]
    yield from dict.fromkeys(texts)


def unsure_courses(outline: Outline) -> Iterator[str]:
    """Assigned courses that cannot be followed yet, with for how many people and why."""
    people: dict[tuple[str, str], set[str]] = {}
    for item in outline.given.assignments:
        if item.availability not in (None, Availability.OFFERED):
            key = (outline.course_title(item), availability_remark(item))
            people.setdefault(key, set()).add(item.member_id)
    for (title, remark), members in people.items():
        yield f"{title}, voor {_so_many(outline, members)}. {remark}"


def _so_many(outline: Outline, people: Collection[str]) -> str:
    if not outline.given.with_persons and hides(len(people)):
        return "enkele collega’s"
    return counted(len(people), "collega", "collega’s")


def assumptions(outline: Outline) -> Iterator[str]:
    """What nobody stated and the plan rests on."""
    plan = outline.given.plan
    yield from dict.fromkeys(sentence(item.text) for item in (plan.assumptions if plan else ()))
    if plan and any(note.code == _ASSUMED_DURATIONS for note in plan.assumptions):
        return
    durations = {item.course for item in outline.given.assignments if assumed(item)}
    if durations:
        courses = counted(len(durations), "cursus", "cursussen")
        yield f"De duur van {courses} is aangenomen, omdat geen bron die noemt."
