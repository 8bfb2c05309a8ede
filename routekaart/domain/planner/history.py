"""What of a published plan has happened already, and what is left to plan.

Finished work is never touched: days, meetings and weeks before the day from which is planned stay
as they were published. A course that was recorded as done asks no more minutes, and keeps the weeks
in which it was done. Of other courses the minutes in those weeks count as studied, unless it is
known otherwise; that is an assumption, and a note in the plan says so. A day of before that now has
a later date was not held after all.
"""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from courses.entities import DurationBasis
from routekaart.domain.calendar import ONE_DAY, ONE_WEEK
from routekaart.domain.hours import Activity, Spent, preparation_kind
from routekaart.domain.people import Booked, is_present
from routekaart.domain.planner.plan import (
    CompletedCourse,
    Evaluation,
    FollowUp,
    NotPlaced,
    Placement,
    Plan,
    PlannedActivity,
    PlannedDay,
    PreparationWeek,
    Subject,
)
from routekaart.domain.planner.problem import Goal, Preparation, Problem
from routekaart.domain.plg import PlgMeeting


@dataclass(frozen=True, slots=True)
class History:
    """The part of a published plan that lies before the day from which is planned."""

    placements: tuple[Placement, ...] = ()
    study_days: tuple[PlannedDay, ...] = ()
    weeks: tuple[PreparationWeek, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    evaluations: tuple[Evaluation, ...] = ()
    meetings: tuple[PlgMeeting, ...] = ()
    activities: tuple[PlannedActivity, ...] = ()
    shortages: tuple[NotPlaced, ...] = ()

    @property
    def goals(self) -> frozenset[str]:
        """The goals that were deepened."""
        return frozenset(item.goal_id for item in self.placements)

    @property
    def days(self) -> frozenset[str]:
        """The ids of the study days that were held."""
        return frozenset(day.study_day_id for day in self.study_days)

    def studied(self) -> Mapping[tuple[str, str], int]:
        """Minutes that lie behind, by member and course."""
        return studied_in(self.weeks)

    def spent(self, problem: Problem) -> Iterator[Spent]:
        """The hours that the weeks behind have taken."""
        agreed: dict[tuple[str, str, str], bool] = {}
        for row in problem.preparations:
            if row.mandatory:
                key = (row.member_id, row.course, row.goal_id)
                agreed[key] = agreed.get(key, True) and row.on_individual_hours
        for week in self.weeks:
            rows = [(week.member_id, week.course, goal_id) for goal_id in week.goal_ids]
            known = [agreed[row] for row in rows if row in agreed]
            kind = preparation_kind(
                mandatory=week.mandatory, on_individual_hours=bool(known) and all(known)
            )
            assumed = week.duration_basis is DurationBasis.ASSUMED
            yield Spent(week.member_id, Activity.PREPARATION, kind, week.minutes, assumed=assumed)

    def completed(self, problem: Problem) -> Iterator[CompletedCourse]:
        """What was done for goals that lie behind."""
        done = _completed(problem)
        people = {member.id for member in problem.members}
        found = {
            (row.member_id, row.goal_id, row.course): row.course_title
            for row in problem.preparations
            if row.goal_id in self.goals
            and row.member_id in people
            and (row.member_id, row.course) in done
        }
        for key, title in sorted(found.items()):
            yield CompletedCourse(*key, title)


def history_of(published: Plan | None, problem: Problem) -> History:
    """What lies behind. Without a plan, or without a day to plan from, that is nothing."""
    first = problem.plan_from
    if published is None or first is None:
        return History()
    now = {day.id: day.date for day in problem.study_days}
    days = {
        day.study_day_id
        for day in published.study_days
        if day.date < first and now.get(day.study_day_id, day.date) < first
    }
    placements = tuple(item for item in published.placements if item.study_day_id in days)
    goals = {item.goal_id for item in placements}
    meetings = tuple(
        replace(item, goal_ids=about)
        for item in published.plg_meetings
        if item.date < first and (about := tuple(goal for goal in item.goal_ids if goal in goals))
    )
    held = {item.date for item in meetings}
    return History(
        placements=placements,
        study_days=tuple(day for day in published.study_days if day.study_day_id in days),
        weeks=_weeks_behind(published, problem, first),
        follow_ups=tuple(
            item for item in published.follow_ups if item.date < first and item.study_day_id in days
        ),
        evaluations=tuple(
            item
            for item in published.evaluations
            if item.date < first and item.study_day_id in days
        ),
        meetings=meetings,
        activities=tuple(item for item in published.activities if item.date in held),
        shortages=tuple(_shortages_behind(published, problem, goals)),
    )


def _shortages_behind(
    published: Plan, problem: Problem, goals: Container[str | None]
) -> Iterator[NotPlaced]:
    """What people who are still here did not get to for goals that lie behind."""
    people = {member.id for member in problem.members}
    done = _completed(problem)
    for item in published.not_placed:
        is_behind = item.subject is Subject.PREPARATION and item.goal_id in goals
        is_still_here = item.member_id in people and (item.member_id, item.course) not in done
        if is_behind and is_still_here:
            yield item


def _weeks_behind(published: Plan, problem: Problem, first: date) -> tuple[PreparationWeek, ...]:
    """The weeks before the day to plan from, and of that week itself what had its last day."""
    members = {member.id: member for member in problem.members}

    def is_behind(week: PreparationWeek) -> bool:
        if week.week + ONE_WEEK <= first:
            return True
        if week.week > first or week.member_id not in members:
            return False
        member = members[week.member_id]
        days = [
            day
            for day in (week.week + offset * ONE_DAY for offset in range(7))
            if day <= week.deadline and problem.calendar.is_open(day) and is_present(member, day)
        ]
        return bool(days) and days[-1] < first

    return tuple(week for week in published.preparation_weeks if is_behind(week))


def left_to_plan(problem: Problem, history: History) -> Problem:
    """The problem without what lies behind: goals, days, and the minutes that were studied."""
    if history == History():
        return problem
    done = history.goals
    completed = _completed(problem)
    most = problem.settings.most_candidate_days
    if most is not None:
        used = sum(not day.fixed and day.id in history.days for day in problem.study_days)
        most = max(0, most - used)
    return without_studied(
        replace(
            problem,
            goals=tuple(_goal(goal, done) for goal in problem.goals if goal.id not in done),
            study_days=tuple(day for day in problem.study_days if day.id not in history.days),
            preparations=tuple(
                replace(row, completed=(row.member_id, row.course) in completed)
                for row in problem.preparations
                if row.goal_id not in done
            ),
            settings=replace(problem.settings, most_candidate_days=most),
        ),
        history.weeks,
    )


def without_studied(problem: Problem, weeks: Iterable[PreparationWeek]) -> Problem:
    """The problem less the minutes that were studied in these weeks, which are full by as much."""
    weeks = tuple(weeks)
    studied = studied_in(weeks)
    booked: dict[str, list[Booked]] = defaultdict(list)
    for week in weeks:
        # Other weeks have passed, so that nothing can be planned in them anyway.
        if problem.plan_from is None or week.week + ONE_WEEK > problem.plan_from:
            booked[week.member_id].append(Booked(week.week, week.minutes))
    if not studied:
        return problem
    return replace(
        problem,
        members=tuple(
            replace(member, booked=(*member.booked, *booked[member.id]))
            if member.id in booked
            else member
            for member in problem.members
        ),
        preparations=tuple(_less(row, studied) for row in problem.preparations),
    )


def studied_in(weeks: Iterable[PreparationWeek]) -> Mapping[tuple[str, str], int]:
    """The minutes of these weeks by member and course."""
    minutes: Counter[tuple[str, str]] = Counter()
    for week in weeks:
        minutes[week.member_id, week.course] += week.minutes
    return minutes


def _goal(goal: Goal, done: frozenset[str]) -> Goal:
    return replace(goal, after=tuple(first for first in goal.after if first not in done))


def _less(row: Preparation, studied: Mapping[tuple[str, str], int]) -> Preparation:
    minutes = studied.get((row.member_id, row.course), 0)
    return replace(row, minutes=max(0, row.minutes - minutes)) if minutes else row


def _completed(problem: Problem) -> set[tuple[str, str]]:
    """Who did which course: for whichever goal that was, it is done for all."""
    return {(row.member_id, row.course) for row in problem.preparations if row.completed}
