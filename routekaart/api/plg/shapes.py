"""Bodies and answers about PLGs, their meetings and small steps."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from routekaart.api.shapes import (
    ClockTime,
    Day,
    EachOnce,
    FilledText,
    FindingReply,
    Id,
    LongText,
    Reply,
    Sentence,
    Shape,
    ShortText,
    Slug,
    finding_reply,
)
from routekaart.domain.plg_cycle.agenda import AgendaItem, ItemKind
from routekaart.domain.plg_cycle.closing import GivenAnswer
from routekaart.domain.rules.bsn import bsn_in_texts
from routekaart.models import Agreement, MicroStep, PlgCycle, PlgMeeting
from routekaart.queries.plg.cycles import MeetingDetail

Weeks = Annotated[int, Field(ge=1, le=20)]
Members = Annotated[list[Id], Field(max_length=100), EachOnce]
Minutes = Annotated[int, Field(ge=1, le=600)]


class NewPlgCycle(Shape):
    """Without `rhythm_weeks` the rhythm of the routekaart. `members` belong to the team."""

    name: ShortText
    goal: Id | None = None
    rhythm_weeks: Weeks | None = None
    members: Members = Field(default_factory=list)


class PlgCycleChanges(Shape):
    """A field that is left out or null stays as it is; only `goal` can be emptied with null."""

    name: ShortText | None = None
    goal: Id | None = None
    rhythm_weeks: Weeks | None = None
    members: Members | None = None
    outcome: LongText | None = None


class ClosingPlgCycle(Shape):
    """`outcome`: left out, what was written before counts."""

    outcome: LongText | None = None


class NextPlgCycle(Shape):
    """`routekaart`: another one of the same team; left out, the same."""

    routekaart: Id | None = None


class PlgMemberReply(Reply):
    id: UUID
    name: str


class PlgCycleReply(Reply):
    id: UUID
    routekaart: UUID
    name: str
    goal: UUID | None
    rhythm_weeks: int
    state: str
    outcome: str
    previous: UUID | None
    members: list[PlgMemberReply]
    findings: list[FindingReply]


class PlgAgendaItemShape(Shape):
    """A point of the agenda. `question`: the slug of one of the four questions."""

    kind: Literal["look_back", "question", "earlier_answer", "look_ahead", "own"] = "own"
    text: FilledText
    question: Slug | Literal[""] = ""

    def item(self) -> AgendaItem:
        return AgendaItem(ItemKind(self.kind), self.text, self.question)


Agenda = Annotated[list[PlgAgendaItemShape], Field(max_length=50)]


class NewPlgMeeting(Shape):
    """Without `agenda` the usual one: look back, the four questions, look ahead."""

    date: Day
    starts_at: ClockTime | None = None
    minutes: Minutes | None = None
    agenda: Agenda | None = None


class PlgMeetingChanges(Shape):
    """A field that is left out or null stays as it is; only `starts_at` can be emptied."""

    date: Day | None = None
    starts_at: ClockTime | None = None
    minutes: Minutes | None = None
    agenda: Agenda | None = None


class PlgQuestionAnswer(Shape):
    """An answer, or why there is none: one of the two."""

    question: Slug
    text: LongText = ""
    not_answered_because: LongText = ""

    def given(self) -> GivenAnswer:
        return GivenAnswer(self.text, self.not_answered_because)


class ClosingPlgMeeting(Shape):
    answers: Annotated[list[PlgQuestionAnswer], Field(max_length=20)]
    decisions: LongText = ""


class SkippingPlgMeeting(Shape):
    reason: FilledText


class PlgAgendaItemReply(Reply):
    kind: str
    text: str
    question: str


class PlgAnswerReply(Reply):
    question: str
    text: str
    not_answered_because: str


class PlgMeetingReply(Reply):
    id: UUID
    cycle: UUID
    date: date
    starts_at: ClockTime | None
    minutes: int
    state: str
    agenda: list[PlgAgendaItemReply]
    answers: list[PlgAnswerReply]
    decisions: str
    reason: str
    findings: list[FindingReply]


class MicroStepReply(Reply):
    id: UUID
    cycle: UUID
    meeting: UUID | None
    person: UUID
    person_name: str
    text: str
    try_by: date
    state: str
    outcome: str
    findings: list[FindingReply]


class PlgAgreementDue(Reply):
    id: UUID
    what: str
    due_on: date
    check_on: date


class PlgMeetingDetail(PlgMeetingReply):
    """What comes up by itself: open small steps (for members of the PLG) and agreements."""

    open_steps: list[MicroStepReply]
    agreements_due: list[PlgAgreementDue]


class NewMicroStep(Shape):
    """Without `try_by`: before the next meeting, or in a week."""

    text: Sentence
    try_by: Day | None = None
    meeting: Id | None = None


class MicroStepOutcome(Shape):
    outcome: LongText | None = None


def _findings(**texts: str) -> list[FindingReply]:
    return [finding_reply(finding) for finding in bsn_in_texts(texts)]


def cycle_reply(cycle: PlgCycle) -> PlgCycleReply:
    return PlgCycleReply(
        id=cycle.pk,
        routekaart=cycle.routekaart_id,
        name=cycle.name,
        goal=cycle.goal_id,
        rhythm_weeks=cycle.rhythm_weeks,
        state=cycle.state,
        outcome=cycle.outcome,
        previous=cycle.previous_id,
        members=[PlgMemberReply(id=each.pk, name=each.name) for each in cycle.members.all()],
        findings=_findings(name=cycle.name, outcome=cycle.outcome),
    )


def meeting_reply(meeting: PlgMeeting) -> PlgMeetingReply:
    return PlgMeetingReply(
        id=meeting.pk,
        cycle=meeting.cycle_id,
        date=meeting.date,
        starts_at=meeting.starts_at,
        minutes=meeting.minutes,
        state=meeting.state,
        agenda=[PlgAgendaItemReply(**item) for item in meeting.agenda],
        answers=[
            PlgAnswerReply(
                question=answer.question,
                text=answer.text,
                not_answered_because=answer.not_answered_because,
            )
            for answer in meeting.answers.all()
        ],
        decisions=meeting.decisions,
        reason=meeting.reason,
        findings=_findings(
            decisions=meeting.decisions,
            reason=meeting.reason,
            agenda="\n".join(item["text"] for item in meeting.agenda),
            answers="\n".join(
                f"{answer.text}\n{answer.not_answered_because}" for answer in meeting.answers.all()
            ),
        ),
    )


def meeting_detail_reply(detail: MeetingDetail) -> PlgMeetingDetail:
    return PlgMeetingDetail(
        **meeting_reply(detail.meeting).model_dump(),
        open_steps=[step_reply(step) for step in detail.steps],
        agreements_due=[_due(agreement) for agreement in detail.agreements],
    )


def _due(agreement: Agreement) -> PlgAgreementDue:
    return PlgAgreementDue(
        id=agreement.pk,
        what=agreement.what,
        due_on=agreement.due_on,
        check_on=agreement.check_on,
    )


def step_reply(step: MicroStep) -> MicroStepReply:
    return MicroStepReply(
        id=step.pk,
        cycle=step.cycle_id,
        meeting=step.meeting_id,
        person=step.person_id,
        person_name=step.person.name,
        text=step.text,
        try_by=step.try_by,
        state=step.state,
        outcome=step.outcome,
        findings=_findings(text=step.text, outcome=step.outcome),
    )
