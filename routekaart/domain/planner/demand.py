"""What has to be prepared, merged per course, and people with the same demand put together."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from routekaart.domain.people import Member, weekly_minutes
from routekaart.domain.planner.agenda import Hours, hours_of
from routekaart.domain.planner.plan import (
    Code,
    CompletedCourse,
    NotPlaced,
    PreparationWeek,
    Subject,
)
from routekaart.domain.planner.problem import Preparation, Problem


@dataclass(frozen=True, slots=True)
class Need:
    """A course that a goal asks of a profile."""

    goal_id: str
    course: str
    minutes: int
    mandatory: bool
    position: int
    available_from: date | None


@dataclass(frozen=True, slots=True)
class Profile:
    """People who have the same hours and the same courses to prepare: one agenda for all."""

    member_ids: tuple[str, ...]
    hours: Hours
    needs: tuple[Need, ...]

    def needs_of(self, goal_id: str, *, mandatory: bool) -> list[Need]:
        """In the order of the goal."""
        return [
            need for need in self.needs if need.goal_id == goal_id and need.mandatory is mandatory
        ]


@dataclass(frozen=True, slots=True)
class Demand:
    """All profiles, the rows they came from by (member, goal, course), and what needs no plan."""

    profiles: tuple[Profile, ...]
    rows: Mapping[tuple[str, str, str], Preparation]
    completed: tuple[CompletedCourse, ...]
    refused: tuple[NotPlaced, ...]


def demand_of(problem: Problem, behind: Iterable[PreparationWeek] = ()) -> Demand:
    """Merges doubled rows, sets completed courses apart and reports rows that refer to nothing.

    `behind` are weeks in which people have prepared already.
    """
    goals = {goal.id for goal in problem.goals}
    members = {member.id for member in problem.members}
    done = {(row.member_id, row.course) for row in problem.preparations if row.completed}
    rows: dict[tuple[str, str, str], Preparation] = {}
    refused: list[NotPlaced] = []
    completed: dict[tuple[str, str, str], CompletedCourse] = {}
    for row in sorted(problem.preparations, key=_row_order):
        key = (row.member_id, row.goal_id, row.course)
        if row.goal_id not in goals or row.member_id not in members:
            refused.append(_refused(row, goal_known=row.goal_id in goals))
        elif (row.member_id, row.course) in done:
            completed[key] = CompletedCourse(*key, row.course_title)
        else:
            rows[key] = _merged(rows[key], row) if key in rows else row
    rows = _one_course_each(rows)
    profiles = _profiles(problem, rows.values(), _busiest(behind))
    return Demand(profiles, rows, tuple(completed.values()), tuple(refused))


def _row_order(row: Preparation) -> tuple[str, str, int, str, int, bool, str]:
    return (
        row.goal_id,
        row.member_id,
        row.position,
        row.course,
        row.minutes,
        row.mandatory,
        row.course_title,
    )


def _merged(one: Preparation, other: Preparation) -> Preparation:
    """Two rows for the same course of one goal: the stricter of both."""
    dates = [row.available_from for row in (one, other) if row.available_from is not None]
    return replace(
        one,
        minutes=max(one.minutes, other.minutes),
        mandatory=one.mandatory or other.mandatory,
        position=min(one.position, other.position),
        available_from=max(dates, default=None),
        on_individual_hours=all(row.on_individual_hours for row in (one, other) if row.mandatory),
    )


def _one_course_each(
    rows: Mapping[tuple[str, str, str], Preparation],
) -> dict[tuple[str, str, str], Preparation]:
    """A course is prepared once, so its length and its first day are the same for every goal."""
    shared: dict[tuple[str, str], Preparation] = {}
    for row in rows.values():
        key = (row.member_id, row.course)
        shared[key] = _merged(shared[key], row) if key in shared else row
    return {
        key: replace(
            row,
            minutes=shared[row.member_id, row.course].minutes,
            available_from=shared[row.member_id, row.course].available_from,
        )
        for key, row in rows.items()
    }


def _refused(row: Preparation, *, goal_known: bool) -> NotPlaced:
    code = Code.UNKNOWN_MEMBER if goal_known else Code.UNKNOWN_GOAL
    who = "iemand die niet in het team zit" if goal_known else "een doel dat er niet meer is"
    return NotPlaced(
        Subject.PREPARATION,
        code,
        f"De cursus ‘{row.course_title}’ hoort bij {who}; trek de toewijzing in.",
        goal_id=row.goal_id,
        member_id=row.member_id,
        course=row.course,
        missing_minutes=row.minutes,
    )


def _busiest(weeks: Iterable[PreparationWeek]) -> dict[str, int]:
    """Per person the minutes of their busiest week."""
    minutes: Counter[tuple[str, date]] = Counter()
    for week in weeks:
        minutes[week.member_id, week.week] += week.minutes
    most: dict[str, int] = defaultdict(int)
    for (member_id, _), total in minutes.items():
        most[member_id] = max(most[member_id], total)
    return most


def _profiles(
    problem: Problem, rows: Iterable[Preparation], busiest: Mapping[str, int]
) -> tuple[Profile, ...]:
    needs: dict[str, list[Need]] = defaultdict(list)
    for row in rows:
        needs[row.member_id].append(
            Need(
                row.goal_id,
                row.course,
                row.minutes,
                row.mandatory,
                row.position,
                row.available_from,
            )
        )
    known: dict[object, Hours] = {}
    groups: dict[tuple[Hours, tuple[Need, ...]], list[str]] = defaultdict(list)
    for member in sorted(problem.members, key=lambda item: item.id):
        if member.id not in needs:
            continue
        own = tuple(sorted(needs[member.id], key=_need_order))
        hours = _hours(problem, member, known)
        if busiest.get(member.id):
            hours = replace(hours, busiest=busiest[member.id])
        groups[hours, own].append(member.id)
    return tuple(
        Profile(tuple(member_ids), hours, own) for (hours, own), member_ids in groups.items()
    )


def _need_order(need: Need) -> tuple[str, int, date, str]:
    """In the order of the goal; at one place what is available first goes first."""
    return need.goal_id, need.position, need.available_from or date.min, need.course


def _hours(problem: Problem, member: Member, known: dict[object, Hours]) -> Hours:
    minutes = weekly_minutes(member, problem.settings.team_weekly_minutes)
    key = (
        frozenset(member.working_days),
        frozenset(member.leave),
        minutes,
        tuple(sorted(member.booked, key=lambda item: (item.week, item.minutes))),
    )
    if key not in known:
        known[key] = hours_of(member, problem.calendar, minutes, problem.plan_from)
    return known[key]
