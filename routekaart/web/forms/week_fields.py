"""Fields that the forms of the week share."""

from typing import Any

from django import forms

MOST_TEXT = 10_000


class DayField(forms.DateField):
    """A day, with the calendar of the browser."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, **options)


class LongText(forms.CharField):
    """Some lines of text. A browser sends other line ends than the tables hold."""

    def __init__(self, *, rows: int = 4, **options: Any) -> None:
        options.setdefault("max_length", MOST_TEXT)
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **options)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return text.replace("\r\n", "\n").replace("\r", "\n") if isinstance(text, str) else text


class NumberField(forms.DecimalField):
    """A number as somebody writes it: with a comma or a point."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "short"})
        super().__init__(max_digits=10, decimal_places=2, localize=True, widget=widget, **options)
