"""Asking for a document, of one team or of all."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.db.models import TextChoices

from routekaart.models.jobs import DocumentFormat, DocumentKind, DocumentLength
from routekaart.queries.documents.bundle_places import Choice
from routekaart.queries.documents.bundles import bundled_kinds
from routekaart.queries.documents.offered import formats_for_people, lengths_of

_WITHOUT, _WITH = "zonder", "met"
_TEAM = (DocumentKind.TEAM,)


def _choices(values: Iterable[TextChoices]) -> list[tuple[str, str]]:
    return [(one.value, _capital(str(one.label))) for one in values]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _radios(label: str, missing: str, help_text: str = "") -> forms.ChoiceField:
    messages = {"required": missing, "invalid_choice": missing}
    return forms.ChoiceField(
        label=label, widget=forms.RadioSelect, error_messages=messages, help_text=help_text
    )


class _PersonsForm(forms.Form):
    """Who may not see what each person does is not asked about persons."""

    persons = forms.ChoiceField(
        label="Voor wie is het?",
        choices=[
            (_WITHOUT, "Voor iedereen: zonder hoofdstuk per persoon"),
            (_WITH, "Voor de teamleider en de trainer: met een hoofdstuk per persoon"),
        ],
        initial=_WITHOUT,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Kies voor wie het document is.",
            "invalid_choice": "Kies voor wie het document is.",
        },
    )
    length = _radios(
        "Hoe uitgebreid?",
        "Kies hoe uitgebreid het document is.",
        "Kort: hoogstens twee bladzijden. Gewoon: zonder hoofdstuk per persoon. Uitgebreid: alles.",
    )

    def __init__(
        self, *args: Any, may_have_persons: bool, kinds: Sequence[DocumentKind], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if not may_have_persons:
            del self.fields["persons"]
        self._offer("length", _choices(lengths_of(kinds)), DocumentLength.FULL)

    def wants_persons(self) -> bool:
        """Read after `is_valid()`."""
        return bool(self.cleaned_data.get("persons") == _WITH)

    def chosen_length(self) -> DocumentLength:
        """Read after `is_valid()`."""
        return DocumentLength(self.cleaned_data.get("length") or DocumentLength.FULL)

    def _offer(self, name: str, choices: list[tuple[str, str]], usual: str) -> None:
        """Asks for one of these; where there is nothing to choose, it is not asked."""
        field: Any = self.fields[name]
        field.choices = choices
        values = [value for value, _ in choices]
        field.initial = usual if usual in values else values[0]
        if len(choices) == 1:
            del self.fields[name]


class DocumentForm(_PersonsForm):
    """Which document of one team."""

    format = _radios("Als welk bestand?", "Kies als welk bestand je het wilt.")
    field_order = ("format", "length", "persons")

    def __init__(self, *args: Any, may_have_persons: bool, **kwargs: Any) -> None:
        super().__init__(*args, may_have_persons=may_have_persons, kinds=_TEAM, **kwargs)
        self._offer("format", _choices(formats_for_people(_TEAM)), DocumentFormat.PDF)

    def chosen_format(self) -> DocumentFormat:
        """Read after `is_valid()`."""
        return DocumentFormat(self.cleaned_data.get("format") or DocumentFormat.PDF)


class BundleForm(_PersonsForm):
    """Which documents of all teams, and of whose."""

    place = _radios("Voor welke teams?", "Kies voor welke teams.")
    kind = _radios("Welk document?", "Kies welk document je wilt.")
    formats = forms.MultipleChoiceField(
        label="Als welke bestanden?",
        widget=forms.CheckboxSelectMultiple,
        initial=[DocumentFormat.PDF.value],
        error_messages={
            "required": "Kies minstens één soort bestand.",
            "invalid_choice": "Kies een van deze bestanden.",
        },
    )
    field_order = ("place", "kind", "formats", "length", "persons")

    def __init__(self, *args: Any, places: Sequence[Choice], **kwargs: Any) -> None:
        kinds = bundled_kinds()
        some_persons = any(one.persons for one in places)
        super().__init__(*args, may_have_persons=some_persons, kinds=kinds, **kwargs)
        self._places = {str(one.place.board or one.place.school): one for one in places}
        self._offer("place", [(key, _named(one)) for key, one in self._places.items()], "")
        self._offer("kind", _choices(kinds), DocumentKind.TEAM)
        formats = _choices(formats_for_people(kinds))
        if len(formats) == 1:
            del self.fields["formats"]
        else:
            field: Any = self.fields["formats"]
            field.choices = formats

    def chosen_place(self) -> Choice:
        """Read after `is_valid()`."""
        only = next(iter(self._places))
        return self._places[self.cleaned_data.get("place") or only]

    def chosen_kind(self) -> DocumentKind:
        """Read after `is_valid()`."""
        return DocumentKind(self.cleaned_data.get("kind") or DocumentKind.TEAM)

    def chosen_length(self) -> DocumentLength:
        """What comes in one length has that one, whatever was chosen for another document."""
        only, *others = lengths_of((self.chosen_kind(),))
        return super().chosen_length() if others else only

    def chosen_formats(self) -> list[DocumentFormat]:
        """Read after `is_valid()`."""
        names = self.cleaned_data.get("formats") or [DocumentFormat.PDF]
        return [DocumentFormat(one) for one in names]


def _named(choice: Choice) -> str:
    return f"Alle scholen van {choice.name}" if choice.place.board else choice.name
