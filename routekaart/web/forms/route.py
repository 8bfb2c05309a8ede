"""What the team says of each course of an advice."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms

from routekaart.domain.advice_desk import Decision
from routekaart.domain.advice_reading import Answer, ReadCourse
from routekaart.web.forms.shared import SharedForm
from routekaart.web.forms.texts import RunningText

_YES, _NO = "ja", "nee"
_CHOICES = ((_YES, "Doen we"), (_NO, "Liever niet"))
_MOST_CHARACTERS = 2000


class DecisionsForm(SharedForm):
    """For every course whether the team takes it, and why not. What is not said is taken."""

    def __init__(
        self,
        *args: Any,
        courses: Sequence[ReadCourse],
        answers: Mapping[str, Answer],
        **kwargs: Any,
    ) -> None:
        initial: dict[str, Any] = {}
        for course in courses:
            answer = answers.get(course.item.course, Answer())
            initial[_choice(course.item.course)] = _NO if answer.declined else _YES
            initial[_reason(course.item.course)] = answer.reason
        super().__init__(*args, initial=initial, **kwargs)
        self._courses = [course.item.course for course in courses]
        for course in courses:
            self._add(course)

    def _add(self, course: ReadCourse) -> None:
        choice = forms.ChoiceField(
            label=course.title,
            choices=_CHOICES,
            widget=forms.RadioSelect,
            show_hidden_initial=True,
            error_messages={"required": "Kies ‘Doen we’ of ‘Liever niet’."},
        )
        why = RunningText(
            label=f"Waarom liever niet: {course.title}",
            max_length=_MOST_CHARACTERS,
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
            show_hidden_initial=True,
        )
        self.fields[_choice(course.item.course)] = choice
        self.fields[_reason(course.item.course)] = why

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for course in self._courses:
            declined = cleaned.get(_choice(course)) == _NO
            if declined and not cleaned.get(_reason(course), "").strip():
                self.add_error(
                    _reason(course),
                    "Zeg waarom jullie dit niet willen. Dan kan de trainer iets anders zoeken.",
                )
        return cleaned

    def decisions(self) -> list[Decision]:
        """What was changed here and is complete; read after `is_valid()`."""
        changed = self.changes()
        return [
            Decision(
                course,
                self.cleaned_data[_choice(course)] == _YES,
                self.cleaned_data[_reason(course)],
            )
            for course in self._courses
            if {_choice(course), _reason(course)} & changed.keys()
            and {_choice(course), _reason(course)} <= self.cleaned_data.keys()
        ]

    def rows(self) -> Iterable[tuple[str, forms.BoundField, forms.BoundField]]:
        """Per course its slug and its two fields."""
        for course in self._courses:
            yield course, self[_choice(course)], self[_reason(course)]


def _choice(course: str) -> str:
    return f"besluit-{course}"


def _reason(course: str) -> str:
    return f"reden-{course}"
