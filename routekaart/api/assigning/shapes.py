"""Shapes of assigning in one action: to whom, what it would do, and what it did."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from routekaart.actions.assigning.batches import AskedCourse, BatchRequest, Preview
from routekaart.actions.assigning.targets import Target
from routekaart.api.shapes import (
    Day,
    EachOnce,
    FindingReply,
    Id,
    Reply,
    Shape,
    ShortText,
    Slug,
    finding_reply,
)
from routekaart.domain.assigning.batch import Verdict, totals
from routekaart.domain.rules.bsn import bsn_in_texts
from routekaart.models import AssignmentBatch, AssignmentRule
from routekaart.models.assignment_batches import TargetKind


class AskedCourseShape(Shape):
    """A course and the goals of this routekaart that it is for."""

    course: Slug
    goals: Annotated[list[Id], Field(min_length=1, max_length=50), EachOnce]


def _each_course_once(asked: list[AskedCourseShape]) -> list[AskedCourseShape]:
    if len({each.course for each in asked}) < len(asked):
        raise PydanticCustomError("listed_twice", "Noem elke cursus maar één keer.")
    return asked


class PersonsTarget(Shape):
    """Colleagues by name: members of the team."""

    kind: Literal["person"]
    persons: Annotated[list[Id], Field(min_length=1, max_length=500), EachOnce]

    def target(self) -> Target:
        return Target(TargetKind.PERSON, persons=tuple(self.persons))


class FunctionTarget(Shape):
    """Everyone in the team with a function, also who joins later."""

    kind: Literal["function"]
    function: Slug

    def target(self) -> Target:
        return Target(TargetKind.FUNCTION, function=self.function)


class WorkGroupTarget(Shape):
    """The members of a work group of this routekaart."""

    kind: Literal["work_group"]
    work_group: Id

    def target(self) -> Target:
        return Target(TargetKind.WORK_GROUP, work_group=self.work_group)


class TeamTarget(Shape):
    """The whole team, also who joins later; each course goes to the functions it is for."""

    kind: Literal["team"]

    def target(self) -> Target:
        return Target(TargetKind.TEAM)


class NewBatch(Shape):
    """`starts_on`: ahead of date; before this day nobody sees it as theirs."""

    courses: Annotated[
        list[AskedCourseShape],
        Field(min_length=1, max_length=20),
        AfterValidator(_each_course_once),
    ]
    target: Annotated[
        PersonsTarget | FunctionTarget | WorkGroupTarget | TeamTarget, Field(discriminator="kind")
    ]
    mandatory: bool
    reason: ShortText
    starts_on: Day | None = None

    def request(self) -> BatchRequest:
        """What the action is asked for."""
        return BatchRequest(
            courses=tuple(AskedCourse(asked.course, tuple(asked.goals)) for asked in self.courses),
            target=self.target.target(),
            mandatory=self.mandatory,
            reason=self.reason,
            starts_on=self.starts_on,
        )

    def findings(self) -> list[FindingReply]:
        """What deserves a look in the free text."""
        return [finding_reply(finding) for finding in bsn_in_texts({"reason": self.reason})]


class PreviewedCourse(Reply):
    """`new`: gets it; `present`: has it already; `elsewhere`: does it for another team of the
    school, and it counts for both; `refused`: does not get it, for the reason in `detail`.

    `minutes` is the time that comes on top.
    """

    course: str
    course_title: str
    outcome: Literal["new", "present", "elsewhere", "refused"]
    goals: list[str]
    mandatory: bool
    minutes: int
    code: str
    detail: str


class PreviewedPerson(Reply):
    person: UUID
    person_name: str
    minutes: int
    courses: list[PreviewedCourse]


class PreviewTotals(Reply):
    """How many people were asked about, how many of them get a course that they do not have here,
    and how many assignments there are of each outcome."""

    people: int
    receiving: int
    new: int
    present: int
    elsewhere: int
    refused: int
    minutes: int


class BatchPreview(Reply):
    people: list[PreviewedPerson]
    totals: PreviewTotals
    findings: list[FindingReply]


class BatchReply(Reply):
    """`asked`: how many assignments the action asked for, new or standing already."""

    id: UUID
    target: str
    title: str
    starts_on: date | None
    made_by: str | None
    made_at: datetime
    undone_at: datetime | None
    asked: int


class MadeBatch(Reply):
    """How many assignments are new, and how many people had the course already."""

    batch: BatchReply
    created: int
    existing: int
    findings: list[FindingReply]


class KeptReply(Reply):
    """`begun`: started, done or waived; which one is only said with the consent of the PMR."""

    reason: Literal["started", "done", "waived", "asked_otherwise", "begun"]
    count: int


class UndoneReply(Reply):
    """How many assignments were withdrawn now, and how many stay and why."""

    withdrawn: int
    kept: list[KeptReply]


class RuleReply(Reply):
    """`function` empty: everyone in the team."""

    id: UUID
    goal: UUID
    course: str
    course_title: str
    function: str
    mandatory: bool
    reason: str
    batch: UUID | None


def preview_reply(preview: Preview, findings: list[FindingReply]) -> BatchPreview:
    """The preview, person by person in their order."""
    by_person: dict[str, list[Verdict]] = {}
    for verdict in preview.verdicts:
        by_person.setdefault(verdict.person, []).append(verdict)
    found = totals(preview.verdicts)
    return BatchPreview(
        people=[
            PreviewedPerson(
                person=UUID(person),
                person_name=preview.names[person],
                minutes=sum(verdict.minutes for verdict in verdicts),
                courses=[_course_reply(verdict, preview) for verdict in verdicts],
            )
            for person, verdicts in by_person.items()
        ],
        totals=PreviewTotals(
            people=found.people,
            receiving=found.receiving,
            new=found.new,
            present=found.present,
            elsewhere=found.elsewhere,
            refused=found.refused,
            minutes=found.minutes,
        ),
        findings=findings,
    )


def _course_reply(verdict: Verdict, preview: Preview) -> PreviewedCourse:
    return PreviewedCourse(
        course=verdict.course,
        course_title=preview.titles[verdict.course],
        outcome=verdict.outcome.value,
        goals=list(verdict.goals),
        mandatory=verdict.mandatory,
        minutes=verdict.minutes,
        code=verdict.code,
        detail=verdict.detail,
    )


def listed_batch(batch: AssignmentBatch) -> BatchReply:
    """A batch as its list brings it along, with how many assignments it asked for."""
    return batch_reply(batch, asked=getattr(batch, "asked"))  # noqa: B009 - an annotation


def batch_reply(batch: AssignmentBatch, *, asked: int) -> BatchReply:
    """A batch that has its maker along."""
    return BatchReply(
        id=batch.pk,
        target=batch.target,
        title=batch.title,
        starts_on=batch.starts_on,
        made_by=batch.made_by.name if batch.made_by else None,
        made_at=batch.made_at,
        undone_at=batch.undone_at,
        asked=asked,
    )


def rule_reply(rule: AssignmentRule) -> RuleReply:
    """A rule with the title of its course."""
    return RuleReply(
        id=rule.pk,
        goal=rule.goal_id,
        course=rule.course_id,
        course_title=rule.course.title,
        function=rule.function,
        mandatory=rule.mandatory,
        reason=rule.reason,
        batch=rule.batch_id,
    )
