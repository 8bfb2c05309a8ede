"""An independent look at a plan: every broken rule, found without the code that made the plan.

Used by tests. It counts days one by one and knows nothing of windows, tasks or profiles, so that
a mistake in the planner is not repeated here.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

from routekaart.domain.people import Member
from routekaart.domain.planner.check_preparation import Told, broken_preparation
from routekaart.domain.planner.check_waiting import broken_waiting, deadline_before, is_usable
from routekaart.domain.planner.plan import Plan, PlannedDay, PreparationWeek, Subject
from routekaart.domain.planner.problem import Problem, StudyDay, StudyDayKind
from routekaart.domain.study_day import BlockKind


def broken_rules(problem: Problem, plan: Plan, told: Told = frozenset()) -> list[str]:
    """One line of English per broken rule; an empty list for a plan that keeps them all.

    `told` are people with courses of which is said elsewhere what they miss.
    """
    return [
        *_goals(problem, plan),
        *_days(problem, plan),
        *_order(problem, plan),
        *_deadlines(problem, plan),
        *broken_preparation(problem, plan, told),
        *broken_waiting(problem, plan),
        *_programmes(plan),
        *_aftercare(problem, plan),
        *_plg(problem, plan),
        *_activities(problem, plan),
        *_hours(problem, plan),
    ]


def _goals(problem: Problem, plan: Plan) -> Iterator[str]:
    seen = Counter(item.goal_id for item in plan.placements)
    seen.update(item.goal_id or "" for item in plan.not_placed if item.subject is Subject.GOAL)
    for goal in problem.goals:
        if seen.pop(goal.id, 0) != 1:
            yield f"goal {goal.id} is not exactly once placed or reported"
    yield from (f"unknown goal {goal_id} in the plan" for goal_id in seen)


def _days(problem: Problem, plan: Plan) -> Iterator[str]:
    planned = {day.study_day_id: day for day in plan.study_days}
    refused = {i.study_day_id for i in plan.not_placed if i.subject is Subject.STUDY_DAY}
    hosts = {item.study_day_id for item in plan.placements}
    if len(planned) != len(plan.study_days):
        yield "a study day is in the plan twice"
    most = problem.settings.most_candidate_days
    candidates = sum(not day.fixed and day.id in hosts for day in problem.study_days)
    if most is not None and candidates > most:
        yield f"{candidates} candidate days are used, and {most} may be"
    for day in problem.study_days:
        usable = is_usable(problem, day)
        # A candidate is only held when a goal stands on it.
        held = usable and (day.fixed or day.id in hosts)
        if held is not (day.id in planned) or usable is (day.id in refused):
            yield f"study day {day.id} is neither rightly planned nor rightly refused"
        if day.id in planned:
            yield from _day(problem, plan, day, planned[day.id])
    for placement in plan.placements:
        host = planned.get(placement.study_day_id)
        if host is None or host.date != placement.study_day_date:
            yield f"goal {placement.goal_id} stands on a day that is not planned"


def _day(problem: Problem, plan: Plan, day: StudyDay, planned: PlannedDay) -> Iterator[str]:
    settings = problem.settings
    full = day.kind is StudyDayKind.DAY
    placed = {item.goal_id for item in plan.placements if item.study_day_id == day.id}
    if set(planned.goal_ids) != placed or len(planned.goal_ids) != len(placed):
        yield f"study day {day.id} lists other goals than were placed on it"
    if len(placed) > (settings.goals_per_day if full else settings.goals_per_afternoon):
        yield f"study day {day.id} has too many goals"
    if (planned.date, planned.start, planned.minutes) != (day.date, day.start, day.minutes):
        yield f"study day {day.id} was moved"


def _order(problem: Problem, plan: Plan) -> Iterator[str]:
    dates = {item.goal_id: item.study_day_date for item in plan.placements}
    known = {goal.id for goal in problem.goals}
    for goal in problem.goals:
        for other in goal.after:
            if goal.id in dates and other in known and dates.get(other, date.max) >= dates[goal.id]:
                yield f"goal {goal.id} does not come after {other}"


def _deadlines(problem: Problem, plan: Plan) -> Iterator[str]:
    for placement in plan.placements:
        expected = deadline_before(problem, placement.study_day_date)
        if placement.deadline != expected:
            yield f"goal {placement.goal_id}: deadline {placement.deadline}, not {expected}"


def _programmes(plan: Plan) -> Iterator[str]:
    for day in plan.study_days:
        moment = day.start.hour * 60 + day.start.minute
        end = moment + day.minutes
        for block in day.blocks:
            if block.minutes <= 0 or block.start.hour * 60 + block.start.minute != moment:
                yield f"study day {day.study_day_id}: a block does not follow on the one before"
            moment += block.minutes
        if moment != end:
            yield f"study day {day.study_day_id}: the programme does not add up to the day"
        kinds = [block.kind for block in day.blocks]
        if kinds[0] is not BlockKind.OPENING or kinds[-1] is not BlockKind.AGREEMENTS:
            yield f"study day {day.study_day_id}: opening or agreements stand in a wrong place"
        if {block.goal_id for block in day.blocks if block.goal_id} != set(day.goal_ids):
            yield f"study day {day.study_day_id}: the programme is about other goals"


def _right_date(problem: Problem, what: str, day: date) -> Iterator[str]:
    if day.isoweekday() > 5 or not problem.calendar.is_open(day):
        yield f"{what} on {day}: the school is closed"
    if day not in problem.calendar.year:
        yield f"{what} on {day}: outside the school year"
    if problem.plan_from is not None and day < problem.plan_from:
        yield f"{what} on {day}: before the day from which we plan"


def _aftercare(problem: Problem, plan: Plan) -> Iterator[str]:
    reported = {(item.subject, item.study_day_id) for item in plan.not_placed}
    follow_ups = {item.study_day_id: item for item in plan.follow_ups}
    evaluations = {item.study_day_id: item for item in plan.evaluations}
    if len(follow_ups) + len(evaluations) != len(plan.follow_ups) + len(plan.evaluations):
        yield "a study day has two follow-ups or evaluations"
    for day in plan.study_days:
        met, looked_back = follow_ups.get(day.study_day_id), evaluations.get(day.study_day_id)
        for subject, found in ((Subject.FOLLOW_UP, met), (Subject.EVALUATION, looked_back)):
            wanted = bool(day.goal_ids) and (subject, day.study_day_id) not in reported
            if (found is not None) is not wanted:
                yield f"study day {day.study_day_id}: {subject} missing, doubled or not wanted"
            if found is not None:
                yield from _right_date(problem, subject, found.date)
                if found.date <= day.date or found.goal_ids != day.goal_ids:
                    yield f"study day {day.study_day_id}: {subject} too early or of other goals"
        if met and looked_back and looked_back.date <= met.date:
            yield f"study day {day.study_day_id}: evaluated before the follow-up"
    dates = Counter(on for on, _ in _meetings(plan))
    for on in {day.date for day in plan.study_days}:
        dates[on] += 1 if dates[on] else 0
    yield from (f"two meetings on {on}" for on, count in dates.items() if count > 1)


def _meetings(plan: Plan) -> list[tuple[date, int]]:
    """Date and minutes of everything that follows a study day."""
    return [
        *((item.date, item.minutes) for item in plan.plg_meetings),
        *((item.date, item.minutes) for item in plan.follow_ups),
        *((item.date, item.minutes) for item in plan.evaluations),
    ]


def _plg(problem: Problem, plan: Plan) -> Iterator[str]:
    dates = {item.goal_id: item.study_day_date for item in plan.placements}
    moments = [meeting.date for meeting in plan.plg_meetings]
    if moments != sorted(moments):
        yield "PLG meetings are not in order"
    for meeting in plan.plg_meetings:
        yield from _right_date(problem, "PLG meeting", meeting.date)
        if not meeting.goal_ids or any(
            dates.get(goal_id, date.max) >= meeting.date for goal_id in meeting.goal_ids
        ):
            yield f"PLG meeting on {meeting.date}: about a goal that was not deepened yet"
        if not set(problem.plg_questions) <= set(meeting.agenda):
            yield f"PLG meeting on {meeting.date}: a question is not on the agenda"
    reported = {i.study_day_id for i in plan.not_placed if i.subject is Subject.PLG_MEETING}
    for day in plan.study_days:
        for goal_id in day.goal_ids:
            count = sum(goal_id in meeting.goal_ids for meeting in plan.plg_meetings)
            short = count < problem.settings.plg_minimum_meetings
            if short is not (day.study_day_id in reported):
                yield f"goal {goal_id}: {count} PLG meetings, and that is not rightly reported"


def _activities(problem: Problem, plan: Plan) -> Iterator[str]:
    seen = Counter(item.activity_id for item in plan.activities)
    seen.update(i.activity_id or "" for i in plan.not_placed if i.subject is Subject.ACTIVITY)
    if seen != Counter(activity.id for activity in problem.activities):
        yield "an activity is not exactly once planned or reported"
    goals_on = {meeting.date: set(meeting.goal_ids) for meeting in plan.plg_meetings}
    asked = {activity.id: set(activity.goal_ids) for activity in problem.activities}
    for item in plan.activities:
        wanted = asked.get(item.activity_id, set())
        if item.date not in goals_on:
            yield f"activity {item.activity_id} on {item.date}: there is no meeting"
        elif wanted and not wanted & goals_on[item.date]:
            yield f"activity {item.activity_id} on {item.date}: a meeting about other goals"
    for report in plan.not_placed:
        wanted = asked.get(report.activity_id or "", set())
        fits = any(not wanted or wanted & about for about in goals_on.values())
        if report.subject is Subject.ACTIVITY and fits:
            yield f"activity {report.activity_id}: there is a meeting for it"


def _works(member: Member, day: date) -> bool:
    if any(leave.first <= day <= leave.last for leave in member.leave):
        return False
    return day.isoweekday() in member.working_days


def _hours(problem: Problem, plan: Plan) -> Iterator[str]:
    prepared: dict[str, int] = defaultdict(int)
    for week in plan.preparation_weeks:
        prepared[week.member_id] += week.minutes
    if sorted(item.member_id for item in plan.hours) != sorted(m.id for m in problem.members):
        yield "not everyone has hours"
        return
    hours = {item.member_id: item for item in plan.hours}
    for member in problem.members:
        total = prepared[member.id]
        total += sum(minutes for on, minutes in _meetings(plan) if _works(member, on))
        off_day = 0
        for day in plan.study_days:
            away = any(leave.first <= day.date <= leave.last for leave in member.leave)
            if member.working_days and not away:
                total += day.minutes
                off_day += 0 if _works(member, day.date) else day.minutes
        found = hours[member.id]
        if found.individual_minutes + found.assigned_minutes != total:
            yield f"member {member.id}: hours do not add up to {total}"
        if found.off_day_minutes != off_day:
            yield f"member {member.id}: {found.off_day_minutes} off-day minutes, not {off_day}"
        own = sum(
            week.minutes
            for week in plan.preparation_weeks
            if week.member_id == member.id and not week.mandatory
        )
        own += sum(
            week.minutes
            for week in plan.preparation_weeks
            if week.member_id == member.id and week.mandatory and _agreed(problem, week)
        )
        if found.individual_minutes != own:
            yield f"member {member.id}: {found.individual_minutes} own minutes, not {own}"


def _agreed(problem: Problem, week: PreparationWeek) -> bool:
    """Whether the person agreed to own hours in every mandatory row that this week serves."""
    return all(
        row.on_individual_hours
        for row in problem.preparations
        if row.mandatory
        and (row.member_id, row.course) == (week.member_id, week.course)
        and row.goal_id in week.goal_ids
    )
