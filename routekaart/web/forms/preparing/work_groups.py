"""A work group: name, goal, rhythm and members."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms

from routekaart.models import WorkGroup
from routekaart.queries.organisation.work_groups import WorkGroupChoices
from routekaart.web.forms.shared import SharedForm
from routekaart.web.forms.texts import LineText

# Names of the domain that the form has under another name.
FIELDS = {"goal": "doel", **{f"members.{n}": "leden" for n in range(200)}}


_NAMES = {"naam": "name", "doel": "goal", "ritme": "rhythm_weeks", "leden": "members"}


class WorkGroupForm(SharedForm):
    """Who works together on which goal."""

    naam = LineText(
        label="Hoe heet de werkgroep?",
        max_length=200,
        error_messages={"required": "Geef de werkgroep een naam."},
    )
    doel = forms.ChoiceField(label="Aan welk doel werken jullie?", required=False)
    ritme = forms.IntegerField(
        label="Om de hoeveel weken komen jullie bij elkaar?",
        min_value=1,
        max_value=20,
        initial=2,
        error_messages={"required": "Vul een aantal weken in."},
    )
    leden = forms.MultipleChoiceField(
        label="Wie zitten erin?", widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, choices: WorkGroupChoices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["doel"].choices = [  # type: ignore[attr-defined]  # a choice field
            ("", "Geen doel"),
            *((str(goal), wording) for goal, wording in choices.goals),
        ]
        self.fields["leden"].choices = [  # type: ignore[attr-defined]  # the same
            (str(person), name) for person, name in choices.members
        ]

    @staticmethod
    def of(group: WorkGroup, members: Sequence[UUID]) -> Mapping[str, Any]:
        """What stands now, to begin with."""
        return {
            "naam": group.name,
            "doel": str(group.goal_id or ""),
            "ritme": group.rhythm_weeks,
            "leden": [str(one) for one in members],
        }

    def changed(self) -> dict[str, Any]:
        """Of `values` what this person changed."""
        values = self.values()
        return {_NAMES[field]: values[_NAMES[field]] for field in self.changes()}

    def values(self) -> dict[str, Any]:
        """What the action is asked for; read after `is_valid()`."""
        given = self.cleaned_data
        return {
            "name": given["naam"],
            "goal": UUID(given["doel"]) if given["doel"] else None,
            "rhythm_weeks": given["ritme"],
            "members": [UUID(one) for one in given["leden"]],
        }
