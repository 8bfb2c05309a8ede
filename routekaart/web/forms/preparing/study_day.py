"""The steps of a study day: its dates afterwards, and closing it."""

from typing import Any

from django import forms

from routekaart.web.forms.shared import SharedForm
from routekaart.web.forms.texts import RunningText

FIELDS = {"follow_up_on": "vervolg", "evaluation_on": "evaluatie"}
LONGEST_TEXT = 10_000


def _day(label: str, hint: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=hint,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Vul een datum in, zoals 2026-11-04."},
    )


class MomentsForm(SharedForm):
    """When the team comes back to the day."""

    vervolg = _day("Vervolgmoment", "Dan kijken jullie hoe het gaat. Leeg: de datum uit het plan.")
    evaluatie = _day("Evaluatie", "Dan kijken jullie wat het bracht. Leeg: de datum uit het plan.")

    def values(self) -> dict[str, Any]:
        """What the action is asked for; read after `is_valid()`."""
        names = {"vervolg": "follow_up_on", "evaluatie": "evaluation_on"}
        return {names[field]: value for field, value in self.changes().items()}


class StepForm(forms.Form):
    """A step that asks nothing; what is refused stands on it."""


class CloseForm(forms.Form):
    """What a study day brought."""

    opbrengst = RunningText(
        label="Wat bracht de dag?",
        help_text="Een paar zinnen. Wie later instapt of ziek was, leest dit.",
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea,
    )
