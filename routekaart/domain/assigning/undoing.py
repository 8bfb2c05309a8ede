"""What remains of an action of assigning when it is undone. Pure.

Nobody loses work: what was begun stays. Nor does anybody lose what something else asks for too.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kept(StrEnum):
    """Why an assignment stays. `begun`: started, done or waived, where no more may be said."""

    STARTED = "started"
    DONE = "done"
    WAIVED = "waived"
    ASKED_OTHERWISE = "asked_otherwise"
    BEGUN = "begun"


@dataclass(frozen=True, slots=True)
class Asked:
    """A standing assignment that the action asked for.

    `otherwise`: something else asks for it too, or it stood before anything was noted.
    """

    id: str
    state: str
    otherwise: bool


def kept(asked: Asked) -> Kept | None:
    """Why this assignment stays; None when it is withdrawn."""
    if asked.otherwise:
        return Kept.ASKED_OTHERWISE
    return None if asked.state == "assigned" else Kept(asked.state)


def counted(reasons: Iterable[Kept], *, with_names: bool) -> Mapping[Kept, int]:
    """How many stay for each reason.

    A batch may be for one person: without the right to see progress by name all that says how far
    somebody is counts as one reason.
    """
    return Counter(
        why if with_names or why is Kept.ASKED_OTHERWISE else Kept.BEGUN for why in reasons
    )


def sorted_out(
    found: Iterable[Asked],
) -> tuple[tuple[str, ...], tuple[tuple[str, Kept], ...]]:
    """What is withdrawn, and what stays with the reason why, in the given order."""
    reasons = [(asked.id, kept(asked)) for asked in found]
    return (
        tuple(key for key, reason in reasons if reason is None),
        tuple((key, reason) for key, reason in reasons if reason is not None),
    )
