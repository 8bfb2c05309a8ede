"""Indicators of a goal, what was measured, and what the team decides. Figures of a team only."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Model

from routekaart.access import Access, NotFound, Permission
from routekaart.actions.audit import record
from routekaart.actions.changing import UNDERWAY
from routekaart.actions.in_the_year import NOT_CLOSED, in_the_year
from routekaart.domain.errors import BadInput, Conflict
from routekaart.models import Goal, GoalDecision, Indicator, Measurement, Routekaart

_EVALUATE = Permission.EVALUATE


def add_indicator(*, by: Access, goal_id: UUID, values: Mapping[str, Any]) -> Indicator:
    """Adds how the team sees whether a goal is reached. A name stands once at a goal."""
    with _at_goal(by, goal_id) as (routekaart, goal):
        indicator = Indicator(goal=goal)
        _fill_indicator(indicator, values)
        _log(by, routekaart, "add_indicator", indicator)
    return indicator


def change_indicator(*, by: Access, indicator_id: UUID, values: Mapping[str, Any]) -> Indicator:
    """Changes what `values` names; None empties it."""
    with _at_indicator(by, indicator_id) as (routekaart, indicator):
        _fill_indicator(indicator, values)
        _log(by, routekaart, "change_indicator", indicator)
    return indicator


def remove_indicator(*, by: Access, indicator_id: UUID) -> None:
    """Removes an indicator that nothing was measured of (`indicator_has_measurements`)."""
    with _at_indicator(by, indicator_id) as (routekaart, indicator):
        if Measurement.objects.filter(indicator=indicator).exists():
            raise Conflict(
                "Er zijn metingen bij deze indicator. Haal die eerst weg, of laat de indicator "
                "staan.",
                code="indicator_has_measurements",
            )
        _log(by, routekaart, "remove_indicator", indicator)
        indicator.delete()


def add_measurement(
    *,
    by: Access,
    indicator_id: UUID,
    measured_on: date,
    value: Decimal,
    note: str = "",
    today: date,
) -> Measurement:
    """Adds a value on a day. The same value again is a repeat and gives the row that is there.

    Raises `Conflict` (`measurement_exists`) for another value on the same day. Not in a draft,
    where a goal may still be thrown away: nothing that was measured is ever lost.
    """
    with _at_indicator(by, indicator_id, UNDERWAY) as (routekaart, indicator):
        _check_past("measured_on", measured_on, today)
        present = Measurement.objects.filter(indicator=indicator, measured_on=measured_on).first()
        if present is not None:
            if present.value == value and note in {"", present.note}:
                return present
            raise _measured_already()
        measurement = Measurement.objects.create(
            indicator=indicator,
            measured_on=measured_on,
            value=value,
            note=note,
            recorded_by=by.person,
        )
        _log(by, routekaart, "add_measurement", measurement)
    return measurement


def change_measurement(
    *, by: Access, measurement_id: UUID, values: Mapping[str, Any], today: date
) -> Measurement:
    """Mends a measurement: `values` names its day, value or note."""
    with _at_measurement(by, measurement_id) as (routekaart, measurement):
        if "measured_on" in values:
            _check_past("measured_on", values["measured_on"], today)
        for name, value in values.items():
            setattr(measurement, name, value)
        try:
            with transaction.atomic():
                measurement.save()
        except IntegrityError:
            raise _measured_already() from None
        _log(by, routekaart, "change_measurement", measurement)
    return measurement


def remove_measurement(*, by: Access, measurement_id: UUID) -> None:
    """Takes away a measurement that was noted by mistake."""
    with _at_measurement(by, measurement_id) as (routekaart, measurement):
        _log(by, routekaart, "remove_measurement", measurement)
        measurement.delete()


def decide(
    *, by: Access, goal_id: UUID, verdict: str, reason: str, decided_on: date, today: date
) -> GoalDecision:
    """What the team decides about a goal. Earlier decisions stay; stopping takes nothing away.

    Safe to repeat: the very decision that stands already is given back.
    """
    seen = by.fetch(Goal, goal_id, _EVALUATE)
    with in_the_year(by=by, routekaart_id=seen.routekaart_id, permission=_EVALUATE) as routekaart:
        goal = _goal(goal_id)
        _check_past("decided_on", decided_on, today)
        latest = GoalDecision.objects.filter(goal=goal).first()
        wanted = (verdict, reason, decided_on)
        if latest is not None and wanted == (latest.verdict, latest.reason, latest.decided_on):
            return latest
        decision = GoalDecision.objects.create(
            goal=goal,
            verdict=verdict,
            reason=reason,
            decided_on=decided_on,
            decided_by=by.person,
        )
        _log(by, routekaart, "decide_about_goal", decision)
    return decision


# --- The object as it stands now that the routekaart is locked -------------------------------
@contextmanager
def _at_goal(by: Access, goal_id: UUID) -> Iterator[tuple[Routekaart, Goal]]:
    seen = by.fetch(Goal, goal_id, _EVALUATE)
    with _locked(by, seen.routekaart_id) as routekaart:
        yield routekaart, _goal(goal_id)


@contextmanager
def _at_indicator(
    by: Access, indicator_id: UUID, states: Sequence[str] = NOT_CLOSED
) -> Iterator[tuple[Routekaart, Indicator]]:
    seen = by.fetch(Indicator, indicator_id, _EVALUATE, along=("goal",))
    with _locked(by, seen.goal.routekaart_id, states) as routekaart:
        indicator = Indicator.objects.filter(pk=indicator_id).select_related("goal").first()
        if indicator is None:
            raise NotFound("Indicator")
        yield routekaart, indicator


@contextmanager
def _at_measurement(by: Access, measurement_id: UUID) -> Iterator[tuple[Routekaart, Measurement]]:
    seen = by.fetch(Measurement, measurement_id, _EVALUATE, along=("indicator__goal",))
    with _locked(by, seen.indicator.goal.routekaart_id) as routekaart:
        measurement = Measurement.objects.filter(pk=measurement_id).first()
        if measurement is None:
            raise NotFound("Measurement")
        yield routekaart, measurement


@contextmanager
def _locked(
    by: Access, routekaart_id: UUID, states: Sequence[str] = NOT_CLOSED
) -> Iterator[Routekaart]:
    with in_the_year(
        by=by, routekaart_id=routekaart_id, permission=_EVALUATE, states=states
    ) as routekaart:
        yield routekaart


def _goal(goal_id: UUID) -> Goal:
    goal = Goal.objects.filter(pk=goal_id).first()
    if goal is None:
        raise NotFound("Goal")
    return goal


def _fill_indicator(indicator: Indicator, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(indicator, name, value)
    begins, ends = indicator.baseline_on, indicator.target_on
    if begins is not None and ends is not None and ends < begins:
        raise BadInput(
            "target_on",
            "Het streefpunt ligt vóór het beginpunt. Kies een latere dag.",
            code="target_before_baseline",
        )
    try:
        with transaction.atomic():
            indicator.save()
    except IntegrityError:
        raise Conflict(
            "Bij dit doel staat al een indicator met deze naam. Wijzig die, of kies een andere "
            "naam.",
            code="indicator_exists",
        ) from None


def _check_past(field: str, day: date, today: date) -> None:
    if day > today:
        raise BadInput(
            field, "Deze dag moet nog komen. Kies vandaag of eerder.", code="in_the_future"
        )


def _measured_already() -> Conflict:
    return Conflict(
        "Op deze dag staat al een andere meting. Wijzig die, of kies een andere dag.",
        code="measurement_exists",
    )


def _log(by: Access, routekaart: Routekaart, action: str, subject: Model) -> None:
    record(
        by=by,
        school=routekaart.team.school_id,
        action=action,
        subject=subject,
        routekaart=routekaart.pk,
    )
