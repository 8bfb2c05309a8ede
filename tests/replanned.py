"""An independent look at a plan that was made in the course of the year, beside a published one.

It cuts off what lies behind and leaves the rest to the check of plans, so it uses none of the code
that plans on from a published plan.
"""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

from routekaart.domain.people import Booked, Member
from routekaart.domain.planner.changes import (
    AddGoal,
    AddMember,
    AddStudyDay,
    Change,
    ChangeSettings,
    CloseDays,
    CompleteCourse,
    ImpossibleChange,
    MemberLeave,
    MoreWeeklyMinutes,
    MoveStudyDay,
    RemoveGoal,
    RemoveMember,
    RemoveStudyDay,
    changed,
)
from routekaart.domain.planner.check import broken_rules
from routekaart.domain.planner.plan import Plan, PreparationWeek, Subject
from routekaart.domain.planner.problem import Goal, Preparation, Problem, StudyDayKind

# How the lines of `broken_rules` begin that are about the year as a whole.
_OF_HOURS = ("member ", "not everyone has hours")
_OF_ACTIVITIES = ("activity ", "an activity")


def days_behind(problem: Problem, published: Plan) -> set[str]:
    """Ids of the published study days that were held: past, and not moved to a later date."""
    first = problem.plan_from or date.min
    now = {day.id: day.date for day in problem.study_days}
    return {
        day.study_day_id
        for day in published.study_days
        if day.date < first and now.get(day.study_day_id, day.date) < first
    }


def is_behind(problem: Problem, week: PreparationWeek) -> bool:
    """Whether all days on which these minutes could be studied have passed."""
    first = problem.plan_from or date.min
    if week.week + timedelta(7) <= first:
        return True
    return any(
        max(days) < first
        for member in problem.members
        if member.id == week.member_id
        and (
            days := [
                day
                for day in (week.week + timedelta(offset) for offset in range(7))
                if day <= week.deadline
                and problem.calendar.is_open(day)
                and day.isoweekday() in member.working_days
                and not any(leave.first <= day <= leave.last for leave in member.leave)
            ]
        )
    )


def broken_after(problem: Problem, plan: Plan, published: Plan) -> list[str]:
    """One line of English per broken rule of a plan that goes on from a published one."""
    held = days_behind(problem, published)
    return [
        *_behind(problem, plan, published, held),
        *_ahead(problem, plan, published, held),
        *_aftercare(problem, plan, held),
        *_activities(problem, plan),
        *_hours(problem, plan),
    ]


def _hours(problem: Problem, plan: Plan) -> list[str]:
    """The hours of the whole year. Who left the team keeps what was done, and has none."""
    people = {member.id for member in problem.members}
    here = tuple(week for week in plan.preparation_weeks if week.member_id in people)
    asked = {
        (row.member_id, row.goal_id, row.course) for row in problem.preparations if row.mandatory
    }
    # Rows that were withdrawn after the work was done: without a row there is no agreement.
    gone = tuple(
        Preparation(goal_id, week.member_id, week.course, week.course_title, 0)
        for week in here
        if week.mandatory
        and not any((week.member_id, g, week.course) in asked for g in week.goal_ids)
        for goal_id in week.goal_ids
    )
    whole = replace(problem, preparations=(*problem.preparations, *gone))
    return [
        line
        for line in broken_rules(whole, replace(plan, preparation_weeks=here))
        if line.startswith(_OF_HOURS)
    ]


def _behind(problem: Problem, plan: Plan, published: Plan, held: set[str]) -> Iterator[str]:
    """What lies behind is what was published, to the letter."""
    first = problem.plan_from or date.min
    old = [week for week in published.preparation_weeks if is_behind(problem, week)]
    new = [week for week in plan.preparation_weeks if is_behind(problem, week)]
    if Counter(old) != Counter(new):
        yield "weeks that lie behind have changed"
    if [p for p in published.placements if p.study_day_id in held] != [
        p for p in plan.placements if p.study_day_date < first
    ]:
        yield "goals that lie behind have changed"
    if [day for day in published.study_days if day.study_day_id in held] != [
        day for day in plan.study_days if day.date < first
    ]:
        yield "study days that lie behind have changed"
    for was, now in (
        (published.follow_ups, plan.follow_ups),
        (published.evaluations, plan.evaluations),
    ):
        if [i for i in was if i.date < first and i.study_day_id in held] != [
            i for i in now if i.date < first
        ]:
            yield "follow-ups or evaluations that lie behind have changed"
    yield from _meetings_behind(plan, published, held, first)
    people = {member.id for member in problem.members}
    done = {(row.member_id, row.course) for row in problem.preparations if row.completed}
    goals = {item.goal_id for item in published.placements if item.study_day_id in held}
    short = [
        item
        for item in published.not_placed
        if item.subject is Subject.PREPARATION
        and item.goal_id in goals
        and item.member_id in people
        and (item.member_id, item.course) not in done
    ]
    if Counter(short) != Counter(item for item in plan.not_placed if item.goal_id in goals):
        yield "what was not ready for goals that lie behind has changed"


