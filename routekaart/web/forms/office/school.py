"""What a school sets for itself."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from courses.entities import Package
from routekaart.domain.dates import DateRule
from routekaart.models.organisation import Region, Skin
from routekaart.web.forms.office.fields import DayField, in_order
from routekaart.web.forms.shared import SharedForm
from routekaart.web.forms.texts import LineText

_MOST_NUMBER = 60
_MOST_MONTHS = 240


class TeamForm(SharedForm):
    """The name of a team."""

    name = LineText(
        label="Naam van het team",
        error_messages={"required": "Vul de naam van het team in."},
    )


class OwnDaysForm(forms.Form):
    """A day or period that differs from the holidays of the region."""

    title = LineText(
        label="Omschrijving",
        help_text="Bijvoorbeeld: carnaval, of plaatselijke feestdag.",
        error_messages={"required": "Vul in wat voor dag het is."},
    )
    first_day = DayField(label="Eerste dag")
    last_day = DayField(label="Laatste dag", help_text="Bij één dag: dezelfde dag.")
    closed = forms.TypedChoiceField(
        label="De school is dan",
        coerce=lambda value: value == "dicht",
        choices=[("dicht", "dicht"), ("open", "open, ook al is het vakantie of feestdag")],
        widget=forms.RadioSelect,
        initial="dicht",
        error_messages={"required": "Kies of de school dan dicht of open is."},
    )

    def clean(self) -> dict[str, Any]:
        in_order(self, "first_day", "last_day")
        return self.cleaned_data


class RegionForm(SharedForm):
    """Which holidays hold for the school."""

    region = forms.ChoiceField(
        label="Vakantieregio", choices=Region.choices, widget=forms.RadioSelect
    )
    free_on_good_friday = forms.BooleanField(label="Vrij op Goede Vrijdag", required=False)
    free_on_liberation_day = forms.BooleanField(
        label="Elk jaar vrij op 5 mei, niet alleen in lustrumjaren", required=False
    )


class SchoolForm(SharedForm):
    """Name, academy and habits."""

    name = LineText(
        label="Naam van de school",
        error_messages={"required": "Vul de naam van de school in."},
    )
    academy_url = forms.URLField(
        label="Adres van jullie academie",
        help_text="De pagina waar jullie cursussen staan. Begint met https://",
        assume_scheme="https",
        required=False,
        error_messages={"invalid": "Dit is geen webadres. Kopieer het uit je browser."},
    )
    skin = forms.ChoiceField(
        label="Waarmee werken jullie aan kwaliteit?",
        help_text="Dan gebruiken we jullie woorden voor de stappen.",
        choices=Skin.choices,
        widget=forms.RadioSelect,
    )
    completion_months = forms.IntegerField(
        label="Hoe lang telt een afgeronde cursus mee, in maanden?",
        min_value=1,
        max_value=_MOST_MONTHS,
        error_messages={"required": "Vul een aantal maanden in."},
    )
    second_factor_required = forms.BooleanField(
        label="Iedereen meldt zich aan in twee stappen",
        help_text="Naast het wachtwoord een code van een app op de telefoon. Wie dat nog niet "
        "heeft, wordt afgemeld en stelt het in bij de volgende keer aanmelden.",
        required=False,
    )
    staff_joins = forms.BooleanField(
        label="Nieuwe collega’s komen vanzelf binnen",
        help_text="Wie zich aanmeldt met {provider} en daar medewerker van jullie school is, wordt "
        "teamlid, zonder dat iemand die collega toevoegt. Functie, werktijd en team vul je daarna "
        "zelf in.",
        required=False,
    )

    def __init__(self, *args: Any, provider: str, **kwargs: Any) -> None:
        """`provider`: which one tells who works where; empty when none here does."""
        super().__init__(*args, **kwargs)
        field = self.fields["staff_joins"]
        if provider:
            field.help_text = str(field.help_text).format(provider=provider)
        else:
            del self.fields["staff_joins"]


class NumbersForm(SharedForm):
    """Numbers that the school agreed on, instead of those of the rules."""

    def __init__(self, *args: Any, rules: Iterable[DateRule], **kwargs: Any) -> None:
        self.rules = tuple(rules)
        super().__init__(*args, **kwargs)
        for rule in self.rules:
            field = forms.IntegerField(
                label=rule.title,
                help_text=f"Zonder eigen getal: {rule.number}. Bron: {rule.source}. {rule.note}",
                min_value=1,
                max_value=_MOST_NUMBER,
                required=False,
            )
            field.show_hidden_initial = True
            self.fields[rule.slug.value] = field


class PackagesForm(SharedForm):
    """What the school's academy holds."""

    packages = forms.MultipleChoiceField(
        label="Pakketten in jullie academie",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, packages: Iterable[Package], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["packages"].choices = [  # type: ignore[attr-defined]  # a choice field
            (one.slug, one.title) for one in packages
        ]


class TemplateForm(forms.Form):
    """A Word template of the school's own."""

    bestand = forms.FileField(
        label="Word-bestand",
        help_text="Een .docx van hoogstens 5 MB, zonder macro’s.",
        widget=forms.FileInput(attrs={"accept": ".docx"}),
        error_messages={
            "required": "Kies een bestand.",
            "missing": "Kies een bestand.",
            "invalid": "Kies een bestand.",
            "empty": "Dit bestand is leeg. Kies een ander bestand.",
        },
    )


class ConsentForm(forms.Form):
    """The decision that progress may be shown by name."""

    decided_on = DayField(
        label="Wanneer stemde de PMR in?", help_text="De datum staat in het verslag van de PMR."
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today

    def clean_decided_on(self) -> date:
        day: date = self.cleaned_data["decided_on"]
        if day > self._today:
            raise forms.ValidationError(
                "Deze dag moet nog komen. Zet dit pas aan als de PMR heeft ingestemd."
            )
        return day
