"""A problem made ready for deciding, and a decision made into a plan.

Every planner starts and ends here, so that plans differ only in which goal stands on which day.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from routekaart.domain.planner.assemble import build_plan
from routekaart.domain.planner.conditions import Prepared, conditions_of, parts_of, waited_for
from routekaart.domain.planner.decision import Decision, Placed, Postponed
from routekaart.domain.planner.demand import Demand, demand_of
from routekaart.domain.planner.fill import tasks_of
from routekaart.domain.planner.goal_order import ranked
from routekaart.domain.planner.plan import Code, Note, NotPlaced, Plan
from routekaart.domain.planner.problem import Goal, Problem
from routekaart.domain.planner.question import Choose, Places, Question, Referee, Slot
from routekaart.domain.planner.usable_days import UsableDay, usable_days


@dataclass(frozen=True, slots=True)
class Draft:
    """What is known of a problem before anything is decided.

    `waiting` are, per profile of the demand, the goals that wait for it. `order` are the goals
    that can be placed, in their turn; `circle` are goals that wait for each other.
    """

    problem: Problem
    demand: Demand
    days: tuple[UsableDay, ...]
    refused: tuple[NotPlaced, ...]
    waiting: tuple[frozenset[str], ...]
    order: tuple[Goal, ...]
    circle: frozenset[str]
    question: Question


def draft_of(problem: Problem, published: Plan | None = None) -> Draft:
    """The question that a problem asks; `published` is the plan that should change little."""
    demand = demand_of(problem)
    days, refused = usable_days(problem)
    order, circle = ranked(problem.goals)
    ids = tuple(goal.id for goal in order)
    everyone = problem.settings.wait_for_all
    waiting = tuple(
        waited_for(profile, days, all_goals=everyone) & frozenset(ids)
        for profile in demand.profiles
    )
    question = Question(
        goals=ids,
        levels=_levels(order),
        slots=tuple(Slot(day.day.date, day.room) for day in days),
        after=tuple((goal.id, first) for goal in order for first in goal.after if first in ids),
        conditions=conditions_of(demand.profiles, waiting, days),
        choices=_choices(problem, days),
        kept=_kept(demand, waiting, days, ids, published) if published else {},
    )
    return Draft(problem, demand, days, refused, waiting, order, circle, question)


def plan_of(
    draft: Draft, places: Places, *, method: str, optimal: bool, notes: Sequence[Note] = ()
) -> Plan:
    """The whole plan when goals stand at these places."""
    return build_plan(
        draft.problem,
        draft.demand,
        draft.days,
        draft.refused,
        decision_of(draft, places),
        method=method,
        optimal=optimal,
        notes=notes,
    )


def decision_of(draft: Draft, places: Places) -> Decision:
    """Days, postponed goals and tasks that follow from places."""
    order = draft.question.goals
    reasons = reasons_of(draft, places)
    return Decision(
        placed={
            goal: Placed(goal, rank, draft.days[places[goal]], reasons[goal])
            for rank, goal in enumerate(order)
            if goal in places
        },
        postponed={
            goal.id: Postponed(goal.id, _why_not(draft, goal, places))
            for goal in draft.problem.goals
            if goal.id not in places
        },
        tasks=tuple(
            tasks_of(profile, goals, places, order, draft.days)
            for profile, goals in zip(draft.demand.profiles, draft.waiting, strict=True)
        ),
    )


def reasons_of(draft: Draft, places: Places) -> dict[str, str]:
    """Per placed goal why it stands on its day and on no earlier one, in one Dutch sentence."""
    referee = Referee(draft.question)
    return {goal: _reason(draft, referee, goal, places) for goal in places}


def _reason(draft: Draft, referee: Referee, goal: str, places: Places) -> str:
    question = draft.question
    own = [n for n, slot in enumerate(question.slots) if slot.group == question.group_of(goal)]
    earlier = [place for place in own if place < places[goal]]
    if not earlier:
        return "Dit is de eerste studiedag."
    before = question.goals[: question.goals.index(goal)]
    first = {other: places[other] for other in before if other in places}
    alone = {other: place for other, place in first.items() if (goal, other) in question.after}
    if not any(referee.is_right({**alone, goal: place}) for place in earlier):
        return "Voor een eerdere dag kan niet iedereen op tijd klaar zijn, voor deze wel."
    if not any(referee.is_right({**first, goal: place}) for place in earlier):
        return "Eerdere dagen zijn gevuld met doelen die voorgaan; dit is de eerste die past."
    return "Zo krijgen alle doelen samen de beste plek; eerder zou een ander doel verdringen."


def _levels(order: Sequence[Goal]) -> tuple[tuple[str, ...], ...]:
    priorities = sorted({goal.priority for goal in order})
    return tuple(
        tuple(goal.id for goal in order if goal.priority == priority) for priority in priorities
    )


def _choices(problem: Problem, days: Sequence[UsableDay]) -> tuple[Choose, ...]:
    most = problem.settings.most_candidate_days
    candidates = frozenset(place for place, day in enumerate(days) if not day.day.fixed)
    if most is None or len(candidates) <= most:
        return ()
    return (Choose(candidates, most),)


def _kept(
    demand: Demand,
    waiting: Sequence[frozenset[str]],
    days: Sequence[UsableDay],
    goals: Sequence[str],
    published: Plan,
) -> Mapping[Prepared, int]:
    """How many published items stay with a goal, or with a course, that keeps its day."""
    place_of = {day.day.id: place for place, day in enumerate(days)}
    kept: dict[Prepared, int] = {}
    for placement in published.placements:
        place = place_of.get(placement.study_day_id)
        if placement.goal_id in goals and place is not None:
            kept[frozenset([placement.goal_id]), place] = 1
    deadlines = {
        (week.member_id, week.course): week.deadline for week in published.preparation_weeks
    }
    by_deadline: dict[object, list[int]] = {}
    for place, day in enumerate(days):
        by_deadline.setdefault(day.deadline, []).append(place)
    for profile, waits in zip(demand.profiles, waiting, strict=True):
        for part in parts_of(profile, waits & frozenset(goals)):
            for member_id in profile.member_ids:
                for place in by_deadline.get(deadlines.get((member_id, part.course)), ()):
                    kept[part.goals, place] = kept.get((part.goals, place), 0) + 1
    return kept


def _why_not(draft: Draft, goal: Goal, places: Places) -> Code:
    """What holds a goal up, as far as that can be seen without planning again."""
    if goal.id in draft.circle:
        return Code.ORDER_CYCLE
    if goal.id not in draft.question.goals:
        return Code.ORDER_UNMET
    if not draft.days:
        return Code.NO_STUDY_DAY
    earlier = [first for other, first in draft.question.after if other == goal.id]
    if any(first not in places for first in earlier):
        return Code.ORDER_UNMET
    used = list(places.values())
    dates = [draft.question.slots[places[first]].date for first in earlier]
    free = [
        place
        for place, slot in enumerate(draft.question.slots)
        if used.count(place) < slot.room and all(slot.date > date for date in dates)
    ]
    candidates = {place for choice in draft.question.choices for place in choice.places}
    spent = bool(candidates) and len(candidates & set(used)) >= min(
        choice.most for choice in draft.question.choices
    )
    open_places = [place for place in free if not (spent and place in candidates - set(used))]
    return Code.PREPARATION_SHORT if open_places else Code.NO_FREE_DAY
