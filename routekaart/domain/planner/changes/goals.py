"""Changes to the goals."""

from dataclasses import dataclass, replace

from courses.entities import DurationBasis
from routekaart.domain.planner.changes.change import (
    NAMED,
    ImpossibleChange,
    Words,
    check_free,
    goal_in,
    member_in,
)
from routekaart.domain.planner.problem import Goal, JointActivity, Preparation, Problem


@dataclass(frozen=True, slots=True)
class GoalPriority:
    """A goal gets another priority, 1 comes first. The others keep theirs."""

    goal: str
    priority: int

    def apply(self, problem: Problem) -> Problem:
        if self.priority < 1:
            raise ImpossibleChange(
                "priority", "Kies 1 of meer: 1 komt eerst.", code="priority_too_low"
            )
        found = goal_in(problem, self.goal)
        return replace(
            problem,
            goals=tuple(
                replace(goal, priority=self.priority) if goal.id == found.id else goal
                for goal in problem.goals
            ),
        )

    def text(self, problem: Problem, _words: Words = NAMED) -> str:
        return f"het doel ‘{goal_in(problem, self.goal).title}’ prioriteit {self.priority} geven"


@dataclass(frozen=True, slots=True)
class AskedCourse:
    """A mandatory course that a new goal asks of everyone in the team."""

    course: str
    title: str
    minutes: int
    duration_basis: DurationBasis = DurationBasis.ASSUMED


@dataclass(frozen=True, slots=True)
class AddGoal:
    """One more goal, with what people have to prepare for it.

    `courses` are for everyone who is in the team by then, in this order; who has done one already
    need not do it again.
    """

    goal: Goal
    preparations: tuple[Preparation, ...] = ()
    courses: tuple[AskedCourse, ...] = ()

    def apply(self, problem: Problem) -> Problem:
        check_free("goal", "Dit doel", self.goal.id, [goal.id for goal in problem.goals])
        for earlier in self.goal.after:
            goal_in(problem, earlier, "after")
        for row in self.preparations:
            member_in(problem, row.member_id)
            if row.goal_id != self.goal.id:
                raise ImpossibleChange(
                    "preparations",
                    "Een voorbereiding hoort bij een ander doel. Kies alleen die van dit doel.",
                    code="unknown_goal",
                )
        asked = (
            Preparation(
                goal_id=self.goal.id,
                member_id=member.id,
                course=item.course,
                course_title=item.title,
                minutes=item.minutes,
                duration_basis=item.duration_basis,
                position=position,
            )
            for member in problem.members
            for position, item in enumerate(self.courses)
        )
        return replace(
            problem,
            goals=(*problem.goals, self.goal),
            preparations=(*problem.preparations, *self.preparations, *asked),
        )

    def text(self, _problem: Problem, _words: Words = NAMED) -> str:
        return f"een extra doel: ‘{self.goal.title}’"


@dataclass(frozen=True, slots=True)
class RemoveGoal:
    """A goal less, with what only it asked for. A course that was done for it stays done."""

    goal: str

    def apply(self, problem: Problem) -> Problem:
        gone = goal_in(problem, self.goal).id
        done = {(row.member_id, row.course) for row in problem.preparations if row.completed}
        return replace(
            problem,
            goals=tuple(
                replace(goal, after=tuple(other for other in goal.after if other != gone))
                for goal in problem.goals
                if goal.id != gone
            ),
            preparations=tuple(
                replace(row, completed=(row.member_id, row.course) in done)
                for row in problem.preparations
                if row.goal_id != gone
            ),
            activities=tuple(
                _without(item, gone) for item in problem.activities if _stays(item, gone)
            ),
        )

    def text(self, problem: Problem, _words: Words = NAMED) -> str:
        return f"het doel ‘{goal_in(problem, self.goal).title}’ weghalen"


def _stays(activity: JointActivity, goal_id: str) -> bool:
    """What was for this goal alone goes along; what is for the whole team stays."""
    return not activity.goal_ids or set(activity.goal_ids) != {goal_id}


def _without(activity: JointActivity, goal_id: str) -> JointActivity:
    return replace(activity, goal_ids=tuple(one for one in activity.goal_ids if one != goal_id))
