"""Teams of one school planned together: one pool of hours, one hall, no work done twice."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import combinations, product
from typing import Any, TypeVar

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from routekaart.domain.people import Booked, Member, weekly_minutes
from routekaart.domain.planner.agenda import Task, hours_of, unplaced_minutes
from routekaart.domain.planner.check import broken_rules
from routekaart.domain.planner.diff import published_items
from routekaart.domain.planner.explain import HelpKind, Stop, explain
from routekaart.domain.planner.optimal import plan_optimally
from routekaart.domain.planner.plan import Code, Plan, Subject
from routekaart.domain.planner.problem import (
    Goal,
    Preparation,
    Problem,
    Settings,
    StudyDay,
    StudyDayKind,
    Taken,
)
from routekaart.domain.planner.school import plan_together
from routekaart.domain.planner.taken import still_blocked
from routekaart.domain.planner.usable_days import UsableDay, usable_days
from tests.problems import NOORD, Dice
from tests.random_schools import random_teams, tiny_school, tiny_teams

Teams = Mapping[str, Problem]
Plans = Mapping[str, Plan]
Row = TypeVar("Row")


# --- An independent look at the plans of a school ------------------------------------------------
def broken_together(teams: Teams, plans: Plans) -> list[str]:
    """One line per broken rule, within each team and between teams."""
    return [
        *_pool(teams, plans),
        *_courses(teams, plans),
        *_duties(teams, plans),
        *_resources(teams, plans),
        *_rules(teams, plans),
    ]


# What one team's plan does not tell: a course may be done, or be mandatory, for another team.
_ONLY_TOGETHER = ("not ready, ", "minutes are lost", "wrongly mandatory", " own minutes, not ")


def _rules(teams: Teams, plans: Plans) -> Iterator[str]:
    """Each plan keeps the rules of its team in weeks that other teams have filled.

    A goal waits for who could be ready if it were the only one: the only one of all teams. What
    becomes of a course that two teams ask for, only both plans together can tell.
    """
    for key, plan in plans.items():
        for line in broken_rules(_beside_others(teams, plans, key), plan):
            if not any(part in line for part in _ONLY_TOGETHER):
                yield f"{key}: {line}"
        for line in broken_rules(_with_pool(teams, teams[key]), plan):
            if "not ready, " in line:
                yield f"{key}: {line}"


def pool_of(teams: Teams) -> dict[str, int]:
    """What everyone may study in a week: the larger of what their teams plan with."""
    minutes: dict[str, int] = defaultdict(int)
    for team in teams.values():
        for member in team.members:
            own = weekly_minutes(member, team.settings.team_weekly_minutes)
            minutes[member.id] = max(minutes[member.id], own)
    return minutes


def _pool(teams: Teams, plans: Plans) -> Iterator[str]:
    used: Counter[tuple[str, date]] = Counter()
    for plan in plans.values():
        for week in plan.preparation_weeks:
            used[week.member_id, week.week] += week.minutes
    pool = pool_of(teams)
    booked: Counter[tuple[str, date]] = Counter()
    for member in {member.id: member for t in teams.values() for member in t.members}.values():
        for item in member.booked:
            booked[member.id, item.week] += item.minutes
    for (member_id, monday), minutes in used.items():
        free = max(0, pool[member_id] - booked[member_id, monday])
        if minutes > free:
            yield f"{member_id} {monday}: {minutes} minutes over all teams in a week of {free}"


def _courses(teams: Teams, plans: Plans) -> Iterator[str]:
    """No course is done twice, and what is not ready before a goal's deadline is reported there."""
    rows = {name: _rows_of(teams, team) for name, team in teams.items()}
    asked: dict[tuple[str, str], int] = defaultdict(int)
    for row in [row for found in rows.values() for row in found]:
        key = (row.member_id, row.course)
        asked[key] = max(asked[key], row.minutes)
    done: dict[tuple[str, str], list[tuple[date, int]]] = defaultdict(list)
    for plan in plans.values():
        for week in plan.preparation_weeks:
            done[week.member_id, week.course].append((week.deadline, week.minutes))
    for key, minutes in asked.items():
        if sum(found for _, found in done[key]) > minutes:
            yield f"{key}: done more than once"
    for name, plan in plans.items():
        deadlines = {item.goal_id: item.deadline or date.min for item in plan.placements}
        wanted: Counter[tuple[str | None, str | None, str | None]] = Counter()
        priority = {goal.id: goal.priority for goal in teams[name].goals}
        for key in {(r.member_id, r.course) for r in rows[name]}:
            goals = {r.goal_id for r in rows[name] if (r.member_id, r.course) == key}
            # A course counts once: for its first day, else for its highest goal.
            placed = [(deadlines[goal], goal) for goal in goals if goal in deadlines]
            waiting = sorted((priority[goal], goal) for goal in goals)
            until, goal = min(placed) if placed else (date.max, waiting[0][1])
            ready = sum(minutes for on, minutes in done[key] if on <= until)
            reported = (key[0], goal, key[1]) if placed else (None, goal, None)
            wanted[reported] += asked[key] - ready
        found = {
            (item.member_id, item.goal_id, item.course): item.missing_minutes
            for item in plan.not_placed
            if item.missing_minutes
        }
        if found != {key: minutes for key, minutes in wanted.items() if minutes}:
            yield f"{name}: {found} is missing, not {wanted}"


