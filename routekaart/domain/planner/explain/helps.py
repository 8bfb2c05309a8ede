"""The smallest changes after which a postponed goal has its day, each found by solving again.

Of every kind only the smallest is kept: with one step less it was solved again, and did not help.
"""

from routekaart.domain.planner.changes import Words
from routekaart.domain.planner.explain.days import Days
from routekaart.domain.planner.explain.extra_days import study_day
from routekaart.domain.planner.explain.kinds import Help
from routekaart.domain.planner.explain.lighter import voluntary
from routekaart.domain.planner.explain.more_minutes import more_minutes
from routekaart.domain.planner.explain.other_settings import candidate, goals_per_day, window
from routekaart.domain.planner.explain.solving import OutOfSolves, Solver
from routekaart.domain.planner.explain.wanted import Wanted

MOST_HELPS = 3
# The smallest kind first, an assumption of ours.
_KINDS = (more_minutes, study_day, voluntary, goals_per_day, window, candidate)


def helps_for(solver: Solver, days: Days, goal: str, words: Words) -> tuple[tuple[Help, ...], bool]:
    """At most three helps, and whether every kind before the third was tried."""
    if solver.is_out:
        return (), False
    wanted = Wanted(solver, days, goal, words)
    found: list[Help] = []
    try:
        for kind in _KINDS:
            one = kind(wanted)
            if one is not None:
                found.append(one)
            if len(found) == MOST_HELPS:
                break
    except OutOfSolves:
        return tuple(found), False
    return tuple(found), True
