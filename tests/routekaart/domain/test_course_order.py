"""In which order somebody takes the courses for one goal."""

from courses.entities import Step
from routekaart.domain.course_order import course_order
from tests.small_catalogue import catalogue, intervention, mention

SMALL = catalogue(
    intervention("feedback", mention("lezen"), mention("kijken"), mention("samen")),
    intervention(
        "klimaat",
        mention("kiezen", step=Step.CHOOSE),
        mention("los"),
        mention("diep", step=Step.DEEPEN),
        mention("begin", step=Step.START),
        mention("samen"),
    ),
    intervention("ruimte", category="F"),
    general=(mention("praten"), mention("lezen")),
    extra_courses=("alleen-genoemd",),
)
EVERY = tuple(course.slug for course in SMALL.courses)


def test_by_the_goals_own_interventions_first() -> None:
    assert course_order(SMALL, ("feedback", "ruimte"), ("praten", "samen", "lezen")) == (
        "lezen",
        "samen",
        "praten",
    )
    assert course_order(SMALL, ("ruimte", "feedback"), ("praten", "samen", "lezen")) == (
        "praten",
        "lezen",
        "samen",
    )


def test_within_one_as_a_source_advises() -> None:
    assert course_order(SMALL, ("klimaat",), ("samen", "los", "kiezen", "diep", "begin")) == (
        "begin",
        "diep",
        "kiezen",
        "los",
        "samen",
    )


def test_what_no_list_names_comes_last() -> None:
    assert course_order(SMALL, ("feedback",), ("weg", "alleen-genoemd", "samen")) == (
        "samen",
        "alleen-genoemd",
        "weg",
    )


def test_a_retired_intervention_and_no_courses_at_all() -> None:
    assert course_order(SMALL, ("weg",), ("lezen", "kijken")) == ("kijken", "lezen")
    assert course_order(SMALL, ("feedback",), ()) == ()


def test_every_course_once() -> None:
    found = course_order(SMALL, ("feedback", "klimaat", "ruimte"), EVERY)
    assert sorted(found) == sorted(EVERY)