def _rows_of(teams: Teams, team: Problem) -> list[Preparation]:
    """What has to be prepared: for goals and by people that are there, and not done already."""
    done = {(r.member_id, r.course) for t in teams.values() for r in t.preparations if r.completed}
    goals, people = {goal.id for goal in team.goals}, {member.id for member in team.members}
    return [
        row
        for row in team.preparations
        if row.goal_id in goals and row.member_id in people
        if (row.member_id, row.course) not in done
    ]


def _duties(teams: Teams, plans: Plans) -> Iterator[str]:
    """What is mandatory for one team is so for all, and draws on own hours only where agreed."""
    asked: dict[tuple[str, str], list[tuple[date, bool]]] = defaultdict(list)
    for name, team in teams.items():
        deadlines = {item.goal_id: item.deadline or date.min for item in plans[name].placements}
        for row in team.preparations:
            if row.mandatory and row.goal_id in deadlines:
                found = (deadlines[row.goal_id], row.on_individual_hours)
                asked[row.member_id, row.course].append(found)
    for name, plan in plans.items():
        own: Counter[str] = Counter()
        for week in plan.preparation_weeks:
            agreed = [
                agreed
                for until, agreed in asked[week.member_id, week.course]
                if until >= week.deadline
            ]
            if week.mandatory is not bool(agreed):
                yield f"{name} {week.member_id} {week.course}: wrongly mandatory or voluntary"
            own[week.member_id] += week.minutes if all(agreed) else 0
        for hours in plan.hours:
            if hours.individual_minutes != own[hours.member_id]:
                yield f"{name} {hours.member_id}: {hours.individual_minutes} own minutes"


def _resources(teams: Teams, plans: Plans) -> Iterator[str]:
    """What only one team can have is not used by two at a time."""
    needs = {day.id: set(day.resources) for team in teams.values() for day in team.study_days}
    for (one, first), (other, second) in combinations(plans.items(), 2):
        for day, later in product(first.study_days, second.study_days):
            if not (day.goal_ids and later.goal_ids):
                continue
            starts = [datetime.combine(item.date, item.start) for item in (day, later)]
            ends = [
                start + timedelta(minutes=item.minutes)
                for start, item in zip(starts, (day, later), strict=True)
            ]
            if max(starts) < min(ends) and needs[day.study_day_id] & needs[later.study_day_id]:
                yield f"{one} and {other} need the same on {day.date}"


