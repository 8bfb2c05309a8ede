"""What a planner decides, before it is worked out into a plan: days for goals, tasks for people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from routekaart.domain.planner.agenda import Task
from routekaart.domain.planner.plan import Code
from routekaart.domain.planner.usable_days import UsableDay


@dataclass(frozen=True, slots=True)
class Placed:
    """A goal on a day. `rank` is its turn: what was decided earlier goes before.

    `reason` is one Dutch sentence: why there.
    """

    goal_id: str
    rank: int
    day: UsableDay
    reason: str


@dataclass(frozen=True, slots=True)
class Postponed:
    """A goal without a day, and what holds it up."""

    goal_id: str
    code: Code


@dataclass(frozen=True, slots=True)
class Decision:
    """Goals by id, and per profile of the demand (in its order) the tasks that fit."""

    placed: Mapping[str, Placed]
    postponed: Mapping[str, Postponed]
    tasks: tuple[tuple[Task, ...], ...]

    def on_day(self, day_id: str) -> list[Placed]:
        """What was placed on a study day, in the order of turns."""
        found = [item for item in self.placed.values() if item.day.day.id == day_id]
        return sorted(found, key=lambda item: item.rank)


@dataclass(frozen=True, slots=True)
class Duty:
    """A course that is mandatory for a goal with this deadline, in whichever team."""

    course: str
    deadline: date
    on_individual_hours: bool


@dataclass(frozen=True, slots=True)
class Work:
    """What somebody prepares for all their teams: the tasks, and their minutes by week (Monday)."""

    tasks: tuple[Task, ...]
    weeks: tuple[tuple[Task, date, int], ...]
    duties: tuple[Duty, ...] = ()
