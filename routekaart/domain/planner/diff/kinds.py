"""The difference between two plans as plain values."""

from dataclasses import dataclass, replace
from datetime import date, time
from enum import StrEnum

from routekaart.domain.planner.diff.items import Stability
from routekaart.domain.planner.plan import Code, Subject
from routekaart.domain.planner.problem import StudyDayKind


class ChangeKind(StrEnum):
    """`changed`: still there on the same date, but otherwise not the same."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    CHANGED = "changed"


class GoalKind(StrEnum):
    """`reason`: it waits as it did, for another reason."""

    PLACED = "placed"
    POSTPONED = "postponed"
    MOVED = "moved"
    REMOVED = "removed"
    REASON = "reason"


@dataclass(frozen=True, slots=True)
class GoalChange:
    """A goal with another study day. `title` is empty for one that waits in both plans.

    `text` says why it waits now. `along`: it stands on the same study day, which has moved.
    """

    goal_id: str
    title: str
    kind: GoalKind
    old_date: date | None = None
    new_date: date | None = None
    along: bool = False
    code: Code | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class DayTimes:
    """When a study day is."""

    date: date
    kind: StudyDayKind
    start: time
    minutes: int


@dataclass(frozen=True, slots=True)
class DayChange:
    """A study day that came, went, or has other times. `goals` are the titles that moved along."""

    study_day_id: str
    kind: ChangeKind
    old: DayTimes | None
    new: DayTimes | None
    goals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CourseChange:
    """A course of some people with other deadlines; `done`: it was dropped because it is done.

    More than one deadline: a part is for an earlier study day. `people` counts, also where the
    ids of the members are left out.
    """

    course: str
    title: str
    kind: ChangeKind
    old: tuple[date, ...]
    new: tuple[date, ...]
    done: bool
    people: int
    member_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WeekChanges:
    """In how many weeks of how many people something else is prepared than before.

    A week of two people counts as two.
    """

    weeks: int = 0
    people: int = 0


class Moment(StrEnum):
    PLG_MEETING = "plg_meeting"
    FOLLOW_UP = "follow_up"
    EVALUATION = "evaluation"
    ACTIVITY = "activity"


@dataclass(frozen=True, slots=True)
class MomentChange:
    """A meeting or joint activity on another date. `about` is its study day or activity, if any.

    `along`: an activity whose PLG meeting has moved with it.
    """

    moment: Moment
    kind: ChangeKind
    old: date | None
    new: date | None
    about: str = ""
    title: str = ""
    along: bool = False


class ShortageKind(StrEnum):
    """`solved`: it fits now. `lapsed`: it is no longer asked for."""

    NEW = "new"
    SOLVED = "solved"
    LAPSED = "lapsed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class ShortageChange:
    """Something that did not fit and now does, or the other way round; never a goal.

    `text` is that of the newest plan that has it, and may hold a name. `on`: its study day.
    `course_title` is empty where no plan has the course.
    """

    kind: ShortageKind
    subject: Subject
    code: Code
    text: str
    old_minutes: int
    new_minutes: int
    goal_id: str | None = None
    member_id: str | None = None
    course: str | None = None
    course_title: str = ""
    study_day_id: str | None = None
    activity_id: str | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class PlanDifference:
    """Everything that differs, each part in a fixed order.

    `affected`: the members whose own courses or deadlines differ, or the dates at which the team
    meets as far as they take part. Only they need to be told. `affected_people` counts them.
    """

    goals: tuple[GoalChange, ...]
    study_days: tuple[DayChange, ...]
    courses: tuple[CourseChange, ...]
    weeks: WeekChanges
    moments: tuple[MomentChange, ...]
    shortages: tuple[ShortageChange, ...]
    affected: frozenset[str]
    affected_people: int
    stability: Stability

    @property
    def is_empty(self) -> bool:
        return not (
            self.goals
            or self.study_days
            or self.courses
            or self.weeks.weeks
            or self.moments
            or self.shortages
            or self.affected_people
        )


def only_own(found: PlanDifference, keep: str = "") -> PlanDifference:
    """The difference without who it is about, save for the member `keep`; counts stay."""
    return replace(
        found,
        courses=tuple(
            replace(item, member_ids=tuple(one for one in item.member_ids if one == keep))
            for item in found.courses
        ),
        shortages=tuple(item for item in found.shortages if item.member_id in (None, keep)),
        affected=found.affected & {keep},
    )