def _with_pool(teams: Teams, team: Problem) -> Problem:
    """The team with all the hours of its people; what was done for another team is done."""
    pool = pool_of(teams)
    done = {(r.member_id, r.course) for t in teams.values() for r in t.preparations if r.completed}
    return replace(
        team,
        members=tuple(replace(one, own_weekly_minutes=pool[one.id]) for one in team.members),
        preparations=tuple(
            replace(row, completed=(row.member_id, row.course) in done) for row in team.preparations
        ),
    )


def _beside_others(teams: Teams, plans: Plans, key: str) -> Problem:
    """The problem of one team in weeks that other teams have filled, less what those plan."""
    team = _with_pool(teams, teams[key])
    booked: dict[str, list[Booked]] = defaultdict(list)
    elsewhere: Counter[tuple[str, str]] = Counter()
    for name, plan in plans.items():
        for week in plan.preparation_weeks if name != key else ():
            booked[week.member_id].append(Booked(week.week, week.minutes))
            elsewhere[week.member_id, week.course] += week.minutes
    return replace(
        team,
        members=tuple(
            replace(member, booked=(*member.booked, *booked[member.id])) for member in team.members
        ),
        preparations=tuple(
            replace(row, minutes=max(0, row.minutes - elsewhere[row.member_id, row.course]))
            for row in team.preparations
        ),
    )


# --- What it does --------------------------------------------------------------------------------
def dice_teams(seed: int) -> dict[str, Problem]:
    """Two or three teams with anything in them, of which everyone is in each."""
    source = random.Random(seed)  # noqa: S311  (no secret)
    dice = Dice(source)
    people: dict[str, Member] = {}
    courses: dict[str, Preparation] = {}
    found = {}
    for team in range(source.choice([2, 2, 3])):
        problem = dice.problem()

        def own(goal: str, team: int = team) -> str:
            return f"t{team}-{goal}"

        here = {member.id for member in problem.members}
        found[f"t{team}"] = replace(
            problem,
            calendar=NOORD,
            plan_from=None,
            activities=(),
            members=tuple(people.setdefault(one.id, one) for one in problem.members),
            goals=tuple(
                replace(goal, id=own(goal.id), after=tuple(map(own, goal.after)))
                for goal in problem.goals
            ),
            # Its length and its first day belong to the course, whoever asks for it.
            preparations=tuple(
                replace(
                    row,
                    goal_id=own(row.goal_id),
                    minutes=courses.setdefault(row.course, row).minutes,
                    available_from=courses[row.course].available_from,
                )
                for row in problem.preparations
                if row.member_id in here and row.goal_id != "gone"
            ),
            study_days=tuple(
                replace(
                    day, id=own(day.id), resources=("room:hall",) if source.random() < 0.3 else ()
                )
                for day in problem.study_days
            ),
        )
    return found


@settings(max_examples=250, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(["tiny", "small", "anything"]))
def test_plans_of_a_school_break_no_rule(seed: int, kind: str) -> None:
    if kind == "tiny":
        teams = tiny_teams(seed)
    elif kind == "small":
        teams = random_teams(3, 4, 3, 6, 6, 2, seed)
    else:
        teams = dice_teams(seed)
    assert broken_together(teams, plan_together(teams)) == []


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.booleans())
def test_the_order_of_teams_and_rows_makes_no_difference(seed: int, tiny: bool) -> None:
    teams = tiny_teams(seed) if tiny else dice_teams(seed)
    dice = random.Random(seed)  # noqa: S311  (no secret)
    mixed = {
        key: replace(
            teams[key],
            members=_mixed(dice, teams[key].members),
            goals=_mixed(dice, teams[key].goals),
            preparations=_mixed(dice, teams[key].preparations),
            study_days=_mixed(dice, teams[key].study_days),
        )
        for key in _mixed(dice, tuple(teams))
    }
    assert plan_together(mixed) == plan_together(teams)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**6), st.booleans())
