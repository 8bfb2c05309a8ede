"""A calendar program of our own, written from RFC 5545 and knowing nothing of ours.

`read` is strict: it refuses what the RFC forbids. `Client` keeps events as programs do that fetch
an address or import a file: by UID, the highest SEQUENCE wins, cancelled is gone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone

_LINE = re.compile(
    r"(?P<name>[A-Z0-9-]+)(?P<params>(?:;[A-Z0-9-]+=(?:\"[^\"]*\"|[^\";:,]*))*):(?P<value>.*)",
    re.DOTALL,
)
_DURATION = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?")
_TEXTS = {"SUMMARY", "DESCRIPTION", "LOCATION", "X-WR-CALNAME", "NAME"}


class NotICalendar(Exception):
    """What is wrong with it."""


@dataclass
class Component:
    """Name, properties as (parameters, value) by name, and what is inside."""

    name: str
    properties: dict[str, tuple[dict[str, str], str]] = field(default_factory=dict)
    inside: list["Component"] = field(default_factory=list)

    def value(self, name: str) -> str:
        return self.properties[name][1]

    def text(self, name: str) -> str:
        return unescaped(self.value(name)) if name in self.properties else ""


@dataclass(frozen=True)
class Event:
    """An event as a person sees it. Moments are in UTC, worked out with the file's own zone."""

    uid: str
    sequence: int
    start: datetime | date
    end: datetime | date
    summary: str
    description: str
    location: str
    cancelled: bool
    stamp: str


@dataclass(frozen=True)
class Calendar:
    name: str
    events: tuple[Event, ...]

    def by_summary(self) -> dict[str, Event]:
        found = {event.summary: event for event in self.events}
        assert len(found) == len(self.events)
        return found


@dataclass
class Client:
    """What somebody's calendar shows after one or more files."""

    known: dict[str, Event] = field(default_factory=dict)

    def take(self, data: bytes) -> None:
        for event in read(data).events:
            before = self.known.get(event.uid)
            if before is None or event.sequence > before.sequence:
                self.known[event.uid] = event
            elif event.sequence == before.sequence and event != before:
                raise NotICalendar(f"{event.uid} changed, and kept its SEQUENCE")

    @property
    def shown(self) -> dict[str, Event]:
        """By summary."""
        return {one.summary: one for one in self.known.values() if not one.cancelled}


def read(data: bytes) -> Calendar:
    """Raises `NotICalendar` for what is not in order."""
    top = _component(_lines(data))
    required = {"VERSION": "2.0", "METHOD": "PUBLISH"}
    if top.name != "VCALENDAR" or any(top.value(key) != is_ for key, is_ in required.items()):
        raise NotICalendar("not a calendar")
    zones = {one.value("TZID"): one for one in top.inside if one.name == "VTIMEZONE"}
    events = tuple(_event(one, zones) for one in top.inside if one.name == "VEVENT")
    if len({event.uid for event in events}) != len(events):
        raise NotICalendar("a UID comes twice")
    return Calendar(top.text("X-WR-CALNAME"), events)


def unescaped(value: str) -> str:
    """TEXT of 3.3.11: nothing is left unescaped that has to be, and no other escape is used."""
    found = ""
    rest = iter(value)
    for character in rest:
        if character in ",;":
            raise NotICalendar(f"{character!r} is not escaped")
        if character != "\\":
            found += character
            continue
        escaped = next(rest, "")
        if escaped not in ("\\", ";", ",", "n", "N"):
            raise NotICalendar(f"\\{escaped} is no escape")
        found += "\n" if escaped in "nN" else escaped
    return found


def _lines(data: bytes) -> Iterator[str]:
    """Content lines, unfolded."""
    if not data.endswith(b"\r\n"):
        raise NotICalendar("the last line does not end")
    folded = data.removesuffix(b"\r\n").split(b"\r\n")
    unfolded: list[bytes] = []
    for line in folded:
        if len(line) > 75:
            raise NotICalendar("a line of more than 75 octets")
        line.decode()  # never folded inside a character
        if re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", line):
            raise NotICalendar("a control character")
        if line.startswith(b" "):
            unfolded[-1] += line[1:]
        elif line:
            unfolded.append(line)
        else:
            raise NotICalendar("an empty line")
    return (line.decode() for line in unfolded)


