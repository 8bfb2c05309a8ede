"""What people have done: which completions are believed, which count, and how a team stands."""

from routekaart.domain.progress.completions import (
    OLDEST_YEARS,
    Done,
    check_done_on,
    counts_on,
    months_before,
)
from routekaart.domain.progress.counts import (
    Counts,
    CourseProgress,
    PersonProgress,
    Preparation,
    ProgressRow,
    TeamProgress,
    course_progress,
    is_late,
    people_progress,
    preparation,
    ready_for,
    team_progress,
)

__all__ = [
    "OLDEST_YEARS",
    "Counts",
    "CourseProgress",
    "Done",
    "PersonProgress",
    "Preparation",
    "ProgressRow",
    "TeamProgress",
    "check_done_on",
    "counts_on",
    "course_progress",
    "is_late",
    "months_before",
    "people_progress",
    "preparation",
    "ready_for",
    "team_progress",
]
