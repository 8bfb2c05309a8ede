"""The best dates in a period: green first, then what asks the least of people."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from routekaart.domain.calendar import monday_of
from routekaart.domain.dates.advice import DateAdvice, Prepared, advise_on
from routekaart.domain.dates.reasons import WEIGHT, Light
from routekaart.domain.dates.school_weeks import SchoolWeeks
from routekaart.domain.dates.situation import Situation, TeamDay
from routekaart.domain.dates.weekdays import weekday_counts


@dataclass(frozen=True, slots=True)
class Wish:
    """So many dates from `first` to `last`, both included. `like`: the day that they are for."""

    first: date
    last: date
    count: int
    like: TeamDay


def suggest(situation: Situation, wish: Wish) -> tuple[DateAdvice, ...]:
    """The best dates in a period, at most `count`, in order of date; never a red one.

    They are meant together, so that weekdays, part-timers and short weeks are spread over all of
    them: each is chosen as if those before it were taken, and advised on as if all the others
    were. The same situation gives the same dates, in whatever order its parts come.
    """
    taken = {day.date for day in situation.own_days}
    dates = [
        day
        for day in situation.calendar.open_days
        if wish.first <= day <= wish.last
        and day not in taken
        and (situation.today is None or day >= situation.today)
    ]
    prepared = Prepared.of(situation)
    chosen: list[TeamDay] = []
    while dates and len(chosen) < wish.count:
        found = [advise_on(prepared, replace(wish.like, date=day)) for day in dates]
        rank = _Rank(prepared, _apart(wish))
        best = min(found, key=rank.of)
        if best.light is Light.RED:
            break
        chosen.append(best.day)
        dates = [day for day in dates if day != best.day.date]
        prepared = Prepared.of(prepared.situation.with_day(best.day), prepared.weeks)
    return _together(situation, prepared.weeks, chosen)


def _together(
    situation: Situation, weeks: SchoolWeeks, days: Sequence[TeamDay]
) -> tuple[DateAdvice, ...]:
    """The advice on each of the chosen days, as if all the others were taken."""
    found = []
    for day in sorted(days, key=lambda item: item.date):
        others = situation
        for other in days:
            others = others if other is day else others.with_day(other)
        found.append(advise_on(Prepared.of(others, weeks), day))
    return tuple(found)


def _apart(wish: Wish) -> int:
    """How many days apart the dates would lie if they were spread evenly over the period."""
    return max(7, ((wish.last - wish.first).days + 1) // (wish.count + 1))


class _Rank:
    """What makes one date better than another, given the days that the team already has."""

    def __init__(self, prepared: Prepared, apart: int) -> None:
        self._burden = prepared.burden
        self._own: Sequence[date] = [day.date for day in prepared.situation.fixed_days]
        self._weeks = {monday_of(day) for day in self._own}
        self._weekdays = weekday_counts(prepared.situation)
        self._apart = apart

    def of(self, advice: DateAdvice) -> tuple[int | date, ...]:
        day = advice.day.date
        gap = min((abs((own - day).days) for own in self._own), default=self._apart)
        squares, back = self._burden.strain(day.isoweekday(), advice.day.lasts)
        return (
            WEIGHT[advice.light],
            sum(item.light is not Light.GREEN for item in advice.reasons),
            monday_of(day) in self._weeks,
            squares,
            back,
            self._weekdays[day.weekday()],
            -min(gap, self._apart),
            day,
        )
