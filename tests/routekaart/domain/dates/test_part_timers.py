"""Who comes back on a free day: counted, added up over the year, spread, and never named."""

from datetime import date, time
from decimal import Decimal

import pytest

from routekaart.domain.dates import OffDays, OtherTeam, TeamDay, weekday_views
from routekaart.domain.people import Leave
from tests.routekaart.domain.dates.situations import (
    TUESDAYS,
    advice,
    afternoon,
    codes,
    member,
    situation,
    text,
)

TUESDAY, THURSDAY, FRIDAY = date(2026, 9, 1), date(2026, 9, 3), date(2026, 9, 4)
FULL = member("full", 1, 2, 3, 4, 5)
EARLY = member("early", 1, 2, 3)
LATE = member("late", 3, 4, 5)
THREE = (LATE, FULL, EARLY)


def test_per_part_timer_what_the_date_and_the_year_ask() -> None:
    own = (
        TeamDay(TUESDAYS[1], minutes=420),
        afternoon(TUESDAYS[2]),
        TeamDay(TUESDAYS[3], minutes=420, fixed=False),
    )
    found = advice(
        situation(members=THREE, own_days=own), TeamDay(THURSDAY, start=time(9), minutes=300)
    )
    # An afternoon takes 180 minutes unless somebody said so; the candidate does not count.
    assert found.part_timers == (OffDays("early", 300, 300, 1), OffDays("late", 0, 600, 2))
    assert found.people_back == 1
    assert text(found, "off_day_asked") == (
        "Van de 2 collega’s in deeltijd komt er 1 terug op een vrije dag, 5 uur. Een "
        "woensdag verdeelt het nu het eerlijkst: dan komt niemand terug."
    )


def test_nobody_comes_back_where_everyone_works() -> None:
    found = advice(situation(members=THREE), TeamDay(date(2026, 9, 2)))
    assert (found.people_back, codes(found)["nobody_comes_back"]) == (0, "green")
    assert [item.minutes for item in found.part_timers] == [0, 0]


def test_without_part_timers_there_is_nothing_to_say() -> None:
    people = (
        FULL,
        member("nobody", fte=Decimal(0)),
        member("on-paper", 1, fte=Decimal(0)),
        member("no-days"),
    )
    found = advice(situation(members=people), TeamDay(TUESDAY))
    assert (found.part_timers, found.people_back) == ((), 0)
    assert not {code for code in codes(found) if "off_day" in code or "comes_back" in code}


def test_who_is_on_leave_is_not_asked() -> None:
    away = member("early", 1, 2, 3, leave=(Leave(THURSDAY, THURSDAY),))
    found = advice(
        situation(members=(away,), own_days=(TeamDay(FRIDAY, minutes=60),)),
        TeamDay(THURSDAY, minutes=300),
    )
    assert found.part_timers == (OffDays("early", 0, 60, 1),)


def test_a_day_that_everyone_is_told_of_in_the_year_itself_needs_agreement() -> None:
    spring = advice(situation(members=THREE, today=date(2026, 5, 1)), TeamDay(THURSDAY))
    assert "Het jaar loopt al" not in text(spring, "off_day_asked")
    autumn = advice(situation(members=THREE, today=date(2026, 8, 20)), TeamDay(THURSDAY))
    assert "Het jaar loopt al: spreek het af met wie dan vrij is." in text(autumn, "off_day_asked")


def test_an_assumed_duration_says_so() -> None:
    found = advice(situation(members=THREE), TeamDay(THURSDAY))
    assert "op een vrije dag, 6 uur (aanname)" in text(found, "off_day_asked")


