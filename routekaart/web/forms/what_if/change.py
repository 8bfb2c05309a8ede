"""What the forms of all kinds of change have in common."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms

from courses.catalogue import current_catalogue
from routekaart.actions.planning.previews import WantedGoal
from routekaart.domain.content.wording import weekday_date
from routekaart.domain.planner.changes import Change
from routekaart.queries.planning.outline import Outline

EVERYBODY = ("", "Iedereen")
# Where the school itself is kept: its people, its free days.
OFFICE = "office:office"


class ChangeForm(forms.Form):
    """One change. `names`: what the planner calls a field otherwise.

    `made_at`: where the change is really made, as the name of an address and a title.
    """

    kind: ClassVar[str]
    title: ClassVar[str]
    made_at: ClassVar[tuple[str, str]]
    names: ClassVar[Mapping[str, str]] = {}
    # A list of kinds is shown in a template, which would make one of each.
    do_not_call_in_templates: ClassVar[bool] = True

    def __init__(self, *args: Any, outline: Outline, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.outline = outline
        for name, field in self.fields.items():
            choices = _CHOICES.get(name)
            if choices is not None and hasattr(field, "choices"):
                first = [] if field.required or _holds_many(field) else [EVERYBODY]
                field.choices = [*first, *choices(outline)]

    def change(self, index: int) -> Change | WantedGoal:
        """The change for the planner, the one numbered `index`; read after `is_valid()`."""
        raise NotImplementedError

    def put_error(self, field: str, message: str) -> None:
        """Puts what the planner refuses at the field that it names: `changes.1.date`."""
        part = field.rpartition(".")[2]
        name = self.names.get(part, part)
        self.add_error(name if name in self.fields else None, message)


def choice(label: str, **more: Any) -> forms.ChoiceField:
    """A field to choose one of what there is."""
    return forms.ChoiceField(label=label, error_messages={"required": "Kies er een."}, **more)


def day(label: str, **more: Any) -> forms.DateField:
    """A field for a date."""
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Vul een datum in.", "invalid": "Vul een datum in."},
        **more,
    )


def number(label: str, lowest: int, highest: int, **more: Any) -> forms.IntegerField:
    """A field for a whole number."""
    wrong = f"Vul een getal in van {lowest} tot en met {highest}."
    return forms.IntegerField(
        label=label,
        min_value=lowest,
        max_value=highest,
        error_messages={
            "required": wrong,
            "invalid": wrong,
            "min_value": wrong,
            "max_value": wrong,
        },
        **more,
    )


def _holds_many(field: forms.Field) -> bool:
    return isinstance(field, forms.MultipleChoiceField)


def _members(outline: Outline) -> Iterable[tuple[str, str]]:
    return ((one.id, one.name) for one in outline.problem.members)


def _functions(outline: Outline) -> Iterable[tuple[str, str]]:
    present = {slug for one in outline.problem.members for slug in one.functions}
    return ((one.slug, one.plural) for one in current_catalogue().functions if one.slug in present)


def _all_functions(_outline: Outline) -> Iterable[tuple[str, str]]:
    return ((one.slug, one.title) for one in current_catalogue().functions)


def _goals(outline: Outline) -> Iterable[tuple[str, str]]:
    return ((one.id, one.title) for one in outline.problem.goals)


def _days(outline: Outline) -> Iterable[tuple[str, str]]:
    return ((one.id, weekday_date(one.date)) for one in outline.problem.study_days)


def _courses(outline: Outline) -> Iterable[tuple[str, str]]:
    return outline.courses.items()


# By the name of the field: what there is to choose from.
_CHOICES = {
    "persoon": _members,
    "zoals": _members,
    "functie": _functions,
    "functies": _all_functions,
    "doel": _goals,
    "studiedag": _days,
    "cursus": _courses,
    "cursussen": _courses,
}
