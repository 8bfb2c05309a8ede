"""One goal of a team: "Wij leren …"."""

from typing import Any
from uuid import UUID

from django import forms

from routekaart.models import Goal
from routekaart.queries.routekaarten.goal_list import TeamGoals
from routekaart.web.forms.shared import SharedForm
from routekaart.web.forms.texts import RunningText

LONGEST = 10_000
BEGINNING = "Wij leren "


def _text(label: str, hint: str = "", *, needed: bool = False) -> RunningText:
    return RunningText(
        label=label,
        help_text=hint,
        required=needed,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2, "class": "low"}),
    )


class GoalForm(SharedForm):
    """`goal` None: a new one."""

    use_required_attribute = False
    eased = ("wording", "noticeable")

    wording = _text(
        "Wat gaan jullie zelf leren?",
        "Begin met ‘Wij leren’. Bijvoorbeeld: Wij leren feedback te geven waar leerlingen verder "
        "mee kunnen.",
        needed=True,
    )
    noticeable = _text(
        "Wat merken leerlingen daarvan?", "Hier past een resultaat dat jullie bij hen willen zien."
    )
    indicator = _text(
        "Waaraan zien jullie dat het lukt?", "Schrijf hier geen namen of nummers van leerlingen."
    )
    interventions = forms.MultipleChoiceField(
        label="Bij welke interventies hoort dit doel?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    stops = _text(
        "Waar stoppen jullie mee om hier ruimte voor te maken?",
        "Iets nieuws leren kost tijd. Wat laten jullie dit jaar, of wat kan eenvoudiger?",
    )
    after = forms.MultipleChoiceField(
        label="Komt dit doel na een ander doel?",
        help_text="Kruis aan wat er eerst moet zijn. De planning houdt zich daaraan.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, team: TeamGoals, goal: Goal | None = None, **kw: Any) -> None:
        super().__init__(*args, initial=_initial(team, goal), **kw)
        self._goal = goal
        others = [one for one in team.goals if goal is None or one.pk != goal.pk]
        self._choices("interventions", list(team.chosen.items()))
        self._choices("after", [(str(one.pk), one.wording) for one in others])

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if choices and isinstance(field, forms.MultipleChoiceField):
            field.choices = choices
        else:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        # Of a goal that is new nobody else can have changed anything.
        return super().clean() if self._goal is not None else dict(self.cleaned_data)

    def clean_wording(self) -> str:
        wording: str = self.cleaned_data["wording"]
        if wording.casefold() in {"wij leren", "wij leren …", "wij leren ..."}:
            raise forms.ValidationError("Schrijf op wat jullie gaan leren.")
        return wording

    def values(self) -> dict[str, Any]:
        """What is to be stored: everything of a new goal, of another one only what changed."""
        found = dict(self.cleaned_data) if self._goal is None else self.changes()
        if "after" in found:
            found["after"] = [UUID(key) for key in found["after"]]
        return found


def _initial(team: TeamGoals, goal: Goal | None) -> dict[str, Any]:
    if goal is None:
        # With one intervention the goal will be about that one.
        only = list(team.chosen) if len(team.chosen) == 1 else []
        return {"wording": BEGINNING, "interventions": only}
    return {
        "wording": goal.wording,
        "noticeable": goal.noticeable,
        "indicator": goal.indicator,
        "stops": goal.stops,
        "interventions": [row.intervention_id for row in goal.goal_interventions.all()],
        "after": [str(row.earlier_id) for row in goal.order_rows.all()],
    }
