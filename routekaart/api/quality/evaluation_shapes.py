"""Bodies and answers about indicators, measurements and decisions."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

from routekaart.api.shapes import (
    Day,
    FilledText,
    FindingReply,
    LongText,
    OptionalText,
    Reply,
    Shape,
    ShortText,
    finding_reply,
)
from routekaart.domain.rules.bsn import bsn_in_texts
from routekaart.models import GoalDecision, Indicator, Measurement
from routekaart.models.agreements import Verdict
from routekaart.queries.quality.evaluations import GoalEvaluation, MeasuredIndicator

_LARGEST = 99_999_999


def _figure(value: Any) -> Any:
    if isinstance(value, Decimal):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise PydanticCustomError("figure", "Dit moet een getal zijn.")
    if abs(value) > _LARGEST:
        raise PydanticCustomError("figure_size", "Dit getal is te groot.")
    # By its shortest writing: 7.1 is 7.1, and not what a float makes of it.
    figure = Decimal(str(value))
    if figure != round(figure, 2):
        raise PydanticCustomError("two_decimals", "Gebruik hoogstens twee decimalen.")
    return round(figure, 2)


# A number with at most two decimals.
Figure = Annotated[
    Decimal,
    BeforeValidator(_figure),
    PlainSerializer(float, return_type=float),
    WithJsonSchema({"type": "number", "minimum": -_LARGEST, "maximum": _LARGEST}),
]
Unit = Annotated[OptionalText, Field(max_length=60)]
Findings = Annotated[
    list[FindingReply],
    Field(description="Waarschuwingen over de tekst; opgeslagen is het al."),
]


class NewIndicator(Shape):
    """How the team sees whether a goal is reached: figures of a group or team, never of a pupil.

    `source`: the name of the instrument, such as a test of the pupil monitoring system.
    """

    name: ShortText
    unit: Unit = ""
    baseline: Figure | None = None
    baseline_on: Day | None = None
    target: Figure | None = None
    target_on: Day | None = None
    source: OptionalText = ""


class IndicatorChanges(Shape):
    """What changes; a field that is left out stays. Null empties figures and their days."""

    name: ShortText | None = None
    unit: Unit | None = None
    baseline: Figure | None = None
    baseline_on: Day | None = None
    target: Figure | None = None
    target_on: Day | None = None
    source: OptionalText | None = None


class IndicatorReply(Reply):
    id: UUID
    goal: UUID
    name: str
    unit: str
    baseline: Figure | None
    baseline_on: date | None
    target: Figure | None
    target_on: date | None
    source: str
    measured: int = Field(description="Hoeveel metingen er zijn.")
    findings: Findings


class NewMeasurement(Shape):
    """`measured_on`: today when it is left out."""

    measured_on: Day | None = None
    value: Figure
    note: LongText = ""


class MeasurementChanges(Shape):
    """What changes; a field that is left out or null stays as it is."""

    measured_on: Day | None = None
    value: Figure | None = None
    note: LongText | None = None


class MeasurementReply(Reply):
    id: UUID
    indicator: UUID
    measured_on: date
    value: Figure
    note: str
    findings: Findings


class NewDecision(Shape):
    """`decided_on`: today when it is left out."""

    verdict: Literal["go_on", "adjust", "stop"]
    reason: FilledText
    decided_on: Day | None = None


class DecisionReply(Reply):
    id: UUID
    goal: UUID
    verdict: str
    verdict_label: str
    reason: str
    decided_on: date
    decided_by: UUID | None
    decided_by_name: str | None
    findings: Findings


class EvaluatedIndicator(Reply):
    """`start`: the baseline, or else the first of several measurements. `direction` says whether
    the last one lies closer to the target than the start; it is never a forecast."""

    id: UUID
    name: str
    unit: str
    source: str
    start: Figure | None
    start_on: date | None
    target: Figure | None
    target_on: date | None
    last: Figure | None
    last_on: date | None
    direction: str
    direction_label: str
    reached: bool
    measurements: list[MeasurementReply]


class EvaluationReply(Reply):
    """`is_open`: the team did not stop it and it is not reached, so it can go on next year."""

    goal: UUID
    wording: str
    indicators: list[EvaluatedIndicator]
    latest_decision: DecisionReply | None
    is_open: bool


def _findings(**texts: str) -> list[FindingReply]:
    return [finding_reply(finding) for finding in bsn_in_texts(texts)]


def indicator_reply(indicator: Indicator) -> IndicatorReply:
    """Of an indicator that was read with how often it was `measured`."""
    marks: Any = indicator
    return IndicatorReply(
        id=indicator.pk,
        goal=indicator.goal_id,
        name=indicator.name,
        unit=indicator.unit,
        baseline=indicator.baseline,
        baseline_on=indicator.baseline_on,
        target=indicator.target,
        target_on=indicator.target_on,
        source=indicator.source,
        measured=marks.measured,
        findings=_findings(name=indicator.name, source=indicator.source),
    )


def measurement_reply(measurement: Measurement) -> MeasurementReply:
    return MeasurementReply(
        id=measurement.pk,
        indicator=measurement.indicator_id,
        measured_on=measurement.measured_on,
        value=measurement.value,
        note=measurement.note,
        findings=_findings(note=measurement.note),
    )


def decision_reply(decision: GoalDecision) -> DecisionReply:
    return DecisionReply(
        id=decision.pk,
        goal=decision.goal_id,
        verdict=decision.verdict,
        verdict_label=Verdict(decision.verdict).label,
        reason=decision.reason,
        decided_on=decision.decided_on,
        decided_by=decision.decided_by_id,
        decided_by_name=decision.decided_by.name if decision.decided_by else None,
        findings=_findings(reason=decision.reason),
    )


def evaluated_indicator(one: MeasuredIndicator) -> EvaluatedIndicator:
    reading, indicator = one.reading, one.indicator
    return EvaluatedIndicator(
        id=indicator.pk,
        name=indicator.name,
        unit=indicator.unit,
        source=indicator.source,
        start=reading.start.value if reading.start else None,
        start_on=reading.start.on if reading.start else None,
        target=reading.target,
        target_on=indicator.target_on,
        last=reading.last.value if reading.last else None,
        last_on=reading.last.on if reading.last else None,
        direction=reading.direction.value,
        direction_label=reading.direction.word,
        reached=reading.reached,
        measurements=[measurement_reply(row) for row in one.measurements],
    )


def evaluation_reply(found: GoalEvaluation) -> EvaluationReply:
    return EvaluationReply(
        goal=found.goal.pk,
        wording=found.goal.wording,
        indicators=[evaluated_indicator(one) for one in found.indicators],
        latest_decision=decision_reply(found.latest_decision) if found.latest_decision else None,
        is_open=found.is_open,
    )
