"""Text in a form: the same limits as everywhere else."""

from typing import Any

from django import forms

from routekaart.domain.written_text import (
    NO_CONTROL,
    NO_CONTROL_OR_BREAK,
    fits_lines,
    fits_one_line,
    with_one_line_end,
    without_steering,
)


class RunningText(forms.CharField):
    """Several lines. A browser sends other line ends than it was given: one kind is kept."""

    widget = forms.Textarea

    def __init__(self, *, rows: int = 4, max_length: int = 10_000, **options: Any) -> None:
        options.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(max_length=max_length, **options)

    def to_python(self, value: Any) -> str:
        text = with_one_line_end(super().to_python(_read(value)) or "")
        if not fits_lines(text):
            raise forms.ValidationError(NO_CONTROL)
        return text


class LineText(forms.CharField):
    """One line: a name or a title."""

    def __init__(self, *, max_length: int = 200, **options: Any) -> None:
        super().__init__(max_length=max_length, **options)

    def to_python(self, value: Any) -> str:
        text = super().to_python(_read(value)) or ""
        if not fits_one_line(text):
            raise forms.ValidationError(NO_CONTROL_OR_BREAK)
        return text


def _read(value: Any) -> Any:
    """Before spaces are stripped, which may stand outside of what is left out."""
    return without_steering(value) if isinstance(value, str) else value
