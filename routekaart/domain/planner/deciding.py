"""From days for goals to a decision: reasons, what holds goals up, and the tasks of people."""

from dataclasses import replace

from routekaart.domain.planner.decision import Decision, Placed, Postponed
from routekaart.domain.planner.draft import Draft
from routekaart.domain.planner.fill import tasks_of
from routekaart.domain.planner.plan import Code
from routekaart.domain.planner.problem import Goal
from routekaart.domain.planner.question import Places, Question, Referee


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
            draft.work[profile.member_ids[0]].tasks
            if profile.member_ids[0] in draft.work
            else tasks_of(profile, goals, places, order, draft.days)
            for profile, goals in zip(draft.demand.profiles, draft.waiting, strict=True)
        ),
    )


def reasons_of(draft: Draft, places: Places) -> dict[str, str]:
    """Per placed goal why it stands on its day and on no earlier one, in one Dutch sentence."""
    judges = _Judges(draft.question)
    return {goal: _reason(judges, goal, places) for goal in places}


class _Judges:
    """Who says whether an answer is right: on everything, or on order and preparation alone."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.all = Referee(question)
        roomy = tuple(replace(slot, room=len(question.goals)) for slot in question.slots)
        self.ready = Referee(replace(question, slots=roomy, choices=(), apart=()))

    def has_room(self, place: int) -> bool:
        """Whether any goal at all may stand there."""
        never = any(place in choice.places and not choice.most for choice in self.question.choices)
        return self.question.slots[place].room > 0 and not never

    def before(self, goal: str) -> set[str]:
        """The goals that come before this one, directly or not."""
        found = {goal}
        while True:
            more = {first for other, first in self.question.after if other in found} - found
            if not more:
                return found - {goal}
            found |= more


def _reason(judges: _Judges, goal: str, places: Places) -> str:
    question, slots = judges.question, judges.question.slots
    place = places[goal]
    earlier = [at for at in range(place) if slots[at].group == slots[place].group]
    if not earlier:
        return "Dit is de eerste studiedag."
    needed = {other: places[other] for other in judges.before(goal)}
    later = [at for at in earlier if all(slots[n].date < slots[at].date for n in needed.values())]
    if not later:
        return "Het kan pas na een ander doel, en dit is de eerste studiedag daarna."
    roomy = [at for at in later if judges.has_room(at)]
    if not roomy:
        return "Op een eerdere dag is geen plaats voor een doel."
    if not any(judges.ready.is_right({**needed, goal: at}) for at in roomy):
        return "Voor een eerdere dag kan niet iedereen op tijd klaar zijn, voor deze wel."
    turns = question.goals[: question.goals.index(goal)]
    first = {other: places[other] for other in turns if other in places}
    if not any(judges.all.is_right({**first, goal: at}) for at in roomy):
        return "Eerdere dagen zijn nodig voor doelen die voorgaan; dit is de eerste die past."
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
    if open_places:
        return Code.PREPARATION_SHORT
    closed = draft.question.conditions.closed
    taken = any(
        day.day.id in draft.blocked
        and all(day.day.date > date for date in dates)
        and (frozenset([goal.id]), place) not in closed
        for place, day in enumerate(draft.days)
    )
    return Code.DAY_TAKEN if taken else Code.NO_FREE_DAY
