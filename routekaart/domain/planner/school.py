"""Several teams of one school planned together: days, rooms, trainers and people they share.

A person in two teams has one pool of hours: the larger of what the two plan with (assumption). A
course that two teams ask of somebody is prepared once, for the first day that needs it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from routekaart.domain.people import Booked, weekly_minutes
from routekaart.domain.planner.agenda import spread
from routekaart.domain.planner.assemble import plan_of
from routekaart.domain.planner.best import STEPS, SearchFailed, best_answer
from routekaart.domain.planner.conditions import (
    Condition,
    Conditions,
    Prepared,
    conditions_of,
    waited_for,
)
from routekaart.domain.planner.demand import Profile, demand_of
from routekaart.domain.planner.draft import draft_of
from routekaart.domain.planner.fill import tasks_of
from routekaart.domain.planner.greedy import METHOD as GREEDY
from routekaart.domain.planner.greedy import greedy_places
from routekaart.domain.planner.optimal import METHOD, SEARCH_FAILED, not_proven
from routekaart.domain.planner.plan import Note, Plan
from routekaart.domain.planner.problem import Problem, StudyDay
from routekaart.domain.planner.question import Choose, Places, Question, Slot
from routekaart.domain.planner.usable_days import UsableDay


def plan_together(
    problems: Mapping[str, Problem],
    published: Mapping[str, Plan] | None = None,
    *,
    steps: int = STEPS,
) -> dict[str, Plan]:
    """A plan for each team of one school, the best for all together by the same objectives.

    `problems` are by team; ids of goals and study days are unique over all of them, and the same
    member id is the same person. Priorities compare over teams: every first goal comes before any
    second one. Raises ValueError for ids that two teams share.
    """
    teams = _Teams(problems, published or {})
    start = greedy_places(teams.question)
    try:
        answer = best_answer(teams.question, start, steps=steps)
    except SearchFailed:
        return teams.plans(start, method=GREEDY, optimal=False, notes=[SEARCH_FAILED])
    notes = [] if answer.proven else [not_proven(answer.gap)]
    return teams.plans(answer.places, method=METHOD, optimal=answer.proven, notes=notes)


@dataclass(frozen=True, slots=True)
class _Whole:
    """A study day among those of all teams."""

    team: int
    place: int
    day: UsableDay


class _Teams:
    """The teams with one question over all of them, and the way back to a plan for each."""

    def __init__(self, problems: Mapping[str, Problem], published: Mapping[str, Plan]) -> None:
        self._keys = sorted(problems)
        self._problems = _with_one_pool([problems[key] for key in self._keys])
        self._published = published
        self._drafts = [
            draft_of(problem, published.get(key))
            for key, problem in zip(self._keys, self._problems, strict=True)
        ]
        self._days = sorted(
            (
                _Whole(team, place, day)
                for team, draft in enumerate(self._drafts)
                for place, day in enumerate(draft.days)
            ),
            key=lambda item: (item.day.day.date, item.day.day.start, item.day.day.id),
        )
        self._at = {(item.team, item.place): at for at, item in enumerate(self._days)}
        self._team_of = {
            goal: team for team, draft in enumerate(self._drafts) for goal in draft.question.goals
        }
        self._shared = self._people_in_several()
        self.question = self._question()

    # --- One question ----------------------------------------------------------------------------
    def _people_in_several(self) -> dict[str, frozenset[int]]:
        teams: dict[str, set[int]] = defaultdict(set)
        for team, draft in enumerate(self._drafts):
            for member in draft.problem.members:
                teams[member.id].add(team)
        return {member: frozenset(found) for member, found in teams.items() if len(found) > 1}

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
            for rank, goal in enumerate(draft.order)
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
        for teams in sorted(set(self._shared.values()), key=sorted):
            more = self._conditions_of_shared(teams)
            closed |= more.closed
            limits += more.limits
        return Conditions(frozenset(closed), tuple(limits))

    def _conditions_of_shared(self, teams: frozenset[int]) -> Conditions:
        """What people who are in exactly these teams can prepare for all of them."""
        days = [item for item in self._days if item.team in teams]
        usable = [item.day for item in days]
        problem = self._merged(teams)
        demand = demand_of(problem)
        waiting = [self._waiting(profile, teams) for profile in demand.profiles]
        found = conditions_of(demand.profiles, waiting, usable)

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

    def _waiting(self, profile: Profile, teams: Iterable[int]) -> frozenset[str]:
        """The goals that wait for somebody: a day of one team is no day for those of another."""
        found: set[str] = set()
        for team in teams:
            draft = self._drafts[team]
            everyone = draft.problem.settings.wait_for_all
            waits = waited_for(profile, draft.days, all_goals=everyone)
            found |= waits & set(draft.question.goals)
        return frozenset(found)

    def _merged(self, teams: frozenset[int]) -> Problem:
        """One problem of the people who are in exactly these teams."""
        problems = [self._drafts[team].problem for team in sorted(teams)]
        people = {member for member, found in self._shared.items() if found == teams}
        return replace(
            problems[0],
            members=tuple(member for member in problems[0].members if member.id in people),
            goals=tuple(goal for problem in problems for goal in problem.goals),
            preparations=tuple(
                row
                for problem in problems
                for row in problem.preparations
                if row.member_id in people
            ),
            study_days=(),
            activities=(),
        )

    def _apart(self) -> Iterator[tuple[int, int]]:
        """Days of two teams at the same hours that need the same room or trainer."""
        for at, item in enumerate(self._days):
            for later in range(at + 1, len(self._days)):
                other = self._days[later]
                if other.day.day.date != item.day.day.date:
                    break
                one, two = item.day.day, other.day.day
                shared = set(one.resources) & set(two.resources)
                if item.team != other.team and shared and _overlap(one, two):
                    yield at, later

    # --- And back --------------------------------------------------------------------------------
    def plans(
        self, places: Places, *, method: str, optimal: bool, notes: Sequence[Note] = ()
    ) -> dict[str, Plan]:
        """The plan of each team; nobody's hours are used twice, and no course is done twice."""
        together = self._prepared_together(places)
        plans: dict[str, Plan] = {}
        for team, key in enumerate(self._keys):
            problem = _beside(self._problems[team], team, together)
            draft = draft_of(problem, self._published.get(key))
            own = {
                goal: self._days[at].place
                for goal, at in places.items()
                if self._team_of[goal] == team
            }
            plan = plan_of(draft, own, method=method, optimal=optimal, notes=notes)
            # From here on the weeks of this team are fixed, and those of later teams fit beside.
            together = [item for item in together if item.team != team] + [
                _Prepared(team, week.member_id, week.course, week.week, week.minutes)
                for week in plan.preparation_weeks
                if week.member_id in self._shared
            ]
            plans[key] = plan
        return plans

    def _prepared_together(self, places: Places) -> list["_Prepared"]:
        """The weeks of people who are in several teams, filled for all their teams at once."""
        found: list[_Prepared] = []
        for teams in sorted(set(self._shared.values()), key=sorted):
            days = [item for item in self._days if item.team in teams]
            at = {self._at[item.team, item.place]: place for place, item in enumerate(days)}
            own = {goal: at[place] for goal, place in places.items() if place in at}
            for profile in demand_of(self._merged(teams)).profiles:
                waits = self._waiting(profile, teams)
                tasks = tasks_of(
                    profile, waits, own, self.question.goals, [item.day for item in days]
                )
                found += [
                    _Prepared(self._team_of[task.goal_id], member, task.course, week, minutes)
                    for task, week, minutes in spread(tasks, profile.hours)
                    for member in profile.member_ids
                ]
        return found


