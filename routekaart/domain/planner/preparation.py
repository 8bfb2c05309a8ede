"""From tasks per profile to weeks per person, and to what each person is short."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from courses.entities import DurationBasis
from routekaart.domain.content.wording import duration, weekday_date
from routekaart.domain.hours import Activity, Spent, preparation_kind
from routekaart.domain.planner.agenda import Task, spread
from routekaart.domain.planner.decision import Decision, Duty, Work
from routekaart.domain.planner.demand import Demand, Need, Profile
from routekaart.domain.planner.plan import Code, NotPlaced, PreparationWeek, Subject
from routekaart.domain.planner.problem import Problem

Told = frozenset[tuple[str | None, str | None]]
"""People with the courses of which a plan says already what they miss."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A week of a task with all that a person's row needs."""

    task: Task
    week: date
    minutes: int
    goal_ids: tuple[str, ...]


def preparation_weeks(
    demand: Demand, decision: Decision, work: Mapping[str, Work]
) -> tuple[tuple[PreparationWeek, ...], tuple[Spent, ...]]:
    """The weeks of everyone in order of person and week, and the hours they take.

    `work` is what people do who are in several teams: here comes what is for this one.
    """
    weeks: list[PreparationWeek] = []
    spent: list[Spent] = []
    for profile, tasks in zip(demand.profiles, decision.tasks, strict=True):
        known = work.get(profile.member_ids[0])
        found = known.weeks if known else spread(tasks, profile.hours)
        lines = [
            _Line(task, week, minutes, _counts_for(profile, decision, task))
            for task, week, minutes in found
            if task.goal_id in decision.placed
        ]
        duties = known.duties if known else ()
        for member_id in profile.member_ids:
            for line in lines:
                week, hours = _for_member(demand, member_id, line, duties)
                weeks.append(week)
                spent.append(hours)
    weeks.sort(key=lambda item: (item.member_id, item.week))
    return tuple(weeks), tuple(spent)


def _counts_for(profile: Profile, decision: Decision, task: Task) -> tuple[str, ...]:
    """The goals that are served by a task: its own first, then those with a deadline after it."""
    others = []
    for need in profile.needs:
        placed = decision.placed.get(need.goal_id)
        if need.course != task.course or placed is None or need.goal_id == task.goal_id:
            continue
        if placed.day.deadline is not None and placed.day.deadline >= task.deadline:
            others.append((placed.rank, need.goal_id))
    return (task.goal_id, *(goal_id for _, goal_id in sorted(others)))


def _for_member(
    demand: Demand, member_id: str, line: _Line, duties: Iterable[Duty]
) -> tuple[PreparationWeek, Spent]:
    """`duties` are those that somebody also has in other teams."""
    task = line.task
    rows = [demand.rows[member_id, goal_id, task.course] for goal_id in line.goal_ids]
    agreed = [
        *(row.on_individual_hours for row in rows if row.mandatory),
        *(
            duty.on_individual_hours
            for duty in duties
            if duty.course == task.course and duty.deadline >= task.deadline
        ),
    ]
    week = PreparationWeek(
        member_id=member_id,
        goal_ids=line.goal_ids,
        study_day_id=task.day_id,
        course=task.course,
        course_title=rows[0].course_title,
        week=line.week,
        minutes=line.minutes,
        deadline=task.deadline,
        mandatory=bool(agreed),
        duration_basis=rows[0].duration_basis,
    )
    kind = preparation_kind(
        mandatory=bool(agreed),
        on_individual_hours=all(agreed),
    )
    assumed = rows[0].duration_basis is DurationBasis.ASSUMED
    return week, Spent(member_id, Activity.PREPARATION, kind, line.minutes, assumed=assumed)


def shortages(
    problem: Problem,
    demand: Demand,
    decision: Decision,
    studied: Mapping[tuple[str, str], int] = MappingProxyType({}),
    behind: Told = frozenset(),
) -> Iterator[NotPlaced]:
    """What does not fit of courses for goals that have a day, per person, in order of the days.

    A course for two goals is missed for each, and is one course: only the first tells how long, in
    words and as a number; before a later day no more can be missed. `studied` are the minutes of a
    course that somebody did already; the demand is for the rest. `behind` was told for a day that
    was held.
    """
    told = set(behind)
    titles = {goal.id: goal.title for goal in problem.goals}
    names = {member.id: member.name for member in problem.members}
    dates = {goal: placed.day.day.date for goal, placed in decision.placed.items()}
    for row, course, why in sorted(
        _shortages(problem, demand, decision, studied),
        key=lambda found: (dates[found[0].goal_id or ""], found[0].goal_id or ""),
    ):
        key = (row.member_id, row.course)
        if key in told:
            goal, name = titles[row.goal_id or ""], names[row.member_id or ""]
            text = f"Ook voor ‘{goal}’ is {name} niet klaar met ‘{course}’: {why}."
            yield replace(row, text=text, missing_minutes=0)
        else:
            told.add(key)
            yield row


