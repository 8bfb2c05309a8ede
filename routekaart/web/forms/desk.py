"""What a trainer does with a course of an advice, and giving the advice."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from courses.advice import Advice, AdviceItem
from courses.entities import Catalogue
from routekaart.domain.advice_desk import CourseWish, Purpose, Treatment
from routekaart.models import Goal
from routekaart.web.forms.shared import SharedForm
from routekaart.web.forms.texts import LineText, RunningText

_MOST_OF_REASON = 500
_MOST_OF_NOTE = 10_000
_INTERVENTION, _GOAL = "i:", "d:"
_KEEP = {True: "Hoort bij het advies", False: "Laat zo staan"}
_LEAVE_OUT = {True: "Toch niet toevoegen", False: "Laat weg"}


class CourseForm(SharedForm):
    """One course of the desk. `item` is None for a course that is not in the advice yet."""

    wat = forms.ChoiceField(
        label="Wat doe je met deze cursus?",
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wat je met deze cursus doet."},
    )
    reden = LineText(
        label="Waarom?",
        help_text="Het team leest dit. Niet nodig als je alles laat zoals het is.",
        required=False,
        max_length=_MOST_OF_REASON,
    )
    waarvoor = forms.MultipleChoiceField(
        label="Waar hoort de cursus bij?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies ten minste één interventie of doel."},
    )
    functies = forms.MultipleChoiceField(
        label="Voor wie?",
        help_text="Niets aangevinkt: voor iedereen in het team.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    toelichting = RunningText(
        label="Toelichting bij de cursus",
        required=False,
        max_length=_MOST_OF_NOTE,
        rows=2,
    )

    def __init__(
        self,
        *args: Any,
        advice: Advice,
        goals: Iterable[Goal],
        catalogue: Catalogue,
        item: AdviceItem | None,
        wish: CourseWish,
        is_new: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            *args,
            initial={
                "wat": wish.treatment.value,
                "reden": wish.reason,
                "waarvoor": _purpose_values(wish.purpose),
                "functies": list(wish.purpose.functions),
                "toelichting": wish.note,
            },
            **kwargs,
        )
        self._adds = item is None
        self._before = wish
        self._choose("wat", _treatments(item, is_new=is_new))
        self._choose("waarvoor", [*_interventions(advice), *_goals(goals)])
        self._choose("functies", _functions(advice, catalogue, wish.purpose.functions))
        if item is None:
            self.fields["reden"].required = True
            self.fields["reden"].help_text = "Het team leest dit."
            self.fields["reden"].error_messages["required"] = _WHY

    def _choose(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # a choice field

    def clean_reden(self) -> str:
        return " ".join(str(self.cleaned_data["reden"]).split())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not cleaned["reden"] and self._asks_a_reason():
            self.add_error("reden", _WHY)
        return cleaned

    def _asks_a_reason(self) -> bool:
        wish = self.wish()
        return wish.treatment is not Treatment.KEEP or not wish.purpose.same_as(
            self._before.purpose
        )

    def wish(self) -> CourseWish:
        """What the form says; read when its values are known to be right."""
        cleaned = self.cleaned_data
        return CourseWish(
            treatment=Treatment(cleaned["wat"]),
            purpose=Purpose(
                interventions=_without_mark(cleaned["waarvoor"], _INTERVENTION),
                goals=_without_mark(cleaned["waarvoor"], _GOAL),
                functions=tuple(cleaned["functies"]),
            ),
            reason=cleaned["reden"],
            note=cleaned["toelichting"],
        )

    def merged(self) -> CourseWish:
        """What was changed here, on top of what others made of the rest in the meantime."""
        mine, now = self.wish(), self._before
        changed = self.changes().keys()
        purpose = Purpose(
            *(
                (mine.purpose.interventions, mine.purpose.goals)
                if "waarvoor" in changed
                else (now.purpose.interventions, now.purpose.goals)
            ),
            functions=(mine if "functies" in changed else now).purpose.functions,
        )
        return CourseWish(
            treatment=(mine if "wat" in changed else now).treatment,
            purpose=purpose,
            reason=(mine if "reden" in changed else now).reason,
            note=(mine if "toelichting" in changed else now).note,
        )


_WHY = "Zeg in een zin waarom. Het team leest dit."


class GiveAdviceForm(forms.Form):
    """The words that go with the advice, and the desk that was read."""

    toelichting = RunningText(
        label="Bericht aan het team",
        help_text="Een paar zinnen: wat valt op, en waar beginnen ze?",
        required=False,
        max_length=_MOST_OF_NOTE,
    )
    revisie = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


def _treatments(item: AdviceItem | None, *, is_new: bool) -> list[tuple[str, str]]:
    """What is possible: only what surely can be followed may be mandatory."""
    found = [(Treatment.KEEP.value, _KEEP[is_new])]
    found.append((Treatment.VOLUNTARY.value, "Maak vrijwillig"))
    if item is not None and item.is_offered:
        found.append((Treatment.MANDATORY.value, "Maak verplicht"))
    if item is not None:
        found.append((Treatment.LEAVE_OUT.value, _LEAVE_OUT[is_new]))
    return found


def _interventions(advice: Advice) -> list[tuple[str, str]]:
    return [(f"{_INTERVENTION}{one.slug}", one.title) for one in advice.interventions]


def _goals(goals: Iterable[Goal]) -> list[tuple[str, str]]:
    return [(f"{_GOAL}{goal.pk}", f"Doel: {goal.wording}") for goal in goals]


def _functions(advice: Advice, catalogue: Catalogue, named: Iterable[str]) -> list[tuple[str, str]]:
    """Those in the team, and those that the course is for already."""
    slugs = dict.fromkeys((*(one.function for one in advice.saving.per_function), *named))
    known = catalogue.function_by_slug
    return [(slug, known[slug].plural) for slug in slugs if slug in known]


def _purpose_values(purpose: Purpose) -> list[str]:
    return [
        *(f"{_INTERVENTION}{slug}" for slug in purpose.interventions),
        *(f"{_GOAL}{goal}" for goal in purpose.goals),
    ]


def _without_mark(values: Iterable[str], mark: str) -> tuple[str, ...]:
    return tuple(value.removeprefix(mark) for value in values if value.startswith(mark))
