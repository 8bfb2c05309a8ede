"""Short weeks of pupils: what counts, how many there may be, and what the exceptions are."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routekaart.domain.calendar import Override, Region, SchoolYear
from routekaart.domain.dates import OtherTeam, RuleSlug, TeamDay, with_own_numbers
from routekaart.domain.dates.school_weeks import free_dates, school_weeks
from routekaart.domain.dates.week_rules import four_day_counts
from routekaart.domain.planner.problem import StudyDayKind
from routekaart.domain.school_holidays import school_calendar
from tests.routekaart.domain.dates.situations import (
    NOORD,
    TUESDAYS,
    UPPER,
    advice,
    afternoon,
    bare,
    free,
    situation,
    text,
    week_codes,
)


def test_the_count_is_told_with_this_date() -> None:
    given_days = situation(own_days=free(*TUESDAYS[:2]))
    found = advice(given_days, *free(TUESDAYS[2]))
    assert week_codes(found) == {"four_day_weeks_fit": "green"}
    assert text(found, "four_day_weeks_fit") == (
        "Met deze dag hebben groep 3 tot en met 8 dit schooljaar 3 weken van vier dagen van de "
        "hoogstens 7."
    )


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (5, {"four_day_weeks_fit": "green"}),
        (6, {"four_day_weeks_full": "amber"}),
        (7, {"four_day_weeks_exceeded": "red"}),
    ],
)
def test_at_most_seven(before: int, expected: dict[str, str]) -> None:
    days = (*TUESDAYS, date(2027, 6, 29))
    given_days = situation(own_days=free(*days[:before]))
    assert week_codes(advice(given_days, *free(days[before]))) == expected


def test_each_year_group_has_its_own_count() -> None:
    own = (*free(*TUESDAYS[:7], groups=(5,)), *free(date(2027, 4, 13), groups=(3, 4)))
    given_days = situation(own_days=own)
    found = advice(given_days, *free(TUESDAYS[7], groups=(3, 4, 5)))
    assert week_codes(found) == {"four_day_weeks_exceeded": "red"}
    assert text(found, "four_day_weeks_exceeded").startswith(
        "Met deze dag heeft groep 5 dit schooljaar 8 weken van vier dagen; er mogen er 7 zijn."
    )
    assert week_codes(advice(given_days, *free(TUESDAYS[7], groups=(3, 4)))) == {
        "four_day_weeks_fit": "green"
    }


def test_days_of_other_teams_count_for_the_groups_that_they_free() -> None:
    others = (OtherTeam("Bovenbouw", free(*TUESDAYS[:7], groups=(7, 8))),)
    given_days = situation(others=others)
    assert week_codes(advice(given_days, *free(TUESDAYS[7], groups=(3, 8)))) == {
        "four_day_weeks_exceeded": "red"
    }
    assert week_codes(advice(given_days, *free(TUESDAYS[7], groups=(3, 4)))) == {
        "four_day_weeks_fit": "green"
    }


def test_a_date_on_which_the_groups_are_free_already_adds_no_short_week() -> None:
    others = (OtherTeam("Bovenbouw", free(*TUESDAYS)),)
    found = advice(situation(others=others), *free(TUESDAYS[0]))
    assert week_codes(found) == {"four_day_weeks_fit": "green"}
    assert "er komt geen week van vier dagen bij" in text(found, "four_day_weeks_fit")


def test_a_candidate_of_the_team_does_not_count_until_it_stands() -> None:
    own = tuple(replace(day, fixed=False) for day in free(*TUESDAYS[:7]))
    assert week_codes(advice(situation(own_days=own), *free(TUESDAYS[7]))) == {
        "four_day_weeks_fit": "green"
    }


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (afternoon(TUESDAYS[0], free_groups=UPPER), {"afternoon_keeps_the_week": "green"}),
        (TeamDay(TUESDAYS[0], free_groups=(1, 2)), {"groups_without_week_rule": "green"}),
        (TeamDay(TUESDAYS[0]), {"no_free_groups": "green"}),
    ],
)
def test_what_makes_no_week_short(day: TeamDay, expected: dict[str, str]) -> None:
    own = free(*(other for other in TUESDAYS if other != day.date))
    assert week_codes(advice(situation(own_days=own), day)) == expected


class TestHolidays:
    def test_a_week_with_a_public_holiday_does_not_count(self) -> None:
        # Good Friday 26 March 2027: Thursday lies beside it, Tuesday does not.
        full = situation(own_days=free(*TUESDAYS[:7]))
        assert week_codes(advice(full, *free(date(2027, 3, 25)))) == {
            "three_day_week_beside_holiday": "amber",
            "week_has_public_holiday": "green",
        }
        found = advice(full, *free(date(2027, 3, 23)))
        assert week_codes(found) == {"three_day_week": "red", "week_has_public_holiday": "green"}
        assert "(Goede vrijdag)" in text(found, "week_has_public_holiday")

    def test_a_holiday_on_which_the_school_works_shortens_nothing(self) -> None:
        calendar = school_calendar(SchoolYear(2026), Region.NOORD, free_on_good_friday=False)
        assert week_codes(advice(situation(calendar=calendar), *free(date(2027, 3, 23)))) == {
            "four_day_weeks_fit": "green"
        }

    def test_a_second_may_week_is_no_short_week(self) -> None:
        second = Override(date(2027, 5, 10), date(2027, 5, 14), "Tweede meivakantie")
        calendar = school_calendar(SchoolYear(2026), Region.NOORD, overrides=[second])
        longer = situation(calendar=calendar, own_days=free(*TUESDAYS[:3]))
        assert four_day_counts(longer, school_weeks(calendar), TUESDAYS[0]) == dict.fromkeys(
            UPPER, 3
        )
        found = advice(longer, *free(date(2027, 5, 11)))
        assert [item.code.value for item in found.reasons] == ["school_closed"]

    def test_a_day_off_that_the_school_gives_itself_counts_and_says_so(self) -> None:
        calendar = school_calendar(
            SchoolYear(2026),
            Region.NOORD,
            overrides=[Override(date(2026, 11, 20), date(2026, 11, 20), "Sint komt")],
        )
        found = advice(situation(calendar=calendar), *free(TUESDAYS[0]))
        assert text(found, "four_day_weeks_fit") == (
            "Met deze dag hebben groep 3 tot en met 8 dit schooljaar 2 weken van vier dagen van de "
            "hoogstens 7. Weken met een eigen vrije dag van de school zijn meegeteld (aanname)."
        )

    def test_a_year_without_published_holidays(self) -> None:
        calendar = school_calendar(SchoolYear(2035), Region.ZUID)
        assert calendar.holidays_published is False
        # King's Day 2036 is moved to Saturday 26 April; Ascension Day is Thursday 22 May: public
        # holidays are always known.
        found = advice(situation(calendar=calendar), *free(date(2036, 5, 20)))
        assert week_codes(found)["week_has_public_holiday"] == "green"
        assert week_codes(advice(situation(calendar=calendar), *free(date(2035, 9, 4)))) == {
            "four_day_weeks_fit": "green"
        }


class TestThreeDays:
    def test_a_second_day_in_a_week(self) -> None:
        one = situation(own_days=free(TUESDAYS[0]))
        found = advice(one, *free(TUESDAYS[0] + timedelta(days=2)))
        assert week_codes(found) == {"three_day_week": "red", "four_day_weeks_fit": "green"}
        assert text(found, "three_day_week") == (
            "Voor groep 3 tot en met 8 houdt deze week 3 lesdagen over. Dat is in principe niet "
            "toegestaan: kies een andere week."
        )

    def test_two_days_in_a_row_of_the_team_itself_may_with_the_mr(self) -> None:
        beside = free(TUESDAYS[0] + timedelta(days=1))
        found = advice(situation(own_days=free(TUESDAYS[0])), *beside)
        assert week_codes(found) == {
            "three_day_week_team_meeting": "amber",
            "four_day_weeks_fit": "green",
        }
        others = (OtherTeam("Bovenbouw", free(TUESDAYS[0])),)
        assert week_codes(advice(situation(others=others), *beside)) == {
            "three_day_week": "red",
            "four_day_weeks_fit": "green",
        }

    def test_a_third_day_never(self) -> None:
        days = [TUESDAYS[0] + timedelta(days=offset) for offset in (0, 1, 2)]
        found = advice(situation(own_days=free(*days[:2])), *free(days[2]))
        assert "houdt deze week 2 lesdagen over" in text(found, "three_day_week")
        assert found.light.value == "red"

    def test_only_the_groups_that_lose_days(self) -> None:
        one = situation(own_days=free(TUESDAYS[0], groups=(3,)))
        found = advice(one, *free(TUESDAYS[0] + timedelta(days=2), groups=(3, 8)))
        assert text(found, "three_day_week").startswith("Voor groep 3 houdt")

    def test_a_week_with_nothing_left(self) -> None:
        days = [TUESDAYS[0] + timedelta(days=offset) for offset in (-1, 0, 1, 2, 3)]
        found = advice(situation(own_days=free(*days[:4])), *free(days[4]))
        assert "houdt deze week geen lesdagen over" in text(found, "three_day_week")


def test_short_weeks_that_pile_up_are_told() -> None:
    close = [date(2026, 11, 3), date(2026, 11, 12)]
    piled = advice(situation(own_days=free(*close)), *free(date(2026, 11, 25)))
    assert week_codes(piled) == {"four_day_weeks_bunched": "amber", "four_day_weeks_fit": "green"}
    assert text(piled, "four_day_weeks_bunched") == (
        "Voor groep 3 tot en met 8 komen er zo 3 weken van vier dagen in 6 lesweken achter elkaar. "
        "Verdeel ze over het jaar (aanname)."
    )
    later = advice(situation(own_days=free(*close)), *free(date(2026, 12, 16)))
    assert week_codes(later) == {"four_day_weeks_fit": "green"}


def test_weeks_of_holiday_do_not_keep_short_weeks_apart() -> None:
    # The autumn holiday lies between: six school weeks are seven weeks here.
    days = [date(2026, 9, 30), date(2026, 10, 7)]
    found = advice(situation(own_days=free(*days)), *free(date(2026, 11, 10)))
    assert "four_day_weeks_bunched" in week_codes(found)


class TestEdgesOfTheCalendar:
    def test_a_week_over_new_year_is_one_week(self) -> None:
        # Thursday 1 January 2032, in a year in which nothing is closed.
        calendar = bare(2031)
        over = situation(calendar=calendar, own_days=free(date(2031, 12, 30)))
        counts = four_day_counts(over, school_weeks(calendar), date(2032, 1, 2))
        assert counts == dict.fromkeys(UPPER, 1)
        found = advice(over, *free(date(2032, 1, 2)))
        assert week_codes(found) == {"three_day_week": "red", "four_day_weeks_fit": "green"}

    def test_week_53_comes_between_52_and_1(self) -> None:
        # 2026 has 53 weeks: 28 December 2026 to 3 January 2027 is the last.
        calendar = bare(2026)
        assert date(2026, 12, 30).isocalendar().week == 53
        three = free(date(2026, 12, 22), date(2026, 12, 30), date(2027, 1, 5))
        weeks = school_weeks(calendar)
        assert weeks.short(free_dates(three, 3)) == {
            date(2026, 12, 21),
            date(2026, 12, 28),
            date(2027, 1, 4),
        }
        found = advice(situation(calendar=calendar, own_days=three[:2]), three[2])
        assert week_codes(found) == {
            "four_day_weeks_bunched": "amber",
            "four_day_weeks_fit": "green",
        }

    def test_29_february_is_a_day_like_any_other(self) -> None:
        calendar = school_calendar(SchoolYear(2027), Region.NOORD)
        leap = situation(calendar=calendar, own_days=free(date(2028, 3, 1)))
        assert week_codes(advice(leap, *free(date(2028, 2, 29)))) == {
            "three_day_week_team_meeting": "amber",
            "four_day_weeks_fit": "green",
        }

    def test_the_weeks_at_both_ends_of_a_year_are_not_short_by_the_other_year(self) -> None:
        # 1 August 2031 is a Friday, 31 July 2032 a Saturday; in 2029-2030 the year ends midweek.
        first = situation(calendar=bare(2031))
        assert week_codes(advice(first, *free(date(2031, 8, 1)))) == {"four_day_weeks_fit": "green"}
        last = situation(calendar=bare(2029))
        assert week_codes(advice(last, *free(date(2030, 7, 31)))) == {"four_day_weeks_fit": "green"}


class TestOtherSectors:
    def test_sbo_is_like_primary_and_so_has_no_rule_of_ours(self) -> None:
        for sector, expected in (("sbo", {"four_day_weeks_exceeded": "red"}), ("so", {})):
            given_days = situation(sector=sector, own_days=free(*TUESDAYS[:7]))
            assert week_codes(advice(given_days, *free(TUESDAYS[7]))) == expected

    def test_secondary_counts_days_without_lessons(self) -> None:
        days = [TUESDAYS[0] + timedelta(days=offset) for offset in (0, 1)]
        found = advice(
            situation(sector="vo", own_days=free(days[0], groups=(1, 2))),
            *free(days[1], groups=(2, 3)),
        )
        assert week_codes(found) == {"free_days_fit": "green"}
        assert text(found, "free_days_fit") == (
            "Roostervrije dagen voor leerjaar 2: met deze dag 2 van de hoogstens 12. De MR stemt "
            "in met de roostervrije dagen. We tellen alleen de studiedagen die hier staan "
            "(aanname)."
        )

    def test_secondary_past_twelve(self) -> None:
        open_days = [day for day in NOORD.open_days if day >= date(2026, 9, 1)]
        own = free(*open_days[:12], groups=(4,))
        found = advice(situation(sector="vo", own_days=own), *free(open_days[20], groups=(4,)))
        assert week_codes(found) == {"free_days_exceeded": "red"}

    def test_secondary_with_lessons_as_usual(self) -> None:
        vo = situation(sector="vo")
        assert week_codes(advice(vo, TeamDay(TUESDAYS[0]))) == {"no_free_groups": "green"}
        assert week_codes(advice(vo, afternoon(TUESDAYS[0]))) == {
            "afternoon_keeps_the_week": "green"
        }


def test_a_school_may_agree_on_another_number() -> None:
    rules = with_own_numbers({RuleSlug.FOUR_DAY_WEEKS: 2})
    own = situation(own_days=free(*TUESDAYS[:2]), rules=rules)
    found = advice(own, *free(TUESDAYS[2]))
    assert week_codes(found) == {"four_day_weeks_exceeded": "red"}
    [about] = [item for item in found.reasons if item.code.value == "four_day_weeks_exceeded"]
    assert (
        about.source == "Eigen afspraak; Rijksoverheid, schooltijden en lesuren op de basisschool"
    )


_DAYS = st.builds(
    TeamDay,
    date=st.sampled_from(NOORD.open_days) | st.dates(date(2026, 8, 1), date(2027, 7, 31)),
    kind=st.sampled_from(StudyDayKind),
    free_groups=st.sets(st.integers(1, 8)).map(lambda groups: tuple(sorted(groups))),
)


@settings(max_examples=500, deadline=None)
@given(st.lists(_DAYS, max_size=12), _DAYS, st.booleans())
def test_another_study_day_never_makes_fewer_short_weeks(
    days: list[TeamDay], extra: TeamDay, of_other_team: bool
) -> None:
    others = (OtherTeam("Bovenbouw", tuple(days)),) if of_other_team else ()
    before = situation(own_days=() if of_other_team else tuple(days), others=others)
    weeks = school_weeks(NOORD)
    counts = four_day_counts(before, weeks, TUESDAYS[0])
    more = four_day_counts(before.with_day(extra), weeks, TUESDAYS[0])
    assert all(counts[group] <= more[group] <= counts[group] + 1 for group in UPPER)
    if extra.kind is StudyDayKind.AFTERNOON or not NOORD.is_open(extra.date):
        assert more == counts
