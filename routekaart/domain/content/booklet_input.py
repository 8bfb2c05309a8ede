"""What a query hands over to have the booklet of a study day written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time

from courses.dutch import listed
from courses.findings import Finding
from routekaart.domain.content.inputs import PlanGoal
from routekaart.domain.programme import ProgrammeBlock
from routekaart.domain.study_day import NoteKind


@dataclass(frozen=True, slots=True)
class DayHead:
    """The day itself. `kind` and `state` in words; `trainer` empty: not for this reader, or none.

    `certain`: the date stands; else the plan may yet choose another one.
    """

    title: str
    kind: str
    state: str
    on: date
    start: time
    minutes: int
    room: str = ""
    trainer: str = ""
    certain: bool = True
    follow_up_on: date | None = None
    evaluation_on: date | None = None


@dataclass(frozen=True, slots=True)
class DayCourse:
    """A course with which the team prepares, by name no one.

    `functions`: slugs of those that five people or more have it with. `others`: whether a few have
    it with another; of them a function would say who they are.
    """

    title: str
    minutes: int
    assumed: bool
    goal_ids: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    others: bool = False


@dataclass(frozen=True, slots=True)
class DayPreparation:
    """What the team prepares. `deadline` None: the plan has no room for one.

    `done` of `asked` courses of people are ready; `hidden`: by too few people to say.
    """

    courses: tuple[DayCourse, ...] = ()
    deadline: date | None = None
    done: int = 0
    asked: int = 0
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class DayNote:
    """A shared note; who wrote it is not told."""

    kind: NoteKind
    text: str
    goal_id: str | None = None


@dataclass(frozen=True, slots=True)
class DayTopic:
    """Notes that belong together. `state` is that of the table, `answer` what came of it."""

    id: str
    title: str
    state: str = "open"
    goal_id: str | None = None
    votes: int = 0
    notes: tuple[DayNote, ...] = ()
    answer: str = ""


@dataclass(frozen=True, slots=True)
class DayAgreement:
    """What was agreed on; `who` as people read it."""

    what: str
    who: str
    due_on: date
    check_on: date


@dataclass(frozen=True, slots=True)
class BookletInput:
    """Everything the booklet of a study day is made from.

    `made_on` is the day on which this stood so. `inside`: for who works with the team; without it
    notes, topics, agreements, people and what lies on the table are not in the input at all.
    `suggested`: nobody made a programme yet, the blocks follow from goals and notes.
    `people`: names by id, of who leads a block or is in a group. `expected`: the names of who
    comes; `team_size` says how many lines a list without names needs.
    `indicators`: per goal id what the team said it would look at.
    """

    team: str
    school: str
    school_year: str
    made_on: date
    day: DayHead
    function_titles: tuple[tuple[str, str], ...] = ()
    goals: tuple[PlanGoal, ...] = ()
    # The goals of this day among them, in the order of the plan.
    goals_of_day: tuple[str, ...] = ()
    indicators: tuple[tuple[str, str], ...] = ()
    blocks: tuple[ProgrammeBlock, ...] = ()
    suggested: bool = False
    findings: tuple[Finding, ...] = ()
    people: tuple[tuple[str, str], ...] = ()
    preparation: DayPreparation = field(default_factory=DayPreparation)
    topics: tuple[DayTopic, ...] = ()
    notes: tuple[DayNote, ...] = ()
    agreements: tuple[DayAgreement, ...] = ()
    expected: tuple[str, ...] = ()
    team_size: int = 0
    inside: bool = False

    @property
    def labels(self) -> Mapping[str, str]:
        """Doel 2, by the id of the goal; the numbers are those of the scholingsplan."""
        return {goal.id: f"Doel {number}" for number, goal in enumerate(self.goals, start=1)}

    @property
    def day_goals(self) -> tuple[PlanGoal, ...]:
        """The goals of this day that are still there."""
        known = {goal.id: goal for goal in self.goals}
        return tuple(known[goal] for goal in self.goals_of_day if goal in known)

    def labelled(self, goal_ids: Iterable[str]) -> str:
        """Doel 1 en Doel 3, in the order of the goals; empty for none that is still there."""
        wanted = set(goal_ids)
        return listed([label for goal, label in self.labels.items() if goal in wanted])
