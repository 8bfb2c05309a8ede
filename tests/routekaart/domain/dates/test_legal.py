"""Study days that stand against the law: which dates the MR has to agree to."""

from dataclasses import replace
from datetime import date, timedelta

from routekaart.domain.calendar import Region, SchoolYear
from routekaart.domain.dates import TeamDay
from routekaart.domain.dates.legal import DayCheck, legal_checks
from routekaart.domain.dates.situation import OtherTeam, Situation
from routekaart.domain.school_holidays import school_calendar
from tests.routekaart.domain.dates.situations import (
    TUESDAYS,
    afternoon,
    bare,
    free,
    member,
    situation,
)

NEXT_DAY = TUESDAYS[0] + timedelta(days=1)


def told(given: Situation) -> list[tuple[date, str, bool]]:
    return [(one.day.date, one.light.value, one.asks_consent) for one in legal_checks(given)]


def codes(check: DayCheck) -> list[str]:
    return [reason.code.value for reason in check.reasons]


def test_a_single_day_asks_nothing() -> None:
    given = situation(own_days=(*free(TUESDAYS[1]), afternoon(TUESDAYS[0])))
    assert told(given) == [(TUESDAYS[0], "green", False), (TUESDAYS[1], "green", False)]


def test_two_days_in_a_row_are_put_before_the_mr() -> None:
    given = situation(own_days=free(TUESDAYS[0], NEXT_DAY))
    assert told(given) == [(TUESDAYS[0], "amber", True), (NEXT_DAY, "amber", True)]
    # Why, and nothing else of such a date.
    assert [[one.code.value for one in each.telling] for each in legal_checks(given)] == [
        ["three_day_week_team_meeting"]
    ] * 2


def test_what_is_not_allowed_no_consent_makes_good() -> None:
    others = (OtherTeam("Bovenbouw", free(TUESDAYS[0])),)
    given = situation(own_days=free(NEXT_DAY), others=others)
    assert told(given) == [(NEXT_DAY, "red", False)]


def test_in_secondary_schools_the_mr_agrees_to_each_day_without_lessons() -> None:
    years = (1, 2)
    given = situation(sector="vo", own_days=free(TUESDAYS[0], groups=years))
    assert told(given) == [(TUESDAYS[0], "green", True)]
    assert told(replace(given, own_days=(TeamDay(TUESDAYS[0]),))) == [(TUESDAYS[0], "green", False)]
    # Also where something else asks for attention.
    unknown = replace(given, calendar=replace(bare(), holidays_published=False))
    [check] = legal_checks(unknown)
    assert (check.light.value, check.asks_consent) == ("amber", True)
    assert [one.code.value for one in check.telling] == codes(check)


def test_a_closed_day_says_only_that() -> None:
    given = situation(own_days=free(date(2026, 12, 25)))
    [check] = legal_checks(given)
    assert (codes(check), check.light.value) == (["school_closed"], "red")


def test_people_and_what_has_passed_do_not_matter() -> None:
    # A part-timer who would come back, a weekday that is used often, and another team that day.
    given = situation(
        own_days=free(TUESDAYS[0], TUESDAYS[1], TUESDAYS[2]),
        members=(member("a", 1, 3), member("b", 1, 3)),
        others=(OtherTeam("Bovenbouw", (TeamDay(TUESDAYS[0]),), frozenset({"a"})),),
        today=date(2027, 6, 1),
    )
    assert {code for check in legal_checks(given) for code in codes(check)} == {
        "four_day_weeks_fit"
    }


def test_nothing_to_check() -> None:
    assert legal_checks(situation(calendar=school_calendar(SchoolYear(2026), Region.ZUID))) == ()
