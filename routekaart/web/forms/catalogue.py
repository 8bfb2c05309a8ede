"""Searching the catalogue."""

from collections.abc import Sequence
from typing import Any

from django import forms

from courses.entities import Catalogue
from routekaart.domain.content.claims import COST_STEPS, EVIDENCE_STEPS
from routekaart.queries.catalogue.public import InterventionOrder

_ANY = ("", "Alle")


def _choices(steps: Sequence[str], *given: str | None) -> list[tuple[str, str]]:
    """The labels that occur, once each, from the least to the most."""
    found = sorted({one for one in given if one}, key=lambda one: steps.index(one.lower()))
    return [_ANY, *((one, one) for one in found)]


class InterventionSearch(forms.Form):
    """Which interventions, and in which order. Every value may be left out."""

    categorie = forms.ChoiceField(label="Categorie", required=False)
    bewijs = forms.ChoiceField(label="Bewijskracht", required=False)
    kosten = forms.ChoiceField(label="Kosten", required=False)
    sector = forms.ChoiceField(
        label="Cijfers ook voor",
        required=False,
        choices=[("", "Alleen het gemiddelde"), ("po", "Basisonderwijs"), ("vo", "Voortgezet")],
    )
    volgorde = forms.ChoiceField(
        label="Volgorde",
        required=False,
        choices=[(one.value, one.words) for one in InterventionOrder],
    )

    def __init__(self, *args: Any, catalogue: Catalogue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = catalogue.interventions
        for name, choices in (
            ("categorie", [_ANY, *((one, one) for one in sorted({one.category for one in found}))]),
            ("bewijs", _choices(EVIDENCE_STEPS, *(one.evidence_label for one in found))),
            ("kosten", _choices(COST_STEPS, *(one.cost_label for one in found))),
        ):
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # a choice field
        for field in self.fields.values():
            field.required = False


class CourseSearch(forms.Form):
    """Which courses."""

    woorden = forms.CharField(label="Woorden uit de titel", required=False, max_length=100)
    functie = forms.ChoiceField(label="Voor", required=False)
    pakket = forms.ChoiceField(label="Pakket", required=False)
    platform = forms.ChoiceField(
        label="Platform",
        required=False,
        choices=[("", "Alle"), ("google", "Google"), ("microsoft", "Microsoft")],
    )

    def __init__(self, *args: Any, catalogue: Catalogue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["functie"].choices = [  # type: ignore[attr-defined]  # a choice field
            _ANY,
            *((one.slug, one.plural) for one in catalogue.functions),
        ]
        self.fields["pakket"].choices = [  # type: ignore[attr-defined]  # the same
            _ANY,
            *((one.slug, one.title) for one in catalogue.packages),
        ]
