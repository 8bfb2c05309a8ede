"""Gathering questions: notes into a topic, and what is done with a topic."""

from typing import Any
from uuid import UUID

from django import forms

from routekaart.domain.topics import MOST_IN_TITLE
from routekaart.queries.study_day.gathering import Gathering
from routekaart.web.forms.texts import LineText

NEW = "nieuw"
LONGEST_ANSWER = 10_000


class GatherForm(forms.Form):
    """Which notes go into which topic, or into a new one."""

    notitie = forms.MultipleChoiceField(
        label="Notities",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Vink ten minste één notitie aan.",
            "invalid_choice": "Een van de notities is er niet meer. Kies opnieuw.",
        },
    )
    onderwerp = forms.ChoiceField(
        label="Onderwerp", error_messages={"required": "Kies een onderwerp."}
    )
    titel = LineText(label="Naam van een nieuw onderwerp", max_length=MOST_IN_TITLE, required=False)
    revisie = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, found: Gathering, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["notitie"].choices = [  # type: ignore[attr-defined]  # a choice field
            (str(note.pk), note.text) for note in found.notes
        ]
        self.fields["onderwerp"].choices = [  # type: ignore[attr-defined]  # the same
            (NEW, "Een nieuw onderwerp"),
            *((str(topic.pk), topic.title) for topic in found.topics),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("onderwerp") == NEW and not cleaned.get("titel"):
            self.add_error("titel", "Geef het nieuwe onderwerp een naam.")
        return cleaned

    @property
    def notes(self) -> list[UUID]:
        return [UUID(one) for one in self.cleaned_data["notitie"]]


class TopicForm(forms.Form):
    """What is done with one topic. Which fields count depends on the button."""

    onderwerp = forms.UUIDField(widget=forms.HiddenInput)
    revisie = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    notitie = forms.UUIDField(required=False)
    onderdeel = forms.UUIDField(label="Onderdeel", required=False)
    samen = forms.UUIDField(label="Samenvoegen met", required=False)
    antwoord = LineText(label="Antwoord", max_length=LONGEST_ANSWER, required=False)
    titel = LineText(label="Naam", max_length=MOST_IN_TITLE, required=False)