class TestFairness:
    def test_most_of_them_while_another_weekday_asks_fewer(self) -> None:
        people = (member("a", 1, 2), member("b", 1, 2), member("c", 4, 5))
        found = advice(situation(members=people), TeamDay(THURSDAY))
        assert codes(found)["off_day_asked"] == "amber"
        # As many come back on every weekday: then there is no better one.
        even = (member("a", 1, 3, 5), member("b", 2, 4))
        both = advice(situation(members=(*even, member("c", 2, 4, 1, 3, 5))), TeamDay(THURSDAY))
        assert codes(both)["off_day_asked"] == "green"

    def test_twice_on_the_free_day_of_the_same_person(self) -> None:
        people = (member("a", 1, 2, 3, 4), member("b", 2, 3, 4, 5))
        own = (TeamDay(date(2026, 9, 11)),)
        found = advice(situation(members=people, own_days=own), TeamDay(FRIDAY))
        assert codes(found)["off_days_uneven"] == "amber"
        assert text(found, "off_days_uneven") == (
            "Met deze dag komt de een 2 keer op een vrije dag terug en de ander 0 keer. Wissel van "
            "weekdag, bijvoorbeeld met een dinsdag. De grens van 2 is een aanname."
        )
        # A first time for the other one only makes it more even.
        other = advice(situation(members=people, own_days=own), TeamDay(date(2026, 8, 31)))
        assert "off_days_uneven" not in codes(other)

    def test_the_weekday_that_is_fairest_changes_with_what_was_asked(self) -> None:
        people = (member("a", 1, 2, 3, 4), member("b", 1, 2, 3, 4), member("c", 4, 5))

        def fairest(*own: TeamDay) -> list[int]:
            views = weekday_views(situation(members=people, own_days=own))
            return [view.weekday for view in views if view.fairest]

        assert fairest() == [4]
        asked_of_c = [TeamDay(day) for day in TUESDAYS[:2]]
        assert fairest(*asked_of_c) == [4]
        views = weekday_views(situation(members=people, own_days=tuple(asked_of_c)))
        assert [(view.study_days, view.people_back) for view in views] == [
            (0, 1),
            (2, 1),
            (0, 1),
            (0, 0),
            (0, 2),
        ]
        # Without a day for all of them, the one that asks least of who was asked most.
        two = (member("a", 1, 2, 3), member("b", 3, 4, 5, fte=Decimal("0.6")))
        views = weekday_views(situation(members=two, own_days=(TeamDay(THURSDAY), TeamDay(FRIDAY))))
        assert [view.weekday for view in views if view.fairest] == [3]

    def test_no_weekday_is_best_when_it_is_all_one(self) -> None:
        assert not any(view.fairest for view in weekday_views(situation(members=(FULL,))))


class TestTwoTeams:
    def test_days_of_the_other_team_count_for_who_is_in_both(self) -> None:
        other = OtherTeam(
            "Bovenbouw", (TeamDay(date(2026, 9, 10), minutes=120),), frozenset({"early"})
        )
        found = advice(situation(members=THREE, others=(other,)), TeamDay(THURSDAY, minutes=60))
        assert found.part_timers == (OffDays("early", 60, 180, 2), OffDays("late", 0, 0, 0))

    @pytest.mark.parametrize(("theirs", "year"), [(120, 300), (420, 420)])
    def test_two_days_on_one_date_are_one_day_back(self, theirs: int, year: int) -> None:
        other = OtherTeam("Bovenbouw", (TeamDay(THURSDAY, minutes=theirs),), frozenset({"early"}))
        found = advice(situation(members=(EARLY,), others=(other,)), TeamDay(THURSDAY, minutes=300))
        assert found.part_timers == (OffDays("early", 300, year, 1),)


def test_no_text_names_anybody() -> None:
    people = (member("a", 1, 2), member("b", 1, 2), member("c", 4, 5))
    other = OtherTeam("Bovenbouw", (TeamDay(THURSDAY),), frozenset({"a"}))
    own = (TeamDay(date(2026, 9, 10)), TeamDay(date(2026, 9, 17)))
    found = advice(situation(members=people, own_days=own, others=(other,)), TeamDay(THURSDAY))
    assert len(found.reasons) >= 4
    assert not any("Naam" in item.text for item in found.reasons)
