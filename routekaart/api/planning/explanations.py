"""Why a plan is as it is, and what would help, over HTTP; with the realistic-time check."""

from typing import Annotated, Any
from uuid import UUID

from ninja import Router
from pydantic import Field, StringConstraints

from routekaart import clock
from routekaart.actions.planning.repairs import CheckedTime, apply_repair, check_time
from routekaart.api.auth import SignedInRequest
from routekaart.api.planning.change_shapes import AnyChange
from routekaart.api.planning.explanation_shapes import (
    PlacedGoalReply,
    PostponedGoalReply,
    ShortPersonReply,
    change_shape,
    person_reply,
    placed_reply,
    postponed_reply,
)
from routekaart.api.shapes import Id, Reply, Shape, problems
from routekaart.domain.planner.explain.wording import search_note
from routekaart.domain.planner.repairs import Repair
from routekaart.queries.planning.explanations import explanation_of_plan

router = Router(tags=["Plan"])

RepairId = Annotated[str, StringConstraints(pattern="^[0-9a-f]{32}$")]


class ExplanationReply(Reply):
    """Of the plan as it would be made now; not `is_current`: then goals get other days than in
    this version, so make a new plan.

    You see `people` only where you may see what a plan asks of them; about yourself you always
    do. Not `complete`: the search for what helps was stopped early, because it was too much work
    or, when `stopped_by_clock`, because it took too long; `note` says so in Dutch.
    """

    plan: UUID
    routekaart: UUID
    is_current: bool
    persons_shown: bool
    complete: bool
    stopped_by_clock: bool
    note: str
    postponed: list[PostponedGoalReply]
    placed: list[PlacedGoalReply]
    people: list[ShortPersonReply]


class RepairReply(Reply):
    """Something that does not fit, and a change that mends it.

    `id` stands for this change from what is stored now. `may_apply`: you can carry it out with
    one request; else somebody else has to. Minutes of people are the school admin's to change.
    """

    id: str
    code: str = Field(description="goal_postponed of person_short.")
    kind: str
    wrong: list[str]
    text: str
    effect: str
    changes: list[AnyChange]
    goals: list[str]
    people: list[str]
    may_apply: bool


class RepairsReply(Reply):
    """The realistic-time check. `without_repair`: what no small change mends, all were tried.

    Not `complete`: the search for repairs was stopped early, because it was too much work or, when
    `stopped_by_clock`, because it took too long; `note` says so in Dutch. `not_searched`: for which
    no repair was found before that, so there may be one.
    """

    routekaart: UUID
    repairs: list[RepairReply]
    without_repair: list[str]
    not_searched: list[str]
    complete: bool
    stopped_by_clock: bool
    note: str


class RepairShape(Shape):
    repair: RepairId


class AppliedReply(Reply):
    """What was changed. The plan is as it was: `next` says what to do."""

    routekaart: UUID
    repair: str
    text: str
    next: str


@router.get(
    "/plans/{plan_id}/explanation",
    response={200: ExplanationReply, **problems(404)},
    operation_id="explain_plan",
    summary="Waarom het plan zo is, en wat zou helpen",
    description="Wat helpt is gevonden door opnieuw te plannen met die wijziging. Er wordt niets "
    "bewaard.",
    exclude_unset=True,
)
def get_explanation(request: SignedInRequest, plan_id: Id) -> Any:
    found = explanation_of_plan(by=request.auth, plan_id=plan_id)
    explanation = found.explanation
    return ExplanationReply(
        plan=plan_id,
        routekaart=found.routekaart_id,
        is_current=found.is_current,
        persons_shown=found.sees_persons,
        complete=explanation.complete,
        stopped_by_clock=explanation.stopped,
        note=search_note(complete=explanation.complete, stopped=explanation.stopped),
        postponed=[postponed_reply(goal) for goal in explanation.postponed],
        placed=[placed_reply(goal) for goal in explanation.placed],
        people=[person_reply(person) for person in explanation.people],
    )


def _reply(checked: CheckedTime, repair: Repair) -> RepairReply:
    return RepairReply(
        id=repair.id,
        code=repair.code.value,
        kind=repair.kind.value,
        wrong=list(repair.wrong),
        text=repair.text,
        effect=" ".join(repair.effect),
        changes=[change_shape(change) for change in repair.changes],
        goals=list(repair.goal_ids),
        people=list(repair.member_ids),
        may_apply=checked.may_apply[repair.id],
    )


@router.get(
    "/routekaarten/{routekaart_id}/repairs",
    response={200: RepairsReply, **problems(403, 404)},
    operation_id="list_repairs",
    summary="Wat niet in de tijd past, en wat het oplost",
    exclude_unset=True,
)
def list_repairs(request: SignedInRequest, routekaart_id: Id) -> Any:
    checked = check_time(by=request.auth, routekaart_id=routekaart_id, today=clock.today())
    return RepairsReply(
        routekaart=routekaart_id,
        repairs=[_reply(checked, repair) for repair in checked.check.repairs],
        without_repair=list(checked.check.without_repair),
        not_searched=list(checked.check.not_searched),
        complete=checked.check.complete,
        stopped_by_clock=checked.check.stopped,
        note=search_note(complete=checked.check.complete, stopped=checked.check.stopped),
    )


@router.post(
    "/routekaarten/{routekaart_id}/repairs",
    response={200: AppliedReply, **problems(403, 404, 409)},
    operation_id="apply_repair",
    summary="Een oplossing toepassen",
    description="Past toe wat een oplossing verandert, in één keer. Er komt geen nieuw plan: dat "
    "maak je daarna. Een oplossing die al is toegepast of niet meer past, geeft 409.",
)
def post_repair(request: SignedInRequest, routekaart_id: Id, body: RepairShape) -> Any:
    repair = apply_repair(
        by=request.auth,
        routekaart_id=routekaart_id,
        repair_id=body.repair,
        today=clock.today(),
    )
    return AppliedReply(
        routekaart=routekaart_id,
        repair=repair.id,
        text=repair.text,
        next="Het plan is nog niet veranderd. Maak een nieuw plan om te zien wat dit oplevert.",
    )
