"""Until when somebody has for a course that is needed for one study day or for several."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

# Member and course.
Asked = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Need:
    """A course that a member needs for a study day, to be done by `deadline`."""

    member: str
    course: str
    deadline: date
    day: date


def deadlines(needs: Iterable[Need], today: date) -> dict[Asked, date]:
    """Per member and course the deadline for the first day that it is still needed for.

    A day that has been asks for nothing any more; until then its deadline stands, late or not.
    When every day has been, the last deadline is the one that was missed.
    """
    found: defaultdict[Asked, set[tuple[date, date]]] = defaultdict(set)
    for need in needs:
        found[need.member, need.course].add((need.day, need.deadline))
    return {
        asked: min((pair for pair in pairs if pair[0] >= today), default=max(pairs))[1]
        for asked, pairs in found.items()
    }
