"""A plan without looking ahead: every goal in its turn on the first day that it fits.

The baseline of the optimal planner, and what stands when that fails. What was given to an earlier
goal is never taken away by a later one.
"""

from routekaart.domain.planner.assemble import plan_of
from routekaart.domain.planner.draft import draft_of
from routekaart.domain.planner.plan import Plan
from routekaart.domain.planner.problem import Problem
from routekaart.domain.planner.question import Places, Question, Referee

METHOD = "greedy"


def plan_greedily(problem: Problem) -> Plan:
    """A plan for any problem; the same problem gives the same plan, in whatever order its rows."""
    draft = draft_of(problem)
    return plan_of(draft, greedy_places(draft.question), method=METHOD, optimal=False)


def greedy_places(question: Question) -> Places:
    """A right answer to any question, not always the best."""
    referee = Referee(question)
    places: dict[str, int] = {}
    for goal in question.goals:
        for place in question.open_places(goal):
            if referee.is_right({**places, goal: place}):
                places[goal] = place
                break
    return places
