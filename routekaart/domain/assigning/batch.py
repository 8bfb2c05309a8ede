"""What one action of assigning means for each person, before anything is stored. Pure.

By hand a course may go to anyone. By rule (to a function or to the whole team) it goes only to
the functions that it is meant for. What nobody can open yet is never mandatory (S19, S20).
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from courses.advice import Availability
from courses.dutch import dutch_date
from routekaart.domain.assigning.entities import NewAssignment, NewRule, TeamMember
from routekaart.domain.errors import BadInput

# For whom a course is meant when it serves a goal; None: for everyone.
Audiences = Mapping[tuple[str, str], frozenset[str] | None]


@dataclass(frozen=True, slots=True)
class WantedCourse:
    """A course of the batch. `availability` is that at this school, on the day of assigning."""

    course: str
    goals: tuple[str, ...]
    minutes: int
    availability: Availability
    available_from: date | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for. `functions`: those of a function that is the target, with what it
    includes; None when the target is another. `by_rule`: who joins later gets it too."""

    courses: tuple[WantedCourse, ...]
    members: tuple[TeamMember, ...]
    mandatory: bool
    reason: str
    by_rule: bool = False
    function: str = ""
    functions: frozenset[str] | None = None


class Outcome(StrEnum):
    """`elsewhere`: for another team of the school, so that it costs no time again."""

    NEW = "new"
    PRESENT = "present"
    ELSEWHERE = "elsewhere"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one person gets of one course. `minutes` is the time that comes on top.

    `code` and `detail` say why somebody is refused; `goals` are those that it is for.
    """

    person: str
    course: str
    outcome: Outcome
    goals: tuple[str, ...] = ()
    minutes: int = 0
    mandatory: bool = False
    code: str = ""
    detail: str = ""


def verdicts(
    wanted: Wanted,
    audiences: Audiences,
    *,
    here: Mapping[tuple[str, str], bool],
    elsewhere: Collection[tuple[str, str]],
) -> tuple[Verdict, ...]:
    """Per person and course what would happen, by person and then in the order of the courses.

    `here` and `elsewhere` are the pairs of person and course that stand already, in this
    routekaart (with whether it is mandatory there, which stays) and in those of other teams of
    the school in the same year.
    """
    return tuple(
        _verdict(wanted, course, member, audiences, here, elsewhere)
        for member in wanted.members
        for course in wanted.courses
    )


def _verdict(
    wanted: Wanted,
    course: WantedCourse,
    member: TeamMember,
    audiences: Audiences,
    here: Mapping[tuple[str, str], bool],
    elsewhere: Collection[tuple[str, str]],
) -> Verdict:
    key = (member.id, course.course)
    held_back = why_not_mandatory(course) if wanted.mandatory else None
    if held_back is not None:
        code, detail = held_back
        return Verdict(*key, Outcome.REFUSED, code=code, detail=detail)
    goals = _goals_for(wanted, course, member, audiences)
    if not goals:
        return Verdict(
            *key,
            Outcome.REFUSED,
            code="outside_function",
            detail="Deze cursus is voor een andere functie bedoeld. "
            "Wijs hem op naam toe als je hem toch wilt geven.",
        )
    if key in here:
        return Verdict(*key, Outcome.PRESENT, goals, mandatory=here[key])
    if key in elsewhere:
        return Verdict(*key, Outcome.ELSEWHERE, goals, mandatory=wanted.mandatory)
    return Verdict(*key, Outcome.NEW, goals, course.minutes, wanted.mandatory)


def _goals_for(
    wanted: Wanted, course: WantedCourse, member: TeamMember, audiences: Audiences
) -> tuple[str, ...]:
    if not wanted.by_rule:
        return course.goals
    functions = set(member.functions)
    if wanted.functions is not None:
        functions &= wanted.functions
    return tuple(
        goal
        for goal in course.goals
        if (meant := audiences[course.course, goal]) is None or functions & meant
    )


def verdicts_from_advice(
    wanted: Sequence[NewAssignment],
    minutes: Mapping[str, int],
    *,
    here: Mapping[tuple[str, str], bool],
    elsewhere: Collection[tuple[str, str]],
) -> tuple[Verdict, ...]:
    """The same for what an advice gives: by person and then in the order of the advice.

    `minutes`: how long each course takes.
    """
    order = {person: place for place, person in enumerate(dict.fromkeys(n.person for n in wanted))}
    return tuple(
        _from_advice(new, minutes[new.course], here, elsewhere)
        for new in sorted(wanted, key=lambda new: order[new.person])
    )


def _from_advice(
    new: NewAssignment,
    minutes: int,
    here: Mapping[tuple[str, str], bool],
    elsewhere: Collection[tuple[str, str]],
) -> Verdict:
    key = (new.person, new.course)
    if key in here:
        return Verdict(*key, Outcome.PRESENT, new.goals, mandatory=here[key])
    if key in elsewhere:
        return Verdict(*key, Outcome.ELSEWHERE, new.goals, mandatory=new.mandatory)
    return Verdict(*key, Outcome.NEW, new.goals, minutes, new.mandatory)


@dataclass(frozen=True, slots=True)
class Totals:
    """How many people were asked about, how many of them get a course that they do not have here,
    how many assignments there are of each outcome, and the time that comes on top."""

    people: int
    receiving: int
    new: int
    present: int
    elsewhere: int
    refused: int
    minutes: int


def totals(found: Sequence[Verdict]) -> Totals:
    """What verdicts come to."""
    counts = Counter(verdict.outcome for verdict in found)
    return Totals(
        people=len({verdict.person for verdict in found}),
        receiving=len(
            {
                verdict.person
                for verdict in found
                if verdict.outcome in (Outcome.NEW, Outcome.ELSEWHERE)
            }
        ),
        new=counts[Outcome.NEW],
        present=counts[Outcome.PRESENT],
        elsewhere=counts[Outcome.ELSEWHERE],
        refused=counts[Outcome.REFUSED],
        minutes=sum(verdict.minutes for verdict in found),
    )


def new_assignments(wanted: Wanted, found: Sequence[Verdict]) -> tuple[NewAssignment, ...]:
    """What is to be stored of these verdicts; who is refused gets nothing."""
    return tuple(
        NewAssignment(
            person=verdict.person,
            course=verdict.course,
            goals=verdict.goals,
            reason=wanted.reason,
            mandatory=wanted.mandatory,
        )
        for verdict in found
        if verdict.outcome is not Outcome.REFUSED
    )


def new_rules(wanted: Wanted, audiences: Audiences) -> tuple[NewRule, ...]:
    """The rules that go with it, for who joins later: none unless it is by rule."""
    return tuple(
        NewRule(goal, course.course, function, wanted.mandatory, wanted.reason)
        for course in (wanted.courses if wanted.by_rule else ())
        for goal in course.goals
        for function in _rule_functions(wanted, audiences[course.course, goal])
    )


def _rule_functions(wanted: Wanted, meant: frozenset[str] | None) -> Sequence[str]:
    if wanted.functions is None:
        return [""] if meant is None else sorted(meant)
    return [wanted.function] if meant is None or meant & wanted.functions else []


def check_mandatory(wanted: Wanted) -> None:
    """Raises `BadInput` for the first course that cannot be mandatory, when all should be."""
    for place, course in enumerate(wanted.courses if wanted.mandatory else ()):
        held_back = why_not_mandatory(course)
        if held_back is not None:
            code, detail = held_back
            raise BadInput(f"courses.{place}.course", detail, code=code)


def why_not_mandatory(course: WantedCourse) -> tuple[str, str] | None:
    """Why this course cannot be mandatory, as a code and a sentence; None when it can be."""
    voluntary = "Wijs hem vrijwillig toe of kies een andere cursus."
    match course.availability:
        case Availability.LOCKED:
            return "course_locked", f"Deze cursus zit niet in jullie pakketten. {voluntary}"
        case Availability.NOT_YET:
            since = "" if course.available_from is None else dutch_date(course.available_from)
            return "course_not_yet", f"Deze cursus is er pas vanaf {since}. {voluntary}"
        case Availability.UNCONFIRMED:
            return (
                "course_unconfirmed",
                f"Niemand heeft bevestigd dat deze cursus er al is. {voluntary}",
            )
        case Availability.OFFERED:
            return None