# A goal of the highest priority takes the time of another team's second one.
@example(7510, True)
def test_without_a_change_all_that_was_published_stays(seed: int, tiny: bool) -> None:
    teams = tiny_teams(seed) if tiny else random_teams(3, 4, 3, 6, 6, 2, seed)
    published = plan_together(teams)
    assert plan_together(teams, published) == published
    dice = random.Random(seed)  # noqa: S311  (no secret)
    first = dice.choice(NOORD.open_days)
    later = {key: replace(one, plan_from=first) for key, one in teams.items()}
    plans = plan_together(later, published)
    # With less to do, time may come for a goal more, or for a higher one; then others may move.
    if where(plans).keys() == where(published).keys():
        for key, plan in plans.items():
            assert published_items(plan) == published_items(published[key])
            assert plan.preparation_weeks == published[key].preparation_weeks
    assert [*_pool(teams, plans), *_courses(teams, plans), *_duties(teams, plans)] == []


def _mixed(dice: random.Random, rows: tuple[Row, ...]) -> tuple[Row, ...]:
    return tuple(dice.sample(rows, len(rows)))


@pytest.mark.parametrize("seed", range(25))
def test_one_team_gets_the_plan_it_would_get_alone(seed: int) -> None:
    team = tiny_school(seed) if seed % 2 else Dice(random.Random(seed)).problem()  # noqa: S311
    assert plan_together({"team": team}) == {"team": plan_optimally(team)}


@pytest.mark.parametrize("seed", range(25))
def test_teams_that_share_nothing_get_the_plans_they_would_get_alone(seed: int) -> None:
    teams = random_teams(2, 4, 3, 5, 5, 0, seed)
    teams = {
        key: replace(team, study_days=tuple(replace(day, resources=()) for day in team.study_days))
        for key, team in teams.items()
    }
    assert plan_together(teams) == {key: plan_optimally(team) for key, team in teams.items()}


# --- Against every answer ------------------------------------------------------------------------
class Tried:
    """All answers to a school of two tiny teams, and what makes one right, person by person."""

    def __init__(self, teams: Teams) -> None:
        self.teams = teams
        self.days = {key: usable_days(team)[0] for key, team in teams.items()}
        self.team_of = {goal.id: key for key, team in teams.items() for goal in team.goals}
        self.goals = {goal.id: goal for team in teams.values() for goal in team.goals}
        pool = pool_of(teams)
        self.hours = {
            member.id: hours_of(member, NOORD, pool[member.id], None)
            for team in teams.values()
            for member in team.members
        }
        self.rows: dict[str, dict[str, list[Preparation]]] = defaultdict(lambda: defaultdict(list))
        for team in teams.values():
            for row in team.preparations:
                self.rows[row.member_id][row.goal_id].append(row)
        self.waits = {
            (member_id, goal_id): self._waits(member_id, goal_id)
            for member_id, asked in self.rows.items()
            for goal_id in asked
        }

    def _waits(self, member_id: str, goal_id: str) -> bool:
        key = self.team_of[goal_id]
        return self.teams[key].settings.wait_for_all or any(
            self._is_ready(member_id, {goal_id: day}) for day in self.days[key]
        )

    def _is_ready(self, member_id: str, on: Mapping[str, UsableDay]) -> bool:
        """Whether somebody can be ready for all these goals, each course once, for the first."""
        hours = self.hours[member_id]
        first: dict[str, tuple[UsableDay, Preparation]] = {}
        for goal_id, day in sorted(on.items(), key=lambda item: item[1].day.date):
            for row in self.rows[member_id][goal_id]:
                first.setdefault(row.course, (day, row))
        tasks = []
        for day, row in first.values():
            span = hours.span(day.first_monday, date.min, day.deadline or date.min)
            if span is None:
                return False
            tasks.append(
                Task(row.course, row.goal_id, 0, 0, row.minutes, *span, day.day.id, date.min)
            )
        return unplaced_minutes(tasks, hours.minutes) == 0

    def is_right(self, on: Mapping[str, UsableDay]) -> bool:
        used = Counter(day.day.id for day in on.values())
        days = {day.day.id: day for day in on.values()}
        candidates = Counter(self.team_of[g] for g, d in set_of_days(on) if not d.day.fixed)
        return (
            all(count <= days[day_id].room for day_id, count in used.items())
            and all(
                first in on and on[first].day.date < day.day.date
                for goal_id, day in on.items()
                for first in self.goals[goal_id].after
            )
            and all(
                most is None or candidates[key] <= most
                for key, team in self.teams.items()
                if (most := team.settings.most_candidate_days) is not None or True
            )
            and not any(
                one.day.date == two.day.date
                and set(one.day.resources) & set(two.day.resources)
                and self.team_of[g] != self.team_of[h]
                for (g, one), (h, two) in combinations(on.items(), 2)
            )
            and all(
                self._is_ready(
                    member_id,
                    {g: on[g] for g in asked if g in on and self.waits[member_id, g]},
                )
                for member_id, asked in self.rows.items()
            )
        )

    def score(self, on: Mapping[str, str]) -> tuple[tuple[int, ...], ...]:
        """Goals placed by priority, and then how early they stand, over all teams."""
        levels = sorted({goal.priority for goal in self.goals.values()})
        by_level = {
            level: [g for g, goal in self.goals.items() if goal.priority == level]
            for level in levels
        }
        return (
            tuple(sum(goal in on for goal in by_level[level]) for level in levels),
            tuple(-sum(self._turn(goal, on) for goal in by_level[level]) for level in levels),
        )

    def _turn(self, goal: str, on: Mapping[str, str]) -> int:
        ids = [day.day.id for day in self.days[self.team_of[goal]]]
        return ids.index(on[goal]) if goal in on else len(ids)

    def best(self) -> tuple[tuple[int, ...], ...]:
        goals = list(self.goals)
        options = [(None, *self.days[self.team_of[goal]]) for goal in goals]
        return max(
            self.score({goal: day.day.id for goal, day in on.items()})
            for chosen in product(*options)
            if self.is_right(on := {g: d for g, d in zip(goals, chosen, strict=True) if d})
        )


