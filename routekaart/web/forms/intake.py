"""The forms with which a team fills in a routekaart."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from routekaart.actions.routekaarten.routekaarten import PLANNING, Link
from routekaart.domain.content.wording import WEEKDAYS
from routekaart.domain.study_day import MOST_GOALS
from routekaart.models import Agreement, FacilityLink, Routekaart
from routekaart.models.routekaarten import Funding
from routekaart.queries.routekaarten.within_reach import Startable
from routekaart.web.forms.shared import SharedForm
from routekaart.web.forms.texts import RunningText

PLATFORMS = (("google", "Google (Workspace, Classroom)"), ("microsoft", "Microsoft 365"))


class StartForm(forms.Form):
    """Which team and which school year; asked only when there is something to choose."""

    what = forms.ChoiceField(label="Voor wie en voor wanneer?", widget=forms.RadioSelect)

    def __init__(self, *args: Any, startable: Sequence[Startable], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._startable = {one.key: one for one in startable}
        choices = [(key, f"{one.team.name}, {one.year.label}") for key, one in self._by_key()]
        field = self.fields["what"]
        field.choices = choices  # type: ignore[attr-defined]  # a ChoiceField
        field.initial = choices[0][0] if choices else None
        if len(choices) == 1:
            field.widget = forms.HiddenInput()

    def _by_key(self) -> Iterable[tuple[str, Startable]]:
        return self._startable.items()

    @property
    def asked(self) -> Startable:
        """What was chosen; read after `is_valid()`."""
        return self._startable[self.cleaned_data["what"]]


class TeamForm(SharedForm):
    """What the team works with."""

    platforms = forms.MultipleChoiceField(
        label="Waarmee werken jullie?",
        help_text="Dan zie je cursussen die bij jullie passen. Niets aangekruist: alle cursussen.",
        choices=PLATFORMS,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class ReasonForm(SharedForm):
    """Why the team wants to learn this, and what pays for it."""

    eased = ("reason",)

    reason = RunningText(
        label="Waarom willen jullie dit leren?",
        help_text="Wat zien jullie bij de leerlingen of in de groep?",
        required=False,
        rows=5,
    )
    looking_back = RunningText(
        label="Wat nemen jullie mee van vorig jaar?",
        help_text="Wat ging goed, wat laten jullie los?",
        required=False,
        max_length=100_000,
    )
    funding = forms.ChoiceField(
        label="Waaruit betalen jullie dit?",
        choices=[(value, label[:1].upper() + label[1:]) for value, label in Funding.choices],
        widget=forms.RadioSelect,
    )


def _number(label: str, least: int, most: int, help_text: str = "", **options: Any) -> Any:
    return forms.IntegerField(
        label=label, min_value=least, max_value=most, help_text=help_text, **options
    )


def _weekday(text: str) -> int:
    return int(text)


class HoursForm(SharedForm):
    """How much time there is, and in which rhythm."""

    weekly_minutes = _number(
        "Hoeveel minuten per week heeft iemand die hele weken werkt, om te leren?",
        0,
        2400,
        "Wie minder werkt, krijgt naar verhouding minder. Een uur per week is gewoon.",
    )
    plg_rhythm_weeks = _number(
        "Om de hoeveel weken komt het team bij elkaar om samen te leren (PLG)?", 1, 26
    )
    plg_minutes = _number("Hoeveel minuten duurt zo’n bijeenkomst?", 15, 480)
    meeting_weekday = forms.TypedChoiceField(
        label="Op welke dag is die bijeenkomst?",
        choices=[
            ("", "Als de meesten er zijn"),
            *((number, WEEKDAYS[number - 1].capitalize()) for number in range(1, 6)),
        ],
        coerce=_weekday,
        empty_value=None,
        required=False,
    )
    plg_minimum_meetings = _number("Hoeveel bijeenkomsten na elke studiedag, minstens?", 0, 10)
    window_weeks = _number(
        "Hoeveel weken voor een studiedag begint de voorbereiding, hoogstens?", 1, 20
    )
    deadline_workdays = _number(
        "Hoeveel werkdagen voor een studiedag moet de voorbereiding klaar zijn?", 1, 60
    )
    follow_up_weeks = _number("Na hoeveel weken kijken jullie terug op de afspraken?", 1, 26)
    evaluation_weeks = _number("Na hoeveel weken evalueren jullie het doel?", 1, 40)
    goals_per_day = _number(
        "Hoeveel doelen op één studiedag, hoogstens?",
        1,
        MOST_GOALS,
        "Leeg: zo weinig als past.",
        required=False,
    )
    most_candidate_days = _number(
        "Hoeveel van de dagen die nog niet vaststaan, mogen gebruikt worden?",
        0,
        50,
        "Leeg: allemaal.",
        required=False,
    )
    wait_for_all = forms.BooleanField(
        label="Een doel begint pas als iedereen klaar is met de voorbereiding", required=False
    )
    lesson_visits = forms.BooleanField(
        label="Na elke studiedag gaan we bij elkaar in de les kijken", required=False
    )

    # Shown at once; the rest stands under a heading that opens.
    FIRST = ("weekly_minutes", "plg_rhythm_weeks", "plg_minutes", "meeting_weekday")

    @property
    def at_once(self) -> list[forms.BoundField]:
        return [self[name] for name in self.FIRST]

    @property
    def rest(self) -> list[forms.BoundField]:
        return [field for field in self if field.name not in self.FIRST]

    @property
    def rest_is_wrong(self) -> bool:
        return any(field.errors for field in self.rest)


def planning_now(routekaart: Routekaart) -> dict[str, Any]:
    """How the team plans, as `HoursForm` shows it."""
    return {name: getattr(routekaart, name) for name in PLANNING}


@dataclass(frozen=True, slots=True)
class Facility:
    """An option of category F, and the chosen interventions that may ask for it, with titles."""

    slug: str
    title: str
    askers: tuple[tuple[str, str], ...]


class FacilitiesForm(SharedForm):
    """Per option of F and per intervention why it asks for that option; empty: it does not."""

    def __init__(self, *args: Any, facilities: Sequence[Facility], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.facilities = facilities
        for facility in facilities:
            for slug, title in facility.askers:
                field = RunningText(
                    label=f"Waarom vraagt ‘{title}’ hierom?", required=False, rows=2
                )
                field.show_hidden_initial = True
                self.fields[link_field(facility.slug, slug)] = field

    def groups(self) -> list[tuple[Facility, list[tuple[str, forms.BoundField]]]]:
        """Per option its fields, each with the title of the intervention that asks."""
        return [
            (
                facility,
                [(title, self[link_field(facility.slug, slug)]) for slug, title in facility.askers],
            )
            for facility in self.facilities
        ]

    def links(self, now: Iterable[FacilityLink]) -> list[Link]:
        """What stands there now with this person's changes in it, as an action wants it."""
        reasons: dict[tuple[str, str], str] = {
            (row.facility_id, row.intervention_id): row.reason for row in now
        }
        changed: Mapping[str, str] = self.changes()
        for facility in self.facilities:
            for slug, _ in facility.askers:
                name = link_field(facility.slug, slug)
                if name in changed:
                    reasons[facility.slug, slug] = changed[name]
        return [
            Link(facility, intervention, reason)
            for (facility, intervention), reason in reasons.items()
            if reason.strip()
        ]


def link_field(facility: str, intervention: str) -> str:
    """The name of the field about a pair."""
    return f"{facility}__{intervention}"


class CarryForm(forms.Form):
    """Open agreements that go along with one goal of last year, or with none."""

    agreements = forms.MultipleChoiceField(
        label="Afspraken die ook meegaan",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, agreements: Sequence[Agreement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreements"].choices = [  # type: ignore[attr-defined]
            (str(one.pk), one.what) for one in agreements
        ]
