"""A trainer's changes to what the mapping proposes."""

from dataclasses import replace

import pytest

from courses.advice import Availability, DroppedItem, GoalReason
from routekaart.domain.advice_desk import (
    AddCourse,
    ChangeCourse,
    CourseNote,
    DeskChange,
    DropCourse,
    LeftOut,
    apply_changes,
    apply_what_fits,
)
from routekaart.domain.errors import BadInput
from tests.routekaart.domain.advice_desk.small_advice import SCHOOL, item_of, small_advice, unset


def applied(*changes: DeskChange) -> object:
    return apply_changes(small_advice(), changes, SCHOOL)


def test_nothing_changed_is_the_advice_itself() -> None:
    advice = small_advice()
    assert apply_changes(advice, (), SCHOOL) is advice


def test_a_dropped_course_is_remembered_and_others_take_its_place() -> None:
    before = small_advice()
    assert before.smallest_set == ("samen",)
    after = apply_changes(before, [DropCourse("samen", "Al gedaan.")], SCHOOL)
    assert after.dropped == (DroppedItem("samen", "Samen", "Al gedaan."),)
    assert [item.course for item in after.items] == ["lezen", "kijken", "duur", "ster", "klank"]
    assert after.smallest_set == ("kijken", "klank", "lezen")
    assert [item.course for item in after.items if item.in_smallest_set] == [
        "lezen",
        "kijken",
        "klank",
    ]
    assert after.uncovered == (("taal", "onderwijsassistent"),)
    assert (after.saving.all_minutes, after.saving.set_minutes) == (180, 180)
    assert [(one.courses, one.offered_courses) for one in after.interventions] == [(4, 2), (1, 1)]
    assert after.plg_activities == before.plg_activities


def test_without_any_course_left_an_intervention_says_so() -> None:
    after = apply_changes(
        small_advice(), [DropCourse("samen", "x"), DropCourse("klank", "x")], SCHOOL
    )
    assert [one.intervention for one in after.findings if one.code == "no_course_offer"] == ["taal"]


def test_a_course_of_their_own_is_added_for_everyone() -> None:
    before = small_advice("feedback", "leeg")
    assert [one.intervention for one in before.findings if one.code == "no_course_offer"] == [
        "leeg"
    ]
    after = apply_changes(
        before, [AddCourse("eigen-a", "omdat: de buren het goed doen.", ("leeg",))], SCHOOL
    )
    added = item_of(after, "eigen-a")
    assert added is after.items[-1]
    assert (added.because, added.trainer_reason) == (
        "omdat: de buren het goed doen.",
        "omdat: de buren het goed doen.",
    )
    assert added.added_by_trainer
    assert (added.provider, added.package, added.availability_text) == (
        "De buren",
        "",
        "Te volgen buiten jullie academie.",
    )
    assert (added.availability, added.may_be_mandatory) == (Availability.OFFERED, True)
    assert (added.required, added.in_smallest_set) == (True, True)
    [reason] = added.reasons
    assert (reason.intervention, reason.everyone, reason.functions) == (
        "leeg",
        True,
        ("leerkracht", "onderwijsassistent"),
    )
    assert ("leeg", "leerkracht") in before.uncovered
    assert after.uncovered == ()
    assert [one for one in after.findings if one.code == "no_course_offer"] == []


def test_a_course_is_added_for_one_function_and_a_goal() -> None:
    after = apply_changes(
        small_advice(),
        [AddCourse("eigen-a", "Past.", goals=("doel",), functions=("onderwijsassistent",))],
        SCHOOL,
    )
    added = item_of(after, "eigen-a")
    assert added.goal_reasons == (GoalReason("doel", ("onderwijsassistent",), False),)
    assert (added.reasons, added.functions) == ((), ("onderwijsassistent",))
    assert after.uncovered == small_advice().uncovered


