"""The light of a date: closed days, what is not known yet, and an answer that never wavers."""

import random
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routekaart.domain.calendar import Override, Region, SchoolYear
from routekaart.domain.dates import (
    Light,
    OtherTeam,
    Situation,
    TeamDay,
    Wish,
    advise,
    study_day_findings,
    suggest,
    weekday_views,
)
from routekaart.domain.people import FULL_WEEK
from routekaart.domain.planner.problem import StudyDayKind
from routekaart.domain.school_holidays import school_calendar
from tests.routekaart.domain.dates.situations import (
    NOORD,
    TUESDAYS,
    UPPER,
    advice,
    afternoon,
    codes,
    free,
    member,
    situation,
    text,
)


class TestClosedDays:
    @pytest.mark.parametrize(
        ("day", "code", "words", "source"),
        [
            (
                date(2026, 10, 13),
                "school_closed",
                "(Herfstvakantie)",
                "Rijksoverheid, schoolvakanties",
            ),
            (date(2027, 5, 6), "school_closed", "Hemelvaart", "Rijksoverheid, schoolvakanties"),
            (date(2026, 11, 20), "school_closed", "(Sint)", "Kalender van jullie school"),
            (date(2026, 9, 5), "weekend", "weekend", "Kalender van jullie school"),
            (
                date(2027, 8, 1),
                "outside_school_year",
                "2026-2027",
                "Kalender van jullie school",
            ),
        ],
    )
    def test_red_says_what_closes_it(self, day: date, code: str, words: str, source: str) -> None:
        own_day_off = Override(date(2026, 11, 20), date(2026, 11, 20), "Sint")
        calendar = school_calendar(SchoolYear(2026), Region.NOORD, overrides=[own_day_off])
        found = advice(
            situation(calendar=calendar, members=(member("a", 1),)), TeamDay(day, free_groups=UPPER)
        )
        [only] = found.reasons
        assert (found.light, only.code.value, only.light) == (Light.RED, code, Light.RED)
        assert words in only.text
        assert only.source == source
        assert found.part_timers == ()

    def test_a_date_that_has_passed(self) -> None:
        for today, expected in (
            (date(2026, 9, 2), {"in_past": "red"}),
            (date(2026, 9, 1), {"no_free_groups": "green", "weekday_fits": "green"}),
        ):
            assert codes(advice(situation(today=today), TeamDay(TUESDAYS[0]))) == expected

    def test_past_and_closed_are_both_told(self) -> None:
        found = advice(situation(today=date(2026, 12, 1)), TeamDay(date(2026, 10, 13)))
        assert codes(found) == {"in_past": "red", "school_closed": "red"}

    def test_a_day_that_the_school_opens_after_all(self) -> None:
        opened = Override(date(2026, 10, 13), date(2026, 10, 13), "Toch open", closed=False)
        calendar = school_calendar(SchoolYear(2026), Region.NOORD, overrides=[opened])
        found = advice(situation(calendar=calendar), TeamDay(date(2026, 10, 13)))
        assert found.light is Light.GREEN

    def test_a_year_of_which_the_holidays_are_not_published(self) -> None:
        calendar = school_calendar(SchoolYear(2035), Region.ZUID)
        found = advice(situation(calendar=calendar), TeamDay(date(2035, 9, 4)))
        assert (found.light, codes(found)["holidays_not_published"]) == (Light.AMBER, "amber")
        assert text(found, "holidays_not_published") == (
            "De schoolvakanties van 2035-2036 zijn nog niet gepubliceerd. Kijk later nog eens of "
            "de school op deze datum open is."
        )


class TestWeekdays:
    def test_where_the_study_days_fall(self) -> None:
        own = (TeamDay(TUESDAYS[1]), afternoon(date(2026, 11, 5)))
        found = advice(situation(own_days=own), TeamDay(date(2026, 9, 2)))
        assert text(found, "weekday_fits") == (
            "Van de 3 studiedagen in dit schooljaar valt er 1 op een woensdag (aanname)."
        )

    def test_too_often_on_one_weekday(self) -> None:
        found = advice(situation(own_days=(TeamDay(TUESDAYS[1]),)), TeamDay(TUESDAYS[0]))
        assert codes(found)["weekday_used_often"] == "amber"
        assert text(found, "weekday_used_often") == (
            "Met deze dag vallen 2 van de 2 studiedagen in dit schooljaar op een dinsdag. Wissel "
            "van weekdag: kies liever een maandag, woensdag, donderdag of vrijdag (aanname)."
        )

    def test_a_date_that_is_a_study_day_already_reads_the_same(self) -> None:
        own = (TeamDay(TUESDAYS[0]), TeamDay(TUESDAYS[1]))
        found = advice(situation(own_days=own), TeamDay(TUESDAYS[0]))
        assert text(found, "weekday_used_often").startswith(
            "Met deze dag vallen 2 van de 2 studiedagen in dit schooljaar op een dinsdag. "
        )

    def test_views(self) -> None:
        own = (TeamDay(TUESDAYS[1]), TeamDay(TUESDAYS[2], fixed=False))
        assert [view.study_days for view in weekday_views(situation(own_days=own))] == [
            0,
            1,
            0,
            0,
            0,
        ]


