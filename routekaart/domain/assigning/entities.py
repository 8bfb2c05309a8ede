"""What assigning works with: members, goals, and what somebody gets. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class Selection(StrEnum):
    """How much of an advice is assigned: every offered course, or the smallest set."""

    ALL = "all"
    SMALLEST_SET = "smallest_set"


@dataclass(frozen=True, slots=True)
class TeamMember:
    """A person of the team with its functions at this school."""

    id: str
    functions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoalChoice:
    """A goal, the interventions that serve it and the courses that were picked by hand."""

    id: str
    interventions: tuple[str, ...]
    courses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NewAssignment:
    """A course for a person. `goals` in the order of the goals; `reason` is Dutch."""

    person: str
    course: str
    goals: tuple[str, ...]
    reason: str
    mandatory: bool


@dataclass(frozen=True, slots=True)
class NewRule:
    """That who has `function` (empty: everyone) gets a course for a goal, also who joins later."""

    goal: str
    course: str
    function: str
    mandatory: bool
    reason: str
