"""Reading the rounds of an advice: the trainer's queue, decisions, and what a round changed."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import (
    Count,
    DateTimeField,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce

from courses.advice import Advice
from routekaart.access import Access, NotFound, Permission
from routekaart.domain.advice_desk import Line, changes_between
from routekaart.models import AdviceDecision, AdviceVersion, AuditEntry, Goal, Routekaart
from routekaart.models.routekaarten import State
from routekaart.queries.advice.stored import advice_from_json


def trainer_queue(*, by: Access, for_trainer: bool | None = None) -> QuerySet[Routekaart]:
    """Submitted and advised routekaarten on which `by` may advise, longest waiting first.

    Each with `since` (when it was submitted), `goal_count`, `advice_version` (None before the
    first) and `declined_items` of that version. `for_trainer` keeps those that wait for the
    trainer (True: submitted, or items were declined) or for the team (False). Evaluate inside
    `by.entered()`.
    """
    with by.entered():
        latest = AdviceVersion.objects.filter(routekaart=OuterRef("pk")).order_by("-version")
        goals = (
            Goal.objects.filter(routekaart=OuterRef("pk"))
            .order_by()
            .values("routekaart")
            .annotate(number=Count("pk"))
            .values("number")
        )
        submitted = AuditEntry.objects.filter(routekaart=OuterRef("pk"), action="submit").order_by(
            "-at"
        )
        rows = (
            Routekaart.objects.filter(
                by.visible(Routekaart, Permission.ADVISE),
                state__in=(State.SUBMITTED, State.ADVISED),
            )
            .select_related("team__school")
            .annotate(
                since=Coalesce(
                    Subquery(submitted.values("at")[:1]),
                    # From before the log said which routekaart it was about.
                    F("changed_at"),
                    output_field=DateTimeField(),
                ),
                goal_count=_or_zero(goals),
                advice_version=Subquery(latest.values("version")[:1]),
                declined_items=declined_items(),
            )
        )
        if for_trainer is not None:
            waits = Q(state=State.SUBMITTED) | Q(declined_items__gt=0)
            rows = rows.filter(waits if for_trainer else ~waits)
        return rows.order_by("since", "pk")


def declined_items() -> Coalesce:
    """For routekaarten: how many items of the latest advice the team declined. Call inside."""
    of_latest = AdviceVersion.objects.filter(routekaart=OuterRef("advice__routekaart"))
    return _or_zero(
        AdviceDecision.objects.filter(
            advice__routekaart=OuterRef("pk"),
            accepted=False,
            advice__version=Subquery(of_latest.order_by("-version").values("version")[:1]),
        )
        .order_by()
        .values("advice__routekaart")
        .annotate(number=Count("pk"))
        .values("number")
    )


def _or_zero(rows: "QuerySet[Any, Any]") -> Coalesce:
    return Coalesce(Subquery(rows), Value(0), output_field=IntegerField())


def advice_version(*, by: Access, routekaart_id: UUID, version: int | None) -> AdviceVersion:
    """One version of the advice, or the latest. Raises `NotFound` when there is no such one."""
    by.fetch(Routekaart, routekaart_id, Permission.VIEW_ROUTEKAART)
    with by.entered():
        rows = AdviceVersion.objects.filter(routekaart=routekaart_id)
        found = (rows if version is None else rows.filter(version=version)).first()
    if found is None:
        raise NotFound("AdviceVersion")
    return found


def decisions_on(
    *, by: Access, routekaart_id: UUID, version: int | None
) -> QuerySet[AdviceDecision]:
    """What the team decided on the items of a version (without one: the latest), declined first.

    Empty when there is no advice yet. Evaluate inside `by.entered()`.
    """
    by.fetch(Routekaart, routekaart_id, Permission.VIEW_ROUTEKAART)
    with by.entered():
        latest = AdviceVersion.objects.filter(routekaart=routekaart_id)
        wanted = latest if version is None else latest.filter(version=version)
        return (
            AdviceDecision.objects.filter(advice__in=wanted.values("pk")[:1])
            .select_related("advice", "course")
            .order_by("accepted", "course__title", "course_id")
        )


@dataclass(frozen=True, slots=True)
class Round:
    """What a version changed about the one before, and what the team had said of that one."""

    version: int
    before: int | None
    lines: tuple[Line, ...]
    decisions: tuple[AdviceDecision, ...]


def changes_of_round(*, by: Access, routekaart_id: UUID, version: int) -> Round:
    """The differences between a version and the one before; none for the first."""
    after = advice_version(by=by, routekaart_id=routekaart_id, version=version)
    with by.entered():
        before = (
            AdviceVersion.objects.filter(routekaart=routekaart_id, version__lt=version)
            .order_by("-version")
            .first()
        )
        if before is None:
            return Round(version, None, (), ())
        decisions = tuple(decisions_on(by=by, routekaart_id=routekaart_id, version=before.version))
    return Round(version, before.version, _lines(before, after), decisions)


def _lines(before: AdviceVersion, after: AdviceVersion) -> tuple[Line, ...]:
    old: Advice = advice_from_json(before.content)
    return changes_between(old, advice_from_json(after.content))
