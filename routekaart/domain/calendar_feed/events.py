"""Events as a calendar has them: when, what, and which revision. All times are Dutch."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_ONE_DAY = timedelta(days=1)


class EventKind(StrEnum):
    STUDY_DAY = "study_day"
    FOLLOW_UP = "follow_up"
    EVALUATION = "evaluation"
    DEADLINE = "deadline"
    PLG_MEETING = "plg_meeting"
    LESSON_VISIT = "lesson_visit"
    COURSE = "course"


@dataclass(frozen=True, slots=True)
class When:
    """A day, or with `starts_at` so many minutes of it."""

    day: date
    starts_at: time | None = None
    minutes: int = 0

    @property
    def start(self) -> datetime | date:
        """The moment in Dutch time. An hour that the clock skips is told as the clock has it; of
        one that comes twice it is the first."""
        if self.starts_at is None:
            return self.day
        return _as_the_clock_has_it(datetime.combine(self.day, self.starts_at, AMSTERDAM))

    @property
    def end(self) -> datetime | date:
        """So many minutes later, whatever the clock does meanwhile. Of a day: the next day."""
        start = self.start
        if not isinstance(start, datetime):
            return start + _ONE_DAY
        return (start.astimezone(UTC) + timedelta(minutes=self.minutes)).astimezone(AMSTERDAM)


def _as_the_clock_has_it(moment: datetime) -> datetime:
    return moment.astimezone(UTC).astimezone(AMSTERDAM)


@dataclass(frozen=True, slots=True)
class FeedItem:
    """Something that is to stand in a calendar. `uid` stays the same as long as it is the same."""

    uid: str
    kind: EventKind
    when: When
    summary: str
    description: str = ""
    location: str = ""


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """An item with its revision. `sequence` rises with every change that a calendar was told of,
    `changed_at` (UTC, whole seconds) is when it was told."""

    uid: str
    sequence: int
    changed_at: datetime
    start: datetime | date
    end: datetime | date
    summary: str
    description: str = ""
    location: str = ""
    cancelled: bool = False


_STEERING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


def shown(text: str) -> str:
    """The text without what has no shape or turns the text around it: such as control
    characters and marks for the direction of writing. Line ends become `\\n`."""
    plain = _LINE_ENDS.sub("\n", text).replace("\t", " ")
    return "".join(one for one in plain if one == "\n" or _has_a_shape(one))


def _has_a_shape(character: str) -> bool:
    # What joins letters and emoji is a format character (Cf) too, and stays.
    return unicodedata.category(character) not in {"Cc", "Cs"} and character not in _STEERING


def one_line(text: str) -> str:
    """The same on one line, without blanks at its ends."""
    return " ".join(shown(text).split())
