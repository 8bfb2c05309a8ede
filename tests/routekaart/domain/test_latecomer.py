"""What somebody missed, and what is still to come."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from courses.advice import AdviceRequest
from courses.matching import match
from routekaart.domain.assigning import GoalChoice, NewRule
from routekaart.domain.latecomer import (
    Preparing,
    SharedDay,
    courses_for,
    day_package,
    missed_and_coming,
)
from tests.small_catalogue import TODAY as CATALOGUE_DAY
from tests.small_catalogue import catalogue, intervention, mention

SMALL = catalogue(
    intervention(
        "feedback",
        mention("lezen", "leerkracht"),
        mention("kijken", "onderwijsassistent"),
        mention("samen"),
    ),
    intervention("taal", mention("klank", "leerkracht"), mention("dicht", "leerkracht")),
    minutes={"samen": 20, "klank": 20},
    extra_courses=("eigen",),
)
ADVICE = match(
    SMALL,
    AdviceRequest(
        interventions=("feedback", "taal"),
        functions=("leerkracht", "onderwijsassistent"),
        today=CATALOGUE_DAY,
    ),
)
GOALS = (GoalChoice("f", ("feedback",)), GoalChoice("t", ("taal",), ("eigen",)))
PREPARING = Preparing(ADVICE, GOALS)

TODAY = date(2026, 11, 16)
DAY = timedelta(days=1)
SHARED = SharedDay(UUID(int=1), TODAY - 9 * DAY, "ready", goals=("f",))


class TestCourses:
    def test_the_smallest_set_for_its_goals_and_functions(self) -> None:
        assert set(ADVICE.smallest_set) == {"samen", "klank"}
        assert courses_for(PREPARING, {"f"}, ("leerkracht",)) == ("samen",)
        assert courses_for(PREPARING, {"f", "t"}, ("leerkracht",)) == ("samen", "klank", "eigen")
        # What was picked by hand is for everyone, what is advised for who it is meant for.
        assert courses_for(PREPARING, {"t"}, ("onderwijsassistent",)) == ("eigen",)
        assert courses_for(PREPARING, set(), ("leerkracht",)) == ()

    def test_and_what_the_team_was_given(self) -> None:
        given = replace(PREPARING, assigned=frozenset({"lezen", "kijken"}))
        assert courses_for(given, {"f"}, ("leerkracht",)) == ("lezen", "samen")
        assert courses_for(given, {"f"}, ("onderwijsassistent",)) == ("kijken", "samen")
        assert courses_for(given, {"f"}, ()) == ("samen",)

    def test_and_what_who_joins_gets_by_a_rule(self) -> None:
        rules = tuple(
            NewRule(goal, course, function, mandatory=True, reason="omdat: samen")
            for goal, course, function in (
                ("f", "klank", ""),
                ("f", "dicht", "onderwijsassistent"),
                ("t", "samen", ""),
            )
        )
        ruled = replace(PREPARING, rules=rules)
        assert courses_for(ruled, {"f"}, ("leerkracht",)) == ("samen", "klank")
        assert courses_for(ruled, {"f"}, ("onderwijsassistent",)) == ("samen", "klank", "dicht")

    def test_without_advice_only_what_was_picked(self) -> None:
        picked = replace(PREPARING, advice=None)
        assert courses_for(picked, {"f", "t"}, ("leerkracht",)) == ("eigen",)


class TestDay:
    def test_behind_when_closed_or_past(self) -> None:
        assert SHARED.is_behind(TODAY)
        assert not replace(SHARED, on=TODAY).is_behind(TODAY)
        assert replace(SHARED, on=TODAY, state="closed").is_behind(TODAY)

    def test_only_dates_that_are_ahead(self) -> None:
        day = replace(
            SHARED, deadline=TODAY - DAY, follow_up_on=TODAY, evaluation_on=TODAY + 60 * DAY
        )
        package = day_package(day, PREPARING, ("leerkracht",), TODAY)
        assert (package.behind, package.courses) == (True, ("samen",))
        assert (package.deadline, package.follow_up_on, package.evaluation_on) == (
            None,
            TODAY,
            TODAY + 60 * DAY,
        )

    def test_missed_before_joining_and_coming_after_today(self) -> None:
        before, after, coming = (
            replace(SHARED, id=UUID(int=number), on=day)
            for number, day in enumerate((TODAY - 9 * DAY, TODAY - 2 * DAY, TODAY + DAY))
        )
        days = (before, after, coming)
        # Whoever joined on the day itself was there.
        assert missed_and_coming(days, TODAY - 2 * DAY, TODAY) == ((before,), (coming,))
        assert missed_and_coming(days, TODAY - 9 * DAY, TODAY) == ((), (coming,))
        assert missed_and_coming(days, TODAY, TODAY + 2 * DAY) == ((before, after), ())
