"""Pairs for lesson visits: a ring of visits without a single clash."""

from dataclasses import replace
from datetime import date, time, timedelta
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routekaart.domain.best_assignment import best_assignment
from routekaart.domain.calendar import Region, SchoolYear
from routekaart.domain.lesson_visit_pairs import (
    Unpaired,
    VisitRound,
    WhyNot,
    Window,
    suggest_visits,
)
from routekaart.domain.people import Leave, Member, is_present
from routekaart.domain.school_holidays import school_calendar
from routekaart.domain.visit_times import (
    Colleague,
    Moment,
    Taken,
    TakenBy,
    clash_sentence,
    first_clash,
)

CALENDAR = school_calendar(SchoolYear(2026), Region.NOORD)
MONDAY = date(2026, 9, 7)
WINDOW = Window(MONDAY, weeks=4, minutes=45)


def colleague(
    number: int,
    *taken: Taken,
    days: tuple[int, ...] = (1, 2, 3, 4, 5),
    leave: tuple[Leave, ...] = (),
) -> Colleague:
    member = Member(id=f"p{number}", name=f"Naam {number:02}", working_days=days, leave=leave)
    return Colleague(member, taken)


def suggested(*people: Colleague, window: Window = WINDOW) -> VisitRound:
    return suggest_visits(people, calendar=CALENDAR, window=window)


def pairs(found: VisitRound) -> set[tuple[str, str]]:
    return {(visit.visitor, visit.host) for visit in found.visits}


@given(
    st.integers(0, 5).flatmap(
        lambda size: st.lists(
            st.lists(st.integers(0, 30), min_size=size, max_size=size), min_size=size, max_size=size
        )
    )
)
@settings(max_examples=60, deadline=None)
def test_no_assignment_is_cheaper(costs: list[list[int]]) -> None:
    found = best_assignment(costs)
    assert sorted(found) == list(range(len(costs)))
    assert sum(costs[row][column] for row, column in enumerate(found)) == min(
        sum(costs[row][column] for row, column in enumerate(order))
        for order in permutations(range(len(costs)))
    )


def test_an_odd_number_makes_one_ring_spread_over_the_weeks() -> None:
    found = suggested(*(colleague(number) for number in range(5)))
    assert found.unpaired == ()
    assert pairs(found) == {(f"p{number}", f"p{(number + 1) % 5}") for number in range(5)}
    mondays = [
        visit.moment.date - timedelta(days=visit.moment.date.weekday()) for visit in found.visits
    ]
    assert sorted(mondays.count(MONDAY + timedelta(weeks=week)) for week in range(4)) == [
        1,
        1,
        1,
        2,
    ]


def test_who_cannot_be_paired_is_told_why() -> None:
    away = Leave(MONDAY, MONDAY + timedelta(weeks=6))
    assert suggested(colleague(1)) == VisitRound((), (Unpaired("p1", WhyNot.ALONE),))
    assert suggested() == VisitRound((), ())
    found = suggested(
        colleague(1, days=(1,)),
        colleague(2, days=(1,)),
        colleague(3, days=(2,)),
        colleague(4, leave=(away,)),
    )
    assert pairs(found) == {("p1", "p2"), ("p2", "p1")}
    assert found.unpaired == (
        Unpaired("p3", WhyNot.NO_SHARED_TIME),
        Unpaired("p4", WhyNot.NOT_THERE),
    )


def test_two_people_need_two_moments() -> None:
    once = Window(MONDAY, weeks=1, minutes=45, starts=(time(9),))
    people = (colleague(1, days=(1,)), colleague(2, days=(1,)))
    assert suggested(*people, window=once) == VisitRound(
        (), (Unpaired("p1", WhyNot.LEFT_OVER), Unpaired("p2", WhyNot.LEFT_OVER))
    )


def test_a_longer_ring_where_the_short_way_has_no_time() -> None:
    """Who shares just one moment with the neighbour goes round another way."""
    once = Window(MONDAY, weeks=1, minutes=45, starts=(time(9),))
    people = [colleague(n, days=days) for n, days in enumerate([(1, 2), (1, 3), (2, 3)])]
    found = suggested(*people, window=once)
    assert found.unpaired == ()
    assert len(found.visits) == 3


