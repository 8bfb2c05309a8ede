"""A plan without a solver: every goal in its turn on the first day that it fits.

The baseline and the fallback of the optimal planner. A goal goes to the earliest study day before
which everyone can do the mandatory courses. Where no such day exists it goes to the earliest day on
which about the fewest minutes are missing, and who is short is reported; with
`wait_for_all` it waits. What was promised to an earlier goal is never taken away by a later
one. Voluntary courses take what is left after all mandatory ones.
"""

from dataclasses import dataclass, replace
from datetime import date

from routekaart.domain.planner.agenda import Task, unplaced_minutes
from routekaart.domain.planner.assemble import build_plan
from routekaart.domain.planner.decision import Decision, Placed, Postponed, Why
from routekaart.domain.planner.demand import Demand, Need, Profile, demand_of
from routekaart.domain.planner.goal_order import ranked
from routekaart.domain.planner.plan import Code, Plan
from routekaart.domain.planner.problem import Goal, Problem
from routekaart.domain.planner.usable_days import UsableDay, usable_days

METHOD = "greedy"

Tasks = tuple[Task, ...]


def plan_greedily(problem: Problem) -> Plan:
    """A plan for any problem; the same problem gives the same plan, in whatever order its rows."""
    demand = demand_of(problem)
    days, refused = usable_days(problem)
    decision = _Placer(problem, demand, days).decide()
    return build_plan(problem, demand, days, refused, decision, method=METHOD, optimal=False)


@dataclass(frozen=True, slots=True)
class _Turn:
    """A goal whose turn it is, and its place in the row."""

    goal: Goal
    rank: int


@dataclass(frozen=True, slots=True)
class _Trial:
    """A goal tried on a day: the tasks of all profiles, and what would be missing."""

    day: UsableDay
    missing: int
    tasks: list[Tasks]


class _Placer:
    """Holds what is decided so far: a goal's day, and the tasks of every profile."""

    def __init__(self, problem: Problem, demand: Demand, days: tuple[UsableDay, ...]) -> None:
        self._problem = problem
        self._profiles = demand.profiles
        self._days = days
        self._tasks: list[Tasks] = [() for _ in demand.profiles]
        self._placed: dict[str, Placed] = {}
        self._postponed: dict[str, Postponed] = {}

    def decide(self) -> Decision:
        order, circle = ranked(self._problem.goals)
        for rank, goal in enumerate(order):
            self._place(_Turn(goal, rank))
        for rank, goal in enumerate(order):
            self._add_voluntary(_Turn(goal, rank))
        placeable = {goal.id for goal in order}
        for goal in sorted(self._problem.goals, key=lambda item: (item.priority, item.id)):
            if goal.id not in placeable:
                code = Code.ORDER_CYCLE if goal.id in circle else Code.ORDER_UNMET
                self._postponed[goal.id] = Postponed(goal.id, code)
        return Decision(self._placed, self._postponed, tuple(self._tasks))

    def _place(self, turn: _Turn) -> None:
        goal = turn.goal
        known = {item.id for item in self._problem.goals}
        earlier = [other for other in goal.after if other in known]
        if not self._days:
            self._postponed[goal.id] = Postponed(goal.id, Code.NO_STUDY_DAY)
            return
        if any(other not in self._placed for other in earlier):
            self._postponed[goal.id] = Postponed(goal.id, Code.ORDER_UNMET)
            return
        not_on_or_before = max(
            (self._placed[other].day.day.date for other in earlier), default=date.min
        )
        days = [
            day for day in self._days if day.day.date > not_on_or_before and self._room_on(day) > 0
        ]
        if not days:
            self._postponed[goal.id] = Postponed(goal.id, Code.NO_FREE_DAY)
            return
        self._choose(turn, days)

    def _room_on(self, day: UsableDay) -> int:
        return day.room - sum(placed.day is day for placed in self._placed.values())

    def _choose(self, turn: _Turn, days: list[UsableDay]) -> None:
        """Takes the first day on which nothing is missing, else an early one that misses little."""
        trials: list[_Trial] = []
        least: int | None = None
        for day in days:
            trial = self._trial(turn, day, least)
            if trial is None:
                continue
            if not trial.missing:
                self._accept(turn, trial, Why.FIRST_DAY if day is days[0] else Why.LATER_DAY)
                return
            least = trial.missing if least is None else min(least, trial.missing)
            trials.append(trial)
        if least is None:
            raise AssertionError("The first day is always tried to its end.")
        if self._problem.settings.wait_for_all:
            self._postponed[turn.goal.id] = Postponed(turn.goal.id, Code.PREPARATION_SHORT, least)
            return
        chosen = next(trial for trial in trials if not _much_more(trial.missing, least))
        self._accept(turn, chosen, Why.LEAST_MISSING)

    def _accept(self, turn: _Turn, trial: _Trial, why: Why) -> None:
        self._tasks = trial.tasks
        self._placed[turn.goal.id] = Placed(turn.goal.id, turn.rank, trial.day, why)

    def _trial(self, turn: _Turn, day: UsableDay, least: int | None) -> _Trial | None:
        """What would happen, and how many mandatory minutes would be missing over all people.

        None as soon as that is too much beside the `least` of the days before.
        """
        missing = 0
        tasks: list[Tasks] = []
        for profile, current in zip(self._profiles, self._tasks, strict=True):
            after = current
            for need in profile.needs_of(turn.goal.id, mandatory=True):
                after, short = _with_need(profile, after, need, turn.rank, day)
                missing += short * len(profile.member_ids)
            if least is not None and _much_more(missing, least):
                return None
            tasks.append(after)
        return _Trial(day, missing, tasks)

    def _add_voluntary(self, turn: _Turn) -> None:
        """Voluntary courses take what is left, and only as a whole."""
        placed = self._placed.get(turn.goal.id)
        if placed is None:
            return
        for index, profile in enumerate(self._profiles):
            for need in profile.needs_of(turn.goal.id, mandatory=False):
                after, short = _with_need(profile, self._tasks[index], need, turn.rank, placed.day)
                if not short:
                    self._tasks[index] = after


