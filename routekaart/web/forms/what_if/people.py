"""Changes to people and their time."""

from decimal import Decimal

from django import forms

from routekaart.domain.people import FULL_WEEK, Member
from routekaart.domain.planner.changes import (
    AddMember,
    Change,
    MemberLeave,
    MoreWeeklyMinutes,
    RemoveMember,
)
from routekaart.web.forms.what_if.change import OFFICE, ChangeForm, choice, day, number

_OFFICE = (OFFICE, "Beheer van de school")
_WRONG_FTE = "Vul een getal in tussen 0 en 1,2."
_WEEK = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag")


class AddMemberForm(ChangeForm):
    kind = "add_member"
    title = "Er komt iemand bij"
    made_at = _OFFICE
    names = {"functions": "functies", "same_as": "zoals"}

    functies = forms.MultipleChoiceField(
        label="Functie",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies ten minste één functie."},
    )
    fte = forms.DecimalField(
        label="Aanstelling in fte",
        help_text="Een volledige baan is 1.",
        min_value=Decimal("0.01"),
        max_value=Decimal("1.2"),
        decimal_places=4,
        initial=1,
        localize=True,
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "decimal"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), "Vul een getal in tussen 0 en 1,2."
        ),
    )
    dagen = forms.TypedMultipleChoiceField(
        label="Werkdagen",
        coerce=int,
        choices=list(enumerate(_WEEK, start=1)),
        initial=list(FULL_WEEK),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies ten minste één werkdag."},
    )
    zoals = choice("Doet dezelfde cursussen als", required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        others = self.fields["zoals"].choices[1:]  # type: ignore[attr-defined]  # a choice field
        self.fields["zoals"].choices = [("", "Niemand"), *others]  # type: ignore[attr-defined]

    def change(self, index: int) -> Change:
        given = self.cleaned_data
        member = Member(
            id=f"new-member-{index}",
            name="een nieuwe collega",
            functions=tuple(given["functies"]),
            fte=given["fte"],
            working_days=tuple(sorted(given["dagen"])),
        )
        return AddMember(member, same_as=given["zoals"] or None)


class RemoveMemberForm(ChangeForm):
    kind = "remove_member"
    title = "Iemand gaat weg"
    made_at = _OFFICE
    names = {"member": "persoon"}

    persoon = choice("Wie gaat weg?")

    def change(self, _index: int) -> Change:
        return RemoveMember(self.cleaned_data["persoon"])


class MemberLeaveForm(ChangeForm):
    kind = "member_leave"
    title = "Iemand is een tijd afwezig"
    made_at = _OFFICE
    names = {"member": "persoon", "first_day": "eerste", "last_day": "laatste"}

    persoon = choice("Wie is er niet?", help_text="Waarom hoeft hier niet.")
    eerste = day("Eerste dag")
    laatste = day("Laatste dag")

    def change(self, _index: int) -> Change:
        given = self.cleaned_data
        return MemberLeave(given["persoon"], given["eerste"], given["laatste"])


class MoreMinutesForm(ChangeForm):
    kind = "more_weekly_minutes"
    title = "Meer minuten per week"
    made_at = _OFFICE
    names = {"member": "persoon", "function": "functie", "minutes": "minuten"}

    minuten = number("Minuten per week erbij", 1, 2400, initial=30)
    persoon = choice("Voor één persoon", required=False)
    functie = choice("Of voor één functie", required=False)

    def change(self, _index: int) -> Change:
        given = self.cleaned_data
        return MoreWeeklyMinutes(
            given["minuten"], given["persoon"] or None, given["functie"] or None
        )
