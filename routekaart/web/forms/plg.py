"""Forms of PLGs: the cycle, a meeting, a small step, a lesson visit, a scan."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms

from courses.entities import PlgQuestion
from routekaart.domain.lesson_visit_pairs import USUAL_STARTS, Window
from routekaart.domain.plg_cycle.closing import GivenAnswer
from routekaart.domain.scan_kinds import ScanFrame
from routekaart.domain.scan_results import LOWEST_SCORE
from routekaart.models import Goal, Person
from routekaart.web.forms.shared import SharedForm
from routekaart.web.forms.texts import LineText, RunningText
from routekaart.web.forms.week_fields import DayField

_MOST_SENTENCE = 500


class TimeField(forms.TimeField):
    """A time of day, with the clock of the browser."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        super().__init__(widget=widget, **options)


class CycleForm(SharedForm):
    """Who learns together, towards which goal, how often."""

    name = LineText(label="Hoe heet deze PLG?", max_length=200)
    goal = forms.ChoiceField(label="Voor welk doel?", required=False)
    members = forms.MultipleChoiceField(label="Wie doen mee?", widget=forms.CheckboxSelectMultiple)
    rhythm_weeks = forms.IntegerField(
        label="Om de hoeveel weken komen jullie bij elkaar?", min_value=1, max_value=20
    )

    def values(self) -> dict[str, Any]:
        """As the action wants them."""
        return _typed(self.cleaned_data)

    def changed(self) -> dict[str, Any]:
        """Of `values` what this person changed."""
        return _typed(self.changes())

    def offer(self, people: Sequence[Any], goals: Sequence[Goal]) -> None:
        """Who and what to choose from; memberships marked with how each is `called`."""
        self.fields["members"].choices = [  # type: ignore[attr-defined]
            (str(one.person_id), one.called) for one in people
        ]
        self.fields["goal"].choices = [  # type: ignore[attr-defined]
            ("", "Geen doel van de routekaart"),
            *((str(goal.pk), goal.wording) for goal in goals),
        ]


def _typed(given: Mapping[str, Any]) -> dict[str, Any]:
    values = dict(given)
    if "goal" in values:
        values["goal"] = UUID(values["goal"]) if values["goal"] else None
    if "members" in values:
        values["members"] = [UUID(one) for one in values["members"]]
    return values


class OutcomeForm(forms.Form):
    """What a PLG brought."""

    outcome = RunningText(label="Wat heeft deze PLG opgeleverd?")


class MeetingForm(SharedForm):
    """When a PLG meets."""

    date = DayField(label="Wanneer?")
    starts_at = TimeField(label="Hoe laat?", required=False)
    minutes = forms.IntegerField(label="Hoeveel minuten?", min_value=1, max_value=600)


class SkipForm(forms.Form):
    """Why a meeting did not take place."""

    reason = RunningText(label="Waarom ging de bijeenkomst niet door?", rows=2)


class ClosingForm(forms.Form):
    """The answers to the four questions, and what was decided."""

    def __init__(self, *args: Any, questions: Sequence[PlgQuestion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._questions = [question.slug for question in questions]
        for question in questions:
            self.fields[question.slug] = RunningText(
                label=question.title,
                help_text=" ".join(question.prompts),
                required=False,
                rows=3,
            )
            self.fields[self._reason(question.slug)] = LineText(
                label="Geen antwoord, want", required=False, max_length=_MOST_SENTENCE
            )
        self.fields["decisions"] = RunningText(label="Wat besloten jullie?", required=False, rows=3)

    @staticmethod
    def _reason(slug: str) -> str:
        return f"{slug}-reden"

    def answers(self) -> dict[str, GivenAnswer]:
        """By the slug of the question."""
        data = self.cleaned_data
        return {slug: GivenAnswer(data[slug], data[self._reason(slug)]) for slug in self._questions}


class StepForm(forms.Form):
    """Something small that somebody tries."""

    text = LineText(
        label="Volgende week probeer ik",
        help_text="Klein genoeg voor één les.",
        max_length=_MOST_SENTENCE,
    )
    try_by = DayField(
        label="Uiterlijk op", help_text="Leeg: tot de volgende bijeenkomst.", required=False
    )


class StepOutcomeForm(forms.Form):
    """How it went."""

    outcome = RunningText(label="Hoe ging het?", required=False)


class VisitForm(forms.Form):
    """Somebody visits the lesson of a colleague."""

    visitor = forms.TypedChoiceField(label="Wie gaat kijken?", coerce=UUID)
    host = forms.TypedChoiceField(label="Bij wie?", coerce=UUID)
    focus = LineText(
        label="Waar kijkt die naar?",
        help_text="Eén vraag die van tevoren vaststaat.",
        max_length=_MOST_SENTENCE,
    )
    date = DayField(label="Wanneer?")
    starts_at = TimeField(label="Hoe laat?")
    minutes = forms.IntegerField(label="Hoeveel minuten?", min_value=5, max_value=480)

    def offer(self, members: Iterable[Person]) -> None:
        """The members of the PLG."""
        people = [("", "Kies iemand"), *((str(one.pk), one.name) for one in members)]
        for name in ("visitor", "host"):
            self.fields[name].choices = people  # type: ignore[attr-defined]


class VisitNoteForm(forms.Form):
    """What one of the pair noted."""

    text = RunningText(label="Je notitie", help_text="Alleen jullie tweeën lezen dit.")


class ScanForm(forms.Form):
    """A score for each question of a scan."""

    def __init__(self, *args: Any, frame: ScanFrame, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scores = [
            (score, f"{score}: {words}" if words else str(score))
            for score, words in enumerate(frame.scale, start=LOWEST_SCORE)
        ]
        for question in frame.questions:
            self.fields[question.slug] = forms.TypedChoiceField(
                label=question.title,
                coerce=int,
                choices=scores,
                widget=forms.RadioSelect,
                error_messages={"required": "Kies een cijfer."},
            )


class RoundForm(forms.Form):
    """A round in which everybody visits once and is visited once."""

    focus = LineText(
        label="Waar kijken jullie naar?",
        help_text="Eén vraag voor alle bezoeken.",
        max_length=_MOST_SENTENCE,
    )
    first_day = DayField(label="Vanaf welke dag?")
    weeks = forms.IntegerField(label="In hoeveel weken?", min_value=1, max_value=20)
    minutes = forms.IntegerField(label="Hoeveel minuten per bezoek?", min_value=5, max_value=480)

    def window(self) -> Window:
        """When visits may be."""
        data = self.cleaned_data
        return Window(data["first_day"], data["weeks"], data["minutes"], USUAL_STARTS)