def set_of_days(on: Mapping[str, UsableDay]) -> list[tuple[str, UsableDay]]:
    """Each day once, with one of its goals."""
    return list({day.day.id: (goal, day) for goal, day in on.items()}.values())


def found_score(tried: Tried, plans: Plans) -> tuple[tuple[int, ...], ...]:
    return tried.score(
        {item.goal_id: item.study_day_id for plan in plans.values() for item in plan.placements}
    )


@pytest.mark.parametrize("seed", range(200))
def test_no_answer_of_all_is_better(seed: int) -> None:
    teams = tiny_teams(seed)
    plans = plan_together(teams)
    tried = Tried(teams)
    assert all(plan.optimal for plan in plans.values())
    assert found_score(tried, plans) == tried.best()


# --- One by one ----------------------------------------------------------------------------------
BOTH = Member("both", "Bo")
ONE, TWO = Goal("one", "Wij leren een", 1), Goal("two", "Wij leren twee", 1)
# Both Tuesdays; their deadlines are 27 October and 8 December.
NOVEMBER = StudyDay("nov", date(2026, 11, 3), StudyDayKind.DAY, time(8, 30), 360)
DECEMBER = StudyDay("dec", date(2026, 12, 15), StudyDayKind.DAY, time(8, 30), 360)


def team(
    goal: Goal, *minutes: int, days: tuple[StudyDay, ...], who: Member = BOTH, **more: Any
) -> Problem:
    """A team of one goal, for which somebody prepares courses of so many minutes."""
    values: dict[str, Any] = {
        "calendar": NOORD,
        "members": (who,),
        "goals": (goal,),
        "preparations": tuple(
            Preparation(goal.id, who.id, f"{goal.id}-{number}", "Cursus", length)
            for number, length in enumerate(minutes)
        ),
        "study_days": days,
        "settings": Settings(),
    }
    return Problem(**(values | more))


def days_of(prefix: str, *days: StudyDay) -> tuple[StudyDay, ...]:
    return tuple(replace(day, id=f"{prefix}-{day.id}") for day in days)


