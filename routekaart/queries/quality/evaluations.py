"""Reading indicators, measurements and decisions: how goals stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Prefetch, QuerySet

from routekaart.access import Access, Permission
from routekaart.domain.evaluation import Reading, Value, is_open, reading_of
from routekaart.models import Goal, GoalDecision, Indicator, Measurement
from routekaart.queries.once_more import still_there
from routekaart.queries.organisation.names import called_at


@dataclass(frozen=True, slots=True)
class MeasuredIndicator:
    indicator: Indicator
    measurements: Sequence[Measurement]
    reading: Reading


@dataclass(frozen=True, slots=True)
class GoalEvaluation:
    """A goal with its indicators, the latest decision, and whether it goes on to next year."""

    goal: Goal
    indicators: Sequence[MeasuredIndicator]
    latest_decision: GoalDecision | None
    is_open: bool


def indicators_of(*, by: Access, goal_id: UUID) -> QuerySet[Indicator]:
    """The indicators of a goal by name, with `measured`: how many measurements there are."""
    by.fetch(Goal, goal_id, Permission.VIEW_ROUTEKAART)
    with by.entered():
        return _counted(Indicator.objects.filter(goal=goal_id))


def indicator_detail(*, by: Access, indicator_id: UUID) -> Indicator:
    """One indicator with `measured`."""
    by.fetch(Indicator, indicator_id, Permission.VIEW_ROUTEKAART)
    with by.entered():
        return _counted(Indicator.objects.filter(pk=indicator_id)).get()


def measurement_detail(*, by: Access, measurement_id: UUID) -> Measurement:
    """One measurement."""
    return by.fetch(Measurement, measurement_id, Permission.VIEW_ROUTEKAART)


def _counted(rows: "QuerySet[Indicator]") -> "QuerySet[Indicator]":
    return rows.annotate(measured=Count("measurements")).order_by("name", "id")


def decisions_of(*, by: Access, goal_id: UUID) -> QuerySet[GoalDecision]:
    """What the team decided about a goal, the latest first."""
    by.fetch(Goal, goal_id, Permission.VIEW_ROUTEKAART)
    with by.entered():
        return _with_decider(GoalDecision.objects.filter(goal=goal_id))


def goal_evaluation(*, by: Access, goal_id: UUID) -> GoalEvaluation:
    """How one goal stands."""
    by.fetch(Goal, goal_id, Permission.VIEW_ROUTEKAART)
    with by.entered():
        return evaluation_of_goal(still_there(to_evaluate(Goal.objects.filter(pk=goal_id))))


def to_evaluate(goals: "QuerySet[Goal]") -> "QuerySet[Goal]":
    """Each with what `evaluation_of_goal` reads. Call and evaluate inside the scope."""
    decisions = _with_decider(GoalDecision.objects.all())
    return goals.prefetch_related("indicators__measurements", Prefetch("decisions", decisions))


def _with_decider(decisions: "QuerySet[GoalDecision]") -> "QuerySet[GoalDecision]":
    return called_at(decisions, "decided_by", school="goal__routekaart__team__school")


def evaluation_of_goal(goal: Goal) -> GoalEvaluation:
    """How a goal stands that was read with `to_evaluate`. Call inside the scope of its school."""
    indicators = tuple(_measured(indicator) for indicator in goal.indicators.all())
    latest = next(iter(goal.decisions.all()), None)
    return GoalEvaluation(
        goal=goal,
        indicators=indicators,
        latest_decision=latest,
        is_open=is_open(latest.verdict if latest else None, [one.reading for one in indicators]),
    )


def _measured(indicator: Indicator) -> MeasuredIndicator:
    rows = tuple(indicator.measurements.all())
    baseline = indicator.baseline
    return MeasuredIndicator(
        indicator=indicator,
        measurements=rows,
        reading=reading_of(
            baseline=None if baseline is None else Value(indicator.baseline_on, baseline),
            target=indicator.target,
            measured=[Value(row.measured_on, row.value) for row in rows],
        ),
    )
