"""The best plan: goals by priority, few changes, early, then light weeks close to the day.

The first three are proven by an exact search; with the days fixed the weeks are filled exactly.
"""

from collections.abc import Mapping

from routekaart.domain.planner.assemble import plan_of
from routekaart.domain.planner.best import Answer, SearchFailed, best_answer
from routekaart.domain.planner.draft import Draft, draft_of
from routekaart.domain.planner.effort import Emergency
from routekaart.domain.planner.greedy import METHOD as GREEDY
from routekaart.domain.planner.greedy import greedy_places
from routekaart.domain.planner.plan import Note, Plan
from routekaart.domain.planner.problem import Problem
from routekaart.domain.planner.question import Places, Question, Referee, score

METHOD = "optimal"


def plan_optimally(
    problem: Problem,
    published: Plan | None = None,
    *,
    steps: int | None = None,
    emergency: Emergency | None = None,
) -> Plan:
    """The best plan for a problem, and among those as few changes to a published one as possible.

    The same input gives the same plan, in whatever order its rows. When the search, of `steps` or
    of what its size allows, is not enough it is the best plan found, with its proven gap in a
    note; so it is, with one more note, in an `emergency`. When the search fails it is the greedy
    plan, and says so.
    """
    draft = draft_of(problem, published)
    start = start_of(draft)
    try:
        answer = best_answer(draft.question, start, steps=steps, emergency=emergency)
    except SearchFailed as error:
        return plan_of(draft, start, method=GREEDY, optimal=False, notes=[search_failed(error)])
    notes = notes_on(answer, emergency)
    return plan_of(draft, answer.places, method=METHOD, optimal=answer.proven, notes=notes)


def notes_on(answer: Answer, emergency: Emergency | None) -> list[Note]:
    """What a plan says of a search that was not finished; nothing when all was proven."""
    if answer.proven:
        return []
    stopped = emergency is not None and emergency.came
    return [*([STOPPED_BY_CLOCK] if stopped else []), not_proven(answer.gap)]


def not_proven(gap: float) -> Note:
    """That a plan may not be the best, and by how much at most."""
    return Note(
        "not_proven",
        "Dit is het beste plan dat binnen de rekentijd is gevonden. Op één punt kan het nog "
        f"hoogstens {gap:.0%} beter; met minder doelen of dagen is het beste wel zeker.",
    )


def search_failed(error: SearchFailed) -> Note:
    """That the plan is the greedy one, with what went wrong for who has to mend it."""
    return Note(
        "search_failed",
        "Het zoeken naar het beste plan is mislukt. Dit plan zet elk doel op de eerste dag die "
        f"past. Meld dit met de code ‘{error}’.",
    )


STOPPED_BY_CLOCK = Note(
    "stopped_by_clock",
    "Het zoeken duurde veel langer dan verwacht en is daarom op tijd gestopt. Een volgend plan van "
    "hetzelfde kan anders uitvallen.",
)


def start_of(draft: Draft) -> Places:
    """The better of the greedy answer and what was published, as far as that still stands."""
    return best_start(draft.question, published_places(draft))


def best_start(question: Question, stayed: Places) -> Places:
    """The better of the greedy answer and what stays of before."""
    return max(greedy_places(question), stayed, key=lambda places: score(question, places))


def published_places(draft: Draft) -> Places:
    """The places of a published plan that can stay together, goal by goal in their turn."""
    if draft.published is None:
        return {}
    place_of = {day.day.id: place for place, day in enumerate(draft.days)}
    days = {item.goal_id: place_of.get(item.study_day_id) for item in draft.published.placements}
    return staying_together(draft.question, days)


def staying_together(question: Question, stood: Mapping[str, int | None]) -> Places:
    """As many of these places as can stay together, goal by goal in their turn."""
    referee = Referee(question)
    stayed: dict[str, int] = {}
    for goal in question.goals:
        place = stood.get(goal)
        if place is not None and referee.is_right({**stayed, goal: place}):
            stayed[goal] = place
    return stayed
