"""Events as an iCalendar file (RFC 5545). The same events give the same bytes."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard
from icalendar.prop import vDuration, vText

from routekaart.domain.calendar_feed.events import CalendarEvent, one_line, shown

MEDIA_TYPE = "text/calendar; charset=utf-8"
_ZONE = "Europe/Amsterdam"
# How often a client is asked to come back. Most go by their own clock.
_REFRESH = timedelta(hours=6)
_WINTER, _SUMMER = timedelta(hours=1), timedelta(hours=2)


class _Text(vText):
    r"""Text as RFC 5545 escapes it. The library takes `\N` in a text (a path, say) for a line end
    and a letter less."""

    def to_ical(self) -> bytes:
        escaped = self.replace("\\", "\\\\").replace(";", r"\;").replace(",", r"\,")
        return escaped.replace("\n", r"\n").encode()


def feed_file(events: Iterable[CalendarEvent], *, name: str) -> bytes:
    """A calendar called `name` that clients fetch again and again."""
    calendar = _calendar()
    calendar.add("x-wr-calname", _Text(one_line(name)))
    calendar.add("name", _Text(one_line(name)))
    calendar.add("x-wr-timezone", _ZONE)
    calendar.add("refresh-interval", vDuration(_REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(_REFRESH))
    return _file(calendar, events)


def event_file(event: CalendarEvent) -> bytes:
    """One event to put into a calendar that one has."""
    return _file(_calendar(), (event,))


def _file(calendar: Calendar, events: Iterable[CalendarEvent]) -> bytes:
    calendar.add_component(_dutch_time())
    for event in events:
        calendar.add_component(_event(event))
    made: bytes = calendar.to_ical()
    return made


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Routekaart//NL")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    return calendar


def _dutch_time() -> Timezone:
    """The rule since 1996, which every client understands: a list of years would end some day."""
    zone = Timezone()
    zone.add("tzid", _ZONE)
    summer, winter = TimezoneDaylight(), TimezoneStandard()
    for part, name, month, hour, before, after in (
        (summer, "CEST", 3, 2, _WINTER, _SUMMER),
        (winter, "CET", 10, 3, _SUMMER, _WINTER),
    ):
        # The last Sundays of March and October 1996, by the clock as it was until then.
        part.add("dtstart", datetime(1996, month, 31 if month == 3 else 27, hour))  # noqa: DTZ001 - local, as the zone asks
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        part.add("tzname", name)
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        zone.add_component(part)
    return zone


def _event(event: CalendarEvent) -> Event:
    made = Event()
    made.add("uid", event.uid)
    made.add("sequence", event.sequence)
    made.add("dtstamp", event.changed_at)
    made.add("last-modified", event.changed_at)
    made.add("dtstart", event.start)
    _add_end(made, event)
    made.add("summary", _Text(one_line(event.summary)))
    for field, text in (
        ("description", shown(event.description).strip()),
        ("location", one_line(event.location)),
    ):
        if text:
            made.add(field, _Text(text))
    made.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    # A day without a time says what is due; it keeps nobody from being free.
    blocks = isinstance(event.start, datetime) and not event.cancelled
    made.add("transp", "OPAQUE" if blocks else "TRANSPARENT")
    return made


def _add_end(made: Event, event: CalendarEvent) -> None:
    if isinstance(event.start, datetime) and isinstance(event.end, datetime) and event.end.fold:
        # In the hour that comes twice a local time means the first one; a duration is exact.
        made.add("duration", event.end.astimezone(UTC) - event.start.astimezone(UTC))
    else:
        made.add("dtend", event.end)
