"""Calendars as files: read back by a reader of our own and by the library's."""

import io
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from dateutil.tz import tzical  # type: ignore[import-untyped]  # it comes without types
from hypothesis import given, settings
from hypothesis import strategies as st

from routekaart.domain.calendar_feed.events import CalendarEvent, When, one_line, shown
from routekaart.domain.calendar_feed.items import (
    CalendarFacts,
    CourseFacts,
    DayFacts,
    MeetingFacts,
    OfTeam,
    VisitFacts,
    items_of,
)
from routekaart.domain.calendar_feed.telling import telling
from routekaart.formats.ics import event_file, feed_file
from tests.calendar_client import read
from tests.tiers import examples

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
TOLD_AT = datetime(2026, 8, 24, 10, 0, tzinfo=UTC)


def event(
    when: When | None = None, *, uid: str = "een@routekaart", **values: object
) -> CalendarEvent:
    when = when or When(date(2026, 11, 4), time(8, 30), 420)
    fields: dict[str, object] = {"sequence": 0, "changed_at": TOLD_AT, "summary": "Studiedag"}
    return CalendarEvent(uid=uid, start=when.start, end=when.end, **fields | values)  # type: ignore[arg-type]


def test_an_event_is_read_back_whole() -> None:
    file = feed_file(
        [event(sequence=3, description="Van Onderbouw.\nTot dan.", location="Aula, De Wilg")],
        name="Mijn agenda",
    )
    calendar = read(file)
    assert calendar.name == "Mijn agenda"
    [found] = calendar.events
    assert (found.uid, found.sequence, found.cancelled) == ("een@routekaart", 3, False)
    assert found.start == datetime(2026, 11, 4, 7, 30, tzinfo=UTC)
    assert found.end == datetime(2026, 11, 4, 14, 30, tzinfo=UTC)
    assert (found.summary, found.location) == ("Studiedag", "Aula, De Wilg")
    assert found.description == "Van Onderbouw.\nTot dan."
    assert found.stamp == "20260824T100000Z"


def test_the_library_reads_the_same() -> None:
    file = feed_file([event(), event(When(date(2026, 11, 5)), uid="twee")], name="A")
    found: list[Any] = icalendar.Calendar.from_ical(file).walk("VEVENT")
    timed, whole_day = found
    assert timed["DTSTART"].dt.astimezone(UTC) == datetime(2026, 11, 4, 7, 30, tzinfo=UTC)
    assert timed["DTSTART"].dt.tzname() == "CET"
    assert (whole_day["DTSTART"].dt, whole_day["DTEND"].dt) == (
        date(2026, 11, 5),
        date(2026, 11, 6),
    )


def test_a_feed_says_how_often_to_come_back() -> None:
    lines = feed_file([], name="Mijn agenda").decode().split("\r\n")
    assert {
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
        "X-WR-TIMEZONE:Europe/Amsterdam",
        "NAME:Mijn agenda",
    } <= set(lines)
    assert not any(line.startswith("REFRESH") for line in event_file(event()).decode().split())


def test_a_cancelled_event_says_so_and_leaves_its_time_free() -> None:
    lines = event_file(event(cancelled=True)).decode().split("\r\n")
    assert {"STATUS:CANCELLED", "TRANSP:TRANSPARENT"} <= set(lines)
    assert {"STATUS:CONFIRMED", "TRANSP:OPAQUE"} <= set(event_file(event()).decode().split("\r\n"))


def test_a_whole_day_leaves_its_time_free() -> None:
    assert b"\r\nTRANSP:TRANSPARENT\r\n" in event_file(event(When(date(2026, 11, 4))))


def test_the_same_events_give_the_same_bytes() -> None:
    assert feed_file([event()], name="A") == feed_file([event()], name="A")


# --- The clock -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("day", "starts_at", "minutes"),
    [
        (date(2027, 1, 13), time(8, 30), 420),
        (date(2027, 7, 1), time(8, 30), 420),
        # The last Sundays of March and October, around the change and across it.
        (date(2027, 3, 28), time(1, 30), 60),
        (date(2027, 3, 28), time(1, 59), 1),
        (date(2027, 3, 28), time(3, 0), 60),
        (date(2027, 3, 27), time(20, 0), 600),
        (date(2026, 10, 25), time(1, 30), 60),
        (date(2026, 10, 25), time(1, 30), 120),
        (date(2026, 10, 25), time(2, 30), 30),
        (date(2026, 10, 25), time(3, 0), 60),
        (date(2026, 10, 24), time(20, 0), 600),
        # The Saturday before and the Monday after.
        (date(2027, 3, 29), time(8, 30), 420),
        (date(2026, 10, 26), time(8, 30), 420),
    ],
)
def test_moments_are_those_of_the_dutch_clock(day: date, starts_at: time, minutes: int) -> None:
    [found] = read(event_file(event(When(day, starts_at, minutes)))).events
    start = datetime.combine(day, starts_at, AMSTERDAM).astimezone(UTC)
    assert found.start == start
    assert found.end == start + timedelta(minutes=minutes)