@dataclass(frozen=True, slots=True)
class _Prepared:
    """Minutes of a course that somebody prepares in a week for one of several teams."""

    team: int
    member_id: str
    course: str
    week: date
    minutes: int


def _beside(problem: Problem, team: int, together: Sequence[_Prepared]) -> Problem:
    """The problem of a team beside what its members prepare for other teams."""
    others = [item for item in together if item.team != team]
    own = {(item.member_id, item.course) for item in together if item.team == team}
    elsewhere = {(item.member_id, item.course) for item in others} - own
    booked: dict[str, list[Booked]] = defaultdict(list)
    for item in others:
        booked[item.member_id].append(Booked(item.week, item.minutes))
    return replace(
        problem,
        members=tuple(
            replace(member, booked=(*member.booked, *booked[member.id]))
            if member.id in booked
            else member
            for member in problem.members
        ),
        preparations=tuple(
            replace(row, minutes=0) if (row.member_id, row.course) in elsewhere else row
            for row in problem.preparations
        ),
    )


def _with_one_pool(problems: Sequence[Problem]) -> list[Problem]:
    """The problems with the same study time for a person in each; checks that ids differ."""
    for kind, ids in (
        ("goals", [goal.id for problem in problems for goal in problem.goals]),
        ("study days", [day.id for problem in problems for day in problem.study_days]),
    ):
        if len(set(ids)) != len(ids):
            raise ValueError(f"two teams share ids of {kind}")
    minutes: dict[str, list[int]] = defaultdict(list)
    for problem in problems:
        for member in problem.members:
            minutes[member.id].append(weekly_minutes(member, problem.settings.team_weekly_minutes))
    return [
        replace(
            problem,
            members=tuple(
                replace(member, own_weekly_minutes=max(minutes[member.id]))
                if len(minutes[member.id]) > 1
                else member
                for member in problem.members
            ),
        )
        for problem in problems
    ]


def _overlap(one: StudyDay, two: StudyDay) -> bool:
    first, second = (datetime.combine(day.date, day.start) for day in (one, two))
    return first < second + timedelta(minutes=two.minutes) and second < first + timedelta(
        minutes=one.minutes
    )
