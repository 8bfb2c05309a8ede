"""Hours per person: individual and assigned apart, in minutes, with what rests on assumptions.

The rules of the CAO are dated data with a source; each can be overruled and none ever blocks.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from enum import StrEnum

from routekaart.domain.people import Member


class HoursKind(StrEnum):
    """Whose hours: the person's own development time, or time the school assigns."""

    INDIVIDUAL = "individual"
    ASSIGNED = "assigned"


class Activity(StrEnum):
    PREPARATION = "preparation"
    STUDY_DAY = "study_day"
    PLG = "plg"
    FOLLOW_UP = "follow_up"
    EVALUATION = "evaluation"


@dataclass(frozen=True, slots=True)
class HourLine:
    """Minutes of one activity from one pot. `assumed_minutes` is the part of them we assumed."""

    activity: Activity
    kind: HoursKind
    minutes: int
    assumed_minutes: int = 0


@dataclass(frozen=True, slots=True)
class Spent:
    """Minutes that one thing in a plan asks of a person. `off_day`: a day they do not work."""

    member_id: str
    activity: Activity
    kind: HoursKind
    minutes: int
    assumed: bool = False
    off_day: bool = False


@dataclass(frozen=True, slots=True)
class MemberHours:
    """What the plan asks of one person. `budget_minutes`: own hours in a year by the CAO × fte.

    `off_day_minutes`: study days on a day this person does not work, part of the lines too.
    """

    member_id: str
    lines: tuple[HourLine, ...]
    budget_minutes: int | None
    off_day_minutes: int = 0

    def minutes(self, kind: HoursKind) -> int:
        return sum(line.minutes for line in self.lines if line.kind is kind)

    @property
    def individual_minutes(self) -> int:
        return self.minutes(HoursKind.INDIVIDUAL)

    @property
    def assigned_minutes(self) -> int:
        return self.minutes(HoursKind.ASSIGNED)

    @property
    def assumed_minutes(self) -> int:
        return sum(line.assumed_minutes for line in self.lines)


class Confidence(StrEnum):
    """How sure we are of a rule: A read in the text, B one good source, C check it first."""

    A = "A"
    B = "B"
    C = "C"


@dataclass(frozen=True, slots=True)
class CaoHours:
    """Own hours for professional development in a school year at 1 fte.

    `valid_until` is the last day; `unverified_since` is when we last looked at the source.
    `support_hours` holds for support staff where the CAO tells them apart.
    """

    slug: str
    title: str
    sectors: tuple[str, ...]
    hours: int
    support_hours: int | None
    valid_from: date
    valid_until: date
    source: str
    confidence: Confidence
    unverified_since: date
    note: str = ""

    def is_valid_on(self, day: date) -> bool:
        return self.valid_from <= day <= self.valid_until


CAO_HOURS = (
    CaoHours(
        slug="cao-po-2025",
        title="CAO PO, artikel 9.3",
        sectors=("po", "sbo", "so"),
        hours=83,
        support_hours=None,
        valid_from=date(2025, 11, 1),
        valid_until=date(2027, 3, 1),
        source="CAO PO 1 november 2025 tot 1 maart 2027",
        confidence=Confidence.A,
        unverified_since=date(2026, 11, 21),
        note="2 uur per week × fte, over een jaar ongeveer 83 uur.",
    ),
    CaoHours(
        slug="cao-vo-2024",
        title="CAO VO, hoofdstuk 16",
        sectors=("vo",),
        hours=83,
        support_hours=40,
        valid_from=date(2024, 1, 1),
        valid_until=date(2025, 11, 1),
        source="CAO VO, gevonden tot 1 november 2025",
        confidence=Confidence.C,
        unverified_since=date(2026, 11, 21),
        note="De begindatum is een aanname. Ondersteuners met een plan krijgen 43 uur extra.",
    ),
)
SUPPORT_FUNCTIONS = frozenset(
    {"onderwijsassistent", "klassenassistent", "lerarenondersteuner", "instructeur"}
)


def own_hours_rule(sector: str, on: date) -> CaoHours | None:
    """The rule for a sector on a day: the one in force, else the last one known; None if none."""
    known = [rule for rule in CAO_HOURS if sector in rule.sectors]
    valid = [rule for rule in known if rule.is_valid_on(on)]
    return max(valid or known, key=lambda rule: rule.valid_from, default=None)


def own_minutes(member: Member, rule: CaoHours) -> int:
    """Minutes of own development time in a school year, pro rata, in whole minutes."""
    support = set(member.functions) <= SUPPORT_FUNCTIONS and bool(member.functions)
    hours = rule.support_hours if support and rule.support_hours is not None else rule.hours
    share = max(Decimal(0), member.fte) * hours * 60
    return int(share.to_integral_value(ROUND_FLOOR))


def preparation_kind(*, mandatory: bool, on_individual_hours: bool) -> HoursKind:
    """Which hours a course draws on: a mandatory one never on own hours without an agreement."""
    if mandatory and not on_individual_hours:
        return HoursKind.ASSIGNED
    return HoursKind.INDIVIDUAL


def tally(
    members: Iterable[Member], spent: Iterable[Spent], rule: CaoHours | None
) -> tuple[MemberHours, ...]:
    """Adds up per person, in the order of `members`; every member is in it, also with nothing."""
    minutes: dict[tuple[str, Activity, HoursKind], list[int]] = defaultdict(lambda: [0, 0])
    off_days: dict[str, int] = defaultdict(int)
    for item in spent:
        sums = minutes[item.member_id, item.activity, item.kind]
        sums[0] += item.minutes
        sums[1] += item.minutes if item.assumed else 0
        off_days[item.member_id] += item.minutes if item.off_day else 0
    return tuple(
        MemberHours(
            member_id=member.id,
            lines=tuple(
                HourLine(activity, kind, *minutes[member.id, activity, kind])
                for activity in Activity
                for kind in HoursKind
                if (member.id, activity, kind) in minutes
            ),
            budget_minutes=own_minutes(member, rule) if rule else None,
            off_day_minutes=off_days[member.id],
        )
        for member in members
    )
