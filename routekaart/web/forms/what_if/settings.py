"""Another way to plan."""

from typing import Any

from django import forms

from routekaart.domain.planner.changes import Change, ChangeSettings
from routekaart.domain.study_day import MOST_GOALS
from routekaart.web.forms.what_if.change import ChangeForm, number

_YES_NO = [("", "Laat zo"), ("ja", "Ja"), ("nee", "Nee")]
_NUMBERS = {
    "weekminuten": "team_weekly_minutes",
    "weken": "window_weeks",
    "werkdagen": "deadline_working_days",
    "doelen": "goals_per_day",
    "ritme": "plg_rhythm_weeks",
    "bijeenkomst": "plg_minutes",
}
_CHOICES = {"wachten": "wait_for_all", "lesbezoeken": "lesson_visits"}


class ChangeSettingsForm(ChangeForm):
    """What stays empty stays as it is."""

    kind = "change_settings"
    title = "Andere afspraken over plannen"
    made_at = ("intake:steps", "Uren en ritme in de routekaart")
    names = {setting: name for name, setting in (_NUMBERS | _CHOICES).items()}

    weekminuten = number("Studieminuten per week bij 1 fte", 0, 2400, required=False)
    weken = number("Weken voorbereiding voor een studiedag", 1, 20, required=False)
    werkdagen = number("Werkdagen tussen klaar zijn en de studiedag", 1, 60, required=False)
    doelen = number("Doelen per studiedag, hoogstens", 1, MOST_GOALS, required=False)
    ritme = number("Weken tussen PLG-bijeenkomsten", 1, 26, required=False)
    bijeenkomst = number("Minuten per PLG-bijeenkomst", 15, 480, required=False)
    wachten = forms.ChoiceField(
        label="Wacht een doel tot iedereen klaar is?", choices=_YES_NO, required=False
    )
    lesbezoeken = forms.ChoiceField(
        label="Lesbezoeken na elke studiedag?", choices=_YES_NO, required=False
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not _values(cleaned):
            raise forms.ValidationError("Vul in wat er anders wordt. De rest blijft zoals het is.")
        return cleaned

    def change(self, _index: int) -> Change:
        return ChangeSettings.of(**_values(self.cleaned_data))


def _values(given: dict[str, Any]) -> dict[str, Any]:
    numbers = {
        setting: given[name] for name, setting in _NUMBERS.items() if given.get(name) is not None
    }
    chosen = {setting: given[name] == "ja" for name, setting in _CHOICES.items() if given.get(name)}
    return numbers | chosen