def test_a_day_that_is_there_already_is_not_counted_twice() -> None:
    own = free(*TUESDAYS[:7])
    there = advice(situation(own_days=own), own[0])
    assert codes(there)["study_day_already_there"] == "green"
    assert codes(there)["four_day_weeks_full"] == "amber"
    assert "four_day_weeks_exceeded" not in codes(there)


def test_every_date_is_looked_at_by_itself_and_in_the_order_asked() -> None:
    asked = free(*TUESDAYS)
    found = advise(situation(), reversed(asked))
    assert [item.day for item in found] == list(reversed(asked))
    assert {item.light for item in found} == {Light.GREEN}
    assert all(codes(item)["four_day_weeks_fit"] == "green" for item in found)


def test_the_light_is_that_of_the_heaviest_reason_which_comes_first() -> None:
    own = (*free(*TUESDAYS[:7]), TeamDay(date(2026, 9, 8)))
    found = advice(situation(own_days=own), *free(TUESDAYS[7]))
    lights = [item.light for item in found.reasons]
    assert (found.light, lights[0]) == (Light.RED, Light.RED)
    assert lights == sorted(lights, key=[Light.RED, Light.AMBER, Light.GREEN].index)


_SOME = st.sampled_from([*TUESDAYS[:3], date(2026, 9, 3), date(2026, 9, 4), date(2026, 10, 13)])
_DAYS = st.lists(
    st.builds(
        TeamDay,
        date=_SOME,
        kind=st.sampled_from(StudyDayKind),
        free_groups=st.sampled_from([(), (3,), UPPER]),
        minutes=st.sampled_from([None, 60, 360]),
        resources=st.sampled_from([(), ("room:aula",)]),
        fixed=st.booleans(),
    ),
    max_size=4,
    unique_by=lambda day: day.date,
)
_MEMBERS = st.lists(
    st.builds(
        lambda number, days: member(f"m{number}", *sorted(days)),
        st.integers(0, 30),
        st.sets(st.sampled_from(FULL_WEEK)),
    ),
    max_size=5,
    unique_by=lambda person: person.id,
)


@st.composite
def situations(draw: st.DrawFn) -> Situation:
    members = tuple(draw(_MEMBERS))
    ids = [person.id for person in members]
    shared = st.frozensets(st.sampled_from(ids)) if ids else st.just(frozenset[str]())
    return situation(
        sector=draw(st.sampled_from(["po", "sbo", "so", "vo"])),
        members=members,
        own_days=tuple(draw(_DAYS)),
        others=tuple(
            OtherTeam(f"Team {number}", tuple(draw(_DAYS)), draw(shared))
            for number in range(draw(st.integers(0, 3)))
        ),
        today=draw(st.sampled_from([None, date(2026, 9, 2)])),
    )


def shuffled(given_now: Situation, seed: int) -> Situation:
    """The same situation with every row at another place."""
    chance = random.Random(seed)  # noqa: S311  (an order for a test, no secret)

    def mixed(rows: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(chance.sample(rows, len(rows)))

    return replace(
        given_now,
        members=mixed(given_now.members),
        own_days=mixed(given_now.own_days),
        others=tuple(replace(team, days=mixed(team.days)) for team in mixed(given_now.others)),
        rules=mixed(given_now.rules),
    )


@settings(max_examples=300, deadline=None)
@given(situations(), _DAYS, st.integers())
def test_the_order_of_rows_never_matters(
    given_now: Situation, asked: list[TeamDay], seed: int
) -> None:
    other = shuffled(given_now, seed)
    assert advise(given_now, asked) == advise(other, asked)
    assert weekday_views(given_now) == weekday_views(other)
    assert study_day_findings(given_now) == study_day_findings(other)


@settings(max_examples=60, deadline=None)
@given(situations(), st.integers(), st.integers(1, 4))
def test_nor_for_suggestions(given_now: Situation, seed: int, count: int) -> None:
    wish = Wish(date(2026, 8, 24), date(2026, 9, 25), count, TeamDay(date(2026, 8, 24)))
    found = suggest(given_now, wish)
    assert found == suggest(shuffled(given_now, seed), wish)
    assert len(found) <= count
    assert not any(item.light is Light.RED for item in found)
    assert len({item.day.date for item in found}) == len(found)
    assert all(NOORD.is_open(item.day.date) for item in found)


@settings(max_examples=200, deadline=None)
@given(situations(), _DAYS)
def test_every_reason_has_a_source_and_an_assumption_says_so(
    given_now: Situation, asked: list[TeamDay]
) -> None:
    for found in advise(given_now, asked):
        assert found.reasons
        for item in found.reasons:
            assert item.source
            assert item.text.endswith(".")
            assert item.source != "aanname" or "aanname" in item.text
