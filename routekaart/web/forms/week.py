"""Forms about the own courses."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from routekaart.web.forms.texts import LineText, RunningText
from routekaart.web.forms.week_fields import DayField

MOST_PROOF = 200


class DoneForm(forms.Form):
    """That a course is done, when, and what one takes from it."""

    done_on = DayField(label="Wanneer heb je de cursus gedaan?")
    reflection = RunningText(
        label="Wat neem je mee?",
        help_text="Alleen jij ziet dit. Het staat later bij alles wat je hebt gedaan.",
        required=False,
        rows=4,
    )
    proof = LineText(
        label="Nummer van je certificaat",
        required=False,
        max_length=MOST_PROOF,
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["done_on"].widget.attrs["max"] = today.isoformat()


class ReflectionForm(forms.Form):
    """What one takes from a course that is done."""

    reflection = RunningText(
        label="Wat neem je mee?",
        help_text="Alleen jij ziet dit.",
        required=False,
        rows=4,
    )


class TogetherForm(forms.Form):
    """That some colleagues did a course together."""

    done_on = DayField(label="Wanneer deden jullie dit?")
    persons = forms.TypedMultipleChoiceField(
        coerce=UUID,
        label="Wie waren erbij?",
        help_text="Iedereen bevestigt het daarna zelf.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies wie erbij waren."},
    )
    note = RunningText(
        label="Wat viel op?",
        help_text="Iedereen die erbij was, kan dit lezen.",
        required=False,
        rows=3,
    )

    def offer(self, people: Sequence[tuple[str, str]]) -> None:
        """The colleagues to choose from: ids with names."""
        self.fields["persons"].choices = people  # type: ignore[attr-defined]
