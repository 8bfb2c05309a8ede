"""Fields that the forms of the week share."""

from typing import Any

from django import forms


class DayField(forms.DateField):
    """A day, with the calendar of the browser."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, **options)


class NumberField(forms.DecimalField):
    """A number as somebody writes it: with a comma or a point."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "short"})
        super().__init__(max_digits=10, decimal_places=2, localize=True, widget=widget, **options)
