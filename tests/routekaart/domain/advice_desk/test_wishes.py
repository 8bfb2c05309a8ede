"""From the changes of a desk to what a form shows of a course, and back."""

import pytest

from courses.advice import Advice
from routekaart.domain.advice_desk import (
    AddCourse,
    ChangeCourse,
    CourseNote,
    CourseWish,
    DeskChange,
    DropCourse,
    Purpose,
    Treatment,
    apply_changes,
    effect_in_words,
    purpose_of,
    times_of,
    wish_of,
    with_added,
    with_wish,
    without_course,
)
from tests.routekaart.domain.advice_desk.small_advice import SCHOOL, item_of, small_advice

OTHERS = (DropCourse("klank", "Nee."),)


def applied(*changes: DeskChange) -> Advice:
    return apply_changes(small_advice(), changes, SCHOOL)


def test_a_course_without_changes_is_kept_for_what_it_was_proposed_for() -> None:
    item = item_of(applied(), "lezen")
    assert wish_of(item, OTHERS) == CourseWish(
        Treatment.KEEP, Purpose(interventions=("feedback",), functions=("leerkracht",))
    )
    assert purpose_of(item_of(applied(), "samen")) == Purpose(
        interventions=("feedback", "taal"), functions=()
    )


@pytest.mark.parametrize(
    "own",
    [
        (ChangeCourse("lezen", "Mag.", mandatory=False),),
        (ChangeCourse("lezen", "Moet.", mandatory=True), CourseNote("lezen", "Samen.")),
        (CourseNote("lezen", "Samen."),),
        (
            DropCourse("lezen", "Zo."),
            AddCourse("lezen", "Zo.", interventions=("taal",), functions=("leerkracht",)),
            ChangeCourse("lezen", "Zo.", mandatory=False),
        ),
        (AddCourse("eigen-a", "Zo.", goals=("doel",)), CourseNote("eigen-a", "Samen.")),
    ],
)
def test_a_form_that_is_saved_untouched_changes_nothing(own: tuple[DeskChange, ...]) -> None:
    changes = (*OTHERS, *own)
    item = item_of(applied(*changes), own[0].course)
    assert with_wish(changes, item, wish_of(item, changes)) == changes


def test_leaving_out_takes_the_place_of_all_else_about_a_course() -> None:
    changes = (CourseNote("lezen", "Samen."), *OTHERS)
    item = item_of(applied(*changes), "lezen")
    wish = CourseWish(Treatment.LEAVE_OUT, purpose_of(item), "Te veel.")
    assert with_wish(changes, item, wish) == (*OTHERS, DropCourse("lezen", "Te veel."))


def test_what_was_added_here_simply_goes() -> None:
    changes = (*OTHERS, AddCourse("eigen-a", "Zo.", goals=("doel",)))
    item = item_of(applied(*changes), "eigen-a")
    wish = CourseWish(Treatment.LEAVE_OUT, purpose_of(item))
    assert with_wish(changes, item, wish) == OTHERS


def test_another_purpose_is_the_course_left_out_and_added_anew() -> None:
    item = item_of(applied(), "lezen")
    wish = CourseWish(Treatment.KEEP, Purpose(goals=("doel",)), "Hoort hier.", "Samen.")
    made = with_wish((), item, wish)
    assert made == (
        DropCourse("lezen", "Hoort hier."),
        AddCourse("lezen", "Hoort hier.", goals=("doel",)),
        CourseNote("lezen", "Samen."),
    )
    assert purpose_of(item_of(applied(*made), "lezen")) == Purpose(goals=("doel",))


def test_a_course_that_was_left_out_comes_back_as_it_was_or_anew() -> None:
    changes = (*OTHERS, DropCourse("lezen", "Te veel."))
    assert without_course(changes, "lezen") == OTHERS
    wish = CourseWish(Treatment.KEEP, Purpose(interventions=("taal",)), "Toch.")
    made = with_added(changes, "lezen", wish)
    assert made == (
        *OTHERS,
        DropCourse("lezen", "Toch."),
        AddCourse("lezen", "Toch.", interventions=("taal",)),
    )
    assert item_of(applied(*made), "lezen").interventions == ("taal",)


def test_the_effect_is_told_per_function_and_only_where_there_is_one() -> None:
    plurals = {"leerkracht": "Leerkrachten", "onderwijsassistent": "Onderwijsassistenten"}
    before, after = applied(), applied(DropCourse("lezen", "Te veel."))
    assert effect_in_words(times_of(before, plurals, before)) == (
        "De tijd per persoon blijft gelijk."
    )
    [teachers, assistants] = times_of(after, plurals, before)
    assert (assistants.change, teachers.was_all) == ("", before.saving.per_function[0].all_minutes)
    assert effect_in_words((teachers, assistants)).startswith("Leerkrachten: nodig ")
