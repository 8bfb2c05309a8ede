"""Fields that several forms of the office share."""

from typing import Any

from django import forms


class DayField(forms.DateField):
    """A date, by the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            input_formats=["%Y-%m-%d", "%d-%m-%Y"],
            error_messages={
                "required": "Vul een datum in.",
                "invalid": "Dit is geen datum. Schrijf hem als 31-12-2026.",
            },
            **kwargs,
        )


def in_order(form: forms.Form, first: str, last: str) -> None:
    """An error on `last` when it lies before `first`."""
    begin, end = form.cleaned_data.get(first), form.cleaned_data.get(last)
    if begin and end and end < begin:
        form.add_error(last, "De laatste dag ligt voor de eerste dag.")
