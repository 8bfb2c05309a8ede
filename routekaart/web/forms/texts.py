"""Running text in a form: the same limits as everywhere else."""

import re
from typing import Any

from django import forms

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


class RunningText(forms.CharField):
    """Several lines. A browser sends other line ends than it was given: one kind is kept."""

    widget = forms.Textarea

    def __init__(self, *, rows: int = 4, max_length: int = 10_000, **options: Any) -> None:
        options.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(max_length=max_length, **options)

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        if _CONTROL.search(text):
            raise forms.ValidationError("Gebruik geen onzichtbare stuurtekens.")
        return text
