"""Two plans in, what differs between them out."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from routekaart.domain.calendar import SchoolCalendar
from routekaart.domain.hours import Activity
from routekaart.domain.planner.diff.items import course_titles, stability
from routekaart.domain.planner.diff.kinds import (
    ChangeKind,
    CourseChange,
    DayChange,
    DayTimes,
    GoalChange,
    GoalKind,
    PlanDifference,
    WeekChanges,
)
from routekaart.domain.planner.diff.moments import moment_changes
from routekaart.domain.planner.diff.shortages import shortage_changes
from routekaart.domain.planner.plan import NotPlaced, Placement, Plan, PlannedDay, Subject

_Deadlines = Mapping[tuple[str, str], tuple[date, ...]]


def difference(old: Plan, new: Plan, calendar: SchoolCalendar | None = None) -> PlanDifference:
    """What is otherwise in the new plan; both whole, not the part that one reader may see.

    Plans that hold the same give an empty difference, however they were made. `calendar` is that
    of the new plan: items on days that are closed by now could not have stayed.
    """
    goals = tuple(sorted(_goals(old, new), key=_goal_order))
    affected = _affected(old, new)
    return PlanDifference(
        goals=goals,
        study_days=tuple(sorted(_days(old, new), key=_day_order)),
        courses=_courses(old, new),
        weeks=_weeks(old, new),
        moments=moment_changes(old, new),
        shortages=shortage_changes(old, new),
        affected=affected,
        affected_people=len(affected),
        stability=stability(old, new, calendar),
    )


# --- Goals and study days ------------------------------------------------------------------------
def _goals(old: Plan, new: Plan) -> Iterator[GoalChange]:
    before = {item.goal_id: item for item in old.placements}
    after = {item.goal_id: item for item in new.placements}
    waited, waits = _waiting(old), _waiting(new)
    for goal_id in before.keys() | after.keys() | waited.keys() | waits.keys():
        was, now = before.get(goal_id), after.get(goal_id)
        if now is not None:
            change = _placed(was, now)
        else:
            change = _unplaced(goal_id, was, waited.get(goal_id), waits.get(goal_id))
        if change is not None:
            yield change


def _waiting(plan: Plan) -> dict[str, NotPlaced]:
    return {item.goal_id or "": item for item in plan.not_placed if item.subject is Subject.GOAL}


def _placed(was: Placement | None, now: Placement) -> GoalChange | None:
    if was is None:
        return GoalChange(now.goal_id, now.goal_title, GoalKind.PLACED, new_date=now.study_day_date)
    same_day = was.study_day_id == now.study_day_id
    if same_day and was.study_day_date == now.study_day_date:
        return None
    return GoalChange(
        now.goal_id,
        now.goal_title,
        GoalKind.MOVED,
        was.study_day_date,
        now.study_day_date,
        along=same_day,
    )


def _unplaced(
    goal_id: str, was: Placement | None, waited: NotPlaced | None, waits: NotPlaced | None
) -> GoalChange | None:
    title, old_date = (was.goal_title, was.study_day_date) if was else ("", None)
    if waits is None:
        return GoalChange(goal_id, title, GoalKind.REMOVED, old_date)
    if waited is not None and waited.code is waits.code:
        return None
    kind = GoalKind.REASON if waited is not None else GoalKind.POSTPONED
    return GoalChange(goal_id, title, kind, old_date, code=waits.code, text=waits.text)


def _goal_order(item: GoalChange) -> tuple[date, str]:
    return (item.new_date or item.old_date or date.max, item.goal_id)


def _days(old: Plan, new: Plan) -> Iterator[DayChange]:
    before = {day.study_day_id: day for day in old.study_days}
    after = {day.study_day_id: day for day in new.study_days}
    stood = {item.goal_id: item.study_day_id for item in old.placements}
    for day_id in before.keys() | after.keys():
        was, now = _times(before.get(day_id)), _times(after.get(day_id))
        if was == now:
            continue
        if was is None or now is None:
            yield DayChange(
                day_id, ChangeKind.ADDED if was is None else ChangeKind.REMOVED, was, now
            )
            continue
        goals = tuple(
            item.goal_title
            for item in new.placements
            if item.study_day_id == day_id == stood.get(item.goal_id)
        )
        moved = was.date != now.date
        kind = ChangeKind.MOVED if moved else ChangeKind.CHANGED
        yield DayChange(day_id, kind, was, now, goals if moved else ())


def _times(day: PlannedDay | None) -> DayTimes | None:
    return DayTimes(day.date, day.kind, day.start, day.minutes) if day else None


def _day_order(item: DayChange) -> tuple[date, str]:
    times = item.new or item.old
    return (times.date if times else date.max, item.study_day_id)


# --- Courses and weeks ---------------------------------------------------------------------------
def _courses(old: Plan, new: Plan) -> tuple[CourseChange, ...]:
    before, after = _deadlines(old), _deadlines(new)
    done = {(item.member_id, item.course) for item in new.completed}
    titles = course_titles(old, new)
    groups: dict[tuple[str, tuple[date, ...], tuple[date, ...], bool], list[str]] = {}
    for member, course in sorted(before.keys() | after.keys()):
        was, now = before.get((member, course), ()), after.get((member, course), ())
        if was != now:
            key = (course, was, now, (member, course) in done)
            groups.setdefault(key, []).append(member)
    changes = [
        CourseChange(
            course=course,
            title=titles[course],
            kind=ChangeKind.ADDED if not was else ChangeKind.MOVED if now else ChangeKind.REMOVED,
            old=was,
            new=now,
            done=is_done,
            people=len(members),
            member_ids=tuple(members),
        )
        for (course, was, now, is_done), members in groups.items()
    ]
    return tuple(
        sorted(changes, key=lambda item: (item.new or item.old, item.course, item.old, item.done))
    )


def _deadlines(plan: Plan) -> _Deadlines:
    """Per person and course its deadlines, in order."""
    found: dict[tuple[str, str], set[date]] = defaultdict(set)
    for week in plan.preparation_weeks:
        found[week.member_id, week.course].add(week.deadline)
    return {key: tuple(sorted(days)) for key, days in found.items()}


def _weeks(old: Plan, new: Plan) -> WeekChanges:
    before, after = _by_week(old), _by_week(new)
    cells = {cell for cell in before.keys() | after.keys() if before.get(cell) != after.get(cell)}
    return WeekChanges(len(cells), len({member for member, _ in cells}))


def _by_week(plan: Plan) -> dict[tuple[str, date], dict[str, int]]:
    """Per person and week the minutes of each course."""
    found: dict[tuple[str, date], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for week in plan.preparation_weeks:
        found[week.member_id, week.week][week.course] += week.minutes
    return found


# --- Who has to be told --------------------------------------------------------------------------
def _affected(old: Plan, new: Plan) -> frozenset[str]:
    before, after = _own(old), _own(new)
    nothing: frozenset[tuple[str, str]] = frozenset()
    return frozenset(
        member
        for member in before.keys() | after.keys()
        if before.get(member, nothing) != after.get(member, nothing)
    )


def _own(plan: Plan) -> dict[str, frozenset[tuple[str, str]]]:
    """Per member the courses with their deadlines, and the dates of what they take part in.

    Whoever spends hours on some meeting of a kind takes part in that kind.
    """
    dates: Mapping[Activity, list[str]] = {
        Activity.STUDY_DAY: [day.date.isoformat() for day in plan.study_days],
        Activity.PLG: [item.date.isoformat() for item in plan.plg_meetings],
        Activity.FOLLOW_UP: [item.date.isoformat() for item in plan.follow_ups],
        Activity.EVALUATION: [item.date.isoformat() for item in plan.evaluations],
    }
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for item in plan.hours:
        for line in item.lines:
            found[item.member_id] |= {(line.activity, day) for day in dates.get(line.activity, ())}
    for week in plan.preparation_weeks:
        # A slug never looks like the name of an activity: those have no colon.
        found[week.member_id].add((f"course:{week.course}", week.deadline.isoformat()))
    return {member: frozenset(items) for member, items in found.items()}
