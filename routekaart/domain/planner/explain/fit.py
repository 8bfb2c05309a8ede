"""Who is short of time when goals stand on certain days: the broken conditions, per profile.

The conditions are those of `conditions.py`, looked at for one answer. Nothing is searched here, so
that a guess at what would help costs next to nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from routekaart.domain.calendar import monday_of
from routekaart.domain.planner.agenda import Hours
from routekaart.domain.planner.conditions import Part, Span, Windows, mandatory_needs, parts_of
from routekaart.domain.planner.demand import Profile
from routekaart.domain.planner.draft import Draft
from routekaart.domain.planner.question import Places
from routekaart.domain.planner.usable_days import UsableDay


@dataclass(frozen=True, slots=True)
class Short:
    """A profile that misses `minutes` in the weeks `first` to `last` for these goals.

    Without weeks: between opening and deadline there is none at all.
    """

    profile: Profile
    minutes: int
    goals: frozenset[str]
    first: date | None = None
    last: date | None = None


class Fit:
    """The profiles of a draft, with what each waits for, against a row of days."""

    def __init__(self, weighed: Iterable["_Weighed"]) -> None:
        self._weighed = tuple(weighed)

    @classmethod
    def of(cls, draft: Draft, days: Sequence[UsableDay] | None = None) -> "Fit":
        """Against the days of the draft, or against other ones in order of date."""
        return cls(
            _Weighed(profile, goals, draft.days if days is None else days)
            for profile, goals in zip(draft.demand.profiles, draft.waiting, strict=True)
            if goals
        )

    def shorts(self, places: Places) -> list[Short]:
        """Of each profile that cannot be ready in time the condition that is broken most."""
        found = (weighed.short(places) for weighed in self._weighed)
        return [short for short in found if short is not None]

    def fits(self, places: Places) -> bool:
        """Whether everyone that a goal waits for can be ready in time."""
        return all(weighed.short(places) is None for weighed in self._weighed)

    def with_minutes(self, members: frozenset[str], extra: int) -> "Fit":
        """The same with so many minutes a week more for these members.

        A guess where another team has booked more than somebody has.
        """
        return Fit(
            item if members.isdisjoint(item.profile.member_ids) else item.with_minutes(extra)
            for item in self._weighed
        )


class _Weighed:
    """One profile; what does not depend on the answer is worked out once."""

    def __init__(self, profile: Profile, goals: frozenset[str], days: Sequence[UsableDay]) -> None:
        self.profile = profile
        self._goals = goals
        self._days = days
        self._windows = Windows(profile.hours, days)
        self._needs = {
            goal: asked for goal, asked in mandatory_needs(profile).items() if goal in goals
        }
        self._parts: tuple[Part, ...] = parts_of(profile, goals)
        self._spans: dict[int, dict[str, Span | None]] = {}

    def with_minutes(self, extra: int) -> "_Weighed":
        """The same profile with so many minutes a week more."""
        hours = _more(self.profile.hours, extra)
        return _Weighed(replace(self.profile, hours=hours), self._goals, self._days)

    def short(self, places: Places) -> Short | None:
        """The condition that is broken most; of equals the first and shortest stretch."""
        tasks: list[tuple[Part, Span]] = []
        for part in self._parts:
            used = [places[goal] for goal in part.goals if goal in places]
            if not used:
                continue
            span = self._of_courses(min(used))[part.course]
            if span is None:
                return Short(self.profile, part.minutes, part.goals & places.keys())
            tasks.append((part, span))
        worst = 0
        found: tuple[int, int] | None = None
        for first in sorted({span[0] for _, span in tasks}):
            for last in sorted({span[1] for _, span in tasks}):
                if last < first:
                    continue
                asked = sum(part.minutes for part, span in tasks if _within(span, first, last))
                missing = asked - self._windows.minutes(first, last) if asked else 0
                if missing > worst:
                    worst, found = missing, (first, last)
        if found is None:
            return None
        goals = _goals_of(part for part, span in tasks if _within(span, *found))
        weeks = self.profile.hours.weeks
        return Short(self.profile, worst, goals & places.keys(), weeks[found[0]], weeks[found[1]])

    def _of_courses(self, place: int) -> dict[str, Span | None]:
        if place not in self._spans:
            self._spans[place] = self._windows.of_courses(self._needs, place)
        return self._spans[place]


def _within(span: Span, first: int, last: int) -> bool:
    return span[0] >= first and span[1] <= last


def _goals_of(parts: Iterable[Part]) -> frozenset[str]:
    return frozenset(goal for part in parts for goal in part.goals)


def _more(hours: Hours, extra: int) -> Hours:
    worked = {monday_of(day) for day in hours.days}
    return replace(
        hours,
        minutes=tuple(
            minutes + extra if week in worked else 0
            for week, minutes in zip(hours.weeks, hours.minutes, strict=True)
        ),
    )
