"""Changes to what people have to prepare."""

from routekaart.domain.planner.changes import (
    Change,
    CompleteCourse,
    CourseVoluntary,
    WithdrawPreparation,
)
from routekaart.web.forms.what_if.change import ChangeForm, choice

_ASSIGN = ("preparing:assign", "Toewijzen")
_NAMES = {"course": "cursus", "member": "persoon", "function": "functie", "goal": "doel"}


class CourseVoluntaryForm(ChangeForm):
    kind = "course_voluntary"
    title = "Een cursus vrijwillig maken"
    made_at = _ASSIGN
    names = _NAMES

    cursus = choice("Welke cursus?")
    persoon = choice("Voor één persoon", required=False)
    functie = choice("Of voor één functie", required=False)

    def change(self, _index: int) -> Change:
        given = self.cleaned_data
        return CourseVoluntary(given["cursus"], given["persoon"] or None, given["functie"] or None)


class WithdrawPreparationForm(ChangeForm):
    kind = "withdraw_preparation"
    title = "Een cursus hoeft niet meer"
    made_at = _ASSIGN
    names = _NAMES

    cursus = choice("Welke cursus?")
    persoon = choice("Voor één persoon", required=False)
    doel = choice("Voor één doel", required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        goals = self.fields["doel"].choices[1:]  # type: ignore[attr-defined]  # a choice field
        self.fields["doel"].choices = [("", "Alle doelen"), *goals]  # type: ignore[attr-defined]

    def change(self, _index: int) -> Change:
        given = self.cleaned_data
        return WithdrawPreparation(given["cursus"], given["persoon"] or None, given["doel"] or None)


class CompleteCourseForm(ChangeForm):
    kind = "complete_course"
    title = "Iemand heeft een cursus al gedaan"
    made_at = _ASSIGN
    names = _NAMES

    persoon = choice("Wie?")
    cursus = choice("Welke cursus?")

    def change(self, _index: int) -> Change:
        return CompleteCourse(self.cleaned_data["persoon"], self.cleaned_data["cursus"])
