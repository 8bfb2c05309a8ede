"""One course that two teams of a school ask of one person is done once. Pure.

Each team keeps an assignment of its own, so that it can take it back alone. What the person does
moves all of them at once.
"""

from collections.abc import Iterable, Mapping

# From which states the assignments of other teams make the same step. A decision of one team,
# such as waiving or withdrawing, is not one of another.
ALONG: Mapping[str, frozenset[str]] = {
    "start": frozenset({"assigned"}),
    "complete": frozenset({"assigned", "started", "waived"}),
    "reopen": frozenset({"started", "done"}),
}
_FURTHEST = ("done", "started")


def goes_along(state: str, step: str) -> bool:
    """Whether the same course for another team makes this step too, from this state."""
    return state in ALONG.get(step, frozenset())


def beginning_of(states: Iterable[str]) -> str:
    """The state in which an assignment begins, when it is in `states` for other teams."""
    found = set(states)
    return next((state for state in _FURTHEST if state in found), "assigned")
