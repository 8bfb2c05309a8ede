"""Shapes of what a team decides on an advice, and of what a round changed."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from routekaart.api.paging import Page
from routekaart.api.shapes import FindingReply, LongText, Reply, Shape, Slug
from routekaart.api.text_warnings import bsn_replies
from routekaart.models import AdviceDecision
from routekaart.queries.advice.rounds import Round

Version = Annotated[int, Field(ge=1, le=2**31 - 1)]


class AdviceVersionPage(Page):
    """`version`: of which advice; without it the latest."""

    version: Version | None = None


class AdviceDecisionShape(Shape):
    """A course is taken, or declined with a reason."""

    course: Slug
    accepted: bool
    reason: LongText = ""


class AdviceDecisions(Shape):
    """Decisions on the advice that was read: `version` must be the latest."""

    version: Version
    decisions: Annotated[list[AdviceDecisionShape], Field(max_length=300)]


class AdviceDecisionReply(Reply):
    version: int
    course: str
    course_title: str
    accepted: bool
    reason: str
    decided_at: datetime
    findings: list[FindingReply]


def decision_reply(row: AdviceDecision) -> AdviceDecisionReply:
    return AdviceDecisionReply(
        version=row.advice.version,
        course=row.course_id,
        course_title=row.course.title,
        accepted=row.accepted,
        reason=row.reason,
        decided_at=row.decided_at,
        findings=bsn_replies({"reason": row.reason}),
    )


class AdviceLineReply(Reply):
    """One difference; `text` says it in Dutch."""

    kind: str
    course: str
    course_title: str
    text: str


class AdviceRoundReply(Reply):
    """What a version changed about `before` (null for the first), and what the team had said."""

    version: int
    before: int | None
    changes: list[AdviceLineReply]
    decisions: list[AdviceDecisionReply]


def round_reply(found: Round) -> AdviceRoundReply:
    return AdviceRoundReply(
        version=found.version,
        before=found.before,
        changes=[
            AdviceLineReply(
                kind=line.kind, course=line.course, course_title=line.title, text=line.text
            )
            for line in found.lines
        ],
        decisions=[decision_reply(row) for row in found.decisions],
    )
