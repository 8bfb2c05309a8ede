"""An extra study day: in which weeks it helps, and on which date for instance."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, time

from courses.dutch import dutch_date
from routekaart.domain.calendar import ONE_DAY, ONE_WEEK, monday_of
from routekaart.domain.content.wording import ASSUMED, clock, later, weekday_date
from routekaart.domain.meeting_dates import date_in_week, preferred_weekdays
from routekaart.domain.planner.changes import AddStudyDay, changed
from routekaart.domain.planner.explain.fit import Fit
from routekaart.domain.planner.explain.kinds import Help, HelpKind
from routekaart.domain.planner.explain.solving import smallest
from routekaart.domain.planner.explain.wanted import Wanted
from routekaart.domain.planner.problem import Problem, StudyDayKind
from routekaart.domain.planner.usable_days import usable_days
from routekaart.domain.study_day import fits_programme

# Where the team has no day of this kind to go by (assumption).
_HOURS = {StudyDayKind.DAY: (time(8, 30), 360), StudyDayKind.AFTERNOON: (time(13), 180)}
_NAMES = {StudyDayKind.DAY: "studiedag", StudyDayKind.AFTERNOON: "studiemiddag"}
# Weeks that are tried where the days of other goals would have to move.
_PROBES = 4


def study_day(wanted: Wanted) -> Help | None:
    """An extra afternoon, and a whole day where that is not enough."""
    settings = wanted.draft.problem.settings
    kinds = [StudyDayKind.AFTERNOON]
    if settings.goals_per_day > settings.goals_per_afternoon:
        kinds.append(StudyDayKind.DAY)
    found = (_ExtraDay(wanted, kind).search() for kind in kinds)
    return next((item for item in found if item is not None), None)


class _ExtraDay:
    """A day of one kind in each week of the year, as far as the school is open."""

    def __init__(self, wanted: Wanted, kind: StudyDayKind) -> None:
        self._wanted = wanted
        self._kind = kind
        problem = wanted.draft.problem
        start, minutes, assumed = _hours(problem, kind)
        self._changes = [AddStudyDay(day, kind, start, minutes) for day in _one_a_week(problem)]
        self._hours = f"van {clock(start)} tot {clock(later(start, minutes))} uur"
        if assumed:
            self._hours += f" ({ASSUMED})"

    def search(self) -> Help | None:
        """The first week of those in which it plainly fits, else one of a few over the year."""
        changes, helps = self._changes, self._wanted.is_helped
        hits = self._plain_hits()
        count = len(changes)
        tried = [hits[0], hits[-1]] if hits else [n * count // _PROBES for n in range(1, _PROBES)]
        found = next((index for index in tried if index < count and helps(changes[index])), None)
        if found is None:
            return None
        # The weeks around it in which it helps, as far as that can be guessed beforehand.
        low = high = found
        while low - 1 in hits:
            low -= 1
        while high + 1 in hits:
            high += 1
        first = smallest(changes[: found + 1], helps, low) or changes[found]
        last = smallest(changes[found:][::-1], helps, count - 1 - high) or changes[found]
        between = range(changes.index(first), changes.index(last) + 1)
        chosen = self._calmest(found, [index for index in hits if index in between])
        return self._found(changes[chosen], first, last)

    def _calmest(self, found: int, hits: list[int]) -> int:
        """Of a few weeks the first that leaves most goals where they are."""
        tried = [found, *(hits[n * (len(hits) - 1) // 2] for n in (1, 2) if hits)]
        able = [index for index in dict.fromkeys(tried) if self._is_found(index)]
        return min(able, key=lambda index: (self._moves(index), able.index(index)))

    def _is_found(self, index: int) -> bool:
        return self._wanted.is_helped(self._changes[index])

    def _moves(self, index: int) -> int:
        solver = self._wanted.solver
        after = solver.after(self._changes[index])
        return len(solver.moves(after)) if after else 0

    def _found(self, change: AddStudyDay, first: AddStudyDay, last: AddStudyDay) -> Help:
        not_before = None if first is self._changes[0] else monday_of(first.date)
        before = None if last is self._changes[-1] else monday_of(last.date) + ONE_WEEK
        words = [f"een extra {_NAMES[self._kind]}"]
        if not_before is not None and before is not None:
            words.append(f"tussen {dutch_date(not_before)} en {dutch_date(before)}")
        elif before is not None:
            words.append(f"vóór {dutch_date(before)}")
        elif not_before is not None:
            words.append(f"vanaf {dutch_date(not_before)}")
        text = f"{' '.join(words)}, bijvoorbeeld op {weekday_date(change.date)} {self._hours}"
        known = self._wanted.help(HelpKind(f"study_{self._kind.value}"), change, text=text)
        return replace(known, not_before=not_before, before=before)

    def _plain_hits(self) -> list[int]:
        """The weeks in which the goal fits on the new day while every other goal stays."""
        draft, places = self._wanted.draft, self._wanted.solver.base.places
        goal = self._wanted.goal
        firsts = [first for later, first in draft.question.after if later == goal]
        if any(first not in places for first in firsts):
            return []
        after = max(
            (draft.question.slots[places[first]].date for first in firsts), default=date.min
        )
        days, _ = usable_days(changed(draft.problem, self._changes))
        at = {day.day.id: place for place, day in enumerate(days)}
        others = {key: at[draft.days[place].day.id] for key, place in places.items()}
        fit = Fit.of(draft, days)
        return [
            index
            for index, change in enumerate(self._changes)
            if change.date > after
            and (place := at.get(f"new-{change.date.isoformat()}")) is not None
            and days[place].room
            and fit.fits({**others, goal: place})
        ]


def _one_a_week(problem: Problem) -> Iterable[date]:
    """A date in every week that is left, on the weekday on which most of the team works."""
    calendar = problem.calendar
    weekdays = preferred_weekdays(problem.members)
    taken = {day.date for day in problem.study_days}
    after = (problem.plan_from or calendar.year.first_day) - ONE_DAY
    for week in calendar.weeks:
        day = date_in_week(calendar, week.monday, weekdays, taken=taken, after=after)
        if day is not None and day in calendar.year:
            yield day


def _hours(problem: Problem, kind: StudyDayKind) -> tuple[time, int, bool]:
    """The hours of the last day of this kind, and whether that is an assumption."""
    known = [
        day
        for day in problem.study_days
        if day.kind is kind and fits_programme(day.start, day.minutes)
    ]
    if not known:
        return *_HOURS[kind], True
    last = max(known, key=lambda day: (day.date, day.id))
    return last.start, last.minutes, False
