"""The year as a team sees it: everything with a date, in one ordered list. No names."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum


class MomentKind(StrEnum):
    """In the order in which one day's moments are told."""

    DEADLINE = "deadline"
    STUDY_DAY = "study_day"
    PLG_MEETING = "plg_meeting"
    FOLLOW_UP = "follow_up"
    EVALUATION = "evaluation"
    AGREEMENT = "agreement"


_ORDER = {kind: place for place, kind in enumerate(MomentKind)}


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that comes on a day. `subject` is the id of what it is about, where it has one.

    A study day's id for a deadline, a follow-up and an evaluation too.
    """

    on: date
    kind: MomentKind
    title: str
    subject: str | None = None
    starts_at: time | None = None


def in_order(
    moments: Iterable[Moment], *, first: date | None = None, last: date | None = None
) -> tuple[Moment, ...]:
    """The moments from `first` up to and including `last` by date; what is the same, once."""
    kept = {
        moment
        for moment in moments
        if (first is None or moment.on >= first) and (last is None or moment.on <= last)
    }
    return tuple(
        sorted(
            kept,
            key=lambda moment: (
                moment.on,
                _ORDER[moment.kind],
                moment.starts_at or time.min,
                moment.title,
                moment.subject or "",
            ),
        )
    )
