"""What a calendar was told before, compared with what is true now.

A calendar that fetches an address keeps what it once got until it hears otherwise: what changed
comes with a higher number, what is gone comes as cancelled for a while.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from routekaart.domain.calendar_feed.events import (
    AMSTERDAM,
    CalendarEvent,
    EventKind,
    FeedItem,
    When,
)
from routekaart.domain.content.canonical import content_hash

# A client that was off for the holidays still hears that something does not go on (assumption).
CANCELLED_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Told:
    """What a calendar was told last of one event: when it is and a hash of the rest, no text."""

    uid: str
    kind: EventKind
    when: When
    digest: str
    sequence: int
    changed_at: datetime
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Telling:
    """The events for a calendar, and what of it is news: that has to be stored first."""

    events: tuple[CalendarEvent, ...]
    news: tuple[Told, ...]


def telling(items: Iterable[FeedItem], told: Mapping[str, Told], now: datetime) -> Telling:
    """What to tell a calendar at `now` that was told `told` (by uid) before.

    The same items give the same events, whenever they are asked for: only news takes a new number
    and a new time. What is gone is cancelled while its day has yet to pass; what has been, has
    been, and is merely left out.
    """
    moment = now.astimezone(UTC).replace(microsecond=0)
    events: list[CalendarEvent] = []
    news: list[Told] = []
    there: set[str] = set()
    for item in items:
        there.add(item.uid)
        before = told.get(item.uid)
        as_told = _as_told(item, before, moment)
        if as_told != before:
            news.append(as_told)
        events.append(_event(item, as_told))
    for gone in _gone(told, there, moment):
        if gone != told[gone.uid]:
            news.append(gone)
        events.append(_cancellation(gone))
    return Telling(tuple(events), tuple(news))


def _as_told(item: FeedItem, before: Told | None, moment: datetime) -> Told:
    digest = content_hash(item)
    if before is not None and before.digest == digest and not before.cancelled:
        return before
    sequence = 0 if before is None else before.sequence + 1
    return Told(item.uid, item.kind, item.when, digest, sequence, moment)


def _gone(told: Mapping[str, Told], there: set[str], moment: datetime) -> Iterator[Told]:
    today = moment.astimezone(AMSTERDAM).date()
    for uid in sorted(told.keys() - there):
        before = told[uid]
        if not before.cancelled and before.when.day >= today:
            yield replace(before, cancelled=True, sequence=before.sequence + 1, changed_at=moment)
        elif before.cancelled and _still_told(before.when.day, today):
            yield before


def _still_told(day: date, today: date) -> bool:
    return today <= day + CANCELLED_FOR


def _event(item: FeedItem, told: Told) -> CalendarEvent:
    return CalendarEvent(
        uid=item.uid,
        sequence=told.sequence,
        changed_at=told.changed_at,
        start=item.when.start,
        end=item.when.end,
        summary=item.summary,
        description=item.description,
        location=item.location,
    )


_WORDS: Mapping[EventKind, str] = {
    EventKind.STUDY_DAY: "studiedag",
    EventKind.FOLLOW_UP: "vervolgmoment",
    EventKind.EVALUATION: "evaluatie",
    EventKind.DEADLINE: "voorbereiding klaar",
    EventKind.PLG_MEETING: "PLG-bijeenkomst",
    EventKind.LESSON_VISIT: "lesbezoek",
    EventKind.COURSE: "cursus",
}


def _cancellation(told: Told) -> CalendarEvent:
    """Of what is gone only the kind is told: the reader may not see the rest of it any more."""
    return CalendarEvent(
        uid=told.uid,
        sequence=told.sequence,
        changed_at=told.changed_at,
        start=told.when.start,
        end=told.when.end,
        summary=f"Vervalt: {_WORDS[told.kind]}",
        description="Dit staat niet meer in je agenda van Routekaart.",
        cancelled=True,
    )
