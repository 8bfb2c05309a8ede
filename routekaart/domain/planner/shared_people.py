"""People who are in several teams of a school: one pool of hours, and each course done once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from routekaart.domain.people import weekly_minutes
from routekaart.domain.planner.agenda import spread
from routekaart.domain.planner.conditions import Conditions, conditions_of
from routekaart.domain.planner.decision import Duty, Work
from routekaart.domain.planner.demand import Demand, Profile, demand_of
from routekaart.domain.planner.draft import Draft, goals_waiting
from routekaart.domain.planner.fill import tasks_of
from routekaart.domain.planner.history import history_of, without_studied
from routekaart.domain.planner.plan import Plan
from routekaart.domain.planner.problem import Preparation, Problem
from routekaart.domain.planner.question import Places
from routekaart.domain.planner.usable_days import UsableDay


def seen_together(
    problems: Sequence[Problem], published: Sequence[Plan | None]
) -> tuple[Problem, ...]:
    """The problems, alike in what they say of a person who is in several of them.

    The hours are the larger of what the teams plan with (assumption). A course is as long in each,
    it is done when it was done for one, and what was studied for one counts for all.
    """
    return _without_studied(_with_one_course(_with_one_pool(problems)), published)


def _with_one_pool(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    minutes: dict[str, list[int]] = defaultdict(list)
    for problem in problems:
        for member in problem.members:
            minutes[member.id].append(weekly_minutes(member, problem.settings.team_weekly_minutes))
    return tuple(
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
    )


def _with_one_course(problems: Sequence[Problem]) -> Sequence[Problem]:
    shared = _in_several(problems)
    if not shared:
        return problems
    rows: dict[tuple[str, str], list[Preparation]] = defaultdict(list)
    done: set[tuple[str, str]] = set()
    for problem in problems:
        goals = {goal.id for goal in problem.goals}
        for row in problem.preparations:
            if row.member_id in shared and row.goal_id in goals:
                rows[row.member_id, row.course].append(row)
            if row.completed:
                done.add((row.member_id, row.course))
    alike = {
        key: (
            max(row.minutes for row in found),
            max((row.available_from for row in found if row.available_from), default=None),
            key in done,
        )
        for key, found in rows.items()
    }
    return [
        replace(
            problem,
            preparations=tuple(
                _like(row, *alike[row.member_id, row.course])
                if (row.member_id, row.course) in alike
                else row
                for row in problem.preparations
            ),
        )
        for problem in problems
    ]


def _like(
    row: Preparation, minutes: int, available_from: date | None, completed: bool
) -> Preparation:
    return replace(row, minutes=minutes, available_from=available_from, completed=completed)


def _without_studied(
    problems: Sequence[Problem], published: Sequence[Plan | None]
) -> tuple[Problem, ...]:
    """The problems less what their people studied for other teams."""
    histories = [
        history_of(plan, problem) for problem, plan in zip(problems, published, strict=True)
    ]
    return tuple(
        without_studied(
            problem,
            [
                week
                for other, history in enumerate(histories)
                for week in history.weeks
                if other != team
            ],
        )
        for team, problem in enumerate(problems)
    )


def _in_several(problems: Iterable[Problem]) -> dict[str, frozenset[int]]:
    """The people who are in more than one team, with the numbers of their teams."""
    teams: dict[str, set[int]] = defaultdict(set)
    for team, problem in enumerate(problems):
        for member in problem.members:
            teams[member.id].add(team)
    return {member: frozenset(found) for member, found in teams.items() if len(found) > 1}


class SharedPeople:
    """What people who are in several teams ask of the days, and prepare when those are known."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self._drafts = drafts
        self._teams_of = _in_several(draft.problem for draft in drafts)
        self.groups = tuple(sorted(set(self._teams_of.values()), key=sorted))
        """Sets of teams that have people in common who are in no other team."""
        self._demands = {teams: self._demand(teams) for teams in self.groups}

    def __contains__(self, member_id: str) -> bool:
        return member_id in self._teams_of

    def conditions(self, teams: frozenset[int], days: Sequence[UsableDay]) -> Conditions:
        """What the people of these teams can prepare; `days` are those of all these teams."""
        demand, waiting = self._demands[teams]
        return conditions_of(demand.profiles, waiting, days)

    def work(
        self,
        teams: frozenset[int],
        places: Places,
        order: Sequence[str],
        days: Sequence[UsableDay],
    ) -> Iterator[tuple[str, Work]]:
        """Per person of these teams what to prepare for all of them, as `tasks_of`."""
        demand, waiting = self._demands[teams]
        deadlines = {
            goal: deadline
            for goal, place in places.items()
            if (deadline := days[place].deadline) is not None
        }
        for profile, waits in zip(demand.profiles, waiting, strict=True):
            tasks = tasks_of(profile, waits, places, order, days)
            weeks = tuple(spread(tasks, profile.hours))
            for member_id in profile.member_ids:
                duties = tuple(
                    Duty(
                        need.course,
                        deadlines[need.goal_id],
                        demand.rows[member_id, need.goal_id, need.course].on_individual_hours,
                    )
                    for need in profile.needs
                    if need.mandatory and need.goal_id in deadlines
                )
                yield member_id, Work(tasks, weeks, duties)

    def _demand(self, teams: frozenset[int]) -> tuple[Demand, tuple[frozenset[str], ...]]:
        """What they are asked for, and per profile the goals that wait for it."""
        behind = [week for team in teams for week in self._drafts[team].history.weeks]
        demand = demand_of(self._merged(teams), behind)
        return demand, tuple(self._waiting(profile, teams) for profile in demand.profiles)

    def _waiting(self, profile: Profile, teams: Iterable[int]) -> frozenset[str]:
        """The goals that wait for somebody: a day of one team is no day for those of another."""
        found: set[str] = set()
        for team in teams:
            draft = self._drafts[team]
            everyone = draft.problem.settings.wait_for_all
            waits = goals_waiting(profile, draft.days, draft.published, everyone=everyone)
            found |= waits & set(draft.question.goals)
        return frozenset(found)

    def _merged(self, teams: frozenset[int]) -> Problem:
        """One problem of the people who are in exactly these teams."""
        problems = [self._drafts[team].problem for team in sorted(teams)]
        people = {member for member, found in self._teams_of.items() if found == teams}
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


def with_work(draft: Draft, work: Mapping[str, Work]) -> Draft:
    """The draft of a team in which people who are in other teams too do what was found for them."""
    profiles: list[Profile] = []
    waiting: list[frozenset[str]] = []
    for profile, waits in zip(draft.demand.profiles, draft.waiting, strict=True):
        alone = tuple(member for member in profile.member_ids if member not in work)
        apart = [(member,) for member in profile.member_ids if member in work]
        for member_ids in [alone, *apart] if alone else apart:
            profiles.append(replace(profile, member_ids=member_ids))
            waiting.append(waits)
    return replace(
        draft,
        demand=replace(draft.demand, profiles=tuple(profiles)),
        waiting=tuple(waiting),
        work=work,
    )
