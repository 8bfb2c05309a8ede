"""Bodies and answers about what goes along to the next school year."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from routekaart.api.quality.agreement_shapes import AgreementReply, agreement_reply
from routekaart.api.quality.evaluation_shapes import EvaluationReply, evaluation_reply
from routekaart.api.shapes import EachOnce, Id, Reply, Shape
from routekaart.domain.calendar import SchoolYear
from routekaart.queries.routekaarten.carry_over import CarryOver, GoalToCarry, MeetingAnswers


class NewCarryOver(Shape):
    """One goal, and open agreements by id; agreements go along only when they are named."""

    goal: Id | None = None
    agreements: Annotated[list[Id], Field(max_length=100), EachOnce] = Field(default_factory=list)


class QuestionAnswered(Reply):
    question: str
    text: str
    not_answered_because: str


class MeetingAnswersReply(Reply):
    """What the last meeting of a PLG answered to the four questions."""

    plg: str
    held_on: date
    answers: list[QuestionAnswered]


class GoalToCarryReply(Reply):
    """`carried_to`: the goal in next year's routekaart, once it is there."""

    evaluation: EvaluationReply
    carried_to: UUID | None
    agreements: list[AgreementReply]
    meetings: list[MeetingAnswersReply]


class OutcomeReply(Reply):
    study_day: UUID
    date: date
    title: str
    text: str


class CarryOverReply(Reply):
    """Open goals can go along one by one. `agreements` and `meetings` are those of no goal."""

    routekaart: UUID
    to_school_year: str
    next_routekaart: UUID | None
    next_state: str | None
    goals: list[GoalToCarryReply]
    agreements: list[AgreementReply]
    meetings: list[MeetingAnswersReply]
    outcomes: list[OutcomeReply]


class CarriedOverReply(Reply):
    """`left_out`: what the catalogue has retired since, by title."""

    routekaart: UUID
    goal: UUID | None
    agreements: list[UUID]
    left_out: list[str]


def _meeting(one: MeetingAnswers) -> MeetingAnswersReply:
    return MeetingAnswersReply(
        plg=one.plg,
        held_on=one.held_on,
        answers=[
            QuestionAnswered(
                question=answer.question,
                text=answer.text,
                not_answered_because=answer.not_answered_because,
            )
            for answer in one.answers
        ],
    )


def _goal(one: GoalToCarry) -> GoalToCarryReply:
    return GoalToCarryReply(
        evaluation=evaluation_reply(one.evaluation),
        carried_to=one.carried_to,
        agreements=[agreement_reply(agreement) for agreement in one.agreements],
        meetings=[_meeting(meeting) for meeting in one.meetings],
    )


def carry_over_reply(found: CarryOver) -> CarryOverReply:
    return CarryOverReply(
        routekaart=found.routekaart.pk,
        to_school_year=SchoolYear(found.routekaart.school_year + 1).label,
        next_routekaart=found.next.pk if found.next else None,
        next_state=found.next.state if found.next else None,
        goals=[_goal(one) for one in found.goals],
        agreements=[agreement_reply(agreement) for agreement in found.agreements],
        meetings=[_meeting(meeting) for meeting in found.meetings],
        outcomes=[
            OutcomeReply(study_day=one.study_day, date=one.date, title=one.title, text=one.text)
            for one in found.outcomes
        ],
    )