def where(plans: Plans) -> dict[str, str]:
    return {item.goal_id: item.study_day_id for plan in plans.values() for item in plan.placements}


def test_two_teams_take_turns_when_somebody_has_no_time_for_both() -> None:
    # Before 3 November there are four weeks of an hour: enough for one of the goals.
    teams = {
        "a": team(ONE, 240, days=days_of("a", NOVEMBER, DECEMBER)),
        "b": team(TWO, 240, days=days_of("b", NOVEMBER, DECEMBER)),
    }
    plans = plan_together(teams)
    assert where(plans) == {"one": "a-nov", "two": "b-dec"}
    assert broken_together(teams, plans) == []
    assert [plan_optimally(one).placements[0].study_day_id for one in teams.values()] == [
        "a-nov",
        "b-nov",
    ]


def test_the_first_goal_of_any_team_comes_before_the_second_of_another() -> None:
    later = replace(ONE, priority=2)
    teams = {
        "a": team(later, 240, days=days_of("a", NOVEMBER)),
        "b": team(TWO, 240, days=days_of("b", NOVEMBER)),
    }
    plans = plan_together(teams)
    assert where(plans) == {"two": "b-nov"}
    assert [(i.goal_id, i.code) for i in plans["a"].not_placed if i.subject is Subject.GOAL] == [
        ("one", Code.PREPARATION_SHORT)
    ]


def test_a_course_for_two_teams_is_prepared_once_for_the_first_day() -> None:
    row = Preparation("one", "both", "film", "Film", 120)
    teams = {
        "a": team(ONE, days=days_of("a", DECEMBER), preparations=(row,)),
        "b": team(TWO, days=days_of("b", NOVEMBER), preparations=(replace(row, goal_id="two"),)),
    }
    plans = plan_together(teams)
    assert plans["a"].preparation_weeks == ()
    assert [(week.goal_ids, week.minutes) for week in plans["b"].preparation_weeks] == [
        (("two",), 30)
    ] * 4
    assert not [item for item in plans["a"].not_placed if item.subject is Subject.PREPARATION]
    # Planned again in November the course is behind, for both teams.
    later = {key: replace(one, plan_from=date(2026, 11, 4)) for key, one in teams.items()}
    again = plan_together(later, plans)
    assert again["a"].preparation_weeks == ()
    assert again["b"].preparation_weeks == plans["b"].preparation_weeks
    assert where(again) == where(plans)


def test_a_course_that_was_done_for_one_team_is_done_for_the_other() -> None:
    row = Preparation("one", "both", "film", "Film", 120)
    done = replace(row, goal_id="two", completed=True)
    teams = {
        "a": team(ONE, days=days_of("a", DECEMBER), preparations=(row,)),
        "b": team(TWO, days=days_of("b", NOVEMBER), preparations=(done,)),
    }
    plans = plan_together(teams)
    assert not any(plan.preparation_weeks for plan in plans.values())
    assert [(item.goal_id, item.course) for item in plans["a"].completed] == [("one", "film")]


def test_what_is_mandatory_for_one_team_takes_no_own_hours_of_the_other() -> None:
    row = Preparation("one", "both", "film", "Film", 120, mandatory=False)
    teams = {
        "a": team(ONE, days=days_of("a", NOVEMBER), preparations=(row,)),
        "b": team(
            TWO,
            days=days_of("b", DECEMBER),
            preparations=(replace(row, goal_id="two", mandatory=True),),
        ),
    }
    plans = plan_together(teams)
    assert [week.mandatory for week in plans["a"].preparation_weeks] == [True] * 4
    assert [hours.individual_minutes for hours in plans["a"].hours] == [0]
    alone = plan_optimally(teams["a"])
    assert [hours.individual_minutes for hours in alone.hours] == [120]


