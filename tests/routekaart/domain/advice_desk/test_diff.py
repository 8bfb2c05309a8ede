"""The difference between two rounds, in words."""

from dataclasses import replace

from courses.advice import Advice, Availability
from routekaart.domain.advice_desk import (
    AddCourse,
    ChangeCourse,
    CourseNote,
    DeskChange,
    DropCourse,
    apply_changes,
    changes_between,
)
from tests.routekaart.domain.advice_desk.small_advice import SCHOOL, item_of, small_advice


def texts(before: Advice, after: Advice) -> list[tuple[str, str]]:
    return [(line.kind, line.text) for line in changes_between(before, after)]


def after(*changes: DeskChange, advice: Advice | None = None) -> Advice:
    return apply_changes(advice or small_advice(), changes, SCHOOL)


def test_nothing_changed() -> None:
    assert changes_between(small_advice(), small_advice()) == ()


def test_what_a_trainer_did() -> None:
    changed = after(
        AddCourse("eigen-a", "omdat de buren het goed doen.", ("taal",)),
        DropCourse("klank", "Al gedaan!"),
        ChangeCourse("samen", "Wie wil", False),
        ChangeCourse("lezen", "Dit is de basis.", True),
        CourseNote("kijken", "Met z’n tweeën."),
    )
    assert texts(small_advice(), changed) == [
        ("added", "Toegevoegd: Eigen-a, omdat: de buren het goed doen."),
        ("dropped", "Vervallen: Klank, omdat: Al gedaan."),
        ("mandatory", "Nu verplicht: Lezen, omdat: Dit is de basis."),
        ("note", "Toelichting bij Kijken: Met z’n tweeën."),
        ("voluntary", "Nu vrijwillig: Samen, omdat: Wie wil."),
    ]
    [added] = [line for line in changes_between(small_advice(), changed) if line.kind == "added"]
    assert (added.course, added.title) == ("eigen-a", "Eigen-a")


def test_and_back_again() -> None:
    changed = after(ChangeCourse("samen", "Wie wil", False), CourseNote("kijken", "Samen."))
    back = after(
        ChangeCourse("samen", "toch nodig.", True), CourseNote("kijken", ""), advice=changed
    )
    assert texts(changed, back) == [
        ("note", "Toelichting bij Kijken: vervallen."),
        ("mandatory", "Nu verplicht: Samen, omdat: toch nodig."),
    ]


def test_what_the_mapping_did() -> None:
    before = small_advice()
    mapped = replace(
        before,
        items=tuple(
            replace(
                item,
                duration_minutes=15,
                availability=Availability.LOCKED,
                availability_text="Vraag een offerte aan.",
                required=True,
            )
            if item.course == "lezen"
            else item
            for item in before.items
            if item.course != "klank"
        ),
    )
    unexplained = "de cursus niet meer past bij het team, de keuzes of het aanbod"
    assert texts(before, mapped) == [
        (
            "dropped",
            f"Vervallen: Klank, omdat: {unexplained}.",
        ),
        ("availability", "Anders beschikbaar: Lezen. Vraag een offerte aan."),
        ("duration", "Duurt nu 15 minuten: Lezen."),
    ]


def test_for_whom_or_what() -> None:
    before, other = small_advice("feedback"), small_advice("feedback", "taal")
    assert [line.text for line in changes_between(before, other) if line.kind == "audience"] == [
        "Voor wie of waarvoor is veranderd: Samen, nu omdat: Feedback en Taal + iedereen."
    ]
    assert item_of(other, "samen").because == "omdat: Feedback en Taal + iedereen"
