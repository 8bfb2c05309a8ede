"""What may be changed in a problem, as values: for what-if, for explaining and for repairs.

Each change makes a new problem and has a plain Dutch phrase; nothing is stored and nothing is
solved here. A change that refers to what is not there raises `ImpossibleChange`.
"""

from routekaart.domain.planner.changes.change import (
    Change,
    ImpossibleChange,
    Words,
    changed,
    described,
)
from routekaart.domain.planner.changes.courses import (
    CompleteCourse,
    CourseVoluntary,
    WithdrawPreparation,
)
from routekaart.domain.planner.changes.days import (
    AddStudyDay,
    CloseDays,
    MoveStudyDay,
    RemoveStudyDay,
)
from routekaart.domain.planner.changes.goals import AddGoal, AskedCourse, GoalPriority, RemoveGoal
from routekaart.domain.planner.changes.people import (
    AddMember,
    MemberLeave,
    MoreWeeklyMinutes,
    RemoveMember,
)
from routekaart.domain.planner.changes.settings import ChangeSettings

__all__ = [
    "AddGoal",
    "AddMember",
    "AddStudyDay",
    "AskedCourse",
    "Change",
    "ChangeSettings",
    "CloseDays",
    "CompleteCourse",
    "CourseVoluntary",
    "GoalPriority",
    "ImpossibleChange",
    "MemberLeave",
    "MoreWeeklyMinutes",
    "MoveStudyDay",
    "RemoveGoal",
    "RemoveMember",
    "RemoveStudyDay",
    "WithdrawPreparation",
    "Words",
    "changed",
    "described",
]