def _component(lines: Iterator[str]) -> Component:
    """The one component that the lines are."""
    stack: list[Component] = []
    for line in lines:
        match = _LINE.fullmatch(line)
        if match is None:
            raise NotICalendar(f"no content line: {line!r}")
        name, value = match["name"], match["value"]
        params = dict(one.split("=", 1) for one in match["params"].split(";")[1:])
        if name == "BEGIN":
            stack.append(Component(value))
        elif name == "END":
            ended = stack.pop()
            if ended.name != value:
                raise NotICalendar(f"{ended.name} ends as {value}")
            if not stack:
                if next(lines, None) is not None:
                    raise NotICalendar("something after the end")
                return ended
            stack[-1].inside.append(ended)
        elif name in stack[-1].properties:
            raise NotICalendar(f"{name} comes twice")
        else:
            if name in _TEXTS:
                unescaped(value)
            stack[-1].properties[name] = (params, value)
    raise NotICalendar("it does not end")


def _event(one: Component, zones: dict[str, Component]) -> Event:
    start = _moment(one, "DTSTART", zones)
    if "DURATION" in one.properties:
        match = _DURATION.fullmatch(one.value("DURATION"))
        assert match is not None
        assert isinstance(start, datetime)
        hours, minutes, seconds = (int(part or 0) for part in match.groups())
        end: datetime | date = start + timedelta(hours=hours, minutes=minutes, seconds=seconds)
    else:
        end = _moment(one, "DTEND", zones)
    if type(start) is not type(end) or end <= start:
        raise NotICalendar("it ends before it begins")
    datetime.strptime(one.value("DTSTAMP"), "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    return Event(
        uid=one.value("UID"),
        sequence=int(one.value("SEQUENCE")),
        start=start,
        end=end,
        summary=one.text("SUMMARY"),
        description=one.text("DESCRIPTION"),
        location=one.text("LOCATION"),
        cancelled={"CONFIRMED": False, "CANCELLED": True}[one.value("STATUS")],
        stamp=one.value("DTSTAMP"),
    )


def _moment(one: Component, name: str, zones: dict[str, Component]) -> datetime | date:
    params, value = one.properties[name]
    if params.get("VALUE") == "DATE":
        return datetime.strptime(value, "%Y%m%d").replace(tzinfo=UTC).date()
    local = datetime.strptime(value, "%Y%m%dT%H%M%S")  # noqa: DTZ007 - its zone is in the file
    offset = _offset(zones[params["TZID"]], local)
    return local.replace(tzinfo=timezone(offset)).astimezone(UTC)


def _offset(zone: Component, local: datetime) -> timedelta:
    """By the last change of the clock before `local`. An hour that comes twice is the first."""
    changes = []
    for part in zone.inside:
        rule = dict(one.split("=") for one in part.value("RRULE").split(";"))
        assert (rule["FREQ"], rule["BYDAY"]) == ("YEARLY", "-1SU")
        first = datetime.strptime(part.value("DTSTART"), "%Y%m%dT%H%M%S")  # noqa: DTZ007 - local, as above
        after = _signed(part.value("TZOFFSETTO"))
        for year in (local.year - 1, local.year):
            at = first.replace(year=year, day=31, month=int(rule["BYMONTH"]))
            at -= timedelta(days=(at.weekday() + 1) % 7)
            changes.append((at, after))
    return max((change for change in changes if change[0] <= local), key=lambda one: one[0])[1]


def _signed(text: str) -> timedelta:
    found = timedelta(hours=int(text[1:3]), minutes=int(text[3:5]))
    return -found if text[0] == "-" else found
