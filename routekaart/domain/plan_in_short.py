"""A plan in a few plain sentences, for who decides about it."""

from collections.abc import Iterator
from dataclasses import dataclass

from routekaart.domain.content.wording import counted, duration, weekday_date
from routekaart.domain.planner.plan import Evaluation, FollowUp, Plan, PlannedDay

_NOT_FOR_ALL = (
    "Niet voor iedereen past alle voorbereiding. De teamleider en de trainer zien voor wie."
)


@dataclass(frozen=True, slots=True)
class DayInShort:
    """A study day: what it is about, and what comes after it."""

    title: str
    goals: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanInShort:
    """`open`: what did not fit. `assumptions`: what the reader should know."""

    days: tuple[DayInShort, ...]
    facts: tuple[str, ...]
    open: tuple[str, ...]
    assumptions: tuple[str, ...]


def plan_in_short(whole: Plan, seen: Plan) -> PlanInShort:
    """What `whole` holds, for somebody who may read of it what `seen` holds.

    That the preparation of somebody does not fit is told, for whom only where it may be seen.
    """
    hidden = len(whole.not_placed) > len(seen.not_placed)
    told = [item.text for item in seen.not_placed]
    if hidden:
        told.append(_NOT_FOR_ALL)
    return PlanInShort(
        days=tuple(_day(whole, day) for day in whole.study_days),
        facts=tuple(_facts(whole)),
        open=tuple(told),
        assumptions=tuple(note.text for note in whole.assumptions),
    )


def _day(plan: Plan, day: PlannedDay) -> DayInShort:
    titles = {item.goal_id: item.goal_title for item in plan.placements}
    after = [
        *(f"Vervolg op {weekday_date(one.date)}" for one in plan.follow_ups if _of(one, day)),
        *(f"Evaluatie op {weekday_date(one.date)}" for one in plan.evaluations if _of(one, day)),
    ]
    name = f"{weekday_date(day.date)}, {duration(day.minutes)}"
    return DayInShort(
        title=f"{name}: {day.title}" if day.title else name,
        goals=tuple(titles[goal] for goal in day.goal_ids if goal in titles),
        after=tuple(after),
    )


def _of(moment: FollowUp | Evaluation, day: PlannedDay) -> bool:
    return moment.study_day_id == day.study_day_id


def _facts(plan: Plan) -> Iterator[str]:
    goals = {item.goal_id for item in plan.placements}
    used = [day for day in plan.study_days if day.goal_ids]
    yield (
        f"{counted(len(goals), 'doel', 'doelen')} op "
        f"{counted(len(used), 'studiedag', 'studiedagen')}."
    )
    courses = {week.course for week in plan.preparation_weeks}
    if courses:
        yield f"{counted(len(courses), 'cursus', 'cursussen')} als voorbereiding."
    if plan.plg_meetings:
        first, last = plan.plg_meetings[0], plan.plg_meetings[-1]
        number = counted(len(plan.plg_meetings), "PLG-bijeenkomst", "PLG-bijeenkomsten")
        yield (
            f"{number}, van {weekday_date(first.date)} tot en met {weekday_date(last.date)}."
            if len(plan.plg_meetings) > 1
            else f"{number}, op {weekday_date(first.date)}."
        )
