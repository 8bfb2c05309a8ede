"""The form of a note before a study day."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms

from routekaart.models.notes import NoteKind
from routekaart.web.forms.texts import RunningText

_KINDS = (
    (NoteKind.FINDING, "Bevinding: dit viel me op"),
    (NoteKind.QUESTION, "Vraag: dit wil ik weten"),
    (NoteKind.WISH, "Wens: dit wil ik op de dag doen"),
)


class NoteForm(forms.Form):
    """`note` is the id that the note has or gets, so that saving twice makes one note."""

    kind = forms.ChoiceField(label="Wat is het?", choices=_KINDS, widget=forms.RadioSelect)
    text = RunningText(
        label="Je notitie",
        help_text="Schrijf geen namen van leerlingen op.",
        rows=4,
        error_messages={"required": "Schrijf eerst iets op."},
    )
    work_group = forms.TypedChoiceField(
        label="Namens wie?", required=False, coerce=UUID, empty_value=None
    )
    note = forms.UUIDField(widget=forms.HiddenInput)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, groups: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if groups:
            self.fields["work_group"].choices = [  # type: ignore[attr-defined]
                ("", "Van mijzelf"),
                *groups,
            ]
        else:
            del self.fields["work_group"]

    def values(self) -> dict[str, Any]:
        """What the note says."""
        names = ("kind", "text", "work_group")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}
