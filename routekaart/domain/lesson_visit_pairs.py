"""Who visits whose lesson, and when (S30): everyone visits once and is visited once.

First the pairs, as an assignment of visitors to hosts: as many people as possible, in one ring as
far as that goes. Then a moment for each pair, spread evenly over the weeks. A pair for which no
moment is left is ruled out, and the pairs are chosen anew. The same input gives the same answer.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum

from routekaart.domain.best_assignment import best_assignment
from routekaart.domain.calendar import ONE_WEEK, SchoolCalendar, monday_of
from routekaart.domain.people import is_present
from routekaart.domain.visit_times import (
    Colleague,
    Moment,
    Taken,
    TakenBy,
    can_meet,
    first_clash,
)

# Lesson hours to choose from where the team names none (assumption).
USUAL_STARTS = (time(9, 0), time(10, 30), time(13, 15))
# Choosing the pairs anew takes time; a PLG that needs more has hardly any shared time.
_MOST_ROUNDS = 40

Pair = tuple[int, int]


class WhyNot(StrEnum):
    ALONE = "alone"
    NOT_THERE = "not_there"
    NO_SHARED_TIME = "no_shared_time"
    LEFT_OVER = "left_over"


REASONS: Mapping[WhyNot, str] = {
    WhyNot.ALONE: "Er is niemand anders in deze PLG om te bezoeken.",
    WhyNot.NOT_THERE: "Werkt in deze weken niet op een dag die vrij is voor lesbezoek.",
    WhyNot.NO_SHARED_TIME: "Is in deze weken nooit tegelijk vrij met een collega uit deze PLG.",
    WhyNot.LEFT_OVER: "Paste niet meer bij de anderen. Neem meer weken of meer lesuren.",
}


@dataclass(frozen=True, slots=True)
class Window:
    """In which weeks, at which hours and how long visits may be."""

    first: date
    weeks: int
    minutes: int
    starts: tuple[time, ...] = USUAL_STARTS


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit as proposed, by the ids of the two."""

    visitor: str
    host: str
    moment: Moment


@dataclass(frozen=True, slots=True)
class Unpaired:
    person: str
    why: WhyNot


@dataclass(frozen=True, slots=True)
class VisitRound:
    """The visits in order of time, and who has none with the reason."""

    visits: tuple[Visit, ...]
    unpaired: tuple[Unpaired, ...]


def suggest_visits(
    people: Sequence[Colleague], *, calendar: SchoolCalendar, window: Window
) -> VisitRound:
    """A round of visits within the window."""
    ordered = sorted(people, key=lambda each: (each.member.name, each.member.id))
    options = _options(ordered, calendar, _moments(calendar, window))
    chosen = _with_moments(len(ordered), dict(options))
    visits = [
        Visit(ordered[visitor].member.id, ordered[host].member.id, moment)
        for (visitor, host), moment in chosen.items()
    ]
    paired = {person for pair in chosen for person in pair}
    return VisitRound(
        tuple(sorted(visits, key=lambda one: (one.moment.date, one.moment.start, one.visitor))),
        tuple(
            Unpaired(each.member.id, _why(number, ordered, options, calendar, window))
            for number, each in enumerate(ordered)
            if number not in paired
        ),
    )


def _moments(calendar: SchoolCalendar, window: Window) -> tuple[Moment, ...]:
    end = window.first + window.weeks * ONE_WEEK
    return tuple(
        Moment(day, start, window.minutes)
        for day in calendar.open_days
        if window.first <= day < end
        for start in sorted(set(window.starts))
    )


def _options(
    people: Sequence[Colleague], calendar: SchoolCalendar, moments: Sequence[Moment]
) -> dict[Pair, tuple[Moment, ...]]:
    """Per ordered pair the moments at which both are free; pairs without are left out."""
    free = [
        frozenset(moment for moment in moments if can_meet(moment, calendar, (each, each)))
        for each in people
    ]
    found: dict[Pair, tuple[Moment, ...]] = {}
    for one in range(len(people)):
        for other in range(one):
            shared = free[one] & free[other]
            if shared:
                listed = tuple(moment for moment in moments if moment in shared)
                found[one, other] = found[other, one] = listed
    return found


def _with_moments(count: int, options: dict[Pair, tuple[Moment, ...]]) -> dict[Pair, Moment]:
    """The best round that was found: with a moment for most of the pairs."""
    best: dict[Pair, Moment] = {}
    for _ in range(_MOST_ROUNDS):
        pairs = _pairs(count, options)
        if len(pairs) <= len(best):
            break
        placed, failed = _place(pairs, options)
        if failed is None:
            return placed
        del options[failed]
        # Who would visit without being visited stays out of a round that is not whole.
        whole = _whole(placed)
        if len(whole) > len(best):
            best = whole
    return best


def _pairs(count: int, options: Mapping[Pair, Sequence[Moment]]) -> list[Pair]:
    """Most people in pairs; among those rounds the one closest to one ring."""
    alone = count * count + 1
    costs = [
        [
            alone
            if visitor == host
            else (host - visitor) % count
            if (visitor, host) in options
            else alone * (count + 1)
            for host in range(count)
        ]
        for visitor in range(count)
    ]
    return [pair for pair in enumerate(best_assignment(costs)) if pair in options]


def _place(
    pairs: Sequence[Pair], options: Mapping[Pair, Sequence[Moment]]
) -> tuple[dict[Pair, Moment], Pair | None]:
    """A moment per pair, those with the fewest options first; and a pair that has none left."""
    weeks: Counter[date] = Counter()
    days: Counter[date] = Counter()
    taken: dict[int, list[Taken]] = {}
    placed: dict[Pair, Moment] = {}
    failed: Pair | None = None
    for pair in sorted(pairs, key=lambda each: (len(options[each]), each)):
        busy = [item for person in pair for item in taken.get(person, ())]
        free = [moment for moment in options[pair] if first_clash(moment, busy) is None]
        if not free:
            failed = failed or pair
            continue
        moment = min(
            free,
            key=lambda one: (weeks[monday_of(one.date)], days[one.date], one.date, one.start),
        )
        placed[pair] = moment
        weeks[monday_of(moment.date)] += 1
        days[moment.date] += 1
        for person in pair:
            taken.setdefault(person, []).append(
                Taken(moment.date, TakenBy.LESSON_VISIT, moment.start, moment.minutes)
            )
    return placed, failed


def _whole(placed: Mapping[Pair, Moment]) -> dict[Pair, Moment]:
    """The rings of which every pair has its moment."""
    kept = dict(placed)
    while True:
        visitors, hosts = {pair[0] for pair in kept}, {pair[1] for pair in kept}
        broken = [pair for pair in kept if pair[0] not in hosts or pair[1] not in visitors]
        if not broken:
            return kept
        for pair in broken:
            del kept[pair]


def _why(
    number: int,
    people: Sequence[Colleague],
    options: Mapping[Pair, Sequence[Moment]],
    calendar: SchoolCalendar,
    window: Window,
) -> WhyNot:
    if len(people) == 1:
        return WhyNot.ALONE
    last = window.first + window.weeks * ONE_WEEK - timedelta(days=1)
    person = people[number]
    blocked = {item.date for item in person.taken if item.by is not TakenBy.LESSON_VISIT}
    if not any(
        is_present(person.member, day) and day not in blocked
        for day in calendar.open_days
        if window.first <= day <= last
    ):
        return WhyNot.NOT_THERE
    if not any(number in pair for pair in options):
        return WhyNot.NO_SHARED_TIME
    return WhyNot.LEFT_OVER
