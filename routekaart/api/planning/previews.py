"""A preview of a plan over HTTP: what if this changes? Nothing is stored."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from ninja import Router
from pydantic import Field

from routekaart import clock
from routekaart.actions.planning.previews import PlanPreview, preview_plan
from routekaart.api.auth import SignedInRequest
from routekaart.api.planning.change_shapes import AnyChange
from routekaart.api.shapes import Id, Reply, Shape, problems
from routekaart.domain.planner.diff import (
    CourseChange,
    DayChange,
    GoalChange,
    MomentChange,
    PlanDifference,
    ShortageChange,
    WeekChanges,
)
from routekaart.domain.planner.plan import Plan

router = Router(tags=["Plan"])


class PreviewQuestion(Shape):
    """What would change, one after the other. No changes: the plan as it would be made now."""

    routekaart: Id
    changes: Annotated[list[AnyChange], Field(max_length=20)] = Field(
        default_factory=list,
        examples=[[{"kind": "more_weekly_minutes", "minutes": 30}]],
    )


class KeptItems(Reply):
    """Of what the old plan told people: how much there was, could have stayed, and does stay.

    One item is a goal on its study day, a course of a person with its deadline, or the date of a
    meeting.
    """

    published: int
    could_stay: int
    kept: int


class DifferenceReply(Reply):
    """What differs, in Dutch and as data. `affected` are the people who would have to be told.

    You see the ids of people only where you may see what a plan asks of them; `people` and
    `affected_people` count everyone.
    """

    is_empty: bool
    sentences: list[str]
    goals: list[GoalChange]
    study_days: list[DayChange]
    courses: list[CourseChange]
    weeks: WeekChanges
    moments: list[MomentChange]
    shortages: list[ShortageChange]
    affected: list[str]
    affected_people: int
    items: KeptItems


class PreviewReply(Reply):
    """A plan that is not stored. `changes` says in Dutch what was asked.

    `compared_to_version`: the stored version that `difference` is against; null when there is
    none, then it is against a plan of the routekaart as it is now.
    """

    routekaart: UUID
    compared_to_version: int | None
    persons_shown: bool
    changes: list[str]
    difference: DifferenceReply
    plan: Plan


def difference_reply(found: PlanDifference, sentences: Sequence[str]) -> DifferenceReply:
    """A difference for readers; what they may not see is out of it already."""
    return DifferenceReply(
        is_empty=found.is_empty,
        sentences=list(sentences),
        goals=list(found.goals),
        study_days=list(found.study_days),
        courses=list(found.courses),
        weeks=found.weeks,
        moments=list(found.moments),
        shortages=list(found.shortages),
        affected=sorted(found.affected),
        affected_people=found.affected_people,
        items=KeptItems(
            published=found.stability.published,
            could_stay=found.stability.could_stay,
            kept=found.stability.kept,
        ),
    )


def _reply(routekaart_id: UUID, preview: PlanPreview) -> PreviewReply:
    return PreviewReply(
        routekaart=routekaart_id,
        compared_to_version=preview.compared_to,
        persons_shown=preview.sees_persons,
        changes=list(preview.changes),
        difference=difference_reply(preview.difference, preview.sentences),
        plan=preview.plan,
    )


@router.post(
    "/plans/preview",
    response={200: PreviewReply, **problems(403, 404, 409)},
    operation_id="preview_plan",
    summary="Vooruitkijken: wat als dit verandert?",
    description="Geeft het plan dat eruit zou komen en het verschil met het laatste plan, in "
    "woorden. Er wordt niets bewaard.",
)
def post_preview(request: SignedInRequest, body: PreviewQuestion) -> Any:
    preview = preview_plan(
        by=request.auth,
        routekaart_id=body.routekaart,
        changes=[change.change(index) for index, change in enumerate(body.changes)],
        today=clock.today(),
    )
    return _reply(body.routekaart, preview)
