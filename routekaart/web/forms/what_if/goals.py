"""Changes to the goals."""

from django import forms

from routekaart.actions.planning.previews import WantedGoal
from routekaart.domain.planner.changes import Change, GoalPriority, RemoveGoal
from routekaart.web.forms.texts import LineText
from routekaart.web.forms.what_if.change import ChangeForm, choice, number

_GOALS = ("intake:steps", "De doelen in de routekaart")
_MOST = 30
_BEGINNING = "Wij leren "


class AddGoalForm(ChangeForm):
    kind = "add_goal"
    title = "Een doel erbij"
    made_at = _GOALS
    names = {"priority": "plaats", "courses": "cursussen"}

    tekst = LineText(
        label="Het doel",
        max_length=300,
        initial=_BEGINNING,
        error_messages={"required": "Vul het doel in."},
    )
    plaats = number("Hoe belangrijk? 1 komt eerst", 1, _MOST, initial=1)
    cursussen = forms.MultipleChoiceField(
        label="Cursussen die iedereen hiervoor doet",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def clean_tekst(self) -> str:
        text: str = self.cleaned_data["tekst"]
        if text.rstrip(" .…") == _BEGINNING.strip():
            raise forms.ValidationError("Maak de zin af. Bijvoorbeeld: Wij leren feedback geven.")
        return text

    def change(self, _index: int) -> WantedGoal:
        given = self.cleaned_data
        return WantedGoal(given["tekst"], given["plaats"], courses=tuple(given["cursussen"]))


class RemoveGoalForm(ChangeForm):
    kind = "remove_goal"
    title = "Een doel minder"
    made_at = _GOALS
    names = {"goal": "doel"}

    doel = choice("Welk doel?")

    def change(self, _index: int) -> Change:
        return RemoveGoal(self.cleaned_data["doel"])


class GoalPriorityForm(ChangeForm):
    kind = "goal_priority"
    title = "Een doel eerder of later"
    made_at = _GOALS
    names = {"goal": "doel", "priority": "plaats"}

    doel = choice("Welk doel?")
    plaats = number("Hoe belangrijk? 1 komt eerst", 1, _MOST)

    def change(self, _index: int) -> Change:
        return GoalPriority(self.cleaned_data["doel"], self.cleaned_data["plaats"])
