"""A plan: which goal on which day, who prepares what in which week, and what comes after.

A plan is a value that stands alone: titles are in it, so that a published version stays readable
when the tables move on. Whatever could not be planned stands in `not_placed`; nothing is dropped.
"""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from courses.entities import DurationBasis
from routekaart.domain.calendar import SchoolYear
from routekaart.domain.hours import MemberHours
from routekaart.domain.planner.problem import StudyDayKind
from routekaart.domain.plg import PlgMeeting
from routekaart.domain.study_day import Block


@dataclass(frozen=True, slots=True)
class Placement:
    """A goal on its study day. `deadline`: preparation is done on this day at the latest.

    `deadline` is None when the year has no room for one before the day.
    """

    goal_id: str
    goal_title: str
    study_day_id: str
    study_day_date: date
    deadline: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class PreparationWeek:
    """Minutes of one course in one week of one person. `week` is a Monday.

    `goal_ids`: the goals this preparation counts for, the one it is planned for first.
    """

    member_id: str
    goal_ids: tuple[str, ...]
    study_day_id: str
    course: str
    course_title: str
    week: date
    minutes: int
    deadline: date
    mandatory: bool
    duration_basis: DurationBasis


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """A study day with its programme. `goal_ids` may be empty: a day that is still free."""

    study_day_id: str
    title: str
    date: date
    kind: StudyDayKind
    start: time
    minutes: int
    goal_ids: tuple[str, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The meeting some weeks after a study day that looks back at its agreements."""

    study_day_id: str
    goal_ids: tuple[str, ...]
    date: date
    minutes: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The moment later in the year that asks whether it worked."""

    study_day_id: str
    goal_ids: tuple[str, ...]
    date: date
    minutes: int


@dataclass(frozen=True, slots=True)
class LessonVisits:
    """Weeks (Mondays) in which people visit each other's lessons about a study day's goals."""

    study_day_id: str
    goal_ids: tuple[str, ...]
    weeks: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class PlannedActivity:
    """Something to do together, and the PLG meeting at which it comes up.

    No `goal_ids`: for the team as a whole.
    """

    activity_id: str
    title: str
    goal_ids: tuple[str, ...]
    date: date


@dataclass(frozen=True, slots=True)
class CompletedCourse:
    """A course that needs no planning, because the person has done it already."""

    member_id: str
    goal_id: str
    course: str
    course_title: str


class Subject(StrEnum):
    """What could not be planned."""

    GOAL = "goal"
    PREPARATION = "preparation"
    STUDY_DAY = "study_day"
    PLG_MEETING = "plg_meeting"
    FOLLOW_UP = "follow_up"
    EVALUATION = "evaluation"
    ACTIVITY = "activity"
    LESSON_VISITS = "lesson_visits"


class Code(StrEnum):
    """Why something could not be planned. Stable: tests and texts refer to it."""

    NO_STUDY_DAY = "no_study_day"
    NO_FREE_DAY = "no_free_day"
    DAY_TAKEN = "day_taken"
    ORDER_CYCLE = "order_cycle"
    ORDER_UNMET = "order_unmet"
    PREPARATION_SHORT = "preparation_short"
    DAY_CLOSED = "day_closed"
    DAY_OUTSIDE_YEAR = "day_outside_year"
    DAY_IN_PAST = "day_in_past"
    DAY_INVALID = "day_invalid"
    NO_ROOM_BEFORE_DAY = "no_room_before_day"
    NO_WORKING_DAYS = "no_working_days"
    NO_STUDY_MINUTES = "no_study_minutes"
    NOT_AVAILABLE_YET = "not_available_yet"
    NOT_ENOUGH_MINUTES = "not_enough_minutes"
    UNKNOWN_GOAL = "unknown_goal"
    UNKNOWN_MEMBER = "unknown_member"
    NO_DATE_LEFT = "no_date_left"
    NO_MEETING = "no_meeting"


@dataclass(frozen=True, slots=True)
class NotPlaced:
    """Something that did not fit, with a stable code, plain Dutch, and the minutes that miss.

    The minutes of somebody's course count once, so that they add up: for several goals they stand
    with the one that comes first, and the others have none.
    """

    subject: Subject
    code: Code
    text: str
    goal_id: str | None = None
    member_id: str | None = None
    course: str | None = None
    study_day_id: str | None = None
    missing_minutes: int = 0
    activity_id: str | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """An assumption or a warning that the reader of a plan should know. Never blocks."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole. `optimal` is true only when a solver has proven it; `method` says who made it."""

    year: SchoolYear
    method: str
    optimal: bool
    placements: tuple[Placement, ...]
    preparation_weeks: tuple[PreparationWeek, ...]
    study_days: tuple[PlannedDay, ...]
    plg_meetings: tuple[PlgMeeting, ...]
    follow_ups: tuple[FollowUp, ...]
    evaluations: tuple[Evaluation, ...]
    hours: tuple[MemberHours, ...]
    completed: tuple[CompletedCourse, ...]
    not_placed: tuple[NotPlaced, ...]
    assumptions: tuple[Note, ...]
    activities: tuple[PlannedActivity, ...] = ()
    lesson_visits: tuple[LessonVisits, ...] = ()
