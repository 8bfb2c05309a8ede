"""What a school knows better about a course."""

from dataclasses import replace
from datetime import date

from courses.entities import DurationBasis
from routekaart.domain.school_catalogue import CourseChange, with_changes
from tests.small_catalogue import catalogue, intervention, mention

SMALL = catalogue(intervention("feedback", mention("lezen"), mention("kijken")))
LEZEN, KIJKEN = SMALL.courses


def test_without_changes_it_is_the_very_same() -> None:
    assert with_changes(SMALL, {}) is SMALL


def test_a_duration_is_stated_by_the_school() -> None:
    changed = with_changes(SMALL, {"lezen": CourseChange(duration_minutes=25)})
    assert changed.courses == (
        replace(LEZEN, duration_minutes=25, duration_basis=DurationBasis.STATED),
        KIJKEN,
    )
    assert changed.course_by_slug["lezen"].duration_minutes == 25


def test_a_confirmation_leaves_the_duration_as_it_is() -> None:
    day = date(2026, 1, 5)
    changed = with_changes(SMALL, {"kijken": CourseChange(confirmed_available_on=day)})
    assert changed.courses == (LEZEN, replace(KIJKEN, availability_confirmed_on=day))


def test_an_empty_change_and_an_unknown_course_change_nothing() -> None:
    changed = with_changes(SMALL, {"lezen": CourseChange(), "weg": CourseChange(5)})
    assert changed.courses == SMALL.courses
    assert changed.interventions is SMALL.interventions


def test_the_catalogue_itself_stays_as_it_was() -> None:
    before = SMALL.courses
    with_changes(SMALL, {"lezen": CourseChange(duration_minutes=25)})
    assert SMALL.courses is before
    assert SMALL.course_by_slug["lezen"].duration_basis is DurationBasis.ASSUMED