def _meetings_behind(plan: Plan, published: Plan, held: set[str], first: date) -> Iterator[str]:
    """A meeting about a day that was not held after all was not about its goals either."""
    done = {item.goal_id for item in published.placements if item.study_day_id in held}
    was = [
        replace(item, goal_ids=about)
        for item in published.plg_meetings
        if item.date < first and (about := tuple(goal for goal in item.goal_ids if goal in done))
    ]
    if was != [item for item in plan.plg_meetings if item.date < first]:
        yield "PLG meetings that lie behind have changed"
    dates = {item.date for item in was}
    if [item for item in published.activities if item.date in dates] != [
        item for item in plan.activities if item.date < first
    ]:
        yield "activities that lie behind have changed"


def _ahead(problem: Problem, plan: Plan, published: Plan, held: set[str]) -> Iterator[str]:
    """What is to come keeps the rules of any plan, for what is left of the problem."""
    done = {item.goal_id for item in plan.placements if item.study_day_id in held}
    weeks = [week for week in plan.preparation_weeks if is_behind(problem, week)]
    ahead = replace(
        plan,
        placements=tuple(item for item in plan.placements if item.goal_id not in done),
        preparation_weeks=tuple(w for w in plan.preparation_weeks if not is_behind(problem, w)),
        study_days=tuple(day for day in plan.study_days if day.study_day_id not in held),
        follow_ups=tuple(i for i in plan.follow_ups if i.study_day_id not in held),
        evaluations=tuple(i for i in plan.evaluations if i.study_day_id not in held),
        plg_meetings=tuple(
            replace(item, goal_ids=goal_ids)
            for item in plan.plg_meetings
            if (goal_ids := tuple(goal for goal in item.goal_ids if goal not in done))
        ),
        completed=tuple(item for item in plan.completed if item.goal_id not in done),
        not_placed=tuple(
            item
            for item in plan.not_placed
            if item.study_day_id not in held and item.goal_id not in done
        ),
    )
    # Who was left behind in the plan that was approved holds no goal up any more.
    accepted = tuple(
        f"{item.member_id} {item.goal_id}: not ready, and there is"
        for item in published.not_placed
        if item.subject is Subject.PREPARATION
    )
    # Nor does who came since for a goal that had its day by then.
    there = {item.member_id for item in published.hours}
    accepted += tuple(
        f"{member.id} {item.goal_id}: not ready, and there is"
        for member in problem.members
        if member.id not in there
        for item in published.placements
    )
    told = frozenset(
        (item.member_id, item.course)
        for item in plan.not_placed
        if item.subject is Subject.PREPARATION and item.goal_id in done
    )
    for line in broken_rules(_left(problem, held, done, weeks), ahead, told):
        if not line.startswith((*_OF_HOURS, *_OF_ACTIVITIES, *accepted)):
            yield line


def _left(
    problem: Problem, held: set[str], done: set[str], weeks: list[PreparationWeek]
) -> Problem:
    studied: Counter[tuple[str, str]] = Counter()
    booked: dict[str, list[Booked]] = {member.id: [] for member in problem.members}
    for week in weeks:
        studied[week.member_id, week.course] += week.minutes
        booked.setdefault(week.member_id, []).append(Booked(week.week, week.minutes))
    completed = {(row.member_id, row.course) for row in problem.preparations if row.completed}
    most = problem.settings.most_candidate_days
    if most is not None:
        candidates = {day.id for day in problem.study_days if not day.fixed}
        most = max(0, most - len(candidates & held))
    return replace(
        problem,
        members=tuple(
            replace(member, booked=(*member.booked, *booked[member.id]))
            for member in problem.members
        ),
        goals=tuple(
            replace(goal, after=tuple(first for first in goal.after if first not in done))
            for goal in problem.goals
            if goal.id not in done
        ),
        study_days=tuple(day for day in problem.study_days if day.id not in held),
        preparations=tuple(
            replace(
                row,
                minutes=max(0, row.minutes - studied[row.member_id, row.course]),
                completed=(row.member_id, row.course) in completed,
            )
            for row in problem.preparations
            if row.goal_id not in done
        ),
        settings=replace(problem.settings, most_candidate_days=most),
    )


