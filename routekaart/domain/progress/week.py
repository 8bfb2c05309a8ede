"""When somebody's courses are up: now, this week, later, or done."""

from datetime import date
from enum import StrEnum

from routekaart.domain.calendar import ONE_WEEK, monday_of


class Turn(StrEnum):
    """When something is up. `label` stands above the list of it."""

    NOW = "now"
    THIS_WEEK = "this_week"
    LATER = "later"
    DONE = "done"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Turn.NOW: "Nu",
    Turn.THIS_WEEK: "Deze week",
    Turn.LATER: "Later",
    Turn.DONE: "Klaar",
}
_OPEN = frozenset({"assigned", "started"})


def turn_of(state: str, *, deadline: date | None, week: date | None, today: date) -> Turn:
    """When a course of somebody is up. `week`: the Monday from which the plan asks it.

    Now is what is late, due today or begun; this week is what is due this week or what the plan
    wants begun by now; nothing that waits is ever late before its deadline (assumption).
    """
    if state not in _OPEN:
        return Turn.DONE
    if state == "started" or (deadline is not None and deadline <= today):
        return Turn.NOW
    monday = monday_of(today)
    due_this_week = deadline is not None and deadline < monday + ONE_WEEK
    return Turn.THIS_WEEK if due_this_week or (week is not None and week <= monday) else Turn.LATER
