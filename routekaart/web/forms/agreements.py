"""Forms of agreements: making one, changing it, and looking back."""

from collections.abc import Sequence
from typing import Any

from django import forms

from routekaart.domain.agreements import Check
from routekaart.models import Agreement, WorkGroup
from routekaart.web.forms.shared import SharedForm
from routekaart.web.forms.texts import RunningText
from routekaart.web.forms.week_fields import DayField

_TEAM = "team"
_PERSON, _GROUP = "p:", "g:"


class AgreementForm(SharedForm):
    """What, who, by when. `who` is somebody of the team, a work group or the whole team."""

    what = RunningText(
        label="Wat spreken jullie af?",
        help_text="Zo concreet dat je straks kunt zien of het gelukt is.",
        rows=3,
        error_messages={"required": "Schrijf op wat jullie afspreken."},
    )
    who = forms.ChoiceField(label="Wie komt het na?")
    due_on = DayField(label="Wanneer is het klaar?")
    check_on = DayField(
        label="Wanneer kijken jullie terug?",
        help_text="Laat leeg voor de dag waarop het klaar is, of het vervolgmoment als dat later "
        "is.",
        required=False,
    )

    def offer(self, people: Sequence[Any], groups: Sequence[WorkGroup]) -> None:
        """Who may own it: memberships marked with how each is `called`."""
        self.fields["who"].choices = [  # type: ignore[attr-defined]
            (_TEAM, "Het hele team"),
            *((f"{_GROUP}{group.pk}", group.name) for group in groups),
            *((f"{_PERSON}{one.person_id}", one.called) for one in people),
        ]

    def changed(self) -> dict[str, Any]:
        """Of `values` what this person changed."""
        named = {"who": ("owner", "work_group", "whole_team")}
        values = self.values()
        return {
            name: values[name] for field in self.changes() for name in named.get(field, (field,))
        }

    def values(self) -> dict[str, Any]:
        """As the action wants them: exactly one owner."""
        data = self.cleaned_data
        who: str = data["who"]
        return {
            "what": data["what"],
            "due_on": data["due_on"],
            "check_on": data["check_on"],
            "owner": who.removeprefix(_PERSON) if who.startswith(_PERSON) else None,
            "work_group": who.removeprefix(_GROUP) if who.startswith(_GROUP) else None,
            "whole_team": who == _TEAM,
        }


def shown(agreement: Agreement) -> dict[str, Any]:
    """An agreement as its form shows it."""
    who = _TEAM
    if agreement.owner_id:
        who = f"{_PERSON}{agreement.owner_id}"
    elif agreement.work_group_id:
        who = f"{_GROUP}{agreement.work_group_id}"
    return {
        "what": agreement.what,
        "who": who,
        "due_on": agreement.due_on,
        "check_on": agreement.check_on,
    }


class CheckForm(forms.Form):
    """A look back at an agreement that runs."""

    step = forms.ChoiceField(
        label="Hoe staat het ervoor?",
        choices=[
            ("finish", "Nagekomen: dit is klaar"),
            ("keep", "Loopt nog: we kijken later weer"),
            ("drop", "We laten het los"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Kies hoe het ervoor staat."},
    )
    back_on = DayField(
        label="Wanneer kijken jullie weer?",
        help_text="Alleen als het nog loopt.",
        required=False,
    )
    note = RunningText(
        label="Wat is ervan gekomen?",
        help_text="Als jullie het loslaten: schrijf waarom.",
        required=False,
        rows=3,
    )

    def check(self) -> Check:
        data = self.cleaned_data
        # A date that was left in a field that does not count is no mistake of the reader.
        back_on = data["back_on"] if data["step"] == "keep" else None
        return Check(step=data["step"], note=data["note"], back_on=back_on)


class ReopenForm(forms.Form):
    """An agreement that was kept or let go runs again."""

    back_on = DayField(label="Wanneer kijken jullie weer?")
    note = RunningText(label="Waarom pakken jullie het weer op?", required=False, rows=3)

    def check(self) -> Check:
        data = self.cleaned_data
        return Check(step="reopen", note=data["note"], back_on=data["back_on"])
