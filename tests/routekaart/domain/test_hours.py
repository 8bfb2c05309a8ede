"""Hours: individual and assigned apart, pro rata, and honest about what is assumed."""

from datetime import date
from decimal import Decimal

import pytest

from routekaart.domain.hours import (
    CAO_HOURS,
    Activity,
    HourLine,
    HoursKind,
    MemberHours,
    Spent,
    own_hours_rule,
    own_minutes,
    preparation_kind,
    tally,
)
from routekaart.domain.people import Member, weekly_minutes

PO = own_hours_rule("po", date(2026, 8, 1))
SAM = Member("sam", "Sam", ("leerkracht",))
ROBIN = Member("robin", "Robin", ("onderwijsassistent",), Decimal("0.555"))


@pytest.mark.parametrize(
    ("sector", "on", "slug"),
    [
        ("po", date(2026, 8, 1), "cao-po-2025"),
        ("sbo", date(2026, 8, 1), "cao-po-2025"),
        ("so", date(2026, 8, 1), "cao-po-2025"),
        ("po", date(2030, 8, 1), "cao-po-2025"),
        ("vo", date(2026, 8, 1), "cao-vo-2024"),
        ("mbo", date(2026, 8, 1), None),
    ],
)
def test_the_rule_of_a_sector(sector: str, on: date, slug: str | None) -> None:
    rule = own_hours_rule(sector, on)
    assert (rule.slug if rule else None) == slug


def test_a_rule_knows_when_it_ends() -> None:
    assert PO is not None
    assert PO.is_valid_on(date(2027, 3, 1))
    assert not PO.is_valid_on(date(2027, 3, 2))


def test_every_rule_has_a_source_and_a_date() -> None:
    for rule in CAO_HOURS:
        assert rule.source
        assert rule.valid_from < rule.valid_until
        assert rule.valid_from < rule.unverified_since


def test_own_minutes_are_pro_rata() -> None:
    assert PO is not None
    assert own_minutes(SAM, PO) == 83 * 60
    assert own_minutes(ROBIN, PO) == 2763  # 0,555 × 4980 = 2763,9
    vo = own_hours_rule("vo", date(2025, 8, 1))
    assert vo is not None
    assert own_minutes(Member("x", "X", ("onderwijsassistent",)), vo) == 40 * 60
    assert own_minutes(Member("x", "X", ("onderwijsassistent", "leerkracht")), vo) == 83 * 60
    assert own_minutes(Member("x", "X", fte=Decimal(0)), vo) == 0


@pytest.mark.parametrize(
    ("fte", "own", "minutes"),
    [("1", None, 60), ("0.4", None, 24), ("0.333", None, 19), ("0", None, 0), ("0.4", 90, 90)],
)
def test_weekly_minutes(fte: str, own: int | None, minutes: int) -> None:
    member = Member("x", "X", fte=Decimal(fte), own_weekly_minutes=own)
    assert weekly_minutes(member, 60) == minutes


@pytest.mark.parametrize(
    ("mandatory", "agreed", "kind"),
    [
        (True, False, HoursKind.ASSIGNED),
        (True, True, HoursKind.INDIVIDUAL),
        (False, False, HoursKind.INDIVIDUAL),
        (False, True, HoursKind.INDIVIDUAL),
    ],
)
def test_mandatory_work_needs_an_agreement_to_use_own_hours(
    mandatory: bool, agreed: bool, kind: HoursKind
) -> None:
    assert preparation_kind(mandatory=mandatory, on_individual_hours=agreed) is kind


def test_the_tally_keeps_pots_and_assumptions_apart() -> None:
    spent = [
        Spent("sam", Activity.STUDY_DAY, HoursKind.ASSIGNED, 360, off_day=True),
        Spent("sam", Activity.PREPARATION, HoursKind.INDIVIDUAL, 45, assumed=True),
        Spent("sam", Activity.PREPARATION, HoursKind.ASSIGNED, 30),
        Spent("sam", Activity.PREPARATION, HoursKind.ASSIGNED, 60, assumed=True),
    ]
    sam, robin = tally([SAM, ROBIN], spent, PO)
    assert sam == MemberHours(
        "sam",
        (
            HourLine(Activity.PREPARATION, HoursKind.INDIVIDUAL, 45, 45),
            HourLine(Activity.PREPARATION, HoursKind.ASSIGNED, 90, 60),
            HourLine(Activity.STUDY_DAY, HoursKind.ASSIGNED, 360, 0),
        ),
        4980,
        360,
    )
    assert (sam.individual_minutes, sam.assigned_minutes, sam.assumed_minutes) == (45, 450, 105)
    assert robin == MemberHours("robin", (), 2763, 0)


def test_without_a_rule_there_is_no_budget() -> None:
    (sam,) = tally([SAM], [], None)
    assert sam.budget_minutes is None
