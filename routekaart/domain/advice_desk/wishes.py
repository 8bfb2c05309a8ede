"""What a trainer wants with one course, as a form shows it, and as changes of the desk.

The desk holds a row of changes; a form shows per course what they come to. Saving one course
replaces the changes of that course and leaves those of all others.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from courses.advice import AdviceItem
from routekaart.domain.advice_desk.changes import (
    AddCourse,
    ChangeCourse,
    CourseNote,
    DeskChange,
    DropCourse,
)


class Treatment(StrEnum):
    """What happens to a course. `KEEP`: as it was proposed."""

    KEEP = "zo"
    VOLUNTARY = "vrijwillig"
    MANDATORY = "verplicht"
    LEAVE_OUT = "weg"


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a course is for. No `functions`: it is for everyone."""

    interventions: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()

    def same_as(self, other: "Purpose") -> bool:
        """Whether both say the same; the order says nothing."""
        return all(
            set(mine) == set(theirs)
            for mine, theirs in (
                (self.interventions, other.interventions),
                (self.goals, other.goals),
                (self.functions, other.functions),
            )
        )


@dataclass(frozen=True, slots=True)
class CourseWish:
    """`reason` goes with everything but a note."""

    treatment: Treatment
    purpose: Purpose
    reason: str = ""
    note: str = ""


def purpose_of(item: AdviceItem) -> Purpose:
    """What a course in the advice is for now."""
    everyone = all(reason.everyone for reason in item.reasons) and all(
        reason.everyone for reason in item.goal_reasons
    )
    return Purpose(
        interventions=item.interventions,
        goals=tuple(reason.goal for reason in item.goal_reasons),
        functions=() if everyone else item.functions,
    )


def wish_of(item: AdviceItem, changes: Sequence[DeskChange]) -> CourseWish:
    """What the desk says now of a course that is in its advice."""
    treatment, reason = Treatment.KEEP, ""
    for change in _of(item.course, changes):
        match change:
            case ChangeCourse():
                treatment = Treatment.MANDATORY if change.mandatory else Treatment.VOLUNTARY
                reason = change.reason
            case AddCourse() | DropCourse():
                treatment, reason = Treatment.KEEP, change.reason
            case CourseNote():
                pass
    return CourseWish(treatment, purpose_of(item), reason, item.trainer_note)


def with_wish(
    changes: Sequence[DeskChange], item: AdviceItem, wish: CourseWish
) -> tuple[DeskChange, ...]:
    """The changes of a desk with, of a course that is in its advice, those that `wish` asks for."""
    own = _of(item.course, changes)
    others = without_course(changes, item.course)
    is_new = _is_new(own)
    if wish.treatment is Treatment.LEAVE_OUT:
        # What was added at this desk is simply not there any more.
        return others if is_new else (*others, DropCourse(item.course, wish.reason))
    return (*others, *_kept(item, own, wish, is_new=is_new))


def with_added(
    changes: Sequence[DeskChange], course: str, wish: CourseWish
) -> tuple[DeskChange, ...]:
    """The changes of a desk with a course that is not in its advice."""
    others = without_course(changes, course)
    was_proposed = any(isinstance(change, DropCourse) for change in _of(course, changes))
    dropped = (DropCourse(course, wish.reason),) if was_proposed else ()
    return (*others, *dropped, _added(course, wish), *_rest(course, wish))


def without_course(changes: Iterable[DeskChange], course: str) -> tuple[DeskChange, ...]:
    """The changes of a desk without those of a course: it is again as it was proposed."""
    return tuple(change for change in changes if change.course != course)


def _of(course: str, changes: Iterable[DeskChange]) -> tuple[DeskChange, ...]:
    return tuple(change for change in changes if change.course == course)


def _is_new(own: Sequence[DeskChange]) -> bool:
    """Whether the course came at this desk: what was proposed is left out before it is added."""
    first = next((one for one in own if isinstance(one, AddCourse | DropCourse)), None)
    return isinstance(first, AddCourse)


def _kept(
    item: AdviceItem, own: Sequence[DeskChange], wish: CourseWish, *, is_new: bool
) -> Iterator[DeskChange]:
    added = any(isinstance(change, AddCourse) for change in own)
    if added or not wish.purpose.same_as(purpose_of(item)):
        # A proposed course gets another purpose by being left out and added anew.
        if not is_new:
            yield DropCourse(item.course, wish.reason)
        yield _added(item.course, wish)
        yield from _rest(item.course, wish)
        return
    noted = any(isinstance(change, CourseNote) for change in own)
    yield from _treated(item.course, wish)
    if noted or wish.note != item.trainer_note:
        yield CourseNote(item.course, wish.note)


def _added(course: str, wish: CourseWish) -> AddCourse:
    purpose = wish.purpose
    return AddCourse(
        course,
        wish.reason,
        interventions=purpose.interventions,
        goals=purpose.goals,
        functions=purpose.functions,
    )


def _rest(course: str, wish: CourseWish) -> Iterator[DeskChange]:
    """What goes on top of a course that was added."""
    yield from _treated(course, wish)
    if wish.note:
        yield CourseNote(course, wish.note)


def _treated(course: str, wish: CourseWish) -> Iterator[DeskChange]:
    if wish.treatment in (Treatment.VOLUNTARY, Treatment.MANDATORY):
        yield ChangeCourse(course, wish.reason, wish.treatment is Treatment.MANDATORY)
