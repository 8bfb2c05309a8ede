"""A problem made ready for deciding: what is left to plan, who waits for whom, what is asked.

Every planner starts here, so that plans differ only in which goal stands on which day.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from routekaart.domain.planner.conditions import (
    Prepared,
    conditions_of,
    mandatory_needs,
    parts_of,
    waited_for,
)
from routekaart.domain.planner.decision import Work
from routekaart.domain.planner.demand import Demand, Profile, demand_of
from routekaart.domain.planner.goal_order import ranked
from routekaart.domain.planner.history import History, history_of, left_to_plan
from routekaart.domain.planner.newcomers import Newcomers
from routekaart.domain.planner.plan import NotPlaced, Plan, Subject
from routekaart.domain.planner.problem import Goal, Problem
from routekaart.domain.planner.question import Choose, Question, Slot
from routekaart.domain.planner.usable_days import UsableDay, usable_days

Blocked = Mapping[str, tuple[str, ...]]
"""Ids of study days, each with the names of the teams that have its room or trainer."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What is known of a problem before anything is decided.

    `problem` is what is left to plan of `whole`; the rest is `history`, of the `published` plan.
    `waiting` are, per profile of the demand, the goals that wait for it. `order` are the goals
    that can be placed, in their turn; `circle` are goals that wait for each other. `work` is what
    was found for people who are in several teams, by the id of the person. `blocked` are days on
    which other teams have the room or trainer, with the names of those teams.
    """

    whole: Problem
    problem: Problem
    history: History
    published: Plan | None
    demand: Demand
    days: tuple[UsableDay, ...]
    refused: tuple[NotPlaced, ...]
    waiting: tuple[frozenset[str], ...]
    order: tuple[Goal, ...]
    circle: frozenset[str]
    question: Question
    work: Mapping[str, Work] = field(default_factory=dict)
    blocked: Blocked = field(default_factory=dict)

    def blocking(self, blocked: Blocked) -> "Draft":
        """The same, without room for a goal on these days."""
        slots = tuple(
            replace(slot, room=0) if day.day.id in blocked else slot
            for slot, day in zip(self.question.slots, self.days, strict=True)
        )
        question = replace(self.question, slots=slots)
        return replace(self, question=question, blocked=blocked)


def draft_of(
    problem: Problem, published: Plan | None = None, blocked: Blocked | None = None
) -> Draft:
    """The question that a problem asks; `published` is the plan that should change little.

    `blocked` are days that other teams keep this one from.
    """
    draft = _draft_of(problem, published)
    return draft.blocking(blocked) if blocked else draft


def _draft_of(problem: Problem, published: Plan | None) -> Draft:
    whole, history = problem, history_of(published, problem)
    problem = left_to_plan(whole, history)
    demand = demand_of(problem, history.weeks)
    days, refused = usable_days(problem)
    order, circle = ranked(problem.goals)
    ids = tuple(goal.id for goal in order)
    everyone = problem.settings.wait_for_all
    waiting = tuple(
        goals_waiting(profile, days, published, everyone=everyone) & frozenset(ids)
        for profile in demand.profiles
    )
    question = Question(
        goals=ids,
        levels=_levels(order),
        slots=tuple(Slot(day.day.date, day.room) for day in days),
        after=tuple((goal.id, first) for goal in order for first in goal.after if first in ids),
        conditions=conditions_of(demand.profiles, waiting, days),
        choices=_choices(problem, days),
        kept=_kept(demand, waiting, days, ids, published) if published else {},
    )
    return Draft(
        whole=whole,
        problem=problem,
        history=history,
        published=published,
        demand=demand,
        days=days,
        refused=refused,
        waiting=waiting,
        order=order,
        circle=circle,
        question=question,
    )


def goals_waiting(
    profile: Profile, days: Sequence[UsableDay], published: Plan | None, *, everyone: bool
) -> frozenset[str]:
    """The goals that wait for people: `waited_for`, but for whom the approved plan does without.

    A plan was approved in which somebody is not ready for a goal. That goal does not start to wait
    for them because there is less left to do. Nor does a goal that had its day wait for who came
    into the team since.
    """
    goals = waited_for(profile, days, all_goals=everyone)
    if everyone or published is None:
        return goals
    short = {
        (item.member_id, item.goal_id, item.course)
        for item in published.not_placed
        if item.subject is Subject.PREPARATION
    }
    asked = mandatory_needs(profile)
    newcomers = Newcomers(published)
    return frozenset(
        goal
        for goal in goals
        if not all(
            newcomers.is_late_for(member, goal)
            or any((member, goal, need.course) in short for need in asked[goal])
            for member in profile.member_ids
        )
    )


def _levels(order: Sequence[Goal]) -> tuple[tuple[str, ...], ...]:
    priorities = sorted({goal.priority for goal in order})
    return tuple(
        tuple(goal.id for goal in order if goal.priority == priority) for priority in priorities
    )


def _choices(problem: Problem, days: Sequence[UsableDay]) -> tuple[Choose, ...]:
    most = problem.settings.most_candidate_days
    candidates = frozenset(place for place, day in enumerate(days) if not day.day.fixed)
    if most is None or len(candidates) <= most:
        return ()
    return (Choose(candidates, most),)


def _kept(
    demand: Demand,
    waiting: Sequence[frozenset[str]],
    days: Sequence[UsableDay],
    goals: Sequence[str],
    published: Plan,
) -> Mapping[Prepared, int]:
    """How many published items stay with a goal, or with a course, that keeps its day."""
    place_of = {day.day.id: place for place, day in enumerate(days)}
    kept: dict[Prepared, int] = {}
    for placement in published.placements:
        place = place_of.get(placement.study_day_id)
        if placement.goal_id in goals and place is not None:
            kept[frozenset([placement.goal_id]), place] = 1
    deadlines = {
        (week.member_id, week.course): week.deadline for week in published.preparation_weeks
    }
    by_deadline: dict[object, list[int]] = {}
    for place, day in enumerate(days):
        by_deadline.setdefault(day.deadline, []).append(place)
    for profile, waits in zip(demand.profiles, waiting, strict=True):
        for part in parts_of(profile, waits & frozenset(goals)):
            for member_id in profile.member_ids:
                for place in by_deadline.get(deadlines.get((member_id, part.course)), ()):
                    kept[part.goals, place] = kept.get((part.goals, place), 0) + 1
    return kept
