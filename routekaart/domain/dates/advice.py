"""Puts it together: for each date a light, the reasons, and what it asks of part-timers."""

from collections.abc import Iterable
from dataclasses import dataclass

from routekaart.domain.dates.clashes import clash_reasons
from routekaart.domain.dates.closed_days import closed_reasons, not_published_reasons
from routekaart.domain.dates.free_days import free_day_reasons
from routekaart.domain.dates.part_timers import Burden, OffDays, burden_of, part_timer_reasons
from routekaart.domain.dates.reasons import (
    Light,
    Reason,
    ReasonCode,
    reason,
    sorted_reasons,
    worst,
)
from routekaart.domain.dates.rules import RuleSlug
from routekaart.domain.dates.school_weeks import SchoolWeeks, school_weeks
from routekaart.domain.dates.situation import Situation, TeamDay
from routekaart.domain.dates.week_rules import week_reasons
from routekaart.domain.dates.weekdays import weekday_reasons


@dataclass(frozen=True, slots=True)
class DateAdvice:
    """What there is to know about a date. Reasons come heaviest first.

    `part_timers` tells per colleague with a weekday off, by id, what the date asks; none of them
    where the school is closed. `people_back` of them come back on a free day.
    """

    day: TeamDay
    light: Light
    reasons: tuple[Reason, ...]
    part_timers: tuple[OffDays, ...] = ()

    @property
    def people_back(self) -> int:
        return sum(item.minutes > 0 for item in self.part_timers)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A situation with what is the same for every date in it."""

    situation: Situation
    weeks: SchoolWeeks
    burden: Burden

    @classmethod
    def of(cls, situation: Situation, weeks: SchoolWeeks | None = None) -> "Prepared":
        """`weeks`: those of the calendar, where they have been worked out already."""
        return cls(situation, weeks or school_weeks(situation.calendar), burden_of(situation))


def advise(situation: Situation, days: Iterable[TeamDay]) -> tuple[DateAdvice, ...]:
    """The advice on each date by itself, in the order given: as if only that date were added.

    A study day that the team has on a date already makes way for what is asked about.
    """
    prepared = Prepared.of(situation)
    found = []
    for day in days:
        if any(own.date == day.date for own in situation.own_days):
            without = Prepared.of(situation.without_date(day.date), prepared.weeks)
            found.append(advise_on(without, day, already_there=True))
        else:
            found.append(advise_on(prepared, day))
    return tuple(found)


def advise_on(prepared: Prepared, day: TeamDay, *, already_there: bool = False) -> DateAdvice:
    """The advice on one date on which the team has nothing yet, or what it has is left out."""
    situation = prepared.situation
    closed = sorted_reasons(list(closed_reasons(situation, day)))
    if closed:
        return DateAdvice(day, worst(closed), closed)
    part_timers, about_people = part_timer_reasons(situation, prepared.burden, day)
    reasons = sorted_reasons(
        [
            *not_published_reasons(situation, day),
            *(_already_there(situation, day) if already_there else ()),
            *week_reasons(situation, prepared.weeks, day),
            *free_day_reasons(situation, day),
            *weekday_reasons(situation, day),
            *about_people,
            *clash_reasons(situation, day),
        ]
    )
    return DateAdvice(day, worst(reasons), reasons, part_timers)


def _already_there(situation: Situation, day: TeamDay) -> list[Reason]:
    rule = situation.rule(RuleSlug.SCHOOL_CALENDAR, day.date)
    text = "Jullie hebben op deze datum al een studiedag. Die telt hier niet dubbel."
    code = ReasonCode.ALREADY_THERE
    return [] if rule is None else [reason(code, Light.GREEN, text, rule, day.date)]
