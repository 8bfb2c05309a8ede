"""What an explanation promises, checked against plans that are made anew."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from routekaart.domain.planner.changes import (
    Change,
    ChangeSettings,
    MoreWeeklyMinutes,
    changed,
)
from routekaart.domain.planner.even_days import evened
from routekaart.domain.planner.explain import Explanation, Help, PostponedGoal, ShortPerson
from routekaart.domain.planner.optimal import plan_optimally
from routekaart.domain.planner.plan import Code, Plan, Subject
from routekaart.domain.planner.problem import Problem


class Promises:
    """Every broken promise of an explanation of a problem, as sentences; none is well."""

    def __init__(
        self, problem: Problem, published: Plan | None = None, *, evens: bool = False
    ) -> None:
        self._problem = problem
        self._published = published
        self._evens = evens
        self._before = plan_optimally(problem, published)

    def broken(self, explanation: Explanation) -> list[str]:
        found = []
        without_day = {goal.id for goal in self._problem.goals} - dates(self._before).keys()
        if without_day != {goal.goal_id for goal in explanation.postponed}:
            found.append(f"postponed are {without_day}")
        left = {goal: day for goal, day in dates(self._before).items() if day >= self._first}
        if {goal.goal_id: goal.date for goal in explanation.placed} != left:
            found.append(f"placed are {left}")
        short = shortages(self._problem, self._before)
        if short != {(person.member_id, person.goal_id) for person in explanation.people}:
            found.append(f"short are {short}")
        for goal in explanation.postponed:
            for one in goal.helps:
                found += [f"{goal.goal_id}: {one.text}: {why}" for why in self._of_goal(goal, one)]
        for person in explanation.people:
            for one in person.helps:
                if not self._is_ready(person, one.changes):
                    found.append(f"{person.member_id}: {one.text} does not help")
                if any(self._is_ready(person, step) for step in smaller(self._problem, one)):
                    found.append(f"{person.member_id}: {one.text}: less is enough")
        return found

    @property
    def _first(self) -> date:
        """What lies before this day is no longer planned."""
        return (self._published and self._problem.plan_from) or date.min

    def _of_goal(self, goal: PostponedGoal, one: Help) -> list[str]:
        found = []
        if not self._is_placed(goal.goal_id, one.changes):
            found.append("does not help")
        if any(self._is_placed(goal.goal_id, step) for step in smaller(self._problem, one)):
            found.append("less is enough")
        after = dates(self._after(one.changes))
        told = {move.goal_id: (move.old, move.new) for move in one.moves}
        before = dates(self._before)
        for other in before.keys() | after.keys():
            was, now = before.get(other), after.get(other)
            if was != now and told.get(other) != (was, now):
                found.append(f"does not tell that {other} moves from {was} to {now}")
        return found

    def _after(self, changes: Sequence[Change]) -> Plan:
        problem = changed(self._problem, changes)
        own = any(
            "goals_per_day" in dict(c.values) for c in changes if isinstance(c, ChangeSettings)
        )
        wanted = evened(problem) if self._evens and not own else problem
        return plan_optimally(wanted, self._published)

    def _is_placed(self, goal_id: str, changes: Sequence[Change]) -> bool:
        after = dates(self._after(changes))
        priorities = {goal.id: goal.priority for goal in self._problem.goals}
        return goal_id in after and all(
            other in after
            for other in dates(self._before)
            if priorities.get(other, 0) <= priorities[goal_id]
        )

    def _is_ready(self, person: ShortPerson, changes: Sequence[Change]) -> bool:
        problem, after = changed(self._problem, changes), self._after(changes)
        return dates(self._before).keys() <= dates(after).keys() and (
            person.member_id,
            person.goal_id,
        ) not in shortages(problem, after)


def dates(plan: Plan) -> dict[str, date]:
    """Per goal that has one its day."""
    return {item.goal_id: item.study_day_date for item in plan.placements}


def shortages(problem: Problem, plan: Plan) -> set[tuple[str, str]]:
    """Members and goals of which something mandatory does not fit."""
    mandatory = {
        (row.member_id, row.goal_id, row.course) for row in problem.preparations if row.mandatory
    }
    return {
        (item.member_id or "", item.goal_id or "")
        for item in plan.not_placed
        if item.subject is Subject.PREPARATION
        and item.code not in (Code.UNKNOWN_GOAL, Code.UNKNOWN_MEMBER)
        and (item.member_id, item.goal_id, item.course) in mandatory
        and item.goal_id in dates(plan)
    }


def smaller(problem: Problem, one: Help) -> list[tuple[Change, ...]]:
    """One step less of the same; nothing where that would be no change at all."""
    steps: list[Change] = []
    for change in one.changes:
        if isinstance(change, MoreWeeklyMinutes) and change.minutes > 5:
            steps.append(replace(change, minutes=change.minutes - 5))
        if isinstance(change, ChangeSettings):
            (name, value), less = change.values[0], 5 if "minutes" in change.values[0][0] else 1
            now = getattr(problem.settings, name)
            if isinstance(value, int) and value - less > now:
                steps.append(ChangeSettings(((name, value - less),)))
    return [tuple(steps)] if steps else []
