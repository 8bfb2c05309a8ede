"""The weeks of one person: which minutes of which course fit where.

People with the same hours, leave and courses share one agenda. Every task may use the weeks
between its first and last one, so filling forward in order of deadline places as many minutes as
any other way could, and filling backward in order of start lies as close to the day.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from routekaart.domain.calendar import SchoolCalendar, monday_of
from routekaart.domain.people import Member, available_days


@dataclass(frozen=True, slots=True)
class Hours:
    """When someone can study: the days they work, and per week of the calendar the minutes.

    `weeks` are Mondays. A week with one working day counts as a whole week (assumption), one
    without any as nothing. `busiest` are the minutes of the busiest week that lies behind.
    """

    days: tuple[date, ...]
    weeks: tuple[date, ...]
    minutes: tuple[int, ...]
    busiest: int = 0

    def span(self, first_monday: date, earliest: date, deadline: date) -> tuple[int, int] | None:
        """First and last usable week as indexes; None when there is no working day in between."""
        begin = bisect_left(self.days, max(first_monday, earliest))
        end = bisect_right(self.days, deadline) - 1
        if begin > end:
            return None
        first = bisect_left(self.weeks, monday_of(self.days[begin]))
        return first, bisect_left(self.weeks, monday_of(self.days[end]))


def hours_of(
    member: Member, calendar: SchoolCalendar, minutes: int, plan_from: date | None
) -> Hours:
    """The weeks of a member; what another team has booked is taken off."""
    days = tuple(
        day for day in available_days(member, calendar) if plan_from is None or day >= plan_from
    )
    worked = {monday_of(day) for day in days}
    booked: Counter[date] = Counter()
    for item in member.booked:
        booked[monday_of(item.week)] += item.minutes
    weeks = tuple(week.monday for week in calendar.weeks)
    return Hours(
        days,
        weeks,
        tuple(max(0, minutes - booked[week]) if week in worked else 0 for week in weeks),
    )


@dataclass(frozen=True, slots=True)
class Task:
    """Minutes of a course, meant for one goal on one day, within weeks `first` to `last`.

    `rank` is the goal's turn, `position` the place of the course within it. `opens` is the Monday
    from which the day can be prepared, whether that is behind or not.
    """

    course: str
    goal_id: str
    rank: int
    position: int
    minutes: int
    first: int
    last: int
    day_id: str
    deadline: date
    opens: date = date.min


# A study session of less than half an hour is not worth sitting down for (assumption).
_SESSION = 30
_BY_DEADLINE = attrgetter("last", "first", "rank", "position", "course")
_BY_START = attrgetter("first", "opens", "last", "rank", "position", "course")


def unplaced_minutes(tasks: Iterable[Task], minutes: Sequence[int]) -> int:
    """How many minutes of these tasks do not fit in weeks of so many minutes; 0: all of it fits."""
    free = list(minutes)
    unplaced = 0
    for task in sorted(tasks, key=_BY_DEADLINE):
        left = task.minutes
        for week in range(task.first, task.last + 1):
            if left <= free[week]:
                free[week] -= left
                left = 0
                break
            left -= free[week]
            free[week] = 0
        unplaced += left
    return unplaced


def spread(tasks: Sequence[Task], hours: Hours) -> list[tuple[Task, date, int]]:
    """Minutes per task and week (a Monday): the busiest week as light as can be, then close to
    the day.

    The tasks have to fit. Both are exact: filling from the last week back, as far as the lightest
    peak allows, leaves no minute that could lie later.
    """
    peak = lightest_peak(tasks, hours)
    free = [min(minutes, peak) for minutes in hours.minutes]
    placed: list[tuple[Task, date, int]] = []
    for task in sorted(tasks, key=_BY_START, reverse=True):
        left = task.minutes
        for week in range(task.last, task.first - 1, -1):
            used = min(left, free[week])
            if used:
                free[week] -= used
                left -= used
                placed.append((task, hours.weeks[week], used))
            if not left:
                break
        if left:
            raise ValueError(f"{left} minutes of {task.course} do not fit: call with what fits")
    return placed[::-1]


def lightest_peak(tasks: Sequence[Task], hours: Hours) -> int:
    """The fewest minutes in the busiest week with which everything still fits.

    In whole sessions of half an hour, where the hours allow that. A week that has been counts too:
    so that what is still to come need not be spread thinner, and stays where it was.
    """
    most = max(hours.minutes, default=0)
    high = -(-most // _SESSION)
    low = min(high, -(-hours.busiest // _SESSION))
    while low < high:
        sessions = (low + high) // 2
        peak = sessions * _SESSION
        if unplaced_minutes(tasks, [min(minutes, peak) for minutes in hours.minutes]):
            low = sessions + 1
        else:
            high = sessions
    return min(most, high * _SESSION)
