"""Hours per person: individual and assigned apart, in minutes, with what rests on assumptions."""

from dataclasses import dataclass
from enum import StrEnum


class HoursKind(StrEnum):
    """Whose hours: the person's own development time, or time the school assigns."""

    INDIVIDUAL = "individual"
    ASSIGNED = "assigned"


class Activity(StrEnum):
    PREPARATION = "preparation"
    STUDY_DAY = "study_day"
    PLG = "plg"
    FOLLOW_UP = "follow_up"
    EVALUATION = "evaluation"


@dataclass(frozen=True, slots=True)
class HourLine:
    """Minutes of one activity from one pot. `assumed_minutes` is the part of them we assumed."""

    activity: Activity
    kind: HoursKind
    minutes: int
    assumed_minutes: int = 0


@dataclass(frozen=True, slots=True)
class MemberHours:
    """What the plan asks of one person. `budget_minutes`: own hours in a year by the CAO × fte.

    `off_day_minutes`: study days on a day this person does not work, part of the lines too.
    """

    member_id: str
    lines: tuple[HourLine, ...]
    budget_minutes: int | None
    off_day_minutes: int = 0

    def minutes(self, kind: HoursKind) -> int:
        return sum(line.minutes for line in self.lines if line.kind is kind)

    @property
    def individual_minutes(self) -> int:
        return self.minutes(HoursKind.INDIVIDUAL)

    @property
    def assigned_minutes(self) -> int:
        return self.minutes(HoursKind.ASSIGNED)

    @property
    def assumed_minutes(self) -> int:
        return sum(line.assumed_minutes for line in self.lines)