def test_teams_may_close_their_preparation_at_another_time_before_a_day() -> None:
    # The later day is due first: that team wants all ready twenty working days before.
    row = Preparation("one", "both", "film", "Film", 60)
    early = Settings(deadline_working_days=20, window_weeks=10)
    near = replace(NOVEMBER, date=date(2026, 11, 10))
    teams = {
        "a": team(ONE, days=days_of("a", NOVEMBER), preparations=(row,)),
        "b": team(
            TWO,
            days=days_of("b", near),
            preparations=(replace(row, goal_id="two"),),
            settings=early,
        ),
    }
    plans = plan_together(teams)
    assert broken_together(teams, plans) == []
    assert plans["a"].preparation_weeks == ()
    assert {week.deadline for week in plans["b"].preparation_weeks} == {
        item.deadline for item in plans["b"].placements
    }


@pytest.mark.parametrize(
    ("start", "resources", "together"),
    [
        (time(8, 30), ("room:hall",), False),
        (time(14, 29), ("room:hall", "trainer:7"), False),
        # It ends at half past two.
        (time(14, 30), ("room:hall",), True),
        (time(8, 30), ("room:other",), True),
        (time(8, 30), (), True),
    ],
)
def test_a_room_or_trainer_is_for_one_team_at_a_time(
    start: time, resources: tuple[str, ...], together: bool
) -> None:
    first = replace(NOVEMBER, id="a-nov", resources=("room:hall", "trainer:3"))
    second = replace(NOVEMBER, id="b-nov", resources=resources, start=start, minutes=180)
    teams = {
        "a": team(ONE, days=(first,)),
        "b": team(TWO, days=(second, *days_of("b", DECEMBER)), who=Member("other", "Ot")),
    }
    plans = plan_together(teams)
    assert where(plans) == {"one": "a-nov", "two": "b-nov" if together else "b-dec"}
    assert broken_together(teams, plans) == []


def test_hours_are_the_larger_of_two_agreements_less_what_is_booked() -> None:
    booked = replace(BOTH, booked=(Booked(date(2026, 10, 26), 90),))
    teams = {
        "a": team(ONE, 180, days=days_of("a", NOVEMBER), who=booked),
        "b": team(
            TWO,
            150,
            days=days_of("b", NOVEMBER),
            who=replace(booked, fte=Decimal("0.5")),
            settings=Settings(team_weekly_minutes=200),
        ),
    }
    # Hours of 60 and 100: in four weeks 400 minutes, of which 90 are taken, and 330 are asked.
    plans = plan_together(teams)
    assert len(where(plans)) == 1
    free = {key: replace(one, members=(replace(BOTH, booked=()),)) for key, one in teams.items()}
    assert pool_of(free) == {"both": 200}
    plans = plan_together(free)
    assert where(plans) == {"one": "a-nov", "two": "b-nov"}
    used = Counter(
        {week.week: week.minutes for plan in plans.values() for week in plan.preparation_weeks}
    )
    assert max(used.values()) <= 200


def test_somebody_without_hours_holds_no_team_up() -> None:
    none = replace(BOTH, fte=Decimal(0))
    teams = {
        "a": team(ONE, 60, days=days_of("a", NOVEMBER), who=none),
        "b": team(TWO, 60, days=days_of("b", NOVEMBER), who=none),
    }
    plans = plan_together(teams)
    assert where(plans) == {"one": "a-nov", "two": "b-nov"}
    assert [
        (item.code, item.missing_minutes) for plan in plans.values() for item in plan.not_placed
    ] == [(Code.NO_STUDY_MINUTES, 60)] * 2


def test_a_team_without_days_leaves_the_others_alone() -> None:
    teams = {
        "a": team(ONE, 60, days=()),
        "b": team(TWO, 60, days=days_of("b", NOVEMBER)),
    }
    plans = plan_together(teams)
    assert where(plans) == {"two": "b-nov"}
    assert [(item.goal_id, item.code) for item in plans["a"].not_placed] == [
        ("one", Code.NO_STUDY_DAY)
    ]
    assert plan_together({}) == {}


