"""The part of the check on who a goal waits for: nobody who could be ready is left behind."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from routekaart.domain.people import Member
from routekaart.domain.planner.check_preparation import AskedCourse, asked_courses, free_minutes
from routekaart.domain.planner.plan import Plan, Subject
from routekaart.domain.planner.problem import Problem, StudyDay

_DAY = timedelta(days=1)
# A course with its place in the order of one goal.
_InOrder = tuple[int, AskedCourse]


def broken_waiting(problem: Problem, plan: Plan) -> Iterator[str]:
    """A goal stands on a day that someone cannot make, and that was not allowed.

    A goal waits for who could be ready before some study day if it were the only goal, or for
    everyone where the team asked for that.
    """
    members = {member.id: member for member in problem.members}
    placed = {item.goal_id for item in plan.placements}
    asked = _mandatory(problem)
    days = [day for day in problem.study_days if is_usable(problem, day)]
    short = {
        (item.member_id or "", item.goal_id or "")
        for item in plan.not_placed
        if item.subject is Subject.PREPARATION
        and item.goal_id in placed
        and item.course in asked.get((item.member_id or "", item.goal_id or ""), {})
    }
    for member_id, goal_id in sorted(short):
        courses = sorted(
            asked[member_id, goal_id].values(),
            key=lambda item: (item[0], item[1].available_from),
        )
        if problem.settings.wait_for_all:
            yield f"{member_id} {goal_id}: not ready, and the team waits for everyone"
        elif any(_could_be_ready(problem, members[member_id], courses, day) for day in days):
            yield f"{member_id} {goal_id}: not ready, and there is a day before which it fits"


def _mandatory(problem: Problem) -> dict[tuple[str, str], dict[str, _InOrder]]:
    """Per person and goal the mandatory courses that take time."""
    found: dict[tuple[str, str], dict[str, _InOrder]] = defaultdict(dict)
    for (member_id, slug), course in asked_courses(problem).items():
        for goal_id in {row.goal_id for row in course.rows} if course.minutes else ():
            rows = [row for row in course.rows if row.goal_id == goal_id]
            if any(row.mandatory for row in rows):
                position = min(row.position for row in rows)
                found[member_id, goal_id][slug] = (position, course)
    return found


def _could_be_ready(
    problem: Problem, member: Member, courses: Sequence[_InOrder], day: StudyDay
) -> bool:
    """Whether these courses fit before a day with nothing else: each as late as it can be done."""
    deadline = deadline_before(problem, day.date)
    if deadline is None:
        return False
    first = day.date - timedelta(weeks=problem.settings.window_weeks)
    used: Counter[date] = Counter()
    for _, course in reversed(courses):
        left = course.minutes
        on = deadline
        while left and on - timedelta(on.weekday()) >= first:
            monday = on - timedelta(on.weekday())
            if on >= course.available_from and _can_study(problem, member, on):
                minutes = min(left, free_minutes(problem, member, monday) - used[monday])
                used[monday] += minutes
                left -= minutes
            on -= _DAY
        if left:
            return False
    return True


def _can_study(problem: Problem, member: Member, day: date) -> bool:
    return (
        problem.calendar.is_open(day)
        and day.isoweekday() in member.working_days
        and not any(leave.first <= day <= leave.last for leave in member.leave)
        and (problem.plan_from is None or day >= problem.plan_from)
    )


def is_usable(problem: Problem, day: StudyDay) -> bool:
    """Whether a day can be planned on: open, to come, and long enough for a programme."""
    end = day.start.hour * 60 + day.start.minute + day.minutes
    return (
        problem.calendar.is_open(day.date)
        and (problem.plan_from is None or day.date >= problem.plan_from)
        and 60 <= day.minutes <= 480
        and end < 24 * 60
    )


def deadline_before(problem: Problem, day: date) -> date | None:
    """The last day of preparation; None when the year has no room for one."""
    left = problem.settings.deadline_working_days
    while left and day > problem.calendar.year.first_day:
        day -= _DAY
        left -= problem.calendar.is_open(day)
    return None if left else day
