"""In which order goals are placed: by priority, each after the goals that come before it."""

from collections.abc import Collection, Iterable, Mapping

from routekaart.domain.planner.problem import Goal


def ranked(goals: Iterable[Goal]) -> tuple[tuple[Goal, ...], frozenset[str]]:
    """The goals in their turn, and the ids of goals that wait for each other in a circle.

    A goal that others wait for takes the best priority among them. Goals in a circle, and goals
    that wait for those, are not among the ranked ones. References to unknown goals do not count.
    """
    by_id = {goal.id: goal for goal in goals}
    before = {goal.id: {other for other in goal.after if other in by_id} for goal in by_id.values()}
    reach = {goal_id: _reach(before, goal_id) for goal_id in by_id}
    circle = in_circle(before)
    urgency = {goal_id: goal.priority for goal_id, goal in by_id.items()}
    for goal_id, others in reach.items():
        for other in others:
            urgency[other] = min(urgency[other], by_id[goal_id].priority)
    waiting = [goal for goal in by_id.values() if not (reach[goal.id] | {goal.id}) & circle]
    waiting.sort(key=lambda goal: (urgency[goal.id], goal.priority, goal.id))
    placed: list[Goal] = []
    done: set[str] = set()
    while waiting:
        goal = next(item for item in waiting if before[item.id] <= done)
        waiting.remove(goal)
        placed.append(goal)
        done.add(goal.id)
    return tuple(placed), circle


def turns_left(whole: Iterable[Goal], left: Iterable[Goal]) -> list[int]:
    """The turns of the goals that are left, as they were when no goal of the year lay behind."""
    ids = {goal.id for goal in left}
    order = ranked(whole)[0]
    known = [rank for rank, goal in enumerate(order) if goal.id in ids]
    # A goal that waited in a circle is free when one of that circle lies behind.
    return [*known, *range(len(order), len(order) + len(ids) - len(known))]


def in_circle(before: Mapping[str, Collection[str]]) -> frozenset[str]:
    """The goals that wait for themselves. `before`: per goal those that come earlier."""
    return frozenset(goal_id for goal_id in before if goal_id in _reach(before, goal_id))


def _reach(before: Mapping[str, Collection[str]], start: str) -> set[str]:
    """Every goal that has to come earlier, directly or not; itself only in a circle."""
    found: set[str] = set()
    stack = list(before[start])
    while stack:
        goal_id = stack.pop()
        if goal_id not in found:
            found.add(goal_id)
            stack.extend(before.get(goal_id, ()))
    return found
