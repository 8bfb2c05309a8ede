"""Who gets which course, and why. Pure.

Nobody gets a course twice: what serves three goals is assigned once and counts for all three
(S16). By rule a course goes only to the functions it is meant for; by hand it may go to anyone.
"""

from routekaart.domain.assigning.advice import (
    from_advice,
    merged,
    picked_by_hand,
    rules_from_advice,
    rules_picked_by_hand,
)
from routekaart.domain.assigning.entities import (
    GoalChoice,
    NewAssignment,
    NewRule,
    Selection,
    TeamMember,
)

__all__ = [
    "GoalChoice",
    "NewAssignment",
    "NewRule",
    "Selection",
    "TeamMember",
    "from_advice",
    "merged",
    "picked_by_hand",
    "rules_from_advice",
    "rules_picked_by_hand",
]