@pytest.mark.parametrize("day", [date(2026, 10, 25), date(2027, 3, 28), date(2030, 3, 31)])
def test_who_never_heard_of_us_reads_the_same_zone(day: date) -> None:
    """The reader of calendars in dateutil, which knows neither us nor the library that writes."""
    file = event_file(event()).decode().replace("\r\n", "\n")
    zone = tzical(io.StringIO(file)).get("Europe/Amsterdam")
    first = datetime.combine(day, time(0), UTC)
    for hours in range(-24, 48):
        moment = first + timedelta(hours=hours)
        theirs, expected = moment.astimezone(zone), moment.astimezone(AMSTERDAM)
        assert theirs.isoformat() == expected.isoformat()
        assert theirs.tzname() == expected.tzname()


def test_an_hour_that_the_clock_skips_is_told_as_the_clock_has_it() -> None:
    file = event_file(event(When(date(2027, 3, 28), time(2, 30), 60)))
    assert b"DTSTART;TZID=Europe/Amsterdam:20270328T033000\r\n" in file
    [found] = read(file).events
    assert found.start == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)


@settings(max_examples=examples(150, 1_000), deadline=None)
@given(
    moment=st.datetimes(datetime(2000, 1, 1), datetime(2099, 1, 1)),  # noqa: DTZ001  (local time)
    minutes=st.integers(1, 1440),
)
def test_every_moment_is_that_of_the_dutch_clock(moment: datetime, minutes: int) -> None:
    when = When(moment.date(), moment.time().replace(second=0, microsecond=0), minutes)
    [found] = read(event_file(event(when))).events
    start = when.start
    assert isinstance(start, datetime)
    assert found.start == start.astimezone(UTC)
    assert found.end == start.astimezone(UTC) + timedelta(minutes=minutes)


# --- Hostile texts -------------------------------------------------------------------------------
HOSTILE = (
    "a;b,c\\d",
    r"C:\Nieuw\notities",
    r"\n \N \; \, \\",
    "END:VEVENT\r\nBEGIN:VEVENT",
    "een\rtwee\x0bdrie\x85vier\u2028vijf",
    "\x00\x01\x08\x1b[31m\x7f\x9f",
    "\u202eomgekeerd\u202c \u200frechts \u2067x\u2069",
    "👩‍👩‍👧‍👦 🏳️‍🌈 é e\u0301 שלום",
    "w" * 5000,
    "é" * 5000,
    "😀" * 2000,
    '=cmd|x #panic {{ }} <b>"quotes"</b>',
    "x:y;z=1",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_come_through_as_text(text: str) -> None:
    file = feed_file([event(summary=text, description=text, location=text)], name=text)
    calendar = read(file)
    [found] = calendar.events
    assert calendar.name == one_line(text)
    assert (found.summary, found.location) == (one_line(text), one_line(text))
    assert found.description == shown(text).strip()
    assert len(icalendar.Calendar.from_ical(file).walk("VEVENT")) == 1


@settings(max_examples=examples(150, 1_000), deadline=None)
@given(text=st.text(alphabet=st.characters(exclude_categories=()), max_size=300))
def test_every_text_comes_through(text: str) -> None:
    [found] = read(event_file(event(summary=text, description=text))).events
    assert found.summary == one_line(text)
    assert found.description == shown(text).strip()


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_of_teams_days_and_courses_come_through(text: str) -> None:
    of = OfTeam(text, text)
    on = date(2026, 11, 4)
    facts = CalendarFacts(
        days=(DayFacts("1", of, "studiedag", text, on, time(9), 60, text, on, on, on),),
        meetings=(MeetingFacts("2", of, text, on, None, 60),),
        visits=(VisitFacts("3", of, True, on, time(9), 60),),
        courses=(CourseFacts("4", of, text, on, on),),
    )
    told = telling(items_of(facts, on), {}, TOLD_AT)
    events = read(feed_file(told.events, name=text)).events
    assert [(one.summary, one.description) for one in events] == [
        (one.summary, one.description) for one in told.events
    ]
    assert len(events) == 7


def test_what_is_left_out_of_a_text() -> None:
    assert shown("a\u202eb\x00c\x1bd\ud800e") == "abcde"
    assert shown("a\r\nb\rc\u2029d\te") == "a\nb\nc\nd e"
    assert shown("👩‍👧 é שלום") == "👩‍👧 é שלום"
    assert one_line("  a \n b  ") == "a b"
