"""Why a plan is as it is, and the smallest change that would help where something does not fit.

What helps is found by solving the problem again with the change, never guessed.
"""

from routekaart.domain.planner.explain.explaining import WORK, explain
from routekaart.domain.planner.explain.kinds import (
    DayReason,
    Explanation,
    GoalMove,
    Help,
    HelpKind,
    PlacedGoal,
    PostponedGoal,
    ShortPeople,
    ShortPerson,
    Stop,
)
from routekaart.domain.planner.explain.sight import without_persons

__all__ = [
    "WORK",
    "DayReason",
    "Explanation",
    "GoalMove",
    "Help",
    "HelpKind",
    "PlacedGoal",
    "PostponedGoal",
    "ShortPeople",
    "ShortPerson",
    "Stop",
    "explain",
    "without_persons",
]
