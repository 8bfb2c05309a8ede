"""Several teams of one school planned together: days, rooms, trainers and people they share.

A person in two teams has one pool of hours: the larger of what the two plan with (assumption). A
course that two teams ask of somebody is prepared once, for the first day that needs it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from itertools import combinations

from routekaart.domain.planner.assemble import plan_of
from routekaart.domain.planner.best import SearchFailed, best_answer
from routekaart.domain.planner.conditions import (
    Condition,
    Conditions,
    Prepared,
    conditions_of,
    without_needless,
)
from routekaart.domain.planner.decision import Work
from routekaart.domain.planner.draft import Blocked, Draft, draft_of
from routekaart.domain.planner.effort import Emergency
from routekaart.domain.planner.elsewhere import elsewhere_of, twice_notes
from routekaart.domain.planner.goal_order import turns_left
from routekaart.domain.planner.greedy import METHOD as GREEDY
from routekaart.domain.planner.optimal import (
    METHOD,
    best_start,
    notes_on,
    search_failed,
    staying_together,
)
from routekaart.domain.planner.plan import Note, Plan
from routekaart.domain.planner.problem import Elsewhere, Problem
from routekaart.domain.planner.question import Choose, Places, Question, Slot
from routekaart.domain.planner.shared_people import SharedPeople, seen_together, with_work
from routekaart.domain.planner.taken import clash
from routekaart.domain.planner.usable_days import UsableDay


def plan_together(
    problems: Mapping[str, Problem],
    published: Mapping[str, Plan] | None = None,
    *,
    names: Mapping[str, str] | None = None,
    steps: int | None = None,
    emergency: Emergency | None = None,
) -> dict[str, Plan]:
    """A plan for each team of one school, the best for all together by the same objectives.

    `problems` are by team; ids of goals and study days are unique over all of them, and the same
    member id is the same person. Priorities compare over teams: every first goal comes before any
    second one. `names` are what the teams are called. Raises ValueError for ids that two teams
    share.
    """
    teams = _Teams(problems, published or {}, names or {})
    start = teams.start()
    try:
        answer = best_answer(teams.question, start, steps=steps, emergency=emergency)
    except SearchFailed as error:
        return teams.plans(start, method=GREEDY, optimal=False, notes=[search_failed(error)])
    notes = notes_on(answer, emergency)
    return teams.plans(answer.places, method=METHOD, optimal=answer.proven, notes=notes)


@dataclass(frozen=True, slots=True)
class _Whole:
    """A study day among those of all teams."""

    team: int
    place: int
    day: UsableDay


def _by_deadline(item: _Whole) -> tuple[date, date, time, str]:
    """What is due first comes first: each team has its own time between deadline and day."""
    day = item.day.day
    return (item.day.deadline or date.min, day.date, day.start, day.id)


class _Teams:
    """The teams with one question over all of them, and the way back to a plan for each."""

    def __init__(
        self,
        problems: Mapping[str, Problem],
        published: Mapping[str, Plan],
        names: Mapping[str, str],
    ) -> None:
        self._keys = sorted(problems)
        self._names = [names.get(key, key) for key in self._keys]
        _check_ids([problems[key] for key in self._keys])
        plans = [published.get(key) for key in self._keys]
        alike = seen_together([problems[key] for key in self._keys], plans)
        self._drafts = [draft_of(*pair) for pair in zip(alike, plans, strict=True)]
        self._shared = SharedPeople(self._drafts)
        self._days = sorted(
            (
                _Whole(team, place, day)
                for team, draft in enumerate(self._drafts)
                for place, day in enumerate(draft.days)
            ),
            key=_by_deadline,
        )
        self._at = {(item.team, item.place): at for at, item in enumerate(self._days)}
        self._team_of = {
            goal: team for team, draft in enumerate(self._drafts) for goal in draft.question.goals
        }
        self.question = self._question()

    # --- One question ----------------------------------------------------------------------------
    def _question(self) -> Question:
        goals = self._in_turn()
        group = {goal: self._team_of[goal] for goal in goals}
        priority = {
            goal.id: goal.priority for draft in self._drafts for goal in draft.problem.goals
        }
        return Question(
            goals=goals,
            levels=tuple(
                tuple(goal for goal in goals if priority[goal] == level)
                for level in sorted({priority[goal] for goal in goals})
            ),
            slots=tuple(Slot(i.day.day.date, i.day.room, i.team) for i in self._days),
            after=tuple(pair for draft in self._drafts for pair in draft.question.after),
            conditions=self._conditions(),
            choices=tuple(
                Choose(frozenset(self._at[team, place] for place in choice.places), choice.most)
                for team, draft in enumerate(self._drafts)
                for choice in draft.question.choices
            ),
            kept={
                (goals, self._at[team, place]): count
                for team, draft in enumerate(self._drafts)
                for (goals, place), count in draft.question.kept.items()
            },
            group=group,
            apart=tuple(self._apart()),
        )

    def _in_turn(self) -> tuple[str, ...]:
        """All goals by priority, and the teams in turns; within a team in its own order."""
        turns = [
            (rank, goal.priority, self._keys[team], goal.id)
            for team, draft in enumerate(self._drafts)
            for rank, goal in zip(
                turns_left(draft.whole.goals, draft.order), draft.order, strict=True
            )
        ]
        return tuple(goal for *_, goal in sorted(turns))

    def _conditions(self) -> Conditions:
        closed: set[Prepared] = set()
        limits: list[Condition] = []
        for team in range(len(self._drafts)):
            draft = self._drafts[team]
            single = [
                (profile, waits)
                for profile, waits in zip(draft.demand.profiles, draft.waiting, strict=True)
                if not all(member in self._shared for member in profile.member_ids)
            ]
            found = conditions_of(
                [profile for profile, _ in single], [waits for _, waits in single], draft.days
            )
            closed |= {(goals, self._at[team, place]) for goals, place in found.closed}
            limits += [
                Condition(
                    tuple(((g, self._at[team, place]), m) for (g, place), m in item.load),
                    item.limit,
                )
                for item in found.limits
            ]
        for teams in self._shared.groups:
            more = self._conditions_of_shared(teams)
            closed |= more.closed
            limits += more.limits
        return Conditions(frozenset(closed), without_needless(limits))

    def _conditions_of_shared(self, teams: frozenset[int]) -> Conditions:
        """What people who are in exactly these teams can prepare for all of them."""
        days = [item for item in self._days if item.team in teams]
        found = self._shared.conditions(teams, [item.day for item in days])

        def is_own(goals: frozenset[str], place: int) -> bool:
            return any(self._team_of[goal] == days[place].team for goal in goals)

        places = [self._at[item.team, item.place] for item in days]
        loads = (
            (
                tuple(
                    ((goals, places[place]), minutes)
                    for (goals, place), minutes in item.load
                    if is_own(goals, place)
                ),
                item.limit,
            )
            for item in found.limits
        )
        return Conditions(
            frozenset((goals, places[place]) for goals, place in found.closed),
            tuple(Condition(load, limit) for load, limit in loads if load),
        )

    def _apart(self) -> Iterator[tuple[int, int]]:
        """Days of two teams at the same hours that need the same room or trainer."""
        for (at, item), (later, other) in combinations(enumerate(self._days), 2):
            if item.team != other.team and clash(item.day.day, other.day.day):
                yield at, later

    def start(self) -> Places:
        """A right answer to begin with: greedy, or what was published as far as it stands."""
        place_of = {item.day.day.id: at for at, item in enumerate(self._days)}
        stood = {
            item.goal_id: place_of.get(item.study_day_id)
            for draft in self._drafts
            for item in (draft.published.placements if draft.published else ())
        }
        return best_start(self.question, staying_together(self.question, stood))

    # --- And back --------------------------------------------------------------------------------
    def plans(
        self, places: Places, *, method: str, optimal: bool, notes: Sequence[Note] = ()
    ) -> dict[str, Plan]:
        """The plan of each team; nobody's hours are used twice, and no course is done twice."""
        work = dict(self._work(places))
        plans: list[Plan] = []
        for team in range(len(self._keys)):
            draft = self._beside(team, plans)
            draft = with_work(draft, work).blocking(self._blocked(team, places))
            own = {
                goal: self._days[at].place
                for goal, at in places.items()
                if self._team_of[goal] == team
            }
            plans.append(plan_of(draft, own, method=method, optimal=optimal, notes=notes))
        return {key: self._told(team, plans) for team, key in enumerate(self._keys)}

    def _beside(self, team: int, plans: Sequence[Plan]) -> Draft:
        """The draft of a team that knows where its people are for the teams before it."""
        draft = self._drafts[team]
        more = self._elsewhere(team, range(team), plans)
        elsewhere = (*draft.whole.elsewhere, *more)
        return replace(
            draft,
            whole=replace(draft.whole, elsewhere=elsewhere),
            problem=replace(draft.problem, elsewhere=elsewhere),
        )

    def _told(self, team: int, plans: Sequence[Plan]) -> Plan:
        """The plan of a team that knows of the teams after it as well."""
        plan, members = plans[team], self._drafts[team].whole.members
        later = self._elsewhere(team, range(team + 1, len(plans)), plans)
        notes = tuple(twice_notes(plan, members, later))
        return replace(plan, assumptions=(*plan.assumptions, *notes)) if notes else plan

    def _elsewhere(
        self, team: int, others: Iterable[int], plans: Sequence[Plan]
    ) -> tuple[Elsewhere, ...]:
        own = {member.id for member in self._drafts[team].whole.members}
        return tuple(
            item
            for other in others
            for item in elsewhere_of(
                self._names[other],
                plans[other],
                own & {member.id for member in self._drafts[other].whole.members},
            )
        )

    def _blocked(self, team: int, places: Places) -> Blocked:
        """The days of a team of which another one uses the room or trainer in this answer."""
        used = set(places.values())
        found: dict[str, set[str]] = {}
        for pair in self.question.apart:
            for at, other in (pair, pair[::-1]):
                if self._days[at].team == team and other in used:
                    name = self._names[self._days[other].team]
                    found.setdefault(self._days[at].day.day.id, set()).add(name)
        return {day: tuple(sorted(teams)) for day, teams in found.items()}

    def _work(self, places: Places) -> Iterator[tuple[str, Work]]:
        """What people who are in several teams prepare, for all their teams at once."""
        for teams in self._shared.groups:
            days = [item for item in self._days if item.team in teams]
            at = {self._at[item.team, item.place]: place for place, item in enumerate(days)}
            own = {goal: at[place] for goal, place in places.items() if place in at}
            usable = [item.day for item in days]
            yield from self._shared.work(teams, own, self.question.goals, usable)


def _check_ids(problems: Collection[Problem]) -> None:
    for kind, ids in (
        ("goals", [goal.id for problem in problems for goal in problem.goals]),
        ("study days", [day.id for problem in problems for day in problem.study_days]),
    ):
        if len(set(ids)) != len(ids):
            raise ValueError(f"two teams share ids of {kind}")
