"""The part of the check on preparation: right weeks, right minutes, all accounted for."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from routekaart.domain.people import Member, weekly_minutes
from routekaart.domain.planner.plan import Placement, Plan, PreparationWeek, Subject
from routekaart.domain.planner.problem import Preparation, Problem

Told = frozenset[tuple[str | None, str | None]]
"""People with the courses of which it is said elsewhere what they miss."""


@dataclass(frozen=True, slots=True)
class AskedCourse:
    """A course of one person: how long, from when, and the rows of goals that ask for it."""

    minutes: int
    available_from: date
    rows: tuple[Preparation, ...]


def broken_preparation(problem: Problem, plan: Plan, elsewhere: Told) -> Iterator[str]:
    """Every broken rule about preparation weeks and about what is reported as missing."""
    courses = asked_courses(problem)
    placed = {item.goal_id: item for item in plan.placements}
    for week in plan.preparation_weeks:
        name = f"{week.member_id} {week.course} {week.week}"
        course = courses.get((week.member_id, week.course))
        if course is None:
            yield f"{name}: nobody asked for it, or it is done already"
            continue
        if any(goal_id not in placed for goal_id in week.goal_ids):
            yield f"{name}: for a goal without a day"
            continue
        yield from (f"{name}: {fault}" for fault in _week(problem, week, course, placed))
    yield from _weekly_hours(problem, plan)
    yield from _order(problem, plan)
    yield from _accounts(problem, plan, courses, placed, elsewhere)
    yield from _reports(problem, plan)


def asked_courses(problem: Problem) -> dict[tuple[str, str], AskedCourse]:
    """What has to be planned: known people and goals, and not what is done already."""
    people = {member.id for member in problem.members}
    goals = {goal.id for goal in problem.goals}
    done = {(row.member_id, row.course) for row in problem.preparations if row.completed}
    rows: dict[tuple[str, str], list[Preparation]] = defaultdict(list)
    for row in problem.preparations:
        key = (row.member_id, row.course)
        if row.member_id in people and row.goal_id in goals and key not in done:
            rows[key].append(row)
    return {
        key: AskedCourse(
            max(row.minutes for row in found),
            max(row.available_from or date.min for row in found),
            tuple(found),
        )
        for key, found in rows.items()
    }


def _week(
    problem: Problem, week: PreparationWeek, course: AskedCourse, placed: dict[str, Placement]
) -> Iterator[str]:
    leading = placed[week.goal_ids[0]]
    asked = {row.goal_id for row in course.rows}
    if week.minutes <= 0 or week.week.isoweekday() != 1:
        yield "no minutes, or not a Monday"
    if week.deadline != leading.deadline or week.study_day_id != leading.study_day_id:
        yield "deadline or day of another goal"
    if week.deadline >= leading.study_day_date:
        yield "the deadline is not before the day"
    if week.week < leading.study_day_date - timedelta(weeks=problem.settings.window_weeks):
        yield "too long before the day"
    served = {
        goal_id
        for goal_id in asked & set(placed)
        if (placed[goal_id].deadline or date.min) >= week.deadline
    }
    if set(week.goal_ids) != served or len(week.goal_ids) != len(served):
        yield f"counts for {week.goal_ids}, not for {sorted(served)}"
    if week.mandatory is not any(
        row.mandatory for row in course.rows if row.goal_id in week.goal_ids
    ):
        yield "wrongly mandatory or voluntary"
    if not any(_can_study(problem, week, course, week.week + timedelta(n)) for n in range(7)):
        yield "no working day in this week to do it"


def _can_study(problem: Problem, week: PreparationWeek, course: AskedCourse, day: date) -> bool:
    member = next(item for item in problem.members if item.id == week.member_id)
    return (
        problem.calendar.is_open(day)
        and day.isoweekday() in member.working_days
        and not any(leave.first <= day <= leave.last for leave in member.leave)
        and max(problem.plan_from or date.min, course.available_from) <= day <= week.deadline
    )


def _weekly_hours(problem: Problem, plan: Plan) -> Iterator[str]:
    members = {member.id: member for member in problem.members}
    used: dict[tuple[str, date], int] = defaultdict(int)
    for week in plan.preparation_weeks:
        used[week.member_id, week.week] += week.minutes
    for (member_id, monday), minutes in used.items():
        limit = free_minutes(problem, members[member_id], monday)
        if minutes > limit:
            yield f"{member_id} {monday}: {minutes} minutes in a week of {limit}"


def free_minutes(problem: Problem, member: Member, monday: date) -> int:
    """What someone may study in a week, less what other teams have planned in it."""
    limit = weekly_minutes(member, problem.settings.team_weekly_minutes)
    week = {monday + timedelta(n) for n in range(7)}
    return max(0, limit - sum(item.minutes for item in member.booked if item.week in week))


def _order(problem: Problem, plan: Plan) -> Iterator[str]:
    """Courses prepared for the same goal keep the goal's order."""
    position: dict[tuple[str, str, str], int] = {}
    for row in problem.preparations:
        key = (row.member_id, row.goal_id, row.course)
        position[key] = min(row.position, position.get(key, row.position))
    weeks: dict[tuple[str, str], dict[int, list[date]]] = defaultdict(lambda: defaultdict(list))
    for week in plan.preparation_weeks:
        place = position.get((week.member_id, week.goal_ids[0], week.course), 0)
        weeks[week.member_id, week.goal_ids[0]][place].append(week.week)
    for (member_id, goal_id), places in weeks.items():
        latest = date.min
        for place in sorted(places):
            if min(places[place]) < latest:
                yield f"{member_id} {goal_id}: courses out of order"
            latest = max(latest, *places[place])


