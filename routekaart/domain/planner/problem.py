"""What is to be planned: goals, study days, people and what they have to prepare.

Everything is a plain value, so that a problem can be stored as JSON, hashed and read back.
"""

from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from math import ceil

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
    """A day or afternoon on which the team learns together.

    Not `fixed`: a candidate, of which the planner uses at most `Settings.most_candidate_days`.
    `resources` name what only one team can have at a time, such as a room or a trainer.
    """

    id: str
    date: date
    kind: StudyDayKind
    start: time
    minutes: int
    fixed: bool = True
    title: str = ""
    duration_basis: DurationBasis = DurationBasis.STATED
    resources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """A study day that another team of the school has planned with its rooms and trainer."""

    team: str
    day: StudyDay


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Where people of this team have to be for another team of the school.

    `what` is Dutch; no `start`: a meeting of which only the date is known.
    """

    team: str
    what: str
    date: date
    people: tuple[str, ...]
    start: time | None = None
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class JointActivity:
    """Something that the team does together for `goal_ids`; no goals: for the team as a whole."""

    id: str
    title: str
    goal_ids: tuple[str, ...] = ()


_LOWEST = {
    "team_weekly_minutes": 0,
    "window_weeks": 1,
    "deadline_working_days": 1,
    "goals_per_day": 0,
    "goals_per_afternoon": 0,
    "plg_rhythm_weeks": 1,
    "plg_minutes": 1,
    "plg_minimum_meetings": 0,
    "follow_up_weeks": 1,
    "follow_up_minutes": 1,
    "evaluation_weeks": 1,
    "evaluation_minutes": 1,
    "most_candidate_days": 0,
    "meeting_weekday": 1,
}


@dataclass(frozen=True, slots=True)
class Settings:
    """How a team wants to plan. Every default is an assumption of ours, and editable.

    `window_weeks`: preparation starts in a week that begins at most so many weeks before its day.
    `deadline_working_days`: it is done so many working days of the school before the day.
    `most_candidate_days`: at most so many study days that are not fixed are used; None: all.
    `wait_for_all`: a goal waits for everyone. Otherwise it waits for those only who could be ready
    before some study day if this goal were the only one, and who could not is reported.
    `lesson_visits`: after each study day there are weeks to visit each other's lessons.
    `meeting_weekday`: the ISO weekday on which the team meets; None: when most people work.
    `meetings_assumed`: the minutes of PLG meetings, follow-ups and evaluations are our assumption.
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
    meetings_assumed: bool = True
    most_candidate_days: int | None = None
    wait_for_all: bool = False
    lesson_visits: bool = False
    meeting_weekday: int | None = None

    def __post_init__(self) -> None:
        for name, lowest in _LOWEST.items():
            value = getattr(self, name)
            if value is not None and value < lowest:
                raise ValueError(f"{name} is at least {lowest}, not {value}")


def even_goals_per_day(goals: int, days: int, afternoons: int) -> int:
    """The least number of goals a day, at least 1, at which every goal finds a place.

    An afternoon takes one goal. So a team with a day for each goal gets one goal a day, which
    leaves time to go deep, and nothing has to wait while there is a day for it.
    """
    if days == 0:
        return 1
    return max(1, ceil((goals - afternoons) / days))


@dataclass(frozen=True, slots=True)
class Problem:
    """One team's year. Ids are unique within their kind. Nothing is planned before `plan_from`.

    `plg_questions` are the titles of the four questions in the catalogue: the agenda of the PLG.
    """

    calendar: SchoolCalendar
    members: tuple[Member, ...]
    goals: tuple[Goal, ...]
    preparations: tuple[Preparation, ...]
    study_days: tuple[StudyDay, ...]
    settings: Settings = field(default_factory=Settings)
    sector: str = "po"
    plan_from: date | None = None
    plg_questions: tuple[str, ...] = ()
    activities: tuple[JointActivity, ...] = ()
    taken: tuple[Taken, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()

    def __post_init__(self) -> None:
        for kind, ids in (
            ("member", [item.id for item in self.members]),
            ("goal", [item.id for item in self.goals]),
            ("study day", [item.id for item in self.study_days]),
            ("activity", [item.id for item in self.activities]),
        ):
            if len(set(ids)) != len(ids):
                raise ValueError(f"two of kind {kind} share an id")
