"""What a trainer can do to a proposed advice: plain frozen data, kept as JSON."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class DropCourse:
    """A course is left out."""

    course: str
    reason: str
    kind: Literal["drop"] = "drop"


@dataclass(frozen=True, slots=True)
class AddCourse:
    """A course is added, for chosen interventions, for goals, or for both.

    `functions` are those it is meant for; none: for everyone.
    """

    course: str
    reason: str
    interventions: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    kind: Literal["add"] = "add"


@dataclass(frozen=True, slots=True)
class ChangeCourse:
    """A course becomes a choice, or belongs to what everyone does for whom it is meant."""

    course: str
    reason: str
    mandatory: bool
    kind: Literal["change"] = "change"


@dataclass(frozen=True, slots=True)
class CourseNote:
    """A few words with a course; no words take them away."""

    course: str
    text: str
    kind: Literal["note"] = "note"


DeskChange = DropCourse | AddCourse | ChangeCourse | CourseNote
