"""People of a school: who they are, when they work, and what they may do."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from courses.dutch import listed
from courses.entities import Catalogue
from routekaart.access import Role
from routekaart.actions.organisation.people import Away
from routekaart.domain.content.wording import WEEKDAYS
from routekaart.domain.errors import BadInput
from routekaart.domain.people import FULL_WEEK
from routekaart.domain.people_import.cells import read_name
from routekaart.domain.roles import SCHOOL_GIVES
from routekaart.models import Employment, Team
from routekaart.web.forms.office.fields import DayField, in_order
from routekaart.web.forms.shared import SharedForm
from routekaart.web.forms.texts import LineText
from routekaart.web.role_words import role_choices

_MOST_STUDY_MINUTES = 2400


def _team_choices(teams: Iterable[Team]) -> list[tuple[str, str]]:
    return [(str(team.pk), team.name) for team in teams]


class _WorkFields(forms.Form):
    """What somebody does at a school, and when."""

    functions = forms.MultipleChoiceField(
        label="Functies",
        help_text="Bepaalt welke cursussen passen.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    fte = forms.DecimalField(
        label="Wtf",
        help_text="Een deel van een volle week, zoals 0,8.",
        min_value=0,
        max_value=1.2,
        max_digits=4,
        decimal_places=3,
        localize=True,
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "decimal"}),
        error_messages={
            "required": "Vul de wtf in.",
            "invalid": "Schrijf de wtf als getal, zoals 0,8.",
            "min_value": "De wtf is 0 of meer.",
            "max_value": "De wtf is hoogstens 1,2.",
            "max_decimal_places": "Gebruik hoogstens drie cijfers achter de komma.",
        },
    )
    working_days = forms.TypedMultipleChoiceField(
        label="Werkdagen",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies ten minste één werkdag."},
    )
    weekly_study_minutes = forms.IntegerField(
        label="Eigen studietijd per week, in minuten",
        help_text="Alleen als jullie iets anders hebben afgesproken. Leeg: de studietijd uit de "
        "routekaart, maal de wtf.",
        min_value=0,
        max_value=_MOST_STUDY_MINUTES,
        required=False,
    )

    def __init__(self, *args: Any, catalogue: Catalogue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        present = self.initial.get("working_days", ())
        self.fields["functions"].choices = [  # type: ignore[attr-defined]  # a choice field
            (one.slug, one.title) for one in catalogue.functions
        ]
        # Weekends only for who has them already: for everybody else they are in the way.
        self.fields["working_days"].choices = [  # type: ignore[attr-defined]  # the same
            (number, WEEKDAYS[number - 1]) for number in sorted({*FULL_WEEK, *present})
        ]


class WorkForm(_WorkFields, SharedForm):
    """Functions and days of somebody who is there already."""

    @staticmethod
    def stands(employment: Employment) -> dict[str, Any]:
        """The values as they are now."""
        names = ("functions", "working_days", "weekly_study_minutes")
        # 0,8 and not 0,800.
        fte = employment.fte.normalize()
        return {"fte": fte, **{name: getattr(employment, name) for name in names}}


class NewPersonForm(_WorkFields):
    """Somebody starts at the school."""

    email = forms.EmailField(
        label="E-mailadres",
        help_text="Hiermee meldt iemand zich aan. Gebruik het adres van het werk.",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": "Vul het e-mailadres in.",
            "invalid": "Dit is geen e-mailadres. Controleer het.",
        },
    )
    name = LineText(
        label="Naam",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Vul de naam in."},
    )
    roles = forms.TypedMultipleChoiceField(
        label="Rollen",
        help_text="Wat iemand in routekaart mag.",
        coerce=Role,
        choices=role_choices(SCHOOL_GIVES),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies ten minste één rol."},
    )
    teams = forms.TypedMultipleChoiceField(
        label="Teams", coerce=UUID, widget=forms.CheckboxSelectMultiple, required=False
    )

    field_order = ("email", "name", "teams", "functions", "working_days", "fte")

    def __init__(self, *args: Any, teams: Iterable[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["teams"].choices = _team_choices(teams)  # type: ignore[attr-defined]  # the same
        if not self.fields["teams"].choices:  # type: ignore[attr-defined]  # the same
            del self.fields["teams"]

    def clean_name(self) -> str:
        try:
            return read_name(self.cleaned_data["name"])
        except BadInput as error:
            raise forms.ValidationError(error.message) from None

    @staticmethod
    def usual() -> dict[str, Any]:
        """What is so for most people."""
        return {"roles": [Role.MEMBER], "fte": 1, "working_days": list(FULL_WEEK)}


class RolesForm(SharedForm):
    """What somebody may do at this school."""

    roles = forms.TypedMultipleChoiceField(
        label="Rollen",
        coerce=Role,
        choices=role_choices(SCHOOL_GIVES),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def _now_shown(self, name: str) -> str:
        # The choices hold a sentence each; here the names will do.
        return listed([str(Role(role).label) for role in self.initial[name]]) or "geen"


class TeamsForm(SharedForm):
    """In which teams somebody is."""

    teams = forms.TypedMultipleChoiceField(
        label="Teams", coerce=UUID, widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, teams: Iterable[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["teams"].choices = _team_choices(teams)  # type: ignore[attr-defined]  # a choice field


class LeaveForm(forms.Form):
    """One period in which somebody does not work."""

    first_day = DayField(label="Eerste dag")
    last_day = DayField(label="Laatste dag")

    def clean(self) -> dict[str, Any]:
        in_order(self, "first_day", "last_day")
        return self.cleaned_data

    def away(self) -> Away:
        return Away(self.cleaned_data["first_day"], self.cleaned_data["last_day"])


class ListForm(forms.Form):
    """A list of people."""

    lijst = forms.FileField(
        label="Bestand met medewerkers",
        help_text="Excel (.xlsx) of CSV, hoogstens 500 mensen.",
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
        error_messages={
            "required": "Kies een bestand.",
            "missing": "Kies een bestand.",
            "invalid": "Kies een bestand.",
            "empty": "Dit bestand is leeg. Kies een ander bestand.",
        },
    )


class MemberForm(forms.Form):
    """Somebody joins a team."""

    person = forms.TypedChoiceField(
        label="Medewerker", coerce=UUID, error_messages={"required": "Kies een medewerker."}
    )
    joined_on = DayField(label="Vanaf")

    def __init__(self, *args: Any, people: Iterable[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", "Kies een medewerker"), *people]  # type: ignore[attr-defined]  # a choice field


class GrantForm(forms.Form):
    """Somebody gets a role."""

    person = forms.TypedChoiceField(
        label="Wie?", coerce=UUID, error_messages={"required": "Kies een medewerker."}
    )
    role = forms.TypedChoiceField(
        label="Welke rol?",
        coerce=Role,
        choices=role_choices(SCHOOL_GIVES),
        widget=forms.RadioSelect,
        error_messages={"required": "Kies een rol."},
    )
    starts_on = DayField(label="Vanaf", required=False, help_text="Leeg: de rol werkt meteen.")
    ends_on = DayField(
        label="Tot en met",
        required=False,
        help_text="Leeg: tot je de rol intrekt. Handig bij een vervanging.",
    )

    def __init__(self, *args: Any, people: Iterable[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", "Kies een medewerker"), *people]  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        in_order(self, "starts_on", "ends_on")
        return self.cleaned_data


class HandOverForm(forms.Form):
    """Somebody else takes a role over."""

    person = forms.TypedChoiceField(
        label="Wie neemt de rol over?",
        coerce=UUID,
        error_messages={"required": "Kies een medewerker."},
    )

    def __init__(self, *args: Any, people: Iterable[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", "Kies een medewerker"), *people]  # type: ignore[attr-defined]  # a choice field
