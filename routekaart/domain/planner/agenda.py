"""The weeks of one person: which minutes of which course fit where.

People with the same hours, leave and courses share one agenda. Minutes are spread in two passes
over tasks in order of deadline: forward to know what fits, backward to lie close to the day. Every
task may use the weeks between its first and last one, so forward filling in order of deadline
places as many minutes as any other way could.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter

from routekaart.domain.calendar import SchoolCalendar, monday_of
from routekaart.domain.people import Member, available_days


@dataclass(frozen=True, slots=True)
class Hours:
    """When someone can study: the days they work, the weeks of those days, minutes in each week.

    A week with one working day counts as a whole week (assumption).
    """

    days: tuple[date, ...]
    weeks: tuple[date, ...]
    minutes: int

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
    days = tuple(
        day for day in available_days(member, calendar) if plan_from is None or day >= plan_from
    )
    return Hours(days, tuple(sorted({monday_of(day) for day in days})), minutes)


@dataclass(frozen=True, slots=True)
class Task:
    """Minutes of a course, meant for one goal on one day, within weeks `first` to `last`.

    `rank` is the goal's turn, `position` the place of the course within it.
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


_BY_TURN = attrgetter("rank", "position", "course")
_BY_DEADLINE = attrgetter("last", "first", "rank", "position", "course")
_BY_START = attrgetter("first", "last", "rank", "position", "course")


def unplaced_minutes(tasks: Sequence[Task], hours: Hours) -> int:
    """How many minutes of these tasks do not fit. 0 means that everything fits."""
    free = [hours.minutes] * len(hours.weeks)
    unplaced = 0
    for task in sorted(_in_order(tasks), key=_BY_DEADLINE):
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
    """Minutes per task and week (a Monday), as close to the day as the weeks allow.

    The tasks have to fit. Courses of one goal keep their order.
    """
    free = [hours.minutes] * len(hours.weeks)
    placed: list[tuple[Task, date, int]] = []
    for task in sorted(_in_order(tasks), key=_BY_START, reverse=True):
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


def _in_order(tasks: Iterable[Task]) -> list[Task]:
    """Courses of one goal start no earlier than the ones before them in the goal's order."""
    begins: dict[str, int] = {}
    ordered: list[Task] = []
    for task in sorted(tasks, key=_BY_TURN):
        first = max(task.first, begins.get(task.goal_id, 0))
        begins[task.goal_id] = first
        ordered.append(task if first == task.first else replace(task, first=first))
    return ordered
