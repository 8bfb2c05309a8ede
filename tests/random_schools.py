"""Random schools of a given size, as a planner meets them: the same seed, the same school."""

import random
from dataclasses import replace
from datetime import date, time
from decimal import Decimal

from routekaart.domain.calendar import Region, SchoolCalendar, SchoolYear
from routekaart.domain.people import Booked, Leave, Member
from routekaart.domain.planner.optimal import plan_optimally
from routekaart.domain.planner.plan import Plan
from routekaart.domain.planner.problem import (
    Goal,
    Preparation,
    Problem,
    Settings,
    StudyDay,
    StudyDayKind,
    even_goals_per_day,
)
from routekaart.domain.school_holidays import school_calendar

YEAR = SchoolYear(2026)
_LENGTHS = (45, 60, 60, 120, 180, 240)


def calendar() -> SchoolCalendar:
    return school_calendar(YEAR, Region.NOORD)


def random_school(goals: int, days: int, people: int, profiles: int, seed: int) -> Problem:
    """One team. People fall into `profiles` kinds, each with its own functions and hours.

    Time is scarce: every goal asks each function for one to three courses, some of which two goals
    share, and goals may wait for another one.
    """
    dice = random.Random(seed)  # noqa: S311  (nothing here is a secret)
    functions = max(1, profiles // 4)
    asked = {
        (goal, function): _courses(dice, goal, function, goals)
        for goal in range(goals)
        for function in range(functions)
    }
    kinds = [(number % functions, _hours(dice)) for number in range(profiles)]
    members = []
    preparations = []
    for number in range(people):
        function, (fte, weekdays, leave) = kinds[number % profiles]
        member_id = f"p{number:03}"
        members.append(
            Member(
                member_id,
                f"Persoon {number}",
                functions=(f"functie-{function}",),
                fte=fte,
                working_days=weekdays,
                leave=leave,
            )
        )
        for goal in range(goals):
            preparations += [
                Preparation(
                    f"g{goal:02}", member_id, course, f"Cursus {course}", minutes, position=position
                )
                for position, (course, minutes) in enumerate(asked[goal, function])
            ]
    whole = days - days // 4
    return Problem(
        calendar=calendar(),
        members=tuple(members),
        goals=tuple(
            Goal(
                f"g{goal:02}",
                f"Wij leren {goal}",
                priority=1 + goal // 2 if dice.random() < 0.5 else 1 + goal,
                after=(f"g{dice.randrange(goal):02}",) if goal and dice.random() < 0.15 else (),
            )
            for goal in range(goals)
        ),
        preparations=tuple(preparations),
        study_days=_days(dice, days, whole),
        settings=Settings(
            team_weekly_minutes=dice.choice([100, 120, 150]),
            goals_per_day=max(2, even_goals_per_day(goals, whole, days - whole)),
            wait_for_all=True,
        ),
    )


def _courses(dice: random.Random, goal: int, function: int, goals: int) -> list[tuple[str, int]]:
    found = {}
    for number in range(dice.choice([0, 0, 1, 1, 2])):
        found[f"c{goal}-{function}-{number}"] = dice.choice(_LENGTHS)
    if dice.random() < 0.2:
        # The length belongs to the course, whoever asks for it.
        shared = dice.randrange(max(1, goals // 2))
        found[f"shared-{shared}"] = _LENGTHS[shared % len(_LENGTHS)]
    return list(found.items())


def _hours(dice: random.Random) -> tuple[Decimal, tuple[int, ...], tuple[Leave, ...]]:
    count = dice.choice([3, 4, 4, 5, 5])
    weekdays = tuple(sorted(dice.sample([1, 2, 3, 4, 5], count)))
    away: tuple[Leave, ...] = ()
    if dice.random() < 0.15:
        open_days = calendar().open_days
        first = dice.randrange(len(open_days) - 10)
        away = (Leave(open_days[first], open_days[first + 9]),)
    return Decimal(count * 2) / 10, weekdays, away


def _days(dice: random.Random, days: int, whole: int) -> tuple[StudyDay, ...]:
    open_days = [day for day in calendar().open_days if day >= date(2026, 9, 21)]
    chosen = sorted(dice.sample(open_days, days))
    kinds = [StudyDayKind.DAY] * whole + [StudyDayKind.AFTERNOON] * (days - whole)
    dice.shuffle(kinds)
    return tuple(
        StudyDay(f"d{number}", day, kind, time(8, 30), 360 if kind is StudyDayKind.DAY else 180)
        for number, (day, kind) in enumerate(zip(chosen, kinds, strict=True))
    )


def tiny_school(seed: int) -> Problem:
    """Two to five goals on one to four days, of which some may be candidates.

    Other teams have booked a part of the hours of some people.
    """
    dice = random.Random(1000 + seed)  # noqa: S311  (no secret)
    kinds = dice.randint(1, 4)
    school = random_school(
        dice.randint(2, 5), dice.randint(1, 4), dice.randint(kinds, 6), kinds, seed
    )
    days = tuple(replace(day, fixed=dice.random() < 0.6) for day in school.study_days)
    most = dice.choice([None, 0, 1, 1, 2])
    # Fewer goals a day than would hold them all, so that room is scarce too.
    room = dice.choice([1, 1, 2])
    settings = replace(school.settings, most_candidate_days=most, goals_per_day=room)
    weeks = [week.monday for week in school.calendar.weeks]
    members = tuple(
        replace(member, booked=tuple(Booked(week, 90) for week in dice.sample(weeks, 8)))
        if dice.random() < 0.3
        else member
        for member in school.members
    )
    return replace(school, members=members, study_days=days, settings=settings)


def published_before(school: Problem) -> Plan:
    """The plan that a team had when it ranked its goals the other way round."""
    highest = max(goal.priority for goal in school.goals)
    return plan_optimally(
        replace(
            school,
            goals=tuple(
                replace(goal, priority=1 + highest - goal.priority) for goal in school.goals
            ),
        )
    )


def random_teams(
    teams: int, goals: int, days: int, people: int, profiles: int, shared: int, seed: int
) -> dict[str, Problem]:
    """Several teams of one school, with ids of their own.

    `shared` people are also in the next team and as many in the one before, and about one study
    day in four is in the hall, now and then on the date of another team.
    """
    dice = random.Random(seed)  # noqa: S311  (no secret)
    schools: list[Problem] = []
    known: dict[str, Member] = {}
    for team in range(teams):
        school = random_school(goals, days, people, profiles, seed * 100 + team)
        who = {member.id: f"t{team}-{member.id}" for member in school.members}
        if teams > 1:
            for number in range(shared):
                who[school.members[number].id] = f"s{team}-{number}"
                who[school.members[-1 - number].id] = f"s{(team + 1) % teams}-{number}"
        school = _renamed(school, team, who)
        members = tuple(known.setdefault(member.id, member) for member in school.members)
        dates = [day.date for other in schools for day in other.study_days]
        study_days = _in_the_hall(dice, school.study_days, dates)
        schools.append(replace(school, members=members, study_days=study_days))
    return {f"team {team}": school for team, school in enumerate(schools)}


def _renamed(school: Problem, team: int, who: dict[str, str]) -> Problem:
    """The school of one team. Courses that goals share are shared with other teams too."""
    return replace(
        school,
        members=tuple(replace(item, id=who[item.id]) for item in school.members),
        goals=tuple(
            replace(goal, id=f"t{team}-{goal.id}", after=tuple(f"t{team}-{g}" for g in goal.after))
            for goal in school.goals
        ),
        preparations=tuple(
            replace(
                row,
                goal_id=f"t{team}-{row.goal_id}",
                member_id=who[row.member_id],
                course=row.course if row.course.startswith("shared") else f"t{team}-{row.course}",
            )
            for row in school.preparations
        ),
        study_days=tuple(replace(day, id=f"t{team}-{day.id}") for day in school.study_days),
    )


def _in_the_hall(
    dice: random.Random, study_days: tuple[StudyDay, ...], dates: list[date]
) -> tuple[StudyDay, ...]:
    """Some of these days in a room of which there is one, half of those on one of the dates."""
    found = []
    taken = {day.date for day in study_days}
    for day in study_days:
        if dice.random() >= 0.25:
            found.append(day)
            continue
        on = dice.choice(dates) if dates and dice.random() < 0.5 else day.date
        on = day.date if on in taken else on
        taken.add(on)
        found.append(replace(day, date=on, resources=("room:hall",)))
    return tuple(found)


def tiny_teams(seed: int, goals: int = 2, days: int = 2) -> dict[str, Problem]:
    """Two teams with so little of everything that each answer can be tried."""
    dice = random.Random(2000 + seed)  # noqa: S311  (no secret)
    people = dice.randint(2, 4)
    found = random_teams(2, goals, days, people, people, 1, seed)
    most = dice.choice([None, None, 1])
    return {
        key: replace(
            team,
            study_days=tuple(replace(day, fixed=dice.random() < 0.6) for day in team.study_days),
            settings=replace(
                team.settings,
                # As scarce as time is when a person has two teams.
                team_weekly_minutes=dice.choice([30, 60, 100]),
                goals_per_day=dice.choice([1, 2]),
                most_candidate_days=most,
                wait_for_all=dice.random() < 0.5,
            ),
        )
        for key, team in found.items()
    }
