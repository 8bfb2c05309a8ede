"""To whom a document goes."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms

from routekaart.access import Role
from routekaart.queries.documents.recipients import ROLE_ORDER, Recipient

_LABELS: Mapping[Role, str] = {
    Role.DIRECTOR: "Directie",
    Role.BOARD: "Bestuur",
    Role.MR_READER: "MR",
    Role.TEAM_LEAD: "Teamleider",
    Role.TRAINER: "Trainer",
    Role.MEMBER: "Team",
}


class RoleField(forms.TypedMultipleChoiceField):
    """One group of several. It may stay empty, which need not be said beside each."""

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)


class SendForm(forms.Form):
    """A group of ticks for every role that somebody has; the director is chosen at first.

    `had_one`: who has a link already, and need not be chosen.
    """

    def __init__(
        self,
        data: object,
        *,
        people: Sequence[Recipient],
        had_one: frozenset[UUID] = frozenset(),
    ) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a QueryDict or nothing
        for role in ROLE_ORDER:
            of_role = [one.person for one in people if one.role is role]
            if not of_role:
                continue
            chosen = [one.pk for one in of_role if one.pk not in had_one]
            self.fields[role.value] = RoleField(
                coerce=UUID,
                label=_LABELS[role],
                choices=[(str(one.pk), one.name) for one in of_role],
                initial=[str(one) for one in chosen] if role is Role.DIRECTOR else [],
                widget=forms.CheckboxSelectMultiple,
                error_messages={"invalid_choice": "Kies uit de lijst."},
            )

    @property
    def first(self) -> str:
        """Where it stands that nobody was chosen."""
        return next(iter(self.fields), "")

    def recipients(self) -> list[UUID]:
        """Everybody who was chosen. Read after `is_valid()`."""
        return [one for name in self.fields for one in self.cleaned_data.get(name, [])]
