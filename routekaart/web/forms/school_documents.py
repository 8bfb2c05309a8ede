"""Asking for a document about a whole school or board."""

from collections.abc import Sequence
from typing import Any

from django import forms

from routekaart.domain.calendar import SchoolYear
from routekaart.models.jobs import DocumentFormat, DocumentKind, DocumentLength
from routekaart.queries.documents.bundle_places import Choice
from routekaart.queries.documents.offered import formats_for_people

_OVERVIEW, _MR = "overzicht", "mr"
_KINDS = [
    (_OVERVIEW, "Overzicht: hoe alle teams ervoor staan"),
    (_MR, "Samenvatting voor de MR van één school"),
]
_OFFERED = (DocumentKind.SCHOOL, DocumentKind.BOARD, DocumentKind.MR_SCHOOL)


def _asked(
    label: str, missing: str, widget: type[forms.Widget] = forms.RadioSelect, hint: str = ""
) -> Any:
    messages = {"required": missing, "invalid_choice": missing}
    return forms.ChoiceField(label=label, widget=widget, error_messages=messages, help_text=hint)


class SchoolDocumentForm(forms.Form):
    """Which document, about which school or board, in which year."""

    kind = _asked("Welk document?", "Kies welk document je wilt.")
    place = _asked("Waarover?", "Kies een school of bestuur.", forms.Select)
    year = _asked("Voor welk schooljaar?", "Kies een schooljaar.", forms.Select)
    format = _asked("Als welk bestand?", "Kies als welk bestand je het wilt.")
    length = _asked(
        "Hoe uitgebreid?",
        "Kies hoe uitgebreid het document is.",
        hint="Kort: hoogstens twee bladzijden. Gewoon: met elk team. Uitgebreid: alles.",
    )

    def __init__(
        self, *args: Any, places: Sequence[Choice], years: Sequence[int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._places = {str(one.place.board or one.place.school): one for one in places}
        choices = {
            "kind": _KINDS,
            "place": [(key, _named(one)) for key, one in self._places.items()],
            "year": [(str(year), SchoolYear(year).label) for year in years],
            "format": [(one.value, one.label) for one in formats_for_people(_OFFERED)],
            "length": [(one.value, one.label.capitalize()) for one in DocumentLength],
        }
        for name, values in choices.items():
            self.fields[name].choices = values  # type: ignore[attr-defined]  # a field of choices
        self.fields["kind"].initial = _OVERVIEW
        self.fields["format"].initial = DocumentFormat.PDF.value
        self.fields["length"].initial = DocumentLength.FULL.value
        # What leaves nothing to choose is not asked.
        for name in ("place", "year"):
            if len(choices[name]) == 1:
                del self.fields[name]
        self._only_year = years[0]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("kind") == _MR and "place" not in self.errors and self.chosen().place.board:
            message = "De samenvatting voor de MR gaat over één school. Kies een school."
            self.add_error("place", message)
        return cleaned

    def chosen(self) -> Choice:
        """The place. Read after its field was cleaned."""
        only = next(iter(self._places))
        return self._places[self.cleaned_data.get("place") or only]

    def chosen_kind(self) -> DocumentKind:
        """Read after `is_valid()`."""
        if self.cleaned_data["kind"] == _MR:
            return DocumentKind.MR_SCHOOL
        return DocumentKind.BOARD if self.chosen().place.board else DocumentKind.SCHOOL

    def chosen_year(self) -> int:
        """Read after `is_valid()`."""
        return int(self.cleaned_data.get("year") or self._only_year)

    def chosen_format(self) -> DocumentFormat:
        """Read after `is_valid()`."""
        return DocumentFormat(self.cleaned_data["format"])

    def chosen_length(self) -> DocumentLength:
        """Read after `is_valid()`. What is in a workbook or for the MR has one length."""
        one = self.chosen_kind() is DocumentKind.MR_SCHOOL
        if one or self.chosen_format() is DocumentFormat.XLSX:
            return DocumentLength.FULL
        return DocumentLength(self.cleaned_data["length"])


def _named(choice: Choice) -> str:
    return f"Alle scholen van {choice.name}" if choice.place.board else choice.name