def _aftercare(problem: Problem, plan: Plan, held: set[str]) -> Iterator[str]:
    """Every date is its own, and days that were held get what comes after them, too."""
    first = problem.plan_from or date.min
    dates = [
        *(item.date for item in plan.follow_ups),
        *(item.date for item in plan.evaluations),
        *(item.date for item in plan.plg_meetings),
    ]
    if len({*dates, *(day.date for day in plan.study_days)}) != len(dates) + len(
        {day.date for day in plan.study_days}
    ):
        yield "two meetings on one day, or one on a study day"
    for day in dates:
        if day >= first and not problem.calendar.is_open(day):
            yield f"a meeting on {day}: the school is closed"
    reported = {(item.subject, item.study_day_id) for item in plan.not_placed}
    follow_ups = Counter(item.study_day_id for item in plan.follow_ups)
    evaluations = Counter(item.study_day_id for item in plan.evaluations)
    for planned in plan.study_days if held else ():
        for subject, found in (
            (Subject.FOLLOW_UP, follow_ups),
            (Subject.EVALUATION, evaluations),
        ):
            count = found[planned.study_day_id] + ((subject, planned.study_day_id) in reported)
            if count != bool(planned.goal_ids):
                yield f"study day {planned.study_day_id}: {subject} missing, doubled or not wanted"
        for goal_id in planned.goal_ids:
            count = sum(goal_id in item.goal_ids for item in plan.plg_meetings)
            short = count < problem.settings.plg_minimum_meetings
            if short is not ((Subject.PLG_MEETING, planned.study_day_id) in reported):
                yield f"goal {goal_id}: {count} PLG meetings, and that is not rightly reported"


def _activities(problem: Problem, plan: Plan) -> Iterator[str]:
    """Those that were done stay; the others come up in meetings that are still to come."""
    first = problem.plan_from or date.min
    ahead = tuple(item for item in plan.activities if item.date >= first)
    done = {item.activity_id for item in plan.activities} - {item.activity_id for item in ahead}
    left = replace(
        problem, activities=tuple(item for item in problem.activities if item.id not in done)
    )
    meetings = tuple(item for item in plan.plg_meetings if item.date >= first)
    cut = replace(plan, activities=ahead, plg_meetings=meetings, preparation_weeks=())
    for line in broken_rules(left, cut):
        if line.startswith(_OF_ACTIVITIES):
            yield line


# --- A change in the course of the year ----------------------------------------------------------
def random_change(dice: random.Random, problem: Problem, first: date) -> Problem:
    """The problem after one or two changes, planned from `first`; never about days before it."""
    result = replace(problem, plan_from=first)
    for _ in range(dice.choice([1, 1, 2])):
        try:
            result = changed(result, [_change(dice, result, first)])
        except ImpossibleChange:
            continue
    return result


def _change(dice: random.Random, problem: Problem, first: date) -> Change:
    coming = [day for day in problem.calendar.open_days if day >= first] or [first]
    on = dice.choice(coming)
    member = dice.choice(problem.members or (Member("none", "Niemand"),))
    goal = dice.choice(problem.goals or (Goal("none", "Geen", 1),))
    day = dice.choice(problem.study_days or (None,))
    new = f"new-{dice.randrange(1000)}"
    row = dice.choice(problem.preparations or (None,))
    free = coming[dice.randrange(len(coming)) :][: dice.choice([1, 2, 5])]
    options: list[Any] = [
        AddMember(replace(member, id=new, name="Nieuw"), same_as=member.id),
        RemoveMember(member.id),
        MemberLeave(member.id, on, on + timedelta(dice.choice([0, 4, 30]))),
        CloseDays(free[0], free[-1], "Extra vrij"),
        AddStudyDay(on, dice.choice(list(StudyDayKind)), time(8, 30), 180, id=new),
        MoreWeeklyMinutes(30),
        RemoveGoal(goal.id),
        AddGoal(
            Goal(new, "Wij leren iets nieuws", dice.choice([1, 2, 9])),
            tuple(
                Preparation(new, one.id, dice.choice(["c-new", "shared-0"]), "Cursus", 60)
                for one in problem.members
            ),
        ),
        ChangeSettings((("plg_minutes", 75),)),
    ]
    if day is not None:
        options += [MoveStudyDay(day.id, on), MoveStudyDay(day.id, on), RemoveStudyDay(day.id)]
    if row is not None:
        options += [CompleteCourse(row.member_id, row.course)]
    chosen: Change = dice.choice(options)
    return chosen