def test_ids_are_of_one_team() -> None:
    one = team(ONE, 60, days=(NOVEMBER,))
    with pytest.raises(ValueError, match="share ids of goals"):
        plan_together({"a": one, "b": replace(one, study_days=())})
    with pytest.raises(ValueError, match="share ids of study days"):
        plan_together({"a": one, "b": replace(one, goals=())})


def test_what_was_published_stays_for_all_teams() -> None:
    teams = {
        "a": team(ONE, 240, days=days_of("a", NOVEMBER, DECEMBER)),
        "b": team(TWO, 240, days=days_of("b", NOVEMBER, DECEMBER)),
    }
    # The other team went first when its goal was the more important one.
    before = plan_together({**teams, "a": replace(teams["a"], goals=(replace(ONE, priority=2),))})
    assert where(before) == {"one": "a-dec", "two": "b-nov"}
    assert where(plan_together(teams, before)) == where(before)
    assert plan_together(teams, plan_together(teams, before)) == plan_together(teams, before)


# --- One hall for two teams ----------------------------------------------------------------------
def one_hall() -> dict[str, Problem]:
    """Two teams that share nothing but the hall, each with one goal and a day at the same hours."""
    return {
        key: Problem(
            calendar=NOORD,
            members=(Member(key, f"Persoon {key}"),),
            goals=(Goal(f"goal-{key}", f"Wij leren {key}", 1),),
            preparations=(Preparation(f"goal-{key}", key, f"film-{key}", "Film", 60),),
            study_days=(
                StudyDay(
                    f"day-{key}",
                    date(2026, 10, 28),
                    StudyDayKind.DAY,
                    time(8, 30),
                    360,
                    resources=("room:hall",),
                ),
            ),
        )
        for key in ("a", "b")
    }


def test_the_team_that_loses_the_hall_is_told_who_has_it() -> None:
    plans = plan_together(one_hall(), names={"a": "Onderbouw", "b": "Bovenbouw"})
    assert [item.goal_id for item in plans["a"].placements] == ["goal-a"]
    [lost] = plans["b"].not_placed
    assert (lost.subject, lost.code) == (Subject.GOAL, Code.DAY_TAKEN)
    assert lost.text == (
        "‘Wij leren b’ heeft nog geen studiedag: op een dag die op tijd is, heeft een ander team "
        "dezelfde ruimte of trainer; kies een andere tijd, ruimte of trainer, of voeg een "
        "studiedag toe."
    )
    [note] = [note for note in plans["b"].assumptions if note.code == "study_day_taken"]
    assert note.text.startswith(
        "Op woensdag 28 oktober 2026 heeft het team ‘Onderbouw’ dezelfde ruimte of trainer"
    )
    assert not [note for note in plans["a"].assumptions if note.code == "study_day_taken"]


def test_the_explanation_of_the_team_that_lost_knows_it() -> None:
    teams = one_hall()
    plans = plan_together(teams, names={"a": "Onderbouw", "b": "Bovenbouw"})
    [theirs] = teams["a"].study_days
    alone = replace(teams["b"], taken=(Taken("Onderbouw", theirs),))
    blocked = still_blocked(alone, plans["b"])
    assert blocked == {"day-b": ("Onderbouw",)}
    found = explain(alone, blocked=blocked)
    assert found.placed == ()
    [goal] = found.postponed
    assert (goal.code, [day.stop for day in goal.days]) == (Code.DAY_TAKEN, [Stop.TAKEN])
    assert goal.days[0].text == (
        "Woensdag 28 oktober 2026: dan heeft het team ‘Onderbouw’ dezelfde ruimte of trainer; kies "
        "een andere tijd, ruimte of trainer."
    )
    assert goal.text.endswith("Op 1 studiedag heeft een ander team de ruimte of trainer.")
    assert [one.kind for one in goal.helps] == [HelpKind.STUDY_AFTERNOON]
    # Once the other team has it no longer there is nothing to explain.
    assert still_blocked(teams["b"], plans["b"]) == {}
    assert still_blocked(alone, plan_optimally(alone)) == {}
