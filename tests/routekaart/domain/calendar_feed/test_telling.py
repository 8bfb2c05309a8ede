"""What a calendar hears: news with a higher number, the rest as it was told."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from routekaart.domain.calendar_feed.events import CalendarEvent, EventKind, FeedItem, When
from routekaart.domain.calendar_feed.telling import Told, telling

MONDAY = datetime(2026, 10, 5, 9, 0, 0, 123456, tzinfo=UTC)
DAY = FeedItem(
    uid="a",
    kind=EventKind.STUDY_DAY,
    when=When(date(2026, 11, 4), time(8, 30), 420),
    summary="Studiedag: Feedback",
    description="Studiedag van Onderbouw.",
    location="Aula",
)


class Calendar:
    """One calendar that asks again and again."""

    def __init__(self) -> None:
        self.told: dict[str, Told] = {}

    def asks(self, items: Iterable[FeedItem], at: datetime = MONDAY) -> tuple[CalendarEvent, ...]:
        found = telling(items, self.told, at)
        self.told |= {news.uid: news for news in found.news}
        return found.events


def test_what_is_new_begins_at_nought() -> None:
    [event] = Calendar().asks([DAY])
    assert event == CalendarEvent(
        uid="a",
        sequence=0,
        changed_at=MONDAY.replace(microsecond=0),
        start=DAY.when.start,
        end=DAY.when.end,
        summary="Studiedag: Feedback",
        description="Studiedag van Onderbouw.",
        location="Aula",
    )


def test_what_stayed_the_same_is_told_the_same_and_is_no_news() -> None:
    calendar = Calendar()
    first = calendar.asks([DAY])
    later = MONDAY + timedelta(days=200)
    assert telling([DAY], calendar.told, later).news == ()
    assert calendar.asks([DAY], later) == first


@pytest.mark.parametrize(
    "changed",
    [
        replace(DAY, when=When(date(2026, 11, 5), time(8, 30), 420)),
        replace(DAY, when=When(date(2026, 11, 4), time(9, 0), 420)),
        replace(DAY, when=When(date(2026, 11, 4), time(8, 30), 300)),
        replace(DAY, when=When(date(2026, 11, 4))),
        replace(DAY, summary="Studiedag: Vragen"),
        replace(DAY, description=""),
        replace(DAY, location="Gymzaal"),
    ],
)
def test_a_change_takes_the_next_number_and_the_time_of_telling(changed: FeedItem) -> None:
    calendar = Calendar()
    calendar.asks([DAY])
    tuesday = MONDAY + timedelta(days=1)
    [event] = calendar.asks([changed], tuesday)
    assert (event.uid, event.sequence) == ("a", 1)
    assert event.changed_at == tuesday.replace(microsecond=0)
    assert (event.start, event.summary) == (changed.when.start, changed.summary)


def test_changed_there_and_back_is_two_changes() -> None:
    calendar = Calendar()
    calendar.asks([DAY])
    calendar.asks([replace(DAY, location="Gymzaal")])
    [event] = calendar.asks([DAY])
    assert event.sequence == 2


def test_what_changed_twice_between_two_times_asking_is_told_once() -> None:
    """The number counts what a calendar heard, not what it missed."""
    calendar = Calendar()
    calendar.asks([DAY])
    [event] = calendar.asks([replace(DAY, location="Gymzaal")])
    assert event.sequence == 1


def test_what_is_gone_is_cancelled_with_its_kind_alone() -> None:
    calendar = Calendar()
    calendar.asks([DAY])
    [event] = calendar.asks([], MONDAY + timedelta(days=1))
    assert (event.uid, event.sequence, event.cancelled) == ("a", 1, True)
    assert (event.start, event.end) == (DAY.when.start, DAY.when.end)
    assert event.summary == "Vervalt: studiedag"
    assert "Onderbouw" not in event.description
    assert event.location == ""


def test_cancelled_is_told_until_thirty_days_after_the_day() -> None:
    calendar = Calendar()
    calendar.asks([DAY])
    cancelled = calendar.asks([], MONDAY + timedelta(days=1))
    assert calendar.asks([], datetime(2026, 12, 4, 12, tzinfo=UTC)) == cancelled
    assert calendar.asks([], datetime(2026, 12, 5, 12, tzinfo=UTC)) == ()


def test_what_comes_back_goes_on_counting() -> None:
    calendar = Calendar()
    calendar.asks([DAY])
    calendar.asks([])
    [event] = calendar.asks([DAY])
    assert (event.sequence, event.cancelled, event.summary) == (2, False, DAY.summary)
    # Long after it was last told of, too.
    calendar.asks([])
    calendar.asks([], datetime(2027, 5, 1, tzinfo=UTC))
    [event] = calendar.asks([DAY], datetime(2027, 5, 2, tzinfo=UTC))
    assert event.sequence == 4


def test_what_has_been_is_not_cancelled_afterwards() -> None:
    """Such as the days of a team that one has left, or of a year that is over."""
    calendar = Calendar()
    calendar.asks([DAY])
    assert calendar.asks([], datetime(2026, 11, 5, 8, tzinfo=UTC)) == ()
    assert not calendar.told["a"].cancelled


def test_the_day_itself_is_not_over_yet() -> None:
    calendar = Calendar()
    calendar.asks([DAY])
    [event] = calendar.asks([], datetime(2026, 11, 4, 22, tzinfo=UTC))
    assert event.cancelled


def test_what_was_never_told_is_not_cancelled() -> None:
    assert Calendar().asks([]) == ()


@pytest.mark.parametrize("kind", EventKind)
def test_every_kind_can_be_cancelled(kind: EventKind) -> None:
    calendar = Calendar()
    calendar.asks([replace(DAY, kind=kind)])
    [event] = calendar.asks([])
    assert event.summary.startswith("Vervalt: ")
