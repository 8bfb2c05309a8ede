"""Meetings and joint activities of two plans, side by side."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from routekaart.domain.planner.diff.kinds import ChangeKind, Moment, MomentChange
from routekaart.domain.planner.plan import Evaluation, FollowUp, Plan
from routekaart.domain.plg import PlgMeeting

# A PLG meeting has no name. One that goes and one that comes within so many days are one meeting
# that moves; further apart they are two. An assumption: half of the usual rhythm.
_SAME_MEETING = timedelta(days=21)


def moment_changes(old: Plan, new: Plan) -> tuple[MomentChange, ...]:
    """What moved, came or went, in order of date."""
    meetings = list(_plg(old.plg_meetings, new.plg_meetings))
    moved = {(item.old, item.new) for item in meetings if item.kind is ChangeKind.MOVED}
    found = [
        *meetings,
        *_after_day(Moment.FOLLOW_UP, old.follow_ups, new.follow_ups),
        *_after_day(Moment.EVALUATION, old.evaluations, new.evaluations),
        *_activities(old, new, moved),
    ]
    return tuple(sorted(found, key=_order))


def _order(item: MomentChange) -> tuple[date, str, str, str]:
    return (item.new or item.old or date.max, item.moment, item.about, item.kind)


def _plg(old: Sequence[PlgMeeting], new: Sequence[PlgMeeting]) -> Iterator[MomentChange]:
    before = {item.date: item for item in old}
    after = {item.date: item for item in new}
    gone, come = before.keys() - after.keys(), after.keys() - before.keys()
    pairs = _pairs(gone, come)
    for day, other in pairs.items():
        yield MomentChange(Moment.PLG_MEETING, ChangeKind.MOVED, day, other)
    for day in gone - pairs.keys():
        yield MomentChange(Moment.PLG_MEETING, ChangeKind.REMOVED, day, None)
    for day in come - set(pairs.values()):
        yield MomentChange(Moment.PLG_MEETING, ChangeKind.ADDED, None, day)
    for day in before.keys() & after.keys():
        if before[day] != after[day]:
            yield MomentChange(Moment.PLG_MEETING, ChangeKind.CHANGED, day, day)


def _pairs(gone: set[date], come: set[date]) -> dict[date, date]:
    """The nearest first; the other way round gives the same pairs."""
    near = sorted(
        (abs(one - other), min(one, other), max(one, other), one, other)
        for one in gone
        for other in come
        if abs(one - other) <= _SAME_MEETING
    )
    pairs: dict[date, date] = {}
    for *_, one, other in near:
        if one not in pairs and other not in pairs.values():
            pairs[one] = other
    return pairs


def _after_day(
    moment: Moment, old: Sequence[FollowUp | Evaluation], new: Sequence[FollowUp | Evaluation]
) -> Iterator[MomentChange]:
    before = {item.study_day_id: item for item in old}
    after = {item.study_day_id: item for item in new}
    for day_id in before.keys() | after.keys():
        one, other = before.get(day_id), after.get(day_id)
        if one != other:
            was, now = one.date if one else None, other.date if other else None
            yield MomentChange(moment, _kind(was, now), was, now, about=day_id)


def _activities(
    old: Plan, new: Plan, moved: set[tuple[date | None, date | None]]
) -> Iterator[MomentChange]:
    before = {item.activity_id: item.date for item in old.activities}
    after = {item.activity_id: item.date for item in new.activities}
    titles: Mapping[str, str] = {
        item.activity_id: item.title for item in (*old.activities, *new.activities)
    }
    for activity_id, title in titles.items():
        was, now = before.get(activity_id), after.get(activity_id)
        if was != now:
            kind, along = _kind(was, now), (was, now) in moved
            yield MomentChange(Moment.ACTIVITY, kind, was, now, activity_id, title, along)


def _kind(was: date | None, now: date | None) -> ChangeKind:
    if was is None:
        return ChangeKind.ADDED
    if now is None:
        return ChangeKind.REMOVED
    return ChangeKind.CHANGED if was == now else ChangeKind.MOVED
