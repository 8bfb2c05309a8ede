"""What a team writes about one chosen intervention."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms import BoundField

from courses.dutch import listed
from courses.entities import Intervention, PointKind
from routekaart.actions.routekaarten.goals import GivenAnswer
from routekaart.domain.rules import Choice, Plannable, plannable
from routekaart.queries.routekaarten.choices import Choices
from routekaart.web.forms.shared import SharedForm
from routekaart.web.forms.texts import LineText, RunningText

LONGEST = 10_000
_CONSIDER, _QUESTION, _PLANNED = "eerst-", "vraag-", "plan-"
_MOST = 100_000
_RECOGNITIONS = (
    ("", "Weet ik niet, of niet van toepassing"),
    ("effectief", "Erkend als effectief"),
    ("goed onderbouwd", "Erkend als goed onderbouwd"),
)


class AskedField(RunningText):
    """An answer that must be there before the routekaart is handed in; saving goes without."""

    def validate(self, value: Any) -> None:
        """Nothing is required here: the rules ask for it later."""


class FigureField(forms.FloatField):
    """A planned figure. A value that stood there is never lost for being out of range."""

    default_error_messages = {"invalid": "Schrijf een getal, bijvoorbeeld 3 of 2,5."}

    def __init__(self, **kw: Any) -> None:
        super().__init__(**kw)
        self.validators = [
            MinValueValidator(0, "Schrijf een getal van 0 of meer."),
            MaxValueValidator(_MOST, "Schrijf een kleiner getal."),
        ]

    def to_python(self, value: Any) -> Any:
        """People write a comma, browsers send a point."""
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


class InterventionForm(SharedForm):
    """Answers, planned figures and, where it applies, the concrete programme."""

    use_required_attribute = False

    def __init__(self, *args: Any, choices: Choices, intervention: Intervention, **kw: Any) -> None:
        choice = choices.choice(intervention.slug) or Choice(intervention.slug)
        self._slug = intervention.slug
        self._initial: dict[str, Any] = {}
        self._made: dict[str, forms.Field] = {}
        for first in intervention.consider_first:
            self._ask(choices, _CONSIDER, first.slug, first.text, needed=True)
        for point in intervention.attention_points:
            if point.kind is PointKind.QUESTION:
                self._ask(choices, _QUESTION, point.slug, point.text, needed=point.required)
        planned = dict(choice.parameters)
        for one in plannable(choices.catalogue, choice):
            name = f"{_PLANNED}{one.parameter.slug}"
            self._made[name] = _figure(one)
            self._initial[name] = planned.get(one.parameter.slug)
        if intervention.wellbeing is not None or intervention.programmes:
            self._programme(intervention, choice)
        super().__init__(*args, initial=self._initial, **kw)
        self.fields.update(self._made)
        for field in self._made.values():
            field.show_hidden_initial = True

    def _ask(self, choices: Choices, kind: str, slug: str, text: str, *, needed: bool) -> None:
        made = AskedField if needed else RunningText
        self._made[kind + slug] = made(
            label=text,
            required=needed,
            max_length=LONGEST,
            widget=forms.Textarea(attrs={"rows": 2, "class": "low"}),
        )
        self._initial[kind + slug] = choices.answer(self._slug, slug)

    def _programme(self, intervention: Intervention, choice: Choice) -> None:
        known = [one.title for one in intervention.programmes]
        self._made["programme"] = LineText(
            label="Welk programma of welke methode gebruiken jullie?",
            help_text=f"Bijvoorbeeld {listed(known, 'of')}." if known else "",
            required=False,
            max_length=200,
        )
        self._made["recognition"] = forms.ChoiceField(
            label="Hoe is dat programma erkend?",
            help_text="Dat staat in de databank van het programma. Van NPO-geld mag alleen wat "
            "als effectief is erkend.",
            required=False,
            choices=_with_own(choice.recognition),
        )
        self._initial |= {"programme": choice.programme, "recognition": choice.recognition}

    def answers(self) -> list[GivenAnswer]:
        """The answers that this person changed."""
        return [
            GivenAnswer(self._slug, name.partition("-")[2], value)
            for name, value in self.changes().items()
            if name.startswith((_CONSIDER, _QUESTION))
        ]

    def planned(self) -> dict[str, Any]:
        """What changed about the choice itself, as `change_choice` takes it."""
        changes = self.changes()
        values = {name: changes[name] for name in ("programme", "recognition") if name in changes}
        figures = {
            name.removeprefix(_PLANNED): value
            for name, value in changes.items()
            if name.startswith(_PLANNED)
        }
        return values | ({"parameters": figures} if figures else {})

    @property
    def consider_fields(self) -> Iterator[BoundField]:
        return self._group(_CONSIDER)

    @property
    def question_fields(self) -> Iterator[BoundField]:
        return self._group(_QUESTION)

    @property
    def planned_fields(self) -> Iterator[BoundField]:
        return self._group(_PLANNED)

    @property
    def programme_fields(self) -> Iterator[BoundField]:
        return (self[name] for name in ("programme", "recognition") if name in self.fields)

    def _group(self, kind: str) -> Iterator[BoundField]:
        return (self[name] for name in self.fields if name.startswith(kind))


def _figure(one: Plannable) -> forms.Field:
    unit = f", in {one.parameter.unit}" if one.parameter.unit else ""
    return FigureField(
        label=f"{one.parameter.title}{unit}",
        help_text=f"De bron noemt {listed(one.named, 'of')}.",
        required=False,
        widget=forms.NumberInput(attrs={"step": "any", "min": 0}),
    )


def _with_own(recognition: str) -> tuple[tuple[str, str], ...]:
    """What was written otherwise before stays a choice."""
    known = {value for value, _ in _RECOGNITIONS}
    if recognition in known:
        return _RECOGNITIONS
    return (*_RECOGNITIONS, (recognition, recognition))