def _accounts(
    problem: Problem,
    plan: Plan,
    courses: dict[tuple[str, str], AskedCourse],
    placed: dict[str, Placement],
    elsewhere: Told,
) -> Iterator[str]:
    """Every minute asked for is planned in time, or reported as missing: once for each course."""
    planned: dict[tuple[str, str], list[PreparationWeek]] = defaultdict(list)
    for week in plan.preparation_weeks:
        planned[week.member_id, week.course].append(week)
    missing = {
        (item.member_id, item.goal_id, item.course): item.missing_minutes
        for item in plan.not_placed
        if item.subject is Subject.PREPARATION
    }
    waiting: dict[str, int] = defaultdict(int)
    turn = {goal.id: (goal.priority, goal.id) for goal in problem.goals}
    for (member_id, slug), course in courses.items():
        weeks = planned[member_id, slug]
        total = sum(week.minutes for week in weeks)
        if total > course.minutes:
            yield f"{member_id} {slug}: planned more than once"
        asked = {row.goal_id for row in course.rows}
        if total < course.minutes and total:
            mandatory = {row.goal_id for row in course.rows if row.mandatory}
            if not mandatory & set(placed):
                yield f"{member_id} {slug}: a voluntary course is planned in part"
        days = sorted((placed[one].study_day_date, one) for one in asked if one in placed)
        told = (member_id, slug) in elsewhere
        if not days and not told:
            waiting[min(asked, key=turn.__getitem__)] += course.minutes - total
        for _, goal_id in days:
            deadline = placed[goal_id].deadline or date.min
            short = course.minutes - sum(w.minutes for w in weeks if w.deadline <= deadline)
            # Only the first goal that misses it says how much.
            expected = None if not short else 0 if told else short
            told = told or bool(short)
            if missing.get((member_id, goal_id, slug)) != expected:
                yield f"{member_id} {goal_id} {slug}: minutes are lost"
    for item in plan.not_placed:
        if item.subject is Subject.GOAL and item.missing_minutes != waiting[item.goal_id or ""]:
            yield f"goal {item.goal_id}: {item.missing_minutes} minutes wait, not all of them"


def _reports(problem: Problem, plan: Plan) -> Iterator[str]:
    """Rows about done courses or unknown people and goals are not lost either."""
    people = {member.id for member in problem.members}
    goals = {goal.id for goal in problem.goals}
    done = {(row.member_id, row.course) for row in problem.preparations if row.completed}
    skipped = {(item.member_id, item.goal_id, item.course) for item in plan.completed}
    reported = {(item.member_id, item.goal_id, item.course) for item in plan.not_placed}
    for row in problem.preparations:
        key = (row.member_id, row.goal_id, row.course)
        if row.member_id not in people or row.goal_id not in goals:
            if key not in reported:
                yield f"{key}: a row that refers to nothing is not reported"
        elif ((row.member_id, row.course) in done) is not (key in skipped):
            yield f"{key}: completed and skipped do not agree"
    for item in plan.not_placed:
        if not item.text or item.missing_minutes < 0:
            yield f"{item.code}: a report without a text or with negative minutes"
