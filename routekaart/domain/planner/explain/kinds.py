"""What an explanation holds: why a goal stands where it stands, what stops it, what would help."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from routekaart.domain.planner.changes import Change
from routekaart.domain.planner.plan import Code


class Stop(StrEnum):
    """What keeps a goal off a study day. Stable: tests and texts refer to it."""

    ORDER = "order"
    NO_TIME = "no_time"
    NO_ROOM = "no_room"
    NO_CANDIDATE = "no_candidate"
    TAKEN = "taken"
    TIME_TAKEN = "time_taken"
    STAYS_PUT = "stays_put"


@dataclass(frozen=True, slots=True)
class ShortPeople:
    """People with one function (empty: none) who are short of time before a day.

    `minutes` is what the person who is short most misses between the weeks `first_week` and
    `last_week` (Mondays, both included); None for both when there are no weeks at all. Who they
    are is for those who may see persons.
    """

    function: str
    people: int
    minutes: int
    first_week: date | None
    last_week: date | None
    member_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DayReason:
    """Why a goal does not stand on a study day.

    `goal_ids` are the goals that take the room or the time, or that come first. `text` is Dutch,
    with numbers of people and never with names.
    """

    study_day_id: str
    date: date
    stop: Stop
    text: str
    goal_ids: tuple[str, ...] = ()
    people: tuple[ShortPeople, ...] = ()


class HelpKind(StrEnum):
    """The kinds of help, the smallest first (our assumption)."""

    MORE_MINUTES = "more_minutes"
    STUDY_AFTERNOON = "study_afternoon"
    STUDY_DAY = "study_day"
    VOLUNTARY = "voluntary"
    GOALS_PER_DAY = "goals_per_day"
    WINDOW = "window"
    CANDIDATE = "candidate"


@dataclass(frozen=True, slots=True)
class GoalMove:
    """What happens to a goal: from one date to another; None is no study day."""

    goal_id: str
    title: str
    old: date | None
    new: date | None


@dataclass(frozen=True, slots=True)
class Help:
    """A change that was solved and helps, while the next smaller one does not.

    `text` is the change as a Dutch phrase, `effect` says in sentences what it does. For a study
    day `not_before` and `before` are the period in which it helps, where that has an end.
    """

    kind: HelpKind
    changes: tuple[Change, ...]
    text: str
    effect: tuple[str, ...]
    moves: tuple[GoalMove, ...] = ()
    not_before: date | None = None
    before: date | None = None


@dataclass(frozen=True, slots=True)
class PostponedGoal:
    """A goal without a study day. `complete`: the search for help was not cut short."""

    goal_id: str
    title: str
    code: Code
    text: str
    days: tuple[DayReason, ...]
    helps: tuple[Help, ...]
    complete: bool


@dataclass(frozen=True, slots=True)
class PlacedGoal:
    """A goal on its day: `reason` why there, `earlier` why not on the days before it."""

    goal_id: str
    title: str
    study_day_id: str
    date: date
    reason: str
    earlier: tuple[DayReason, ...]


@dataclass(frozen=True, slots=True)
class ShortPerson:
    """Somebody who cannot prepare all that is mandatory for a goal that has its day.

    The minutes of a course that is for several goals stand with the first day only.
    """

    member_id: str
    goal_id: str
    courses: tuple[str, ...]
    missing_minutes: int
    text: str
    helps: tuple[Help, ...]
    complete: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """Of one plan. `complete` is False when the work for it ran out before every help was tried.

    `stopped`: that was by the clock, in an emergency.
    """

    postponed: tuple[PostponedGoal, ...]
    placed: tuple[PlacedGoal, ...]
    people: tuple[ShortPerson, ...]
    stopped: bool = False

    @property
    def complete(self) -> bool:
        return all(item.complete for item in self.postponed) and all(
            item.complete for item in self.people
        )
