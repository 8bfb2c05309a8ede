"""Plans over HTTP: make one, list the versions, read one."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Query, Router, Status
from pydantic import Field

from routekaart import clock
from routekaart.actions.planning.plans import make_plan, make_school_plans
from routekaart.api.auth import SignedInRequest
from routekaart.api.paging import Listed, Page, paged
from routekaart.api.planning.previews import DifferenceReply, difference_reply
from routekaart.api.routekaarten.routekaart_shapes import SchoolYearLabel
from routekaart.api.shapes import Id, Reply, Shape, problems
from routekaart.api.shapes import Query as Parameters
from routekaart.domain.calendar import SchoolYear
from routekaart.domain.planner.plan import Plan as DomainPlan
from routekaart.models import Plan
from routekaart.queries.planning.plan_changes import PlanChanges, changes_of_plan, changes_since
from routekaart.queries.planning.reading import plan_as_seen
from routekaart.queries.routekaarten.routekaarten import plan_with_sight, plans_of

router = Router(tags=["Plan"])


class PlanSummary(Reply):
    id: UUID
    routekaart: UUID
    version: int
    catalogue_version: str
    made_at: datetime
    approved_at: datetime | None


class SchoolPlans(Shape):
    school_year: SchoolYearLabel


class Beside(Parameters):
    since_version: int | None = Field(
        None, ge=1, le=100_000, description="Een eerdere versie om mee te vergelijken."
    )


class PlanChangesReply(Reply):
    """What a version changes. Null, both, for a first version: there it is all new."""

    compared_to_version: int | None
    persons_shown: bool
    difference: DifferenceReply | None


class PlanReply(PlanSummary):
    """A plan. `persons_shown` is false when you may not see what it asks of each person."""

    persons_shown: bool
    plan: DomainPlan = Field(description="Dagen, voorbereiding, PLG, vervolg en wat niet paste.")


def _summary(plan: Plan) -> PlanSummary:
    return PlanSummary(
        id=plan.pk,
        routekaart=plan.routekaart_id,
        version=plan.version,
        catalogue_version=plan.catalogue_version,
        made_at=plan.made_at,
        approved_at=plan.approved_at,
    )


def _reply(request: SignedInRequest, plan_id: UUID) -> PlanReply:
    plan, sees_persons, content = plan_as_seen(by=request.auth, plan_id=plan_id)
    return PlanReply(
        **_summary(plan).model_dump(),
        persons_shown=sees_persons,
        plan=content,
    )


@router.get(
    "/routekaarten/{routekaart_id}/plans",
    response={200: Listed[PlanSummary], **problems(403, 404)},
    operation_id="list_plans",
    summary="De versies van het plan",
)
def list_plans(request: SignedInRequest, routekaart_id: Id, page: Query[Page]) -> Any:
    with request.auth.entered():
        return paged(plans_of(by=request.auth, routekaart_id=routekaart_id), page, _summary)


@router.post(
    "/routekaarten/{routekaart_id}/plans",
    response={201: PlanReply, **problems(403, 404, 409)},
    operation_id="make_plan",
    summary="Een plan maken",
    description="Is er niets veranderd, dan komt de laatste versie terug en geen nieuwe.",
)
def post_plan(request: SignedInRequest, routekaart_id: Id) -> Any:
    plan = make_plan(by=request.auth, routekaart_id=routekaart_id, today=clock.today())
    return Status(201, _reply(request, plan.pk))


@router.post(
    "/schools/{school_id}/plans",
    response={201: list[PlanSummary], **problems(403, 404, 409)},
    operation_id="make_school_plans",
    summary="Plannen maken voor alle teams van een school samen",
    description="Voor alle routekaarten van het schooljaar waarvan het advies is aangenomen. De "
    "teams delen uren van mensen, lokalen en trainers. Alles wordt bewaard, of niets.",
)
def post_school_plans(request: SignedInRequest, school_id: Id, body: SchoolPlans) -> Any:
    plans = make_school_plans(
        by=request.auth,
        school_id=school_id,
        school_year=SchoolYear.parse(body.school_year),
        today=clock.today(),
    )
    return Status(201, [_summary(plan) for plan in plans])


@router.get(
    "/plans/{plan_id}/changes",
    response={200: PlanChangesReply, **problems(404)},
    operation_id="get_plan_changes",
    summary="Wat een versie verandert",
    description="Naast de versie die het laatst is vastgesteld, of anders naast de vorige. Zo is "
    "voor het vaststellen te zien wat voor wie verandert, en wie het moet horen. Met "
    "`since_version` naast een eerdere versie naar keuze.",
)
def get_plan_changes(request: SignedInRequest, plan_id: Id, beside: Query[Beside]) -> Any:
    found: PlanChanges | None
    if beside.since_version is not None:
        found = changes_since(by=request.auth, plan_id=plan_id, since_version=beside.since_version)
    else:
        found = changes_of_plan(by=request.auth, plan_id=plan_id)
    if found is None:
        _, sees_persons = plan_with_sight(by=request.auth, plan_id=plan_id)
        return PlanChangesReply(
            compared_to_version=None, persons_shown=sees_persons, difference=None
        )
    return PlanChangesReply(
        compared_to_version=found.compared_to,
        persons_shown=found.sees_persons,
        difference=difference_reply(found.difference, found.sentences),
    )


@router.get(
    "/plans/{plan_id}",
    response={200: PlanReply, **problems(404)},
    operation_id="get_plan",
    summary="Eén plan",
)
def get_plan(request: SignedInRequest, plan_id: Id) -> Any:
    return _reply(request, plan_id)