@pytest.mark.parametrize(
    ("taken", "clash"),
    [
        (Taken(MONDAY, TakenBy.LESSON_VISIT, time(8, 15), 45), False),
        (Taken(MONDAY, TakenBy.LESSON_VISIT, time(8, 16), 45), True),
        (Taken(MONDAY, TakenBy.LESSON_VISIT, time(9, 45), 45), False),
        (Taken(MONDAY, TakenBy.LESSON_VISIT, time(9), 45), True),
        (Taken(MONDAY, TakenBy.STUDY_DAY), True),
        # Nobody knows at what time it is.
        (Taken(MONDAY, TakenBy.MEETING), False),
        (Taken(MONDAY, TakenBy.MEETING, time(9, 30), 60), True),
        (Taken(MONDAY + timedelta(days=1), TakenBy.STUDY_DAY), False),
    ],
)
def test_touching_is_no_clash(taken: Taken, clash: bool) -> None:
    found = first_clash(Moment(MONDAY, time(9), 45), [taken])
    assert found == (taken if clash else None)


def test_of_another_team_only_the_hours_are_told() -> None:
    visit = Taken(MONDAY, TakenBy.LESSON_VISIT, time(9), 45)
    assert clash_sentence("Mo Lid", visit) == (
        "Mo Lid is van 09.00 tot 09.45 uur al bezet. Kies een ander moment."
    )
    assert clash_sentence("Mo Lid", replace(visit, own=True)) == (
        "Mo Lid heeft van 09.00 tot 09.45 uur al een lesbezoek. Kies een ander moment."
    )
    assert clash_sentence("Mo Lid", Taken(MONDAY, TakenBy.STUDY_DAY, own=True)) == (
        "Mo Lid heeft de hele dag een studiedag. Kies een ander moment."
    )


_DATES = st.sampled_from([MONDAY + timedelta(days=offset) for offset in range(60)])
_TAKEN = st.builds(
    Taken,
    _DATES,
    st.sampled_from(TakenBy),
    st.sampled_from([None, time(8, 45), time(10, 45), time(15)]),
    st.sampled_from([30, 60, 120]),
)
_PEOPLE = st.lists(
    st.tuples(
        st.lists(_TAKEN, max_size=3),
        st.sets(st.integers(1, 5)),
        st.lists(_DATES.map(lambda day: Leave(day, day + timedelta(days=9))), max_size=1),
    ),
    max_size=7,
).map(
    lambda drawn: [
        colleague(number, *taken, days=tuple(sorted(days)), leave=tuple(leave))
        for number, (taken, days, leave) in enumerate(drawn)
    ]
)
_WINDOWS = st.builds(
    Window,
    _DATES,
    st.integers(1, 6),
    st.sampled_from([20, 45, 100]),
    st.sampled_from([(time(9),), (time(9), time(9, 30)), (time(9), time(10, 30), time(13, 15))]),
)


@given(_PEOPLE, _WINDOWS)
@settings(max_examples=120, deadline=None)
def test_every_round_holds(people: list[Colleague], window: Window) -> None:
    found = suggest_visits(people, calendar=CALENDAR, window=window)
    by_id = {each.member.id: each for each in people}
    visitors = [visit.visitor for visit in found.visits]
    hosts = [visit.host for visit in found.visits]
    # Everyone is in it once on both sides, or is told why not.
    assert sorted(visitors) == sorted(hosts) == sorted(set(visitors))
    assert {*visitors, *(one.person for one in found.unpaired)} == set(by_id)
    assert len(visitors) + len(found.unpaired) == len(by_id)
    for number, visit in enumerate(found.visits):
        moment = visit.moment
        assert visit.visitor != visit.host
        assert CALENDAR.is_open(moment.date)
        assert window.first <= moment.date < window.first + timedelta(weeks=window.weeks)
        assert moment.start in window.starts
        for person in (visit.visitor, visit.host):
            each = by_id[person]
            assert is_present(each.member, moment.date)
            assert first_clash(moment, each.taken) is None
            assert not any(
                item.date == moment.date and item.by is not TakenBy.LESSON_VISIT
                for item in each.taken
            )
        for other in found.visits[:number]:
            if {visit.visitor, visit.host} & {other.visitor, other.host}:
                busy = Taken(
                    other.moment.date, TakenBy.LESSON_VISIT, other.moment.start, window.minutes
                )
                assert first_clash(moment, [busy]) is None
    # The order in which people come makes no difference.
    assert suggest_visits(people[::-1], calendar=CALENDAR, window=window) == found


@given(st.integers(2, 40))
@settings(max_examples=10, deadline=None)
def test_with_time_enough_everyone_is_paired(size: int) -> None:
    found = suggested(*(colleague(number) for number in range(size)))
    assert found.unpaired == ()
    weeks = [visit.moment.date.isocalendar().week for visit in found.visits]
    counts = [weeks.count(week) for week in range(37, 41)]
    assert max(counts) - min(counts) <= 1
