"""Changes to study days and to the days on which the school is closed."""

from datetime import time

from django import forms

from routekaart.domain.planner.changes import (
    AddStudyDay,
    Change,
    CloseDays,
    MoveStudyDay,
    RemoveStudyDay,
)
from routekaart.domain.planner.problem import StudyDayKind
from routekaart.web.forms.texts import LineText
from routekaart.web.forms.what_if.change import OFFICE, ChangeForm, choice, day, number

_DAYS = ("intake:steps", "De studiedagen in de routekaart")


class AddStudyDayForm(ChangeForm):
    kind = "add_study_day"
    title = "Een studiedag erbij"
    made_at = _DAYS
    names = {"date": "datum", "minutes": "minuten"}

    datum = day("Datum")
    soort_dag = forms.ChoiceField(
        label="Soort",
        widget=forms.RadioSelect,
        choices=[("day", "Studiedag"), ("afternoon", "Studiemiddag")],
        initial="day",
        error_messages={"required": "Kies een studiedag of een studiemiddag."},
    )
    begin = forms.TimeField(
        label="Begint om",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        initial=time(8, 30),
        error_messages={"required": "Vul een tijd in.", "invalid": "Vul een tijd in."},
    )
    minuten = number("Duurt hoeveel minuten?", 60, 480, initial=420)

    def change(self, _index: int) -> Change:
        given = self.cleaned_data
        return AddStudyDay(
            date=given["datum"],
            kind=StudyDayKind(given["soort_dag"]),
            start=given["begin"],
            minutes=given["minuten"],
        )


class MoveStudyDayForm(ChangeForm):
    kind = "move_study_day"
    title = "Een studiedag verplaatsen"
    made_at = _DAYS
    names = {"study_day": "studiedag", "date": "datum"}

    studiedag = choice("Welke studiedag?")
    datum = day("Naar welke datum?")

    def change(self, _index: int) -> Change:
        return MoveStudyDay(self.cleaned_data["studiedag"], self.cleaned_data["datum"])


class RemoveStudyDayForm(ChangeForm):
    kind = "remove_study_day"
    title = "Een studiedag vervalt"
    made_at = _DAYS
    names = {"study_day": "studiedag"}

    studiedag = choice("Welke studiedag?")

    def change(self, _index: int) -> Change:
        return RemoveStudyDay(self.cleaned_data["studiedag"])


class CloseDaysForm(ChangeForm):
    kind = "close_days"
    title = "De school is dicht"
    made_at = (OFFICE, "De vrije dagen van de school")
    names = {"first_day": "eerste", "last_day": "laatste"}

    eerste = day("Eerste dag")
    laatste = day("Laatste dag")
    naam = LineText(
        label="Hoe noemen jullie deze dagen?",
        max_length=200,
        initial="Extra vrij",
        error_messages={"required": "Geef deze dagen een naam."},
    )

    def change(self, _index: int) -> Change:
        given = self.cleaned_data
        return CloseDays(given["eerste"], given["laatste"], given["naam"])
