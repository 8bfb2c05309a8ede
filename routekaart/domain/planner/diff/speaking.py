"""Lines of a difference about people: by name, in numbers, or without either where they are few."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from courses.dutch import dutch_date, listed
from routekaart.domain.content.wording import counted, duration, weekday_date
from routekaart.domain.planner.diff.kinds import (
    ChangeKind,
    CourseChange,
    ShortageChange,
    ShortageKind,
    WeekChanges,
)
from routekaart.domain.planner.plan import Code, Subject
from routekaart.domain.privacy import hides

# More names than this make a sentence hard to read.
_MOST_NAMES = 6
# Without names, fewer people than may be counted.
_A_FEW = "enkele collega’s"
LAST = date.max
# First the days, then what is on them, then what follows from that.
DAY, GOAL, MOMENT, COURSE, SHORTAGE, WEEKS = range(6)

Line = tuple[date, int, str]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Speaks of people: by name where `names` holds them, else in numbers."""

    names: Mapping[str, str]
    titles: Mapping[str, str]
    gone: frozenset[tuple[str, str]] = frozenset()
    """Who no longer prepares which course at all."""
    functions: Mapping[str, str] = field(default_factory=dict)
    nameless: bool = False
    """Who reads along may not know what one person does: of few people nothing is counted."""

    def hides(self, people: int) -> bool:
        return self.nameless and hides(people)

    def weeks(self, changes: WeekChanges) -> str:
        if self.hides(changes.people):
            return f"De weekplanning verandert bij {_A_FEW}."
        people = counted(changes.people, "persoon", "mensen")
        weeks = counted(changes.weeks, "week", "weken")
        return f"De weekplanning verandert bij {people}, samen in {weeks}."

    def who(self, member_ids: tuple[str, ...]) -> str:
        known = sorted(self.names[one] for one in member_ids if one in self.names)[:_MOST_NAMES]
        rest = len(member_ids) - len(known)
        if self.hides(len(member_ids)):
            return _A_FEW
        if not known:
            return counted(rest, "persoon", self._together(member_ids))
        return listed([*known, counted(rest, "ander", "anderen")] if rest else known)

    def _together(self, member_ids: tuple[str, ...]) -> str:
        """Of a few people their function may tell who they are."""
        kinds = {self.functions.get(one, "") for one in member_ids}
        if hides(len(member_ids)) or len(kinds) > 1:
            return "mensen"
        return kinds.pop().lower() or "mensen"

    def titled(self, course: str | None) -> str:
        title = self.titles.get(course or "")
        return f"Cursus ‘{title}’" if title else "Een cursus"

    def course_lines(
        self, item: CourseChange, short: Container[tuple[str | None, str | None]]
    ) -> Iterator[Line]:
        """Nothing for who still has to do a course that no longer fits: its shortage says so."""
        if item.kind is ChangeKind.REMOVED and not item.done:
            left = tuple(one for one in item.member_ids if (one, item.course) not in short)
            if left or not item.member_ids:
                yield self.course(replace(item, member_ids=left))
        else:
            yield self.course(item)

    def course(self, item: CourseChange) -> Line:
        who, was, now = self.who(item.member_ids), _deadline(item.old), _deadline(item.new)
        on = (item.new or item.old)[0]
        if item.kind is ChangeKind.ADDED:
            text = f"nieuw voor {who}, {now}"
        elif item.kind is ChangeKind.MOVED:
            dates = listed([dutch_date(day) for day in item.old])
            text = f"nieuwe {now} voor {who} (was {dates})"
        else:
            text = f"{'klaar bij' if item.done else 'vervalt voor'} {who} (was: {was})"
        return on, COURSE, f"{self.titled(item.course)}: {text}."

    def shortages(self, items: tuple[ShortageChange, ...]) -> Iterator[Line]:
        groups: dict[tuple[str, ShortageKind], list[ShortageChange]] = {}
        for item in items:
            refused = item.code in (Code.UNKNOWN_GOAL, Code.UNKNOWN_MEMBER)
            if item.subject is Subject.PREPARATION and not refused:
                groups.setdefault((item.course or "", item.kind), []).append(item)
            elif item.kind in (ShortageKind.NEW, ShortageKind.CHANGED):
                # That a day is not used is why other things change.
                part = DAY if item.subject is Subject.STUDY_DAY else SHORTAGE
                yield item.on or LAST, part, item.text
            elif item.subject is Subject.PLG_MEETING and item.kind is ShortageKind.SOLVED:
                day = f"de studiedag van {weekday_date(item.on)}" if item.on else "de studiedag"
                text = f"Na {day} zijn er nu genoeg PLG-bijeenkomsten."
                yield item.on or LAST, SHORTAGE, text
        for (course, kind), group in groups.items():
            on = min(item.on or LAST for item in group)
            yield on, SHORTAGE, f"{self.titled(course)} {self._shortage(kind, group)}."

    def _shortage(self, kind: ShortageKind, group: list[ShortageChange]) -> str:
        people = tuple(dict.fromkeys(item.member_id or "" for item in group))
        who = self.who(people)
        more = _missing(group, "new_minutes") - _missing(group, "old_minutes")
        if kind is ShortageKind.NEW:
            together = "samen " if len(people) > 1 else ""
            nothing = all((item.member_id, item.course) in self.gone for item in group)
            partly = "" if nothing else " helemaal"
            few = f"past nu niet{partly} bij {who}"
            return (
                few if self.hides(len(people)) else (f"{few}: {together}{duration(more)} te weinig")
            )
        if kind is ShortageKind.SOLVED:
            return f"past nu wel bij {who}"
        if kind is ShortageKind.LAPSED:
            return f"hoeft nu niet bij {who}: het tekort vervalt"
        if more == 0:
            return f"past nog steeds niet helemaal bij {who}, om een andere reden"
        word = "groter" if more > 0 else "kleiner"
        if self.hides(len(people)):
            return f"past nog niet helemaal bij {who}: het tekort is {word}"
        return f"past nog niet helemaal bij {who}: het tekort is {duration(abs(more))} {word}"


def _missing(group: list[ShortageChange], name: str) -> int:
    """Minutes of one course: who needs it for two goals does it once."""
    most: dict[str | None, int] = {}
    for item in group:
        most[item.member_id] = max(most.get(item.member_id, 0), getattr(item, name))
    return sum(most.values())


def _deadline(days: tuple[date, ...]) -> str:
    word = "deadline" if len(days) == 1 else "deadlines"
    return f"{word} {listed([dutch_date(day) for day in days])}"
