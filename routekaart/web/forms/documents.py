"""Asking for a document."""

from typing import Any

from django import forms

_WITHOUT, _WITH = "zonder", "met"


class DocumentForm(forms.Form):
    """Which document; who may not see what each person does is not asked about persons."""

    persons = forms.ChoiceField(
        label="Voor wie is het?",
        choices=[
            (_WITHOUT, "Voor iedereen: zonder hoofdstuk per persoon"),
            (_WITH, "Voor het team zelf: met een hoofdstuk per persoon"),
        ],
        initial=_WITHOUT,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Kies voor wie het document is.",
            "invalid_choice": "Kies voor wie het document is.",
        },
    )

    def __init__(self, *args: Any, may_have_persons: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_have_persons:
            del self.fields["persons"]

    def wants_persons(self) -> bool:
        """Read after `is_valid()`."""
        return bool(self.cleaned_data.get("persons") == _WITH)
