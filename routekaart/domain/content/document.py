"""The scholingsplan of a team as content: what it says, in the order in which it is read.

Fields stand in reading order too, so that a format can be compared with its content word by word.
"""

from dataclasses import dataclass
from typing import Literal

from routekaart.domain.content.blocks import (
    Answer,
    BarChart,
    Block,
    ClaimLine,
    NumberedLine,
    PointGrid,
)
from routekaart.domain.content.parts import (
    Fact,
    KeyFigure,
    Meta,
    OpenPoints,
    Section,
    Signature,
    Table,
    Timeline,
)
from routekaart.domain.content.what_changed import WhatChanged


@dataclass(frozen=True, slots=True)
class SummaryContent:
    """One page: figures, the year as a strip, goals and study days in a line each, what is open.

    The lists are short enough for a page; `more_goals` and `more_days` say what they leave out.
    `assumed_line` says how many of the hours among the figures are assumed; empty for none.
    """

    section: Section
    figures: tuple[KeyFigure, ...]
    assumed_line: str
    timeline_title: str
    timeline: Timeline
    goals_title: str
    goals: tuple[NumberedLine, ...]
    goals_missing: str
    more_goals: str
    days_title: str
    days: tuple[NumberedLine, ...]
    days_missing: str
    more_days: str
    open_line: str


@dataclass(frozen=True, slots=True)
class InterventionContent:
    """A chosen intervention under a goal. `claims` may be empty: then `claims_missing` says so."""

    title: str
    category: str
    why: str
    claims: tuple[ClaimLine, ...]
    claims_missing: str
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoalContent:
    """A goal: in terms of learning, what pupils will notice, how, and what was answered.

    `heading` is the goal itself, cut short where it is long; `learning` is then the whole text and
    otherwise empty.
    """

    label: str
    heading: str
    learning: str
    noticeable_label: str
    noticeable: str
    facts: tuple[Fact, ...]
    interventions_missing: str
    interventions: tuple[InterventionContent, ...]
    answers_title: str
    answers: tuple[Answer, ...]
    answers_missing: str
    open_title: str
    open_questions: tuple[str, ...]
    nothing_open: str


@dataclass(frozen=True, slots=True)
class GoalsContent:
    """All goals. `standing` is the sentence that effect months are never a forecast."""

    section: Section
    standing: str
    evidence_and_cost: PointGrid | None
    claim_columns: tuple[str, ...]
    goals: tuple[GoalContent, ...]
    missing: str


@dataclass(frozen=True, slots=True)
class GoalCourses:
    """The courses of one goal, per function, with the reason."""

    label: str
    heading: str
    table: Table


@dataclass(frozen=True, slots=True)
class CoursesContent:
    section: Section
    goals: tuple[GoalCourses, ...]
    missing: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StudyDayContent:
    """One study day: its facts, and a programme whose blocks add up to the day."""

    label: str
    heading: str
    facts: tuple[Fact, ...]
    programme: Table
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StudyDaysContent:
    section: Section
    days: tuple[StudyDayContent, ...]
    missing: str


@dataclass(frozen=True, slots=True)
class PlgQuestionContent:
    """One of the four questions with the prompts of the source."""

    number: str
    title: str
    prompts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlgContent:
    """The professional learning community: when it meets, on which questions, doing what.

    `agenda` holds what every meeting has on its agenda; where agendas differ, the table has them.
    `questions_source`: where the questions come from; empty without questions.
    """

    section: Section
    meetings_title: str
    meetings: Table
    agenda_title: str
    agenda: tuple[str, ...]
    questions_title: str
    questions_source: str
    questions: tuple[PlgQuestionContent, ...]
    questions_missing: str
    activities_title: str
    activities: Table


@dataclass(frozen=True, slots=True)
class PersonContent:
    """What one person does by when. `facts` holds the hours, individual and assigned apart."""

    heading: str
    facts: tuple[Fact, ...]
    tasks: Table


@dataclass(frozen=True, slots=True)
class PeopleContent:
    section: Section
    people: tuple[PersonContent, ...]
    missing: str


@dataclass(frozen=True, slots=True)
class HoursContent:
    """`per_week`: the drawing of preparation, where there is some and it shows no single person."""

    section: Section
    notes: tuple[str, ...]
    per_week: BarChart | None
    table: Table


@dataclass(frozen=True, slots=True)
class DatesContent:
    section: Section
    table: Table


@dataclass(frozen=True, slots=True)
class ConsentContent:
    section: Section
    facts: tuple[Fact, ...]
    sign_here: str
    signatures: tuple[Signature, ...]
    date_label: str
    signature_label: str


@dataclass(frozen=True, slots=True)
class SourcesContent:
    section: Section
    table: Table


@dataclass(frozen=True, slots=True)
class OpenContent:
    section: Section
    lists: tuple[OpenPoints, ...]


@dataclass(frozen=True, slots=True)
class Scholingsplan:
    """The whole document. The order of the fields is the order of the chapters.

    `changes` is the chapter on what is new since the version before, and empty for a first one;
    `changed` is what it is made from, for the length that has no room for it.
    """

    kind: Literal["scholingsplan"]
    meta: Meta
    summary: SummaryContent
    goals: GoalsContent
    courses: CoursesContent
    study_days: StudyDaysContent
    plg: PlgContent
    people: PeopleContent
    hours: HoursContent
    dates: DatesContent
    consent: ConsentContent
    sources: SourcesContent
    open_points: OpenContent
    changes: tuple[Block, ...]
    changed: WhatChanged | None = None
