"""What did not fit in one of two plans, and whether it does in the other."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from routekaart.domain.planner.diff.items import course_titles
from routekaart.domain.planner.diff.kinds import ShortageChange, ShortageKind
from routekaart.domain.planner.plan import NotPlaced, Plan, Subject

_Key = tuple[str, str, str, str, str, str]


def shortage_changes(old: Plan, new: Plan) -> tuple[ShortageChange, ...]:
    """New, solved, lapsed and changed ones in order of their date, those without one last."""
    before, after = _by_key(old.not_placed), _by_key(new.not_placed)
    dates = {
        **{day.study_day_id: day.date for day in old.study_days},
        **{day.study_day_id: day.date for day in new.study_days},
    }
    titles = course_titles(old, new)
    found = []
    for key in before.keys() | after.keys():
        was, now = before.get(key, []), after.get(key, [])
        kind = _kind(was, now, new)
        if kind is not None:
            change = _change(kind, was, now)
            title = titles.get(change.course or "", "")
            on = dates.get(change.study_day_id or "")
            found.append(replace(change, course_title=title, on=on))
    return tuple(sorted(found, key=lambda item: (item.on or date.max, *_order(item))))


def _by_key(rows: Iterable[NotPlaced]) -> dict[_Key, list[NotPlaced]]:
    found: dict[_Key, list[NotPlaced]] = {}
    for row in _each_with_its_minutes([row for row in rows if row.subject is not Subject.GOAL]):
        found.setdefault(_order(row), []).append(row)
    return found


def _each_with_its_minutes(rows: Sequence[NotPlaced]) -> Iterator[NotPlaced]:
    """A plan counts somebody's course with one goal; compared goal by goal each has the minutes."""
    most: Counter[tuple[str | None, str | None]] = Counter()
    for row in rows:
        most[row.member_id, row.course] = max(most[row.member_id, row.course], row.missing_minutes)
    for row in rows:
        is_course = row.subject is Subject.PREPARATION
        yield replace(row, missing_minutes=most[row.member_id, row.course]) if is_course else row


def _order(row: NotPlaced | ShortageChange) -> _Key:
    """What it is about."""
    return (
        row.subject.value,
        row.study_day_id or "",
        row.goal_id or "",
        row.course or "",
        row.member_id or "",
        row.activity_id or "",
    )


def _kind(was: list[NotPlaced], now: list[NotPlaced], new: Plan) -> ShortageKind | None:
    if not was:
        return ShortageKind.NEW
    if not now:
        return ShortageKind.SOLVED if _fits(was[0], new) else ShortageKind.LAPSED
    return None if sorted(map(_state, was)) == sorted(map(_state, now)) else ShortageKind.CHANGED


def _state(row: NotPlaced) -> tuple[str, int, str]:
    return (row.code.value, row.missing_minutes, row.text)


def _fits(row: NotPlaced, new: Plan) -> bool:
    """Whether what was missing in the old plan stands in the new one."""
    day_id = row.study_day_id
    if row.subject is Subject.PREPARATION:
        return any(
            (week.member_id, week.course) == (row.member_id, row.course)
            and row.goal_id in week.goal_ids
            for week in new.preparation_weeks
        ) or any(
            (done.member_id, done.course, done.goal_id) == (row.member_id, row.course, row.goal_id)
            for done in new.completed
        )
    if row.subject is Subject.ACTIVITY:
        return any(item.activity_id == row.activity_id for item in new.activities)
    planned = [day for day in new.study_days if day.study_day_id == day_id]
    return bool(planned) and (row.subject is Subject.STUDY_DAY or bool(planned[0].goal_ids))


def _change(kind: ShortageKind, was: list[NotPlaced], now: list[NotPlaced]) -> ShortageChange:
    row = (now or was)[0]
    return ShortageChange(
        kind=kind,
        subject=row.subject,
        code=row.code,
        text=row.text,
        old_minutes=sum(item.missing_minutes for item in was),
        new_minutes=sum(item.missing_minutes for item in now),
        goal_id=row.goal_id,
        member_id=row.member_id,
        course=row.course,
        study_day_id=row.study_day_id,
        activity_id=row.activity_id,
    )