def test_what_cannot_be_opened_is_added_but_never_in_the_set() -> None:
    after = apply_changes(small_advice(), [AddCourse("vreemd", "Later.", ("taal",))], SCHOOL)
    added = item_of(after, "vreemd")
    assert (added.availability, added.package, added.group) == (
        Availability.LOCKED,
        "pluspakket",
        "google",
    )
    assert (added.may_be_mandatory, added.required, added.in_smallest_set) == (False,) * 3
    assert "offerte" in added.availability_text


def test_a_choice_covers_as_before_and_is_never_mandatory() -> None:
    before = small_advice()
    after = apply_changes(before, [ChangeCourse("samen", "Wie wil.", False)], SCHOOL)
    changed = item_of(after, "samen")
    assert (changed.voluntary, changed.may_be_mandatory) == (True, False)
    assert (after.smallest_set, after.saving) == (before.smallest_set, before.saving)
    back = apply_changes(after, [ChangeCourse("samen", "Toch wel.", True)], SCHOOL)
    assert (item_of(back, "samen").may_be_mandatory, back.smallest_set) == (True, ("samen",))


def test_a_course_that_must_be_done_is_in_the_set() -> None:
    after = apply_changes(small_advice(), [ChangeCourse("lezen", "Basis.", True)], SCHOOL)
    assert after.smallest_set == ("lezen", "samen")
    assert item_of(after, "lezen").required


def test_a_note_changes_nothing_else() -> None:
    before = small_advice()
    after = apply_changes(before, [CourseNote("lezen", "Begin hiermee.")], SCHOOL)
    assert item_of(after, "lezen") == replace(
        item_of(before, "lezen"), trainer_note="Begin hiermee."
    )
    assert apply_changes(after, [CourseNote("lezen", "")], SCHOOL) == before


def test_what_was_dropped_can_be_put_back() -> None:
    after = apply_changes(
        small_advice(),
        [DropCourse("klank", "x"), AddCourse("klank", "Toch.", ("taal",))],
        SCHOOL,
    )
    assert after.dropped == ()
    assert item_of(after, "klank").added_by_trainer


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (DropCourse("eigen-a", "x"), "not_in_advice"),
        (ChangeCourse("bestaat-niet", "x", False), "not_in_advice"),
        (CourseNote("eigen-a", "x"), "not_in_advice"),
        (AddCourse("vervallen", "x", ("taal",)), "unknown_slug"),
        (AddCourse("eigen-a", "x", ("taal",), functions=("keizer",)), "unknown_slug"),
        (AddCourse("samen", "x", ("taal",)), "already_in_advice"),
        (AddCourse("eigen-a", "x"), "serves_nothing"),
        (AddCourse("eigen-a", "x", ("elders",)), "intervention_not_chosen"),
        (AddCourse("eigen-a", "x", goals=("doel", "ander")), "unknown_goal"),
        (ChangeCourse("duur", "x", True), "not_offered"),
        (ChangeCourse("ster", "x", True), "not_offered"),
    ],
)
def test_what_cannot_be_done_is_refused_with_its_place(change: DeskChange, code: str) -> None:
    with pytest.raises(BadInput) as caught:
        applied(CourseNote("lezen", "goed"), change)
    assert (caught.value.field, caught.value.code) == ("changes.1", code)


def test_a_second_drop_is_refused() -> None:
    with pytest.raises(BadInput):
        applied(DropCourse("samen", "x"), DropCourse("samen", "x"))


def test_what_no_longer_fits_is_left_out_with_why() -> None:
    gone, fits = DropCourse("eigen-a", "x"), DropCourse("klank", "x")
    advice, left = apply_what_fits(small_advice(), [gone, fits], SCHOOL)
    assert advice == apply_changes(small_advice(), [fits], SCHOOL)
    assert left == (
        LeftOut(gone, "De cursus ‘eigen-a’ staat niet in dit advies. Haal deze wijziging weg."),
    )


def test_the_others_stay_as_they_were() -> None:
    before = small_advice()
    after = apply_changes(before, [DropCourse("samen", "x")], SCHOOL)
    assert [unset(item) for item in after.items] == [
        unset(item) for item in before.items if item.course != "samen"
    ]
