"""The best answer to a question: one objective after the other, each proven before the next."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from routekaart.domain.planner.climb import Climb
from routekaart.domain.planner.effort import Emergency, steps_for
from routekaart.domain.planner.question import Places, Question, Referee, score
from routekaart.domain.planner.search import Budget

Teams = frozenset[int]


class SearchFailed(Exception):
    """The search gave nothing that can be used."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The best places found. `gap`: how much better an objective may still be, as a part of what
    there is to gain on it with all goals, 0 to 1; 0 when all of them are proven. `steps` is the
    work that it took."""

    places: Places
    proven: bool
    gap: float = 0.0
    steps: int = field(default=0, compare=False)


def best_answer(
    question: Question,
    start: Places,
    *,
    steps: int | None = None,
    emergency: Emergency | None = None,
) -> Answer:
    """The best answer by `score`, from a right answer to start with.

    When the work runs out (`steps`, else what its size allows) it gives the best answer so far,
    with the gap of what is not proven. Raises SearchFailed when that answer breaks a condition
    after all, and for whatever goes wrong in the search but a lack of memory: a school then gets a
    plan that is less good, and that names the error.
    """
    steps = steps_for(question) if steps is None else steps
    budget = Budget(steps, emergency)
    try:
        alone = _team_by_team(question, start, budget)
        places, gap = _climbed(question, start, alone, budget)
    except MemoryError:
        raise
    except Exception as error:
        raise SearchFailed(type(error).__name__) from error
    if not Referee(question).is_right(places):
        raise SearchFailed("broken condition")
    return Answer(places, proven=not gap, gap=gap, steps=steps - budget.steps)


def _climbed(
    question: Question, start: Places, alone: Mapping[Teams, Places], budget: Budget
) -> tuple[Places, float]:
    climb = Climb(question, _together(question, alone.values(), start), alone, budget)
    gap = climb.to_the_top()
    return climb.places, gap


def _team_by_team(question: Question, start: Places, budget: Budget) -> dict[Teams, Places]:
    """The best answers of teams that do not stand in each other's way, proven; {} without those.

    Each team is planned on its own first. Where those answers do not go together the teams in the
    way of each other are planned as one, the fewest at a time. The best of parts that go together
    are the best of all: no objective of the whole can be better than the sum of the parts, taken
    in their strict order.
    """
    teams = frozenset(question.group_of(goal) for goal in question.goals)
    found: dict[Teams, Places] = {}
    if len(teams) < 2:
        return found
    for number, team in enumerate(sorted(teams)):
        part = question.only([team])
        with budget.part(budget.steps // (1 + len(teams) - number)) as share:
            places, gap = _climbed(part, _within(part, start), {}, share)
        if gap:
            return {}
        found[frozenset([team])] = places
    while (together := _in_each_others_way(question, found)) and together != teams:
        part = question.only(together)
        alone = {few: places for few, places in found.items() if few <= together}
        with budget.part(budget.steps * 3 // 4) as share:
            places, gap = _climbed(part, _within(part, start), alone, share)
        if gap:
            break
        found = {few: places for few, places in found.items() if few not in alone}
        found[together] = places
    return found


def _in_each_others_way(question: Question, found: Mapping[Teams, Places]) -> Teams | None:
    """The fewest teams whose answers do not go together, with all that is planned with them."""
    places = {goal: place for answer in found.values() for goal, place in answer.items()}
    clashes = [
        frozenset[int]().union(*(teams for teams in found if teams & clash))
        for clash in Referee(question).clashes(places)
    ]
    return min(clashes, key=lambda teams: (len(teams), sorted(teams)), default=None)


def _within(question: Question, places: Places) -> Places:
    return {goal: place for goal, place in places.items() if goal in question.goals}


def _together(question: Question, alone: Iterable[Places], start: Places) -> Places:
    """The answers of all teams at once, as far as they go together; else what was there."""
    referee = Referee(question)
    wanted = {goal: place for places in alone for goal, place in places.items()}
    if not wanted:
        return start
    if referee.is_right(wanted):
        return wanted
    found: dict[str, int] = {}
    for goal in question.goals:
        first = [wanted[goal]] if goal in wanted else []
        for place in (*first, *question.open_places(goal)):
            if referee.is_right({**found, goal: place}):
                found[goal] = place
                break
    return max(start, found, key=lambda places: score(question, places))
