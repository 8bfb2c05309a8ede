"""What of a published plan has happened already, and what is left to plan.

Finished work is never touched: days, meetings and weeks before the day from which is planned stay
as they were published. Minutes in those weeks count as studied, unless it is known otherwise; that
is an assumption, and a note in the plan says so.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from courses.entities import DurationBasis
from routekaart.domain.calendar import monday_of
from routekaart.domain.hours import Activity, Spent, preparation_kind
from routekaart.domain.planner.plan import (
    CompletedCourse,
    Placement,
    Plan,
    PlannedDay,
    PreparationWeek,
)
from routekaart.domain.planner.problem import Goal, Preparation, Problem


@dataclass(frozen=True, slots=True)
class History:
    """The part of a published plan that lies before the day from which is planned."""

    placements: tuple[Placement, ...] = ()
    study_days: tuple[PlannedDay, ...] = ()
    weeks: tuple[PreparationWeek, ...] = ()

    @property
    def goals(self) -> frozenset[str]:
        """The goals that were deepened."""
        return frozenset(item.goal_id for item in self.placements)

    def spent(self, problem: Problem) -> Iterator[Spent]:
        """The hours that the weeks behind have taken."""
        own = {
            (row.member_id, row.course) for row in problem.preparations if row.on_individual_hours
        }
        for week in self.weeks:
            kind = preparation_kind(
                mandatory=week.mandatory,
                on_individual_hours=(week.member_id, week.course) in own,
            )
            assumed = week.duration_basis is DurationBasis.ASSUMED
            yield Spent(week.member_id, Activity.PREPARATION, kind, week.minutes, assumed=assumed)

    def completed(self, problem: Problem) -> Iterator[CompletedCourse]:
        """What was done for goals that lie behind."""
        for row in problem.preparations:
            if row.completed and row.goal_id in self.goals:
                yield CompletedCourse(row.member_id, row.goal_id, row.course, row.course_title)

    def studied(self) -> dict[tuple[str, str], int]:
        """Minutes that lie behind, by member and course."""
        minutes: dict[tuple[str, str], int] = defaultdict(int)
        for week in self.weeks:
            minutes[week.member_id, week.course] += week.minutes
        return minutes


def history_of(published: Plan | None, plan_from: date | None) -> History:
    """What lies behind. Without a plan, or without a day to plan from, that is nothing."""
    if published is None or plan_from is None:
        return History()
    return History(
        placements=tuple(p for p in published.placements if p.study_day_date < plan_from),
        study_days=tuple(day for day in published.study_days if day.date < plan_from),
        weeks=tuple(w for w in published.preparation_weeks if w.week < monday_of(plan_from)),
    )


def left_to_plan(problem: Problem, history: History) -> Problem:
    """The problem without what lies behind: goals, days, and the minutes that were studied."""
    behind = {day.study_day_id for day in history.study_days}
    done = history.goals
    studied = history.studied()
    return replace(
        problem,
        goals=tuple(_goal(goal, done) for goal in problem.goals if goal.id not in done),
        study_days=tuple(day for day in problem.study_days if day.id not in behind),
        preparations=tuple(
            _preparation(row, studied.get((row.member_id, row.course), 0))
            for row in problem.preparations
            if row.goal_id not in done
        ),
    )


def _goal(goal: Goal, done: frozenset[str]) -> Goal:
    return replace(goal, after=tuple(first for first in goal.after if first not in done))


def _preparation(row: Preparation, studied: int) -> Preparation:
    return replace(row, minutes=max(0, row.minutes - studied)) if studied else row
