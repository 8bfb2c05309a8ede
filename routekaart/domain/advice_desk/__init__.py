"""The trainer's desk: changes to what the mapping proposes, and what a team says of the outcome."""

from routekaart.domain.advice_desk.applying import (
    LeftOut,
    School,
    apply_changes,
    apply_what_fits,
)
from routekaart.domain.advice_desk.changes import (
    AddCourse,
    ChangeCourse,
    CourseNote,
    DeskChange,
    DropCourse,
)
from routekaart.domain.advice_desk.decisions import Decision, check_decisions
from routekaart.domain.advice_desk.diff import Line, changes_between
from routekaart.domain.advice_desk.recount import without

__all__ = [
    "AddCourse",
    "ChangeCourse",
    "CourseNote",
    "Decision",
    "DeskChange",
    "DropCourse",
    "LeftOut",
    "Line",
    "School",
    "apply_changes",
    "apply_what_fits",
    "changes_between",
    "check_decisions",
    "without",
]
