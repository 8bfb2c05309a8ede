"""Forms about whether it works: a decision, an indicator, a measurement."""

from typing import Any

from django import forms

from routekaart.models import Indicator
from routekaart.web.forms.shared import SharedForm
from routekaart.web.forms.texts import LineText, RunningText
from routekaart.web.forms.week_fields import DayField, NumberField


class DecisionForm(forms.Form):
    """What the team decides about a goal."""

    verdict = forms.ChoiceField(
        label="Hoe gaat het verder met dit doel?",
        choices=[
            ("go_on", "Doorgaan zoals het nu gaat"),
            ("adjust", "Bijstellen: iets anders proberen"),
            ("stop", "Stoppen: dit doel is klaar, of niet meer nodig"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Kies hoe het verder gaat."},
    )
    reason = RunningText(label="Waarom?", rows=3)
    decided_on = DayField(label="Wanneer besloten jullie dit?")


class IndicatorForm(SharedForm):
    """How a team sees whether a goal is reached."""

    name = LineText(
        label="Wat meten jullie?",
        help_text="Van een groep of het team, nooit van één leerling.",
        max_length=300,
    )
    unit = LineText(
        label="Waarin?", help_text="Zoals: procent, punten, keer per week.",
        required=False, max_length=60,
    )  # fmt: skip
    baseline = NumberField(label="Waar staan jullie nu?", required=False)
    baseline_on = DayField(label="Wanneer is dat gemeten?", required=False)
    target = NumberField(label="Waar willen jullie heen?", required=False)
    target_on = DayField(label="Wanneer willen jullie daar zijn?", required=False)
    source = LineText(label="Waarmee meten jullie?", required=False, max_length=200)

    @classmethod
    def shown(cls, indicator: Indicator) -> dict[str, Any]:
        """An indicator as its form shows it."""
        return {name: getattr(indicator, name) for name in cls.base_fields}


class MeasurementForm(forms.Form):
    """A value on a day."""

    value = NumberField(label="Wat maten jullie?")
    measured_on = DayField(label="Wanneer?")
    note = RunningText(label="Wat valt op?", required=False, rows=3)
