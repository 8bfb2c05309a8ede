"""Filters of the overview, and what a director decides about a plan."""

from collections.abc import Sequence
from typing import Any

from django import forms

from routekaart.domain.calendar import SchoolYear
from routekaart.domain.overview import state_words
from routekaart.web.forms.texts import RunningText


class OverviewForm(forms.Form):
    """What is shown of the overview. Read from the address, so it is only ever unbound."""

    school = forms.ChoiceField(required=True, label="School")
    stand = forms.ChoiceField(required=True, label="Stand")
    jaar = forms.ChoiceField(required=True, label="Schooljaar")
    mij = forms.BooleanField(
        required=True, label="Wacht op mij", widget=forms.CheckboxInput(attrs={"value": "ja"})
    )

    use_required_attribute = False

    def __init__(
        self,
        *,
        schools: Sequence[tuple[str, str]],
        years: Sequence[int],
        with_mine: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.fields["school"].choices = [("", "Alle scholen"), *schools]  # type: ignore[attr-defined]
        self.fields["stand"].choices = [  # type: ignore[attr-defined]
            ("", "Alle"),
            *((state, words.capitalize()) for state, words in state_words().items()),
        ]
        self.fields["jaar"].choices = [  # type: ignore[attr-defined]
            (str(year), SchoolYear(year).label) for year in years
        ]
        if len(schools) < 2:
            del self.fields["school"]
        if not with_mine:
            # A board and an MR decide nothing here.
            del self.fields["mij"]


class ApproveForm(forms.Form):
    """The director adopts the plan that was read."""

    mr_date = forms.DateField(
        required=False,
        label="Instemming van de MR op",
        help_text="De dag waarop de MR instemde. Moet dat nog? Dan vul je het later in.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Vul een datum in, zoals 5-10-2026."},
    )
    plan_version = forms.IntegerField(label="Plan", widget=forms.HiddenInput)

    def shows(self, version: int | None) -> None:
        """From here on the page shows this version, also after an error about an older one."""
        self.initial["plan_version"] = version
        if self.is_bound:
            data = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
            data["plan_version"] = str(version)
            self.data = data


class ConsentForm(forms.Form):
    """The day on which the MR agreed, when that came later."""

    mr_date = forms.DateField(
        label="De MR stemde in op",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": "Vul de dag in waarop de MR instemde.",
            "invalid": "Vul een datum in, zoals 5-10-2026.",
        },
    )


class ReturnForm(forms.Form):
    """The director gives the plan back, and says why."""

    comment = RunningText(
        label="Wat moet er anders?",
        help_text="Het team en de trainer lezen dit.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        error_messages={
            "required": "Schrijf wat er anders moet. Dan weet het team wat te doen.",
            "max_length": "Houd het bij 2000 tekens.",
        },
    )
