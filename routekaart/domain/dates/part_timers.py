"""Who comes back on a free day, how much that adds up to in a year, and how evenly it falls.

People are never ranked and never named in a text: the figures go by id, to who may see them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from routekaart.domain.content.wording import ASSUMED, WEEKDAYS, marked_duration
from routekaart.domain.dates.reasons import Light, Reason, ReasonCode, reason
from routekaart.domain.dates.rules import RuleSlug
from routekaart.domain.dates.situation import Situation, TeamDay
from routekaart.domain.people import FULL_WEEK, Member


@dataclass(frozen=True, slots=True)
class OffDays:
    """What study days ask of someone on days that they do not work.

    `minutes`: by the date that is asked about. `year_minutes` and `year_days`: in the school year
    with that date, at this team and at other teams of the school that the person is in.
    """

    member_id: str
    minutes: int
    year_minutes: int
    year_days: int


@dataclass(frozen=True, slots=True)
class _Owed:
    """What the days that stand ask of a part-timer on days off, by date."""

    member: Member
    by_date: Mapping[date, int]
    minutes: int


class Burden:
    """The part-timers of a team with what the days that stand ask of them."""

    def __init__(self, owed: Iterable[_Owed]) -> None:
        self._owed = tuple(owed)
        # The same few weekdays are asked about for every date of a year.
        self._strains: dict[tuple[int, int], tuple[int, int]] = {}

    def with_day(self, day: TeamDay) -> tuple[OffDays, ...]:
        """Per part-timer what the year asks with this day, by id."""
        found = []
        for item in self._owed:
            minutes = day.lasts if _comes_back(item.member, day.date) else 0
            # Nobody is at two places: two days on one date ask what the longest of them asks.
            known = item.by_date.get(day.date, 0)
            year = item.minutes + max(0, minutes - known)
            days = len(item.by_date) + (minutes > 0 and not known)
            found.append(OffDays(item.member.id, minutes, year, days))
        return tuple(found)

    def strain(self, weekday: int, minutes: int) -> tuple[int, int]:
        """How heavy and uneven the year gets with a day on this weekday, and for how many.

        The squares of the hours: what comes on top of much weighs more than on top of little.
        """
        known = self._strains.get((weekday, minutes))
        if known is None:
            back = [weekday not in item.member.working_days for item in self._owed]
            squares = sum(
                (item.minutes + minutes * comes) ** 2
                for item, comes in zip(self._owed, back, strict=True)
            )
            known = self._strains[weekday, minutes] = squares, sum(back)
        return known

    def best_weekday(self, minutes: int) -> int | None:
        """The weekday that asks the fewest free days back, fairly spread; None: it is all one."""
        strains = {day: self.strain(day, minutes) for day in FULL_WEEK}
        if len(set(strains.values())) == 1:
            return None
        return min(FULL_WEEK, key=lambda day: (strains[day], day))


def burden_of(situation: Situation) -> Burden:
    """Adds up what the days that stand ask of everyone who has a weekday off."""
    return Burden(
        _owed(situation, member)
        for member in sorted(situation.members, key=lambda member: member.id)
        if _is_part_timer(member)
    )


def part_timer_reasons(
    situation: Situation, burden: Burden, day: TeamDay
) -> tuple[tuple[OffDays, ...], list[Reason]]:
    """What an open day asks of each part-timer, and what there is to say about it."""
    found = burden.with_day(day)
    return found, list(_reasons(situation, burden, day, found))


def _is_part_timer(member: Member) -> bool:
    """Somebody who works here, and not on every weekday."""
    return member.fte > 0 and 0 < len(set(member.working_days) & set(FULL_WEEK)) < len(FULL_WEEK)


def _comes_back(member: Member, day: date) -> bool:
    """Not a weekday of theirs. Who is on leave is not asked at all."""
    return day.isoweekday() not in member.working_days and not any(
        leave.first <= day <= leave.last for leave in member.leave
    )


def _owed(situation: Situation, member: Member) -> _Owed:
    teams = [team.days for team in situation.others if member.id in team.shared]
    minutes: dict[date, int] = {}
    for days in (situation.own_days, *teams):
        for day in days:
            if day.fixed and situation.calendar.is_open(day.date) and _comes_back(member, day.date):
                minutes[day.date] = max(minutes.get(day.date, 0), day.lasts)
    return _Owed(member, minutes, sum(minutes.values()))


def _reasons(
    situation: Situation, burden: Burden, day: TeamDay, found: tuple[OffDays, ...]
) -> Iterator[Reason]:
    rule = situation.rule(RuleSlug.PART_TIMERS, day.date)
    fair = situation.rule(RuleSlug.OFF_DAY_SPREAD, day.date)
    back = [item for item in found if item.minutes]
    if rule is None or not found:
        return
    if not back:
        text = "Niemand hoeft hiervoor op een vrije dag terug te komen."
        yield reason(ReasonCode.NOBODY_COMES_BACK, Light.GREEN, text, rule, day.date)
        return
    better = _better_weekday(burden, day)
    many = 2 * len(back) > len(found) and better is not None
    text = _asked(situation, day, len(back), len(found))
    if better is not None:
        fewer = _people(burden.strain(better, day.lasts)[1])
        text += f" Een {WEEKDAYS[better - 1]} verdeelt het nu het eerlijkst: dan {fewer} terug."
    light = Light.AMBER if many else Light.GREEN
    yield reason(ReasonCode.OFF_DAY_ASKED, light, text, rule, day.date)
    most, least = (pick(item.year_days for item in found) for pick in (max, min))
    at_most = any(item.year_days == most for item in back)
    if fair is not None and better is not None and at_most and most - least >= fair.number:
        text = (
            f"Met deze dag komt de een {most} keer op een vrije dag terug en de ander {least} "
            f"keer. Wissel van weekdag, bijvoorbeeld met een {WEEKDAYS[better - 1]}. De grens van "
            f"{fair.number} is een {ASSUMED}."
        )
        yield reason(ReasonCode.OFF_DAYS_UNEVEN, Light.AMBER, text, fair, day.date)


def _better_weekday(burden: Burden, day: TeamDay) -> int | None:
    best = burden.best_weekday(day.lasts)
    if best is None:
        return None
    lighter = burden.strain(best, day.lasts) < burden.strain(day.date.isoweekday(), day.lasts)
    return best if lighter else None


def _people(number: int) -> str:
    if number == 0:
        return "komt niemand"
    return "komt 1 collega" if number == 1 else f"komen {number} collega’s"


def _asked(situation: Situation, day: TeamDay, back: int, part_timers: int) -> str:
    verb = "komt" if back == 1 else "komen"
    total = marked_duration(back * day.lasts, assumed=day.minutes is None)
    text = (
        f"De collega in deeltijd komt terug op een vrije dag: {total}."
        if part_timers == 1
        else f"Van de {part_timers} collega’s in deeltijd {verb} er {back} terug op een vrije dag, "
        f"{'samen ' if back > 1 else ''}{total}."
    )
    if situation.today is not None and situation.today >= situation.calendar.year.first_day:
        text += " Het jaar loopt al: spreek het af met wie dan vrij is."
    return text
