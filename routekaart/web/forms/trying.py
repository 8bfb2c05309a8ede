"""What a visitor says about a team. All of it lives in the address; nothing is stored."""

from typing import Any

from django import forms

from courses.entities import Catalogue
from routekaart.models.organisation import Sector

# Works with Google as well as with Microsoft, or does not know.
BOTH = "beide"


class ChosenForm(forms.Form):
    """Which interventions, in the order of the menu."""

    interventie = forms.MultipleChoiceField(
        label="Interventies",
        error_messages={
            "required": "Kies ten minste één interventie.",
            "invalid_choice": "Een van de interventies bestaat niet (meer). Kies opnieuw.",
        },
    )

    def __init__(self, *args: Any, catalogue: Catalogue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["interventie"].choices = [  # type: ignore[attr-defined]  # a choice field
            (one.slug, one.title) for one in catalogue.interventions
        ]


class TeamForm(ChosenForm):
    """The interventions, and for whom the advice is."""

    functie = forms.MultipleChoiceField(
        label="Functies in je team",
        help_text="Kies ze allemaal.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Kies ten minste één functie.",
            "invalid_choice": "Een van de functies bestaat niet (meer). Kies opnieuw.",
        },
    )
    platform = forms.ChoiceField(
        label="Waarmee werkt je school?",
        widget=forms.RadioSelect,
        choices=[
            ("google", "Google"),
            ("microsoft", "Microsoft"),
            (BOTH, "Allebei, of dat weet ik niet"),
        ],
        error_messages={"required": "Kies waarmee je school werkt."},
    )
    sector = forms.ChoiceField(
        label="Wat voor school is het?",
        widget=forms.RadioSelect,
        choices=[(one.value, one.label.capitalize()) for one in Sector],
        error_messages={"required": "Kies wat voor school het is."},
    )
    pakket = forms.MultipleChoiceField(
        label="Welke pakketten heeft je school?",
        help_text="Wat je niet hebt, staat in het advies als ‘niet in jullie pakket’.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, catalogue: Catalogue, **kwargs: Any) -> None:
        super().__init__(*args, catalogue=catalogue, **kwargs)
        self.fields["functie"].choices = [  # type: ignore[attr-defined]  # a choice field
            (one.slug, one.plural) for one in catalogue.functions
        ]
        self.fields["pakket"].choices = [  # type: ignore[attr-defined]  # the same
            (one.slug, one.title) for one in catalogue.packages
        ]

    @staticmethod
    def usual(catalogue: Catalogue) -> dict[str, Any]:
        """What most teams would answer, to begin with."""
        return {
            "functie": [catalogue.functions[0].slug],
            "platform": BOTH,
            "sector": Sector.PO,
            "pakket": [one.slug for one in catalogue.packages if one.in_default],
        }
