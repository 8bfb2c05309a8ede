"""Asking for the plan of a group, the plan of a person, or the booklet of a day."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms

from routekaart.models.jobs import DocumentFormat, DocumentKind
from routekaart.queries.documents.offered import formats_for_people

_WITHOUT, _WITH = "zonder", "met"
_SELF = ""


class _KindForm(forms.Form):
    """As which file, for any of these kinds."""

    format = forms.ChoiceField(
        label="Als welk bestand?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Kies als welk bestand je het wilt.",
            "invalid_choice": "Kies als welk bestand je het wilt.",
        },
    )

    def __init__(self, *args: Any, kind: DocumentKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["format"]
        field.choices = [(one.value, one.label) for one in formats_for_people((kind,))]
        field.initial = DocumentFormat.PDF.value

    def chosen_format(self) -> DocumentFormat:
        """Read after `is_valid()`."""
        return DocumentFormat(self.cleaned_data["format"])


class _PersonsForm(_KindForm):
    """With names or without; who may not have names is not asked."""

    persons = forms.ChoiceField(
        label="Voor wie is het?",
        initial=_WITHOUT,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Kies voor wie het document is.",
            "invalid_choice": "Kies voor wie het document is.",
        },
    )

    def __init__(
        self, *args: Any, may_have_persons: bool, without: str, with_names: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["persons"]
        field.choices = [(_WITHOUT, without), (_WITH, with_names)]
        if not may_have_persons:
            del self.fields["persons"]

    def wants_persons(self) -> bool:
        """Read after `is_valid()`."""
        return bool(self.cleaned_data.get("persons") == _WITH)


class GroupPlanForm(_PersonsForm):
    """Which group: one function of the team, or several."""

    functions = forms.MultipleChoiceField(
        label="Welke groep?",
        help_text="Wie een van deze functies heeft, hoort bij de groep.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Kies minstens één functie: dat is de groep.",
            "invalid_choice": "Kies een functie van dit team.",
        },
    )
    field_order = ("functions", "persons", "format")

    def __init__(self, *args: Any, functions: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(
            *args,
            kind=DocumentKind.GROUP,
            without="Voor iedereen: zonder namen",
            with_names="Voor teamleider en trainer: met de uren per persoon",
            **kwargs,
        )
        field: Any = self.fields["functions"]
        field.choices = functions


class BookletForm(_PersonsForm):
    """With what the team brought up, or without."""

    field_order = ("persons", "format")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(
            *args,
            kind=DocumentKind.STUDY_DAY,
            without="Voor iedereen: zonder namen en zonder notities",
            with_names="Voor de dag zelf: met vragen, afspraken en een lijst met namen",
            **kwargs,
        )


class PersonPlanForm(_KindForm):
    """Of whom; who may have no other is not asked."""

    person = forms.ChoiceField(
        label="Van wie?",
        required=False,
        error_messages={"invalid_choice": "Kies iemand uit dit team."},
    )
    field_order = ("person", "format")

    def __init__(
        self, *args: Any, own: bool, people: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, kind=DocumentKind.PERSON, **kwargs)
        field: Any = self.fields["person"]
        field.choices = [*([(_SELF, "Van mijzelf")] if own else []), *people]
        field.required = not own
        field.error_messages["required"] = "Kies van wie je het plan wilt."
        if not people:
            del self.fields["person"]

    def chosen_person(self) -> UUID | None:
        """None for oneself; read after `is_valid()`."""
        text = self.cleaned_data.get("person")
        return UUID(text) if text else None