def _shortages(
    problem: Problem,
    demand: Demand,
    decision: Decision,
    studied: Mapping[tuple[str, str], int],
) -> Iterator[tuple[NotPlaced, str, str]]:
    """Each by itself, with the title of its course and why it does not fit."""
    names = {member.id: member.name for member in problem.members}
    for profile, tasks in zip(demand.profiles, decision.tasks, strict=True):
        for need in profile.needs:
            placed = decision.placed.get(need.goal_id)
            if placed is None:
                continue
            deadline = placed.day.deadline
            missing = need.minutes - _minutes_by(tasks, need.course, deadline)
            if missing <= 0:
                continue
            code, why = _cause(profile, need, placed.day.first_monday, deadline)
            for member_id in profile.member_ids:
                title = demand.rows[member_id, need.goal_id, need.course].course_title
                row = NotPlaced(
                    subject=Subject.PREPARATION,
                    code=code,
                    text=_text(
                        names[member_id],
                        title,
                        replace(
                            need, minutes=need.minutes + studied.get((member_id, need.course), 0)
                        ),
                        missing,
                        why,
                    ),
                    goal_id=need.goal_id,
                    member_id=member_id,
                    course=need.course,
                    study_day_id=placed.day.day.id,
                    missing_minutes=missing,
                )
                yield row, title, why


def waiting_minutes(
    demand: Demand, decision: Decision, turn: Sequence[str], behind: Told = frozenset()
) -> Mapping[str, int]:
    """Per goal in `turn`, which have no day, the minutes of preparation that nobody does for it.

    Over all people. A course counts once: for the first of its goals, and not at all where it is
    for a goal with a day too, with which it is done or reported. `behind` as for `shortages`.
    """
    total: Counter[str] = Counter()
    for profile, tasks in zip(demand.profiles, decision.tasks, strict=True):
        told = {need.course for need in profile.needs if need.goal_id in decision.placed}
        for need in sorted(
            (need for need in profile.needs if need.goal_id in turn),
            key=lambda need: turn.index(need.goal_id),
        ):
            if need.course not in told:
                told.add(need.course)
                # It may be done for a goal of another team.
                left = need.minutes - _minutes_by(tasks, need.course, date.max)
                people = sum((one, need.course) not in behind for one in profile.member_ids)
                total[need.goal_id] += max(0, left) * people
    return total


def _minutes_by(tasks: tuple[Task, ...], course: str, deadline: date | None) -> int:
    if deadline is None:
        return 0
    return sum(
        task.minutes for task in tasks if task.course == course and task.deadline <= deadline
    )


def _cause(
    profile: Profile, need: Need, first_monday: date, deadline: date | None
) -> tuple[Code, str]:
    hours = profile.hours
    if not hours.days:
        return (
            Code.NO_WORKING_DAYS,
            "er zijn geen werkdagen; laat de schoolbeheerder de werkdagen of het verlof nakijken",
        )
    if not any(hours.minutes):
        return Code.NO_STUDY_MINUTES, (
            "er is geen studietijd per week; laat de schoolbeheerder de aanstelling invullen, of "
            "spreek studieminuten af"
        )
    if deadline is None:
        return (
            Code.NO_ROOM_BEFORE_DAY,
            "de studiedag ligt te vroeg in het jaar voor een voorbereiding",
        )
    until = f"vóór de deadline van {weekday_date(deadline)}"
    if need.available_from is not None and need.available_from > deadline:
        return (
            Code.NOT_AVAILABLE_YET,
            f"de cursus is er pas vanaf {weekday_date(need.available_from)}",
        )
    if hours.span(first_monday, need.available_from or date.min, deadline) is None:
        return Code.NO_ROOM_BEFORE_DAY, f"er is geen werkweek {until}"
    return Code.NOT_ENOUGH_MINUTES, f"er is niet genoeg studietijd {until}"


def _text(name: str, title: str, need: Need, missing: int, why: str) -> str:
    if need.mandatory:
        whole = duration(need.minutes)
        short = whole if missing == need.minutes else f"{duration(missing)} van {whole}"
        return f"{name} komt voor ‘{title}’ {short} tekort: {why}."
    return f"De vrijwillige cursus ‘{title}’ past niet bij {name}: {why}."
