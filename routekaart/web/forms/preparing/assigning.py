"""Which courses go to whom, and what is done with one of them."""

from typing import Any
from uuid import UUID

from django import forms

from routekaart.actions.assigning.assignments import MAY_ASSIGN
from routekaart.actions.assigning.batches import AskedCourse, BatchRequest
from routekaart.actions.assigning.targets import Target
from routekaart.domain.assigning import Selection
from routekaart.domain.content.wording import counted, duration
from routekaart.models.assignment_batches import TargetKind
from routekaart.queries.assigning.choices import AssignChoices
from routekaart.web.forms.texts import LineText

LONGEST_REASON = 200
_SELECTIONS = {
    Selection.SMALLEST_SET: "De kleinste set",
    Selection.ALL: "Alle cursussen van het advies",
}
# Names of the domain that the form has under another name.
FIELDS = {
    "starts_on": "vanaf",
    "target.work_group": "werkgroep",
    "target.persons.0": "persoon",
    "functions": "functie",
}


class AdviceForm(forms.Form):
    """How much of the advice goes to everyone it is meant for."""

    keuze = forms.ChoiceField(
        label="Welke cursussen wijs je toe?",
        widget=forms.RadioSelect,
        initial=Selection.SMALLEST_SET.value,
        error_messages={"required": "Kies wat je toewijst."},
    )

    def __init__(self, *args: Any, choices: AssignChoices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["keuze"].choices = [  # type: ignore[attr-defined]  # a choice field
            (one.value, f"{words}: {_told(choices, one)}") for one, words in _SELECTIONS.items()
        ]

    @property
    def selection(self) -> Selection:
        return Selection(self.cleaned_data["keuze"])


def _told(choices: AssignChoices, selection: Selection) -> str:
    chosen = choices.chosen(selection)
    count = counted(len(chosen), "cursus", "cursussen")
    return f"{count}, samen {duration(sum(one.minutes for one in chosen))}" if chosen else count


class ChosenCoursesForm(forms.Form):
    """Courses of one's own choice, for whom one chooses."""

    cursus = forms.MultipleChoiceField(
        label="Welke cursussen?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Kies ten minste één cursus.",
            "invalid_choice": "Een van de cursussen staat niet (meer) in het advies.",
        },
    )
    aan = forms.ChoiceField(
        label="Aan wie?",
        widget=forms.RadioSelect,
        choices=[
            (TargetKind.TEAM.value, "Het hele team, ook wie later komt"),
            (TargetKind.FUNCTION.value, "Iedereen met een functie, ook wie later komt"),
            (TargetKind.WORK_GROUP.value, "Een werkgroep"),
            (TargetKind.PERSON.value, "Collega's die ik zelf kies"),
        ],
        initial=TargetKind.TEAM.value,
        error_messages={"required": "Kies aan wie je toewijst."},
    )
    functie = forms.ChoiceField(label="Welke functie?", required=False)
    werkgroep = forms.ChoiceField(label="Welke werkgroep?", required=False)
    persoon = forms.MultipleChoiceField(
        label="Welke collega's?", widget=forms.CheckboxSelectMultiple, required=False
    )
    soort = forms.ChoiceField(
        label="Moet het?",
        widget=forms.RadioSelect,
        choices=[("verplicht", "Ja, verplicht"), ("vrijwillig", "Nee, vrijwillig")],
        error_messages={"required": "Kies of het verplicht is."},
    )
    reden = LineText(
        label="Waarom?",
        help_text="Je collega leest dit bij de cursus.",
        max_length=LONGEST_REASON,
        initial="omdat: het hoort bij ons advies",
        error_messages={"required": "Schrijf op waarom."},
    )
    vanaf = forms.DateField(
        label="Vanaf welke dag?",
        help_text="Voor die dag ziet niemand de cursus. Leeg: meteen.",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Vul een datum in, zoals 2026-11-04."},
    )

    def __init__(self, *args: Any, choices: AssignChoices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._goals = {one.course: one.goals for one in choices.courses or ()}
        offers: dict[str, list[tuple[str, str]]] = {
            "cursus": [
                (one.course, f"{one.title} ({duration(one.minutes)})")
                for one in choices.courses or ()
            ],
            "functie": [("", "Kies een functie"), *choices.functions],
            "werkgroep": [
                ("", "Kies een werkgroep"),
                *((str(one.pk), one.name) for one in choices.groups),
            ],
            "persoon": [(one.member.id, one.name) for one in choices.people],
        }
        for name, given in offers.items():
            self.fields[name].choices = given  # type: ignore[attr-defined]  # a choice field
        self.fields["soort"].initial = (
            "verplicht" if choices.routekaart.state in MAY_ASSIGN else "vrijwillig"
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        needed = {
            TargetKind.FUNCTION.value: ("functie", "Kies een functie."),
            TargetKind.WORK_GROUP.value: ("werkgroep", "Kies een werkgroep."),
            TargetKind.PERSON.value: ("persoon", "Kies ten minste één collega."),
        }.get(cleaned.get("aan", ""))
        if needed and needed[0] in cleaned and not cleaned[needed[0]]:
            self.add_error(*needed)
        return cleaned

    def request(self) -> BatchRequest:
        """What the action is asked for; read after `is_valid()`."""
        given = self.cleaned_data
        group = given["werkgroep"]
        return BatchRequest(
            courses=tuple(AskedCourse(slug, self._goals[slug]) for slug in given["cursus"]),
            target=Target(
                TargetKind(given["aan"]),
                persons=tuple(UUID(one) for one in given["persoon"]),
                function=given["functie"],
                work_group=UUID(group) if group else None,
            ),
            mandatory=given["soort"] == "verplicht",
            reason=given["reden"],
            starts_on=given["vanaf"],
        )


class WaiveForm(forms.Form):
    """Why somebody need not do a course."""

    reden = LineText(
        label="Waarom hoeft het niet?",
        max_length=LONGEST_REASON,
        help_text="Bijvoorbeeld: deed vorig jaar een cursus die hierop lijkt.",
        error_messages={"required": "Schrijf op waarom het niet hoeft."},
    )
