"""Own budgets: amounts in euros on the page, in whole cents behind it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from routekaart.domain.budget_rules import MOST_EUROS, MOST_SAVED_YEARS, OwnNumbers
from routekaart.domain.calendar import SchoolYear
from routekaart.web.forms.office.fields import DayField
from routekaart.web.forms.shared import SharedForm
from routekaart.web.forms.texts import LineText

_MOST = 10 * MOST_EUROS


class EurosField(forms.DecimalField):
    """An amount as Dutch writes it, such as 1250 or 12,50."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            min_value=0,
            max_value=_MOST,
            max_digits=8,
            decimal_places=2,
            localize=True,
            widget=forms.TextInput(attrs={"class": "short", "inputmode": "decimal"}),
            error_messages={
                "required": "Vul een bedrag in.",
                "invalid": "Schrijf het bedrag als getal, zoals 12,50.",
                "min_value": "Vul een bedrag in van 0 of meer.",
                "max_value": "Vul hoogstens € 200.000 in.",
                "max_digits": "Vul hoogstens € 200.000 in.",
                "max_whole_digits": "Vul hoogstens € 200.000 in.",
                "max_decimal_places": "Gebruik hoogstens twee cijfers achter de komma.",
            },
            **kwargs,
        )


class SpendingForm(forms.Form):
    """Something that the budget of somebody went to."""

    what = LineText(
        label="Waaraan is het besteed?",
        help_text="Kort, zoals: masterclass feedback. Geen namen van leerlingen.",
        error_messages={"required": "Vul in waaraan het geld is besteed."},
    )
    cents = EurosField(label="Bedrag in euro’s")
    spent_on = DayField(label="Wanneer?", help_text="Het telt mee in het schooljaar van die dag.")

    def spent_cents(self) -> int:
        """What was spent, in whole cents."""
        return int(self.cleaned_data["cents"] * 100)


class GrantForm(forms.Form):
    """What somebody had to spend in a school year."""

    school_year = forms.TypedChoiceField(label="Schooljaar", coerce=int)
    cents = EurosField(
        label="Bedrag in euro’s",
        help_text="Leeg: haal weg wat voor dat jaar is vastgelegd.",
        required=False,
    )

    def __init__(self, *args: Any, years: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school_year"].choices = [  # type: ignore[attr-defined]  # a choice field
            (year, SchoolYear(year).label) for year in years
        ]

    def granted_cents(self) -> int | None:
        """What is granted, in whole cents; None takes it back."""
        amount = self.cleaned_data["cents"]
        return None if amount is None else int(amount * 100)


class BudgetNumbersForm(SharedForm):
    """What the school agreed on instead of the CAO."""

    euros = forms.IntegerField(label="Euro’s per schooljaar bij een volle baan", required=False)
    leader_euros = forms.IntegerField(
        label="Euro’s per schooljaar voor schoolleiders, bij een volle baan", required=False
    )
    saved_years = forms.IntegerField(
        label="Hoeveel schooljaren is te gebruiken wat overblijft?",
        help_text="0: alleen in het schooljaar zelf.",
        required=False,
    )

    def __init__(self, *args: Any, told: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        """`told`: per field what holds without an own number, with its source."""
        super().__init__(*args, **kwargs)
        for name, most in (
            ("euros", MOST_EUROS),
            ("leader_euros", MOST_EUROS),
            ("saved_years", MOST_SAVED_YEARS),
        ):
            field = self.fields[name]
            field.validators.extend(
                [
                    MinValueValidator(0, "Vul 0 of meer in."),
                    MaxValueValidator(most, f"Vul hoogstens {most} in."),
                ]
            )
            field.widget.attrs |= {"class": "short", "inputmode": "numeric"}
            field.error_messages["invalid"] = "Vul een heel getal in, of niets."
        for name, text in told:
            shown = self.fields[name]
            shown.help_text = f"{shown.help_text} {text}".strip()

    def numbers(self, stored: OwnNumbers) -> OwnNumbers:
        """What holds after saving: what this person changed, and the rest as it was stored."""
        names = ("euros", "leader_euros", "saved_years")
        before = {name: getattr(stored, name) for name in names}
        return OwnNumbers(**before | self.changes())
