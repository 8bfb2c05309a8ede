"""What a study day does to the weeks of pupils in primary schools: short weeks and their number."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from routekaart.domain.dates.reasons import (
    Light,
    Reason,
    ReasonCode,
    groups_text,
    reason,
    these_groups,
)
from routekaart.domain.dates.rules import DateRule, RuleSlug
from routekaart.domain.dates.school_weeks import SchoolWeek, SchoolWeeks, free_dates
from routekaart.domain.dates.situation import Situation, TeamDay
from routekaart.domain.planner.problem import StudyDayKind


@dataclass(frozen=True, slots=True)
class _GroupWeeks:
    """For one year group: when it is free, without and with the date that is asked about."""

    group: int
    before: frozenset[date]
    after: frozenset[date]


def week_reasons(situation: Situation, weeks: SchoolWeeks, day: TeamDay) -> Iterator[Reason]:
    """The rules about short weeks, for an open day. Nothing for a sector without such rules."""
    rule = situation.rule(RuleSlug.FOUR_DAY_WEEKS, day.date)
    week = weeks.of(day.date)
    if rule is None or week is None:
        return
    groups = sorted(set(day.free_groups) & set(rule.groups))
    if day.kind is StudyDayKind.AFTERNOON:
        text = "Een studiemiddag maakt de week voor leerlingen niet korter."
        yield reason(ReasonCode.AFTERNOON, Light.GREEN, text, rule, day.date)
    elif not day.free_groups:
        text = (
            "Er zijn geen groepen vrij op deze dag, dus de week wordt niet korter. Zijn er wel "
            "groepen vrij? Vul ze in, dan tellen we de weken van vier dagen."
        )
        yield reason(ReasonCode.NO_FREE_GROUPS, Light.GREEN, text, rule, day.date)
    elif not groups:
        text = f"De regel over korte weken geldt niet voor {groups_text(day.free_groups)}."
        yield reason(ReasonCode.GROUPS_EXEMPT, Light.GREEN, text, rule, day.date)
    else:
        found = _group_weeks(situation, day, groups)
        if week.holidays:
            yield _beside_holiday(rule, week, day)
        else:
            yield _count(rule, weeks, week, day, found)
            yield from _bunched(situation, weeks, day, found)
        yield from _three_days(situation, week, day, found)


def four_day_counts(situation: Situation, weeks: SchoolWeeks, on: date) -> dict[int, int]:
    """Four-day weeks per year group with the study days that stand; empty where no rule holds."""
    rule = situation.rule(RuleSlug.FOUR_DAY_WEEKS, on)
    days = situation.school_days()
    groups = rule.groups if rule else ()
    return {group: len(weeks.short(free_dates(days, group))) for group in groups}


def _group_weeks(situation: Situation, day: TeamDay, groups: list[int]) -> list[_GroupWeeks]:
    days = situation.school_days()
    found = []
    for group in groups:
        before = free_dates(days, group)
        found.append(_GroupWeeks(group, before, before | {day.date}))
    return found


def _beside_holiday(rule: DateRule, week: SchoolWeek, day: TeamDay) -> Reason:
    titles = " en ".join(dict.fromkeys(title for _, title in week.holidays))
    text = (
        f"In deze week valt een feestdag ({titles}): de week telt niet mee voor de {rule.number} "
        "weken van vier dagen."
    )
    return reason(ReasonCode.WEEK_HAS_HOLIDAY, Light.GREEN, text, rule, day.date)


def _count(
    rule: DateRule,
    weeks: SchoolWeeks,
    week: SchoolWeek,
    day: TeamDay,
    found: list[_GroupWeeks],
) -> Reason:
    adds = [item for item in found if not week.counts(item.before)]
    counts = {item.group: len(weeks.short(item.after)) for item in adds or found}
    most = max(counts.values())
    heaviest = tuple(group for group, count in counts.items() if count == most)
    number = f"{most} {'week' if most == 1 else 'weken'} van vier dagen"
    text = f"Met deze dag {these_groups('heeft', 'hebben', heaviest)} dit schooljaar {number}"
    if not adds:
        code, light = ReasonCode.FOUR_DAY_FITS, Light.GREEN
        text = (
            f"Deze week is al korter: er komt geen week van vier dagen bij. Nu "
            f"{these_groups('heeft', 'hebben', heaviest)} er {most} van de hoogstens {rule.number}."
        )
    elif most > rule.number:
        code, light = ReasonCode.FOUR_DAY_EXCEEDED, Light.RED
        text += (
            f"; er mogen er {rule.number} zijn. Kies een week die al kort is door een feestdag, "
            "of maak er een studiemiddag van."
        )
    elif most == rule.number:
        code, light = ReasonCode.FOUR_DAY_FULL, Light.AMBER
        text += f". Meer dan {rule.number} mogen het er niet zijn."
    else:
        code, light = ReasonCode.FOUR_DAY_FITS, Light.GREEN
        text += f" van de hoogstens {rule.number}."
    if weeks.shortened_by_school:
        text += " Weken met een eigen vrije dag van de school zijn meegeteld (aanname)."
    return reason(code, light, text, rule, day.date)


def _bunched(
    situation: Situation, weeks: SchoolWeeks, day: TeamDay, found: list[_GroupWeeks]
) -> Iterator[Reason]:
    """A warning when this day makes too many short weeks close together."""
    rule = situation.rule(RuleSlug.FOUR_DAY_SPREAD, day.date)
    week = weeks.of(day.date)
    if rule is None or week is None:
        return
    together = {
        item.group: weeks.most_together(weeks.short(item.after), week.monday, rule.window)
        for item in found
        if not week.counts(item.before)
    }
    most = max(together.values(), default=0)
    if most > rule.number:
        groups = tuple(group for group, count in together.items() if count == most)
        text = (
            f"Voor {groups_text(groups)} komen er zo {most} weken van vier dagen in "
            f"{rule.window} lesweken achter elkaar. Verdeel ze over het jaar."
        )
        yield reason(ReasonCode.FOUR_DAY_BUNCHED, Light.AMBER, text, rule, day.date)


def _three_days(
    situation: Situation, week: SchoolWeek, day: TeamDay, found: list[_GroupWeeks]
) -> Iterator[Reason]:
    rule = situation.rule(RuleSlug.THREE_DAY_WEEK, day.date)
    if rule is None:
        return
    left = {item.group: week.lesson_days(item.after) for item in found}
    fewest = min(left.values())
    if fewest > rule.number:
        return
    groups = groups_text(tuple(group for group, count in left.items() if count == fewest))
    days = "1 lesdag" if fewest == 1 else f"{fewest or 'geen'} lesdagen"
    opening = f"Voor {groups} houdt deze week {days} over."
    if fewest == rule.number and week.holidays and _beside(day.date, week):
        code, light = ReasonCode.THREE_DAY_BESIDE_HOLIDAY, Light.AMBER
        text = (
            f"{opening} Naast een feestdag laat de inspectie dat toe. De week telt volgens deze "
            "bron dan wel mee als korte week. Onze telling volgt de regel over feestdagen en telt "
            "hem niet mee: leg het voor aan de MR."
        )
    elif fewest == rule.number and _is_two_day_meeting(situation, week, day):
        code, light = ReasonCode.THREE_DAY_TEAM_MEETING, Light.AMBER
        text = (
            f"{opening} Dat mag alleen voor een tweedaagse van het team: spreek die af met de MR "
            "en kondig hem aan bij de ouders."
        )
    else:
        code, light = ReasonCode.THREE_DAY_WEEK, Light.RED
        text = f"{opening} Dat is in principe niet toegestaan: kies een andere week."
    yield reason(code, light, text, rule, day.date)


def _beside(day: date, week: SchoolWeek) -> bool:
    return any(abs((holiday - day).days) == 1 for holiday, _ in week.holidays)


def _is_two_day_meeting(situation: Situation, week: SchoolWeek, day: TeamDay) -> bool:
    """Whether the team itself has a whole study day right before or after this one."""
    return any(
        own.kind is StudyDayKind.DAY
        and own.date in week.open_days
        and abs((own.date - day.date).days) == 1
        for own in situation.fixed_days
    )
