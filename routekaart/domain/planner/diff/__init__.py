"""What differs between two plans: as data, in plain Dutch, and who has to be told."""

from routekaart.domain.planner.diff.compare import difference
from routekaart.domain.planner.diff.items import Stability, published_items, stability
from routekaart.domain.planner.diff.kinds import (
    ChangeKind,
    CourseChange,
    DayChange,
    DayTimes,
    GoalChange,
    GoalKind,
    Moment,
    MomentChange,
    PlanDifference,
    ShortageChange,
    ShortageKind,
    WeekChanges,
    only_own,
)
from routekaart.domain.planner.diff.sentences import sentences

__all__ = [
    "ChangeKind",
    "CourseChange",
    "DayChange",
    "DayTimes",
    "GoalChange",
    "GoalKind",
    "Moment",
    "MomentChange",
    "PlanDifference",
    "ShortageChange",
    "ShortageKind",
    "Stability",
    "WeekChanges",
    "difference",
    "only_own",
    "published_items",
    "sentences",
    "stability",
]
