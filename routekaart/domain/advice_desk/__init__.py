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
from routekaart.domain.advice_desk.effect import FunctionTime, effect_in_words, times_of
from routekaart.domain.advice_desk.findings import desk_findings
from routekaart.domain.advice_desk.recount import without
from routekaart.domain.advice_desk.wishes import (
    CourseWish,
    Purpose,
    Treatment,
    purpose_of,
    wish_of,
    with_added,
    with_wish,
    without_course,
)

__all__ = [
    "AddCourse",
    "ChangeCourse",
    "CourseNote",
    "CourseWish",
    "Decision",
    "DeskChange",
    "DropCourse",
    "FunctionTime",
    "LeftOut",
    "Line",
    "Purpose",
    "School",
    "Treatment",
    "apply_changes",
    "apply_what_fits",
    "changes_between",
    "check_decisions",
    "desk_findings",
    "effect_in_words",
    "purpose_of",
    "times_of",
    "wish_of",
    "with_added",
    "with_wish",
    "without",
    "without_course",
]
