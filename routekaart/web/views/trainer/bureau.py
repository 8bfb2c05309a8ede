"""The desk as a page shows it: per goal its courses, what was left out, the time it asks."""

from dataclasses import dataclass

from courses.advice import Advice, AdviceItem, DroppedItem
from routekaart.domain.advice_desk import (
    FunctionTime,
    desk_findings,
    effect_in_words,
    times_of,
)
from routekaart.domain.advice_reading import GoalAdvice, ReadCourse, read_advice
from routekaart.models.routekaarten import State
from routekaart.queries.advice.desk import DeskPage

OPEN_STATES = (State.SUBMITTED, State.ADVISED)


@dataclass(frozen=True, slots=True)
class Card:
    """A course. `mark` says what a trainer did with it; `declined` why the team did not want it."""

    course: ReadCourse
    mark: str
    declined: str | None
    changed_here: bool


@dataclass(frozen=True, slots=True)
class Section:
    """A goal; `needed` cover everything, `others` fit too, `locked` nobody can follow now.

    `locked_open`: there is news among those.
    """

    goal: GoalAdvice
    needed: tuple[Card, ...]
    others: tuple[Card, ...]
    locked: tuple[Card, ...]
    locked_open: bool


@dataclass(frozen=True, slots=True)
class LeftOutCourse:
    """`here`: at this desk, so that it can be put back with one press."""

    item: DroppedItem
    here: bool


@dataclass(frozen=True, slots=True)
class Bureau:
    """`unfit` are changes that do not fit what is proposed now, each with why.

    `uncounted`: how many courses are in no time, because nobody can follow them for sure.
    `changed` is the course that was saved just now, and `effect` what that did.
    """

    sections: tuple[Section, ...]
    left_out: tuple[LeftOutCourse, ...]
    times: tuple[FunctionTime, ...]
    unfit: tuple[str, ...]
    warnings: tuple[str, ...]
    findings: tuple[str, ...]
    courses: int
    needed: int
    uncounted: int
    changes: int
    changed: str
    effect: str


def bureau_of(found: DeskPage, *, changed: str = "", before: Advice | None = None) -> Bureau:
    """The desk in words. `before` is the advice as it was before `changed` was saved."""
    advice = found.desk.advice
    plurals = {one.slug: one.plural for one in found.catalogue.functions}
    read = read_advice(
        advice=advice,
        goals=[(goal.wording, choice) for goal, choice in found.goals],
        answers={},
        functions=plurals,
        titles={slug: one.title for slug, one in found.catalogue.course_by_slug.items()},
    )
    touched = {change.course for change in found.desk.changes}
    times = times_of(advice, plurals, before)
    return Bureau(
        sections=tuple(_section(found, goal, touched) for goal in read.goals),
        left_out=tuple(LeftOutCourse(one, one.course in touched) for one in advice.dropped),
        times=times,
        unfit=tuple(one.why for one in found.desk.left_out),
        warnings=tuple(dict.fromkeys(one.message for one in desk_findings(found.desk.changes))),
        findings=tuple(one.message for one in advice.findings),
        courses=len(advice.items),
        needed=len(advice.smallest_set),
        uncounted=sum(not one.is_offered for one in advice.items),
        changes=len(touched),
        changed=changed,
        effect=effect_in_words(times) if before is not None else "",
    )


def _section(found: DeskPage, goal: GoalAdvice, touched: set[str]) -> Section:
    def card(course: ReadCourse) -> Card:
        item = course.item
        declined = found.desk.declined.get(item.course)
        return Card(course, _mark(item), declined, item.course in touched)

    cards = [card(course) for course in goal.courses]
    locked = tuple(card(course) for course in goal.locked)
    return Section(
        goal,
        needed=tuple(one for one in cards if one.course.item.in_smallest_set),
        others=tuple(one for one in cards if not one.course.item.in_smallest_set),
        locked=locked,
        locked_open=any(one.changed_here or one.declined is not None for one in locked),
    )


def _mark(item: AdviceItem) -> str:
    if item.added_by_trainer:
        return "toegevoegd"
    if item.trainer_reason and item.required and not item.voluntary:
        return "verplicht gemaakt"
    return "gewijzigd" if item.trainer_reason or item.trainer_note else ""
