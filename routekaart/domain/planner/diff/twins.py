"""What goes and comes back under another id: a change for a computer, and for nobody else."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TypeVar

from routekaart.domain.planner.diff.kinds import ChangeKind, DayChange, MomentChange

_Change = TypeVar("_Change", DayChange, MomentChange)


def without_twins(items: Sequence[_Change], what: Callable[[_Change], object]) -> list[_Change]:
    """Without what goes where the same comes in its place: nobody notices."""
    come = Counter(what(item) for item in items if item.kind is ChangeKind.ADDED)
    gone = Counter(what(item) for item in items if item.kind is ChangeKind.REMOVED)
    left = dict.fromkeys((ChangeKind.ADDED, ChangeKind.REMOVED), come & gone)
    found = []
    for item in items:
        twins = left.get(item.kind)
        if twins and twins[what(item)] > 0:
            left[item.kind] = twins - Counter([what(item)])
        else:
            found.append(item)
    return found


def same_day(day: DayChange) -> object:
    """What makes two study days alike for who comes there."""
    return day.new or day.old


def same_moment(item: MomentChange) -> object:
    """What makes two meetings alike."""
    return (item.moment, item.title, item.new or item.old)
