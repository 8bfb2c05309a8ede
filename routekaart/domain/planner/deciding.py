"""From days for goals to a decision: reasons, what holds goals up, and the tasks of people."""

from routekaart.domain.planner.decision import Decision, Placed, Postponed
from routekaart.domain.planner.draft import Draft
from routekaart.domain.planner.fill import tasks_of
from routekaart.domain.planner.plan import Code
from routekaart.domain.planner.problem import Goal
from routekaart.domain.planner.question import Places, Referee


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
