"""The rules as dated data."""

from dataclasses import replace
from datetime import date

import pytest

from routekaart.domain.dates import (
    DATE_RULES,
    DateRule,
    RuleSlug,
    rule_for,
    with_own_numbers,
)
from routekaart.domain.hours import Confidence
from tests.routekaart.domain.dates.situations import TUESDAYS, advice, free, situation, text

SEVEN = next(rule for rule in DATE_RULES if rule.slug is RuleSlug.FOUR_DAY_WEEKS)


def test_every_rule_says_where_it_comes_from_and_how_sure_we_are() -> None:
    assert {rule.slug for rule in DATE_RULES} == set(RuleSlug)
    for rule in DATE_RULES:
        assert rule.source
        assert rule.title
        # An assumption of ours is never sure; whatever has a source is not our assumption.
        assert rule.is_assumption is (rule.confidence is Confidence.C)
        assert rule.valid_from < rule.unverified_since


@pytest.mark.parametrize(
    ("slug", "sector", "number"),
    [
        (RuleSlug.FOUR_DAY_WEEKS, "po", 7),
        (RuleSlug.FOUR_DAY_WEEKS, "sbo", 7),
        (RuleSlug.FOUR_DAY_WEEKS, "so", None),
        (RuleSlug.FOUR_DAY_WEEKS, "vo", None),
        (RuleSlug.THREE_DAY_WEEK, "po", 3),
        (RuleSlug.FREE_DAYS, "vo", 12),
        (RuleSlug.FREE_DAYS, "po", None),
        (RuleSlug.PART_TIMERS, "vo", 0),
    ],
)
def test_which_rule_holds_where(slug: RuleSlug, sector: str, number: int | None) -> None:
    rule = rule_for(slug, sector=sector, on=TUESDAYS[0])
    assert (rule.number if rule else None) == number


def test_the_rule_of_the_day_holds() -> None:
    until = replace(SEVEN, valid_until=date(2026, 12, 31))
    since = replace(SEVEN, valid_from=date(2027, 1, 1), number=5)

    def number(on: date, *rules: DateRule) -> int:
        rule = rule_for(RuleSlug.FOUR_DAY_WEEKS, sector="po", on=on, rules=rules)
        assert rule is not None
        return rule.number

    assert number(date(2026, 12, 31), since, until) == 7
    assert number(date(2027, 1, 1), until, since) == 5
    # The last one known, when none is in force.
    assert number(date(2027, 1, 1), until) == 7
    assert rule_for(RuleSlug.FOUR_DAY_WEEKS, sector="po", on=date(2027, 1, 1), rules=()) is None


def test_a_rule_that_has_ended_says_so() -> None:
    until = replace(SEVEN, valid_until=date(2026, 12, 31))
    rules = tuple(until if rule is SEVEN else rule for rule in DATE_RULES)
    now, later = (
        text(advice(situation(rules=rules), *free(day)), "four_day_weeks_fit")
        for day in (TUESDAYS[3], TUESDAYS[4])
    )
    assert "gold tot" not in now
    assert later.endswith("Deze regel gold tot en met 31 december 2026: kijk het na.")


def test_without_rules_there_is_nothing_to_say() -> None:
    found = advice(situation(rules=()), *free(date(2026, 10, 13)))
    assert found.reasons == ()


def test_own_numbers_leave_the_rest_as_it_is() -> None:
    own = with_own_numbers({RuleSlug.FOUR_DAY_WEEKS: 5})
    assert own == tuple(
        replace(rule, number=5, source=f"Eigen afspraak; {rule.source}") if rule is SEVEN else rule
        for rule in DATE_RULES
    )
    assert with_own_numbers({}) == DATE_RULES
