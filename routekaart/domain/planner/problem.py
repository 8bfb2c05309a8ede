"""What is to be planned: goals, study days, people and what they have to prepare.

Everything is a plain value, so that a problem can be stored as JSON, hashed and read back.
"""

from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum

from courses.entities import DurationBasis
from routekaart.domain.calendar import SchoolCalendar
from routekaart.domain.people import Member


class StudyDayKind(StrEnum):
    DAY = "day"
    AFTERNOON = "afternoon"


@dataclass(frozen=True, slots=True)
class Goal:
    """What the team wants to learn. Priority 1 comes first; `after` are goals that come earlier.

    `title` is the learning goal as the team wrote it; `interventions` are titles, for reading.
    """

    id: str
    title: str
    priority: int
    interventions: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Preparation:
    """A course that someone prepares for a goal. `position` is its place in the goal's order.

    `on_individual_hours` is only true when the person agreed to it on record.
    """

    goal_id: str
    member_id: str
    course: str
    course_title: str
    minutes: int
    duration_basis: DurationBasis = DurationBasis.ASSUMED
    mandatory: bool = True
    position: int = 0
    available_from: date | None = None
    completed: bool = False
    on_individual_hours: bool = False


@dataclass(frozen=True, slots=True)
class StudyDay:
    """A day or afternoon on which the team learns together. `fixed`: its date may not move."""

    id: str
    date: date
    kind: StudyDayKind
    start: time
    minutes: int
    fixed: bool = True
    title: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """How a team wants to plan. Every default is an assumption of ours, and editable.

    `postpone_on_shortage`: a goal whose mandatory preparation fits on no day waits, instead of
    being placed where least is missing.
    """

    team_weekly_minutes: int = 60
    window_weeks: int = 6
    deadline_working_days: int = 5
    goals_per_day: int = 2
    goals_per_afternoon: int = 1
    plg_rhythm_weeks: int = 6
    plg_minutes: int = 90
    plg_minimum_meetings: int = 1
    follow_up_weeks: int = 4
    follow_up_minutes: int = 60
    evaluation_weeks: int = 10
    evaluation_minutes: int = 60
    postpone_on_shortage: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """One team's year. Ids are unique within their kind. Nothing is planned before `plan_from`."""

    calendar: SchoolCalendar
    members: tuple[Member, ...]
    goals: tuple[Goal, ...]
    preparations: tuple[Preparation, ...]
    study_days: tuple[StudyDay, ...]
    settings: Settings = field(default_factory=Settings)
    sector: str = "po"
    plan_from: date | None = None

    def __post_init__(self) -> None:
        for kind, ids in (
            ("member", [item.id for item in self.members]),
            ("goal", [item.id for item in self.goals]),
            ("study day", [item.id for item in self.study_days]),
        ):
            if len(set(ids)) != len(ids):
                raise ValueError(f"two of kind {kind} share an id")
