"""A study day of a team, and what it wishes for when it looks for good dates."""

from datetime import time
from typing import Any

from django import forms

from routekaart.domain.content.wording import later
from routekaart.domain.dates import Situation, TeamDay, Wish
from routekaart.domain.dates.situation import ASSUMED_MINUTES
from routekaart.domain.planner.problem import StudyDayKind
from routekaart.models import StudyDay
from routekaart.queries.routekaarten.dates import ConsideredDay
from routekaart.queries.routekaarten.day_list import TeamDays
from routekaart.web.forms.shared import SharedForm
from routekaart.web.forms.texts import LineText

KINDS = (("day", "Een hele dag"), ("afternoon", "Een middag"))
# When it begins while nobody said so.
STARTS = {StudyDayKind.DAY: time(9, 0), StudyDayKind.AFTERNOON: time(13, 0)}
_SHORTEST, _LONGEST = 60, 600
_DATES = ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"]
_TIMES = ["%H:%M", "%H:%M:%S", "%H.%M"]


def _date(label: str, hint: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=hint,
        input_formats=_DATES,
        error_messages={"invalid": "Kies een datum, of schrijf er een als 4-11-2026."},
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


def _time(label: str) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        input_formats=_TIMES,
        error_messages={"invalid": "Schrijf een tijd als 09:00."},
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
    )


def _groups() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label="Welke groepen zijn dan vrij?",
        help_text="Dat telt mee voor het aantal korte weken van leerlingen.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


def group_choices(sector: str) -> list[tuple[str, str]]:
    """Year groups of a school: 1 to 8, in secondary education 1 to 6."""
    if sector == "vo":
        return [(str(number), f"Leerjaar {number}") for number in range(1, 7)]
    return [(str(number), f"Groep {number}") for number in range(1, 9)]


class StudyDayForm(SharedForm):
    """`day` None: a new one."""

    use_required_attribute = False

    date = _date("Welke datum?")
    kind = forms.ChoiceField(label="Hoe lang?", choices=KINDS, widget=forms.RadioSelect)
    starts_at = _time("Begint om")
    until = _time("Duurt tot")
    fixed = forms.ChoiceField(
        label="Staat de datum vast?",
        choices=(
            ("ja", "Ja, deze dag gaat door"),
            ("nee", "Nee, dit is een kandidaat: de planning mag hem gebruiken of overslaan"),
        ),
        widget=forms.RadioSelect,
    )
    free_groups = _groups()
    title = LineText(label="Titel", required=False, max_length=200)
    room = LineText(label="Waar is het?", required=False, max_length=200)

    def __init__(self, *args: Any, team: TeamDays, day: StudyDay | None = None, **kw: Any) -> None:
        initial = _initial(day) | kw.pop("initial", {})
        super().__init__(*args, initial=initial, **kw)
        self._day = day
        field = self.fields["free_groups"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = group_choices(team.situation.sector)

    def clean(self) -> dict[str, Any]:
        # Of a day that is new nobody else can have changed anything.
        cleaned = super().clean() if self._day is not None else dict(self.cleaned_data)
        minutes = self._minutes()
        if minutes is not None and not _SHORTEST <= minutes <= _LONGEST:
            self.add_error(
                "until",
                "Een studiedag duurt minstens 1 uur en hoogstens 10 uur. Kies een andere tijd.",
            )
        return cleaned

    def _minutes(self) -> int | None:
        starts: time | None = self.cleaned_data.get("starts_at")
        until: time | None = self.cleaned_data.get("until")
        if starts is None or until is None:
            return None
        return (until.hour - starts.hour) * 60 + until.minute - starts.minute

    def values(self) -> dict[str, Any]:
        """What is to be stored: everything of a new day, of another one only what changed."""
        found = dict(self.cleaned_data) if self._day is None else self.changes()
        if {"starts_at", "until"} & found.keys():
            found["starts_at"] = self.cleaned_data["starts_at"]
            found["minutes"] = self._minutes()
        found.pop("until", None)
        if "fixed" in found:
            found["fixed"] = found["fixed"] == "ja"
        if "free_groups" in found:
            found["free_groups"] = sorted(int(number) for number in found["free_groups"])
        return found

    def considered(self) -> ConsideredDay | None:
        """The date as it is asked about, as far as it is filled in well; None without a date."""
        cleaned = self.cleaned_data
        if not cleaned.get("date") or not cleaned.get("kind"):
            return None
        minutes = self._minutes()
        return ConsideredDay(
            date=cleaned["date"],
            kind=StudyDayKind(cleaned["kind"]),
            free_groups=tuple(sorted(int(one) for one in cleaned.get("free_groups", ()))),
            starts_at=cleaned.get("starts_at"),
            minutes=minutes if minutes and minutes > 0 else None,
            room=cleaned.get("room", ""),
        )


def _initial(day: StudyDay | None) -> dict[str, Any]:
    if day is None:
        kind = StudyDayKind.DAY
        return {
            "kind": kind.value,
            "starts_at": STARTS[kind],
            "until": later(STARTS[kind], ASSUMED_MINUTES[kind]),
            "fixed": "ja",
        }
    return {
        "date": day.date,
        "kind": day.kind,
        "starts_at": day.starts_at,
        "until": later(day.starts_at, day.minutes),
        "fixed": "ja" if day.fixed else "nee",
        "free_groups": [str(number) for number in day.free_groups],
        "title": day.title,
        "room": day.room,
    }


class WishForm(forms.Form):
    """What kind of dates a team looks for."""

    use_required_attribute = False

    first = _date("Vanaf")
    last = _date("Tot en met")
    count = forms.IntegerField(label="Hoeveel data?", min_value=1, max_value=8)
    kind = forms.ChoiceField(label="Hoe lang?", choices=KINDS)
    free_groups = _groups()

    def __init__(self, *args: Any, situation: Situation, **kw: Any) -> None:
        super().__init__(*args, **kw)
        field = self.fields["free_groups"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = group_choices(situation.sector)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if {"first", "last"} <= cleaned.keys() and cleaned["last"] < cleaned["first"]:
            self.add_error("last", "Kies een dag na de eerste dag.")
        return cleaned

    def wish(self) -> Wish:
        """Read after `is_valid()`."""
        asked = self.cleaned_data
        groups = tuple(sorted(int(number) for number in asked["free_groups"]))
        like = TeamDay(asked["first"], StudyDayKind(asked["kind"]), groups)
        return Wish(asked["first"], asked["last"], asked["count"], like)
