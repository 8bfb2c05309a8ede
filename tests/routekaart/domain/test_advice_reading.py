"""An advice as a team reads it: every course once, with its reason, time and audience."""

from dataclasses import replace
from typing import Any

from courses.advice import Advice, GoalReason
from courses.entities import CourseKind
from routekaart.domain.advice_reading import Answer, PersonTime, ReadAdvice, read_advice
from routekaart.domain.assigning import GoalChoice
from tests.routekaart.domain.advice_desk.small_advice import item_of, small_advice

FEEDBACK = ("Wij leren feedback geven.", GoalChoice("g1", ("feedback",)))
LANGUAGE = ("Wij leren taal.", GoalChoice("g2", ("taal", "feedback"), ("eigen-a", "klank")))
FUNCTIONS = {"leerkracht": "Leerkrachten", "onderwijsassistent": "Onderwijsassistenten"}


def read(advice: Advice | None = None, **values: Any) -> ReadAdvice:
    fields: dict[str, Any] = {
        "advice": advice or small_advice(),
        "goals": [FEEDBACK, LANGUAGE],
        "answers": {},
        "functions": FUNCTIONS,
        "titles": {"eigen-a": "Eigen A", "klank": "Klank"},
    }
    return read_advice(**fields | values)


def courses(found: ReadAdvice) -> dict[str, tuple[list[str], list[str]]]:
    return {
        goal.title: (
            [one.item.course for one in goal.courses],
            [one.item.course for one in goal.locked],
        )
        for goal in found.goals
    }


def test_every_course_stands_with_the_first_goal_that_it_serves() -> None:
    found = read()
    assert courses(found) == {
        "Wij leren feedback geven.": (["lezen", "kijken", "samen", "ster"], ["duur"]),
        "Wij leren taal.": (["klank"], []),
    }
    assert len(found.goals[1].counted_before) == 5
    assert found.goals[1].picked == ("Eigen A",)
    [both] = [one for one in found.goals[0].courses if one.item.course == "samen"]
    assert both.also_for == ("Wij leren taal.",)


def test_the_words_for_whom_and_how_long() -> None:
    told = {one.item.course: (one.audience, one.time) for one in read().goals[0].courses}
    assert told["samen"] == ("iedereen", "20 minuten (aanname)")
    assert told["lezen"][0] == "leerkrachten"
    assert told["kijken"][0] == "onderwijsassistenten"


def test_a_title_says_its_kind() -> None:
    advice = small_advice()
    podcast = replace(item_of(advice, "samen"), kind=CourseKind.PODCAST)
    items = tuple(podcast if item.course == "samen" else item for item in advice.items)
    goals = read(replace(advice, items=items)).goals
    [told] = [one.title for one in goals[0].courses if one.item.course == "samen"]
    assert told == f"{podcast.title} (podcast)"
    assert told in goals[1].counted_before


def test_what_serves_no_goal_comes_last_without_a_title() -> None:
    found = read(goals=[("Wij leren taal.", GoalChoice("g2", ("taal",)))])
    assert [goal.title for goal in found.goals] == ["Wij leren taal.", ""]
    assert courses(found)[""] == (["lezen", "kijken", "ster"], ["duur"])


def test_a_trainer_may_name_the_goal() -> None:
    advice = small_advice()
    named = replace(
        item_of(advice, "lezen"), interventions=(), goal_reasons=(GoalReason("g2", (), True),)
    )
    items = tuple(named if item.course == "lezen" else item for item in advice.items)
    found = read(replace(advice, items=items))
    assert "lezen" in courses(found)["Wij leren taal."][0]


def test_without_offer_there_are_activities_instead() -> None:
    goal = ("Wij leren iets zonder cursus.", GoalChoice("g1", ("leeg",)))
    [found] = read(small_advice("leeg"), goals=[goal]).goals
    assert found.without_course
    assert not read().goals[0].without_course


def test_activities_are_told_once() -> None:
    goals = read(goals=[FEEDBACK, ("Nog eens.", GoalChoice("g2", ("feedback",)))]).goals
    told = [one.slug for goal in goals for one in goal.activities]
    assert len(told) == len(set(told))


def test_what_is_declined_is_not_needed_and_something_else_may_be() -> None:
    whole = read()
    assert (whole.taken, whole.declined, whole.needed) == (5, 0, 1)
    assert whole.times == (
        PersonTime("Leerkrachten", "20 minuten", "2 uur 20 min"),
        PersonTime("Onderwijsassistenten", "20 minuten", "1 uur 20 min"),
    )
    found = read(answers={"samen": Answer(False, "Al gedaan.")})
    assert (found.taken, found.declined) == (4, 1)
    assert found.needed == 3
    [gone] = [one for one in found.goals[0].courses if one.item.course == "samen"]
    assert gone.answer == Answer(False, "Al gedaan.")
    needed = {
        one.item.course
        for goal in found.goals
        for one in goal.courses
        if one.item.in_smallest_set and not one.answer.declined
    }
    assert needed == {"lezen", "kijken", "klank"}
