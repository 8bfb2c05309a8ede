"""The rules about dates as dated data: what they say, since when, and how sure we are.

Each can be overruled (a situation brings its own rules), and none ever blocks. What is no rule of
anybody but an assumption of ours has "aanname" as its source.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from routekaart.domain.content.wording import ASSUMED
from routekaart.domain.hours import Confidence

_PRIMARY = ("po", "sbo")
_LOOKED_UP = date(2026, 11, 22)
_OWN = "Eigen afspraak; "


class RuleSlug(StrEnum):
    SCHOOL_CALENDAR = "school-calendar"
    HOLIDAYS = "holidays"
    FOUR_DAY_WEEKS = "four-day-weeks"
    FOUR_DAY_SPREAD = "four-day-spread"
    THREE_DAY_WEEK = "three-day-week"
    FREE_DAYS = "free-days"
    WEEKDAY_SPREAD = "weekday-spread"
    PART_TIMERS = "part-timers"
    OFF_DAY_SPREAD = "off-day-spread"
    ONE_PLACE = "one-place"


# What these say stands in what the school itself filled in.
_OWN_DATA = frozenset({RuleSlug.SCHOOL_CALENDAR, RuleSlug.ONE_PLACE})


@dataclass(frozen=True, slots=True)
class DateRule:
    """A rule about dates. No `sectors`: for all. No `valid_until`: no end is known.

    `number` is what the rule counts with and `window` over how many school weeks, where it does.
    `groups` are the year groups it holds for. `unverified_since`: when we last saw the source.
    """

    slug: RuleSlug
    title: str
    source: str
    confidence: Confidence
    valid_from: date
    unverified_since: date = _LOOKED_UP
    valid_until: date | None = None
    sectors: tuple[str, ...] = ()
    groups: tuple[int, ...] = ()
    number: int = 0
    window: int = 0
    note: str = ""

    @property
    def is_published(self) -> bool:
        """Whether others wrote it down: not an assumption of ours, nor the school's own data."""
        return not self.is_assumption and self.slug not in _OWN_DATA

    @property
    def is_assumption(self) -> bool:
        return self.source == ASSUMED

    def is_valid_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


DATE_RULES: tuple[DateRule, ...] = (
    DateRule(
        slug=RuleSlug.SCHOOL_CALENDAR,
        title="Wanneer de school open is",
        source="Kalender van jullie school",
        confidence=Confidence.A,
        valid_from=date(2000, 1, 1),
    ),
    DateRule(
        slug=RuleSlug.HOLIDAYS,
        title="Schoolvakanties en feestdagen",
        source="Rijksoverheid, schoolvakanties",
        confidence=Confidence.A,
        valid_from=date(2000, 1, 1),
        note="Scholen wijken af: zet eigen vrije dagen in de kalender van de school.",
    ),
    DateRule(
        slug=RuleSlug.FOUR_DAY_WEEKS,
        title="Weken van vier dagen in een schooljaar, hoogstens",
        source="Rijksoverheid, schooltijden en lesuren op de basisschool",
        confidence=Confidence.A,
        valid_from=date(2006, 8, 1),
        sectors=_PRIMARY,
        groups=(3, 4, 5, 6, 7, 8),
        number=7,
        note="De begindatum is een aanname. Een week met een erkende feestdag telt niet mee. Dat "
        "een eigen vrije dag van de school wel meetelt, is een aanname.",
    ),
    DateRule(
        slug=RuleSlug.FOUR_DAY_SPREAD,
        title="Weken van vier dagen verspreid over het jaar",
        source=ASSUMED,
        confidence=Confidence.C,
        valid_from=date(2006, 8, 1),
        sectors=_PRIMARY,
        groups=(3, 4, 5, 6, 7, 8),
        number=2,
        window=6,
        note="De bron vraagt een goede verdeling en noemt geen getal. Wij rekenen met hoogstens 2 "
        "in 6 lesweken achter elkaar.",
    ),
    DateRule(
        slug=RuleSlug.THREE_DAY_WEEK,
        title="In principe geen week met zo weinig lesdagen",
        source="AVS, normen van de inspectie voor gebroken schoolweken",
        confidence=Confidence.A,
        valid_from=date(2006, 8, 1),
        sectors=_PRIMARY,
        groups=(3, 4, 5, 6, 7, 8),
        number=3,
        note="De begindatum is een aanname. Uitzondering: een tweedaagse van het team met "
        "instemming van de MR, aangekondigd aan de ouders. De AVS noemt ook een studiedag naast "
        "een feestdag, en telt die week mee voor de 7.",
    ),
    DateRule(
        slug=RuleSlug.FREE_DAYS,
        title="Roostervrije dagen in een schooljaar, hoogstens",
        source="Onderwijstijd in het voortgezet onderwijs: 189 dagen met les",
        confidence=Confidence.A,
        valid_from=date(2015, 8, 1),
        sectors=("vo",),
        groups=(1, 2, 3, 4, 5, 6),
        number=12,
        note="De begindatum is een aanname. Naast 189 dagen met les zijn er 55 vakantiedagen, 12 "
        "roostervrije dagen en 4 feestdagen.",
    ),
    DateRule(
        slug=RuleSlug.WEEKDAY_SPREAD,
        title="Studiedagen op wisselende weekdagen",
        source=ASSUMED,
        confidence=Confidence.C,
        valid_from=date(2000, 1, 1),
        number=2,
        note="Veel scholen wisselen van weekdag. Wij melden een verschil van 2 dagen of meer.",
    ),
    DateRule(
        slug=RuleSlug.PART_TIMERS,
        title="Een studiedag is voor iedereen, ook op een vrije dag",
        source="AVS, terugkomen op een dag die niet is ingeroosterd (CAO PO 2021, artikel 2.3)",
        confidence=Confidence.B,
        valid_from=date(2021, 1, 1),
        note="Een dag die voor de zomer in het jaarrooster staat, geldt als werkdag. Een dag die "
        "later wordt gekozen, spreek je af met wie dan vrij is.",
    ),
    DateRule(
        slug=RuleSlug.OFF_DAY_SPREAD,
        title="Terugkomen op een vrije dag eerlijk verdeeld",
        source=ASSUMED,
        confidence=Confidence.C,
        valid_from=date(2000, 1, 1),
        number=2,
        note="Wij melden een verschil van 2 keer of meer tussen mensen in deeltijd, als een andere "
        "weekdag eerlijker is.",
    ),
    DateRule(
        slug=RuleSlug.ONE_PLACE,
        title="Iemand, een ruimte of een trainer kan maar op één plek zijn",
        source="Studiedagen van de teams van jullie school",
        confidence=Confidence.A,
        valid_from=date(2000, 1, 1),
    ),
)


def rule_for(
    slug: RuleSlug, *, sector: str, on: date, rules: Iterable[DateRule] = DATE_RULES
) -> DateRule | None:
    """The rule for a sector on a day: the one in force, else the last one known; None if none."""
    known = [rule for rule in rules if rule.slug is slug and sector in (rule.sectors or (sector,))]
    valid = [rule for rule in known if rule.is_valid_on(on)]
    return max(valid or known, key=lambda rule: (rule.valid_from, rule.number), default=None)


def with_own_numbers(
    numbers: Mapping[RuleSlug, int], rules: Iterable[DateRule] = DATE_RULES
) -> tuple[DateRule, ...]:
    """The rules with other numbers, as a school agreed on them; the source then says so."""
    return tuple(
        replace(rule, number=numbers[rule.slug], source=_OWN + rule.source.removeprefix(_OWN))
        if rule.slug in numbers
        else rule
        for rule in rules
    )