def _much_more(missing: int, least: int) -> bool:
    """Whether a day with the least missing is worth waiting for.

    A later day must save more than a fifth: an important goal should not wait half a year for an
    hour.
    """
    return missing * 4 > least * 5


def _with_need(
    profile: Profile, tasks: Tasks, need: Need, rank: int, day: UsableDay
) -> tuple[Tasks, int]:
    """The tasks with this course prepared for this day as far as it fits, and what is missing.

    A course is prepared once: what is done before this deadline counts, and what was meant for a
    later day moves forward when all of it fits.
    """
    own = [task for task in tasks if task.course == need.course]
    ready = [task for task in own if day.deadline is not None and task.deadline <= day.deadline]
    wanted = need.minutes - sum(task.minutes for task in ready)
    if wanted <= 0:
        return tasks, 0
    task = _task(profile, need, wanted, rank, day)
    if task is None:
        return tasks, wanted
    later = [item for item in own if item not in ready]
    rest = tuple(item for item in tasks if item not in later)
    short = unplaced_minutes((*rest, task), profile.hours)
    if not short:
        return (*rest, task), 0
    if later or short >= wanted:
        return tasks, wanted
    return (*rest, replace(task, minutes=wanted - short)), short


def _task(profile: Profile, need: Need, minutes: int, rank: int, day: UsableDay) -> Task | None:
    """The course as a task for this day; None when there is no week for it at all."""
    if day.deadline is None:
        return None
    earliest = need.available_from or date.min
    span = profile.hours.span(day.first_monday, earliest, day.deadline)
    if span is None:
        return None
    return Task(
        course=need.course,
        goal_id=need.goal_id,
        rank=rank,
        position=need.position,
        minutes=minutes,
        first=span[0],
        last=span[1],
        day_id=day.day.id,
        deadline=day.deadline,
    )
