"""What waits for a trainer, over all schools, in a fixed number of queries."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import DateTimeField, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from routekaart.access import Access, Forbidden, Permission
from routekaart.domain.calendar import SchoolYear
from routekaart.domain.trainer_queue import (
    WHY_ASSIGN,
    Asked,
    TrainerTask,
    in_order,
    why_advise,
    why_close,
    why_plan,
    why_prepare,
)
from routekaart.domain.weekly_overview import DAYS_AHEAD
from routekaart.models import Assignment, AuditEntry, Plan, Routekaart, School, StudyDay
from routekaart.models.assignments import STANDING
from routekaart.models.routekaarten import State
from routekaart.queries.advice.rounds import trainer_queue
from routekaart.queries.planning.current_plan import current_plans

# What makes a routekaart wait for its courses or its plan.
_STARTS_WAITING = ("accept", "return")


@dataclass(frozen=True, slots=True)
class TrainerWork:
    """`schools`: where `by` is a trainer, by name, with or without work there."""

    tasks: tuple[TrainerTask, ...]
    schools: tuple[School, ...]


def trainer_work(*, by: Access, today: date) -> TrainerWork:
    """Everything that waits for `by` as a trainer. Raises `Forbidden` for who is none."""
    if not any(by.allows(Permission.ADVISE, school=school) for school in by.schools):
        raise Forbidden
    with by.entered():
        return TrainerWork(
            tasks=in_order((*_to_advise(by), *_to_plan(by), *_days(by, today))),
            schools=tuple(
                School.objects.filter(by.visible(School, Permission.ADVISE)).order_by("name", "pk")
            ),
        )


def _to_advise(by: Access) -> Iterator[TrainerTask]:
    for row in trainer_queue(by=by, for_trainer=True):
        marks: Any = row  # what the query counted
        why = why_advise(marks.declined_items, marks.advice_version)
        yield _task(Asked.ADVISE, row, timezone.localdate(marks.since), why)


def _to_plan(by: Access) -> Iterator[TrainerTask]:
    """Of what the team accepted: courses to assign, or a plan to make from them."""
    began = AuditEntry.objects.filter(routekaart=OuterRef("pk"), action__in=_STARTS_WAITING)
    assigned = Assignment.objects.filter(routekaart=OuterRef("pk"), state__in=STANDING)
    rows = _guided(by, State.ACCEPTED).annotate(
        since=Coalesce(
            Subquery(began.order_by("-at").values("at")[:1]),
            F("changed_at"),
            output_field=DateTimeField(),
        ),
        is_assigned=Exists(assigned),
        has_plan=Exists(Plan.objects.filter(routekaart=OuterRef("pk"))),
    )
    for row in rows:
        marks: Any = row
        since = timezone.localdate(marks.since)
        if marks.is_assigned or marks.has_plan:
            yield _task(Asked.PLAN, row, since, why_plan(row.return_comment))
        else:
            yield _task(Asked.ASSIGN, row, since, WHY_ASSIGN)


def _days(by: Access, today: date) -> Iterator[TrainerTask]:
    """Study days that are near and not said to be ready, and those that were held and are open.

    A day without a goal asks nothing.
    """
    near = Q(date__range=(today, today + DAYS_AHEAD), state="preparing")
    held = Q(date__lt=today) & ~Q(state="closed")
    days = list(
        StudyDay.objects.filter(
            near | held, routekaart__in=_guided(by, State.APPROVED, State.RUNNING)
        )
        .select_related("routekaart__team__school")
        .order_by("date", "pk")
    )
    used = _with_goals({day.routekaart_id for day in days})
    for day in days:
        if str(day.pk) not in used:
            continue
        if day.date < today:
            yield _task(Asked.CLOSE, day.routekaart, day.date, why_close(day.date), day.pk)
        else:
            since = day.date - DAYS_AHEAD
            yield _task(Asked.PREPARE, day.routekaart, since, why_prepare(day.date, today), day.pk)


def _guided(by: Access, *states: State) -> QuerySet[Routekaart]:
    return Routekaart.objects.filter(
        by.visible(Routekaart, Permission.ADVISE), state__in=states
    ).select_related("team__school")


def _with_goals(routekaarten: Iterable[UUID]) -> frozenset[str]:
    """Ids of the study days that have a goal in the plan on which people count."""
    plans = current_plans(list(routekaarten))
    found: Sequence[list[dict[str, Any]]] = list(
        Plan.objects.filter(pk__in=plans.values()).values_list("content__study_days", flat=True)
    )
    return frozenset(day["study_day_id"] for days in found for day in days if day["goal_ids"])


def _task(
    asked: Asked, row: Routekaart, since: date, why: str, study_day: UUID | None = None
) -> TrainerTask:
    return TrainerTask(
        asked=asked,
        routekaart=row.pk,
        school=row.team.school_id,
        school_name=row.team.school.name,
        team=row.team.name,
        year=SchoolYear(row.school_year).label,
        since=since,
        why=why,
        study_day=study_day,
    )
