"""An explanation of the plan that a problem gets: goal by goal, and for people who are short."""

from dataclasses import replace

from routekaart.domain.planner.changes import Words
from routekaart.domain.planner.deciding import decision_of
from routekaart.domain.planner.draft import Blocked
from routekaart.domain.planner.effort import Emergency
from routekaart.domain.planner.explain.days import Days
from routekaart.domain.planner.explain.helps import helps_for
from routekaart.domain.planner.explain.kinds import DayReason, Explanation, PostponedGoal
from routekaart.domain.planner.explain.people import People
from routekaart.domain.planner.explain.solving import Solver
from routekaart.domain.planner.explain.wording import quoted, stops_in_short
from routekaart.domain.planner.plan import Code, Plan
from routekaart.domain.planner.problem import Goal, Problem

WORK = 14_000_000
"""The work for one explanation, counted: a problem is solved again as often as that allows."""
# How many answers a goal gets at least, as long as there is work left, and a case of somebody who
# is short: that takes a bisection, and a course or two.
_LEAST = 12
_PER_CASE = 8


def explain(
    problem: Problem,
    published: Plan | None = None,
    words: Words | None = None,
    *,
    evens: bool = False,
    work: int = WORK,
    blocked: Blocked | None = None,
    emergency: Emergency | None = None,
) -> Explanation:
    """Why `plan_optimally(problem, published)` places what it places, and what would help the rest.

    `words` says whether what would help a goal may name people; what is about one person always
    names that person. `evens`: the number of goals a day is left to us, so it follows the days
    when those change. `blocked` are days on which other teams have the room or trainer, where the
    plan was made together with theirs. When `work` is not enough to try everything, `complete`
    says so. The same input gives the same explanation, but in an `emergency`: then it is `stopped`.
    """
    words = words or Words()
    solver = Solver(
        problem, published, evens=evens, work=work, blocked=blocked, emergency=emergency
    )
    days = Days(solver.base, words)
    people = People(solver, replace(words, names=True))
    decision = decision_of(solver.base.draft, solver.base.places)
    goals = [goal for goal in _in_turn(solver) if goal.id in decision.postponed]
    postponed = []
    kept = min(solver.left // 2, _PER_CASE * solver.cost * people.to_solve)
    left = len(goals)
    for goal in goals:
        # A fair share, so that the first one does not use up what the others need.
        mine = solver.left - kept
        with solver.at_most(min(mine, max(_LEAST * solver.cost, mine // left))):
            code = decision.postponed[goal.id].code
            postponed.append(_postponed(solver, days, goal, code, words))
        left -= 1
    return Explanation(
        postponed=tuple(postponed),
        placed=tuple(days.placed()),
        people=tuple(people.explained(_PER_CASE)),
        stopped=emergency is not None and emergency.came,
    )


def _in_turn(solver: Solver) -> list[Goal]:
    """All goals that are left to plan; those in a circle last."""
    draft = solver.base.draft
    turn = {goal: number for number, goal in enumerate(draft.question.goals)}
    return sorted(
        draft.problem.goals, key=lambda goal: (turn.get(goal.id, len(turn)), goal.priority, goal.id)
    )


def _postponed(solver: Solver, days: Days, goal: Goal, code: Code, words: Words) -> PostponedGoal:
    title = f"‘{goal.title}’ heeft nog geen studiedag."
    draft = solver.base.draft
    if goal.id not in draft.question.goals:
        # No day and no time helps here, so nothing is searched.
        titles = {item.id: item.title for item in draft.problem.goals}
        firsts = [titles[first] for first in goal.after if first in titles]
        why = (
            f"Het komt na {quoted(firsts)}, en dat wacht zelf op dit doel of staat in een kring: "
            "pas de volgorde aan."
        )
        return PostponedGoal(goal.id, goal.title, code, f"{title} {why}", (), (), complete=True)
    reasons = days.of(goal.id)
    helps, complete = helps_for(solver, days, goal.id, words)
    why = _why(solver, goal.id, code, reasons)
    return PostponedGoal(goal.id, goal.title, code, f"{title} {why}", reasons, helps, complete)


def _why(solver: Solver, goal_id: str, code: Code, reasons: tuple[DayReason, ...]) -> str:
    if code is Code.NO_STUDY_DAY:
        return "Er is geen studiedag waarop het kan."
    if code is Code.ORDER_UNMET:
        draft = solver.base.draft
        titles = {goal.id: goal.title for goal in draft.problem.goals}
        firsts = [
            titles[first]
            for goal, first in draft.question.after
            if goal == goal_id and first not in solver.base.places
        ]
        return f"Het komt na {quoted(firsts)}, en dat heeft nog geen studiedag."
    return stops_in_short([reason.stop for reason in reasons])
