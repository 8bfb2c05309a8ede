"""A difference in plain Dutch sentences, with names or with numbers of people."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from courses.dutch import dutch_date, listed
from routekaart.domain.content.wording import clock, counted, duration, later, weekday_date
from routekaart.domain.planner.diff.kinds import (
    ChangeKind,
    CourseChange,
    DayChange,
    DayTimes,
    GoalChange,
    GoalKind,
    Moment,
    MomentChange,
    PlanDifference,
    ShortageChange,
    ShortageKind,
)
from routekaart.domain.planner.diff.twins import same_day, same_moment, without_twins
from routekaart.domain.planner.plan import Code, Subject
from routekaart.domain.planner.problem import StudyDayKind
from routekaart.domain.privacy import hides

# More names than this make a sentence hard to read.
_MOST_NAMES = 6
_LAST = date.max
# First the days, then what is on them, then what follows from that.
_DAY, _GOAL, _MOMENT, _COURSE, _SHORTAGE, _WEEKS = range(6)

_Line = tuple[date, int, str]
_STILL_ASKED = (ShortageKind.NEW, ShortageKind.CHANGED)


def sentences(
    found: PlanDifference,
    names: Mapping[str, str] | None = None,
    courses: Mapping[str, str] | None = None,
    functions: Mapping[str, str] | None = None,
) -> tuple[str, ...]:
    """What changes: days, goals, and what follows from those, each in order of date.

    Nothing for an empty difference. `names` tells the names of members where the reader may see
    them; without it people are counted. `courses` gives titles of courses in neither plan,
    `functions` the plural of what members are: it is said of enough people together.
    """
    titles = {
        **(courses or {}),
        **{
            item.course: item.course_title
            for item in found.shortages
            if item.course and item.course_title
        },
        **{item.course: item.title for item in found.courses},
    }
    speaker = _Speaker(names or {}, titles, functions=functions or {})
    refused = {
        item.study_day_id
        for item in found.shortages
        if item.subject is Subject.STUDY_DAY and item.kind is ShortageKind.NEW
    }
    short = {
        (item.member_id, item.course)
        for item in found.shortages
        if item.subject is Subject.PREPARATION and item.kind in _STILL_ASKED
    }
    gone = {
        (member, item.course)
        for item in found.courses
        if item.kind is ChangeKind.REMOVED and not item.done
        for member in item.member_ids
    }
    speaker = replace(speaker, gone=frozenset(gone))
    lines: list[_Line] = [
        *(line for goal in found.goals for line in _goal(goal)),
        # Why a day is not used is said by its shortage.
        *(
            _day(day)
            for day in without_twins(found.study_days, same_day)
            if day.new or day.study_day_id not in refused
        ),
        *_moments(without_twins(found.moments, same_moment)),
        *_other_content(found),
        *(line for course in found.courses for line in speaker.course_lines(course, short)),
        *speaker.shortages(found.shortages),
    ]
    if found.weeks.weeks:
        people = counted(found.weeks.people, "persoon", "mensen")
        weeks = counted(found.weeks.weeks, "week", "weken")
        text = f"De weekplanning verandert bij {people}, samen in {weeks}."
        lines.append((_LAST, _WEEKS, text))
    return tuple(dict.fromkeys(text for *_, text in sorted(lines, key=_cause_first)))


def _cause_first(line: _Line) -> tuple[int, _Line]:
    """A day moves goals, and a goal moves meetings and courses, of which some come earlier."""
    _, kind, _ = line
    return min(kind, _MOMENT), line


def _goal(goal: GoalChange) -> Iterator[_Line]:
    was = weekday_date(goal.old_date) if goal.old_date else ""
    on = goal.new_date or goal.old_date or _LAST
    if goal.kind is GoalKind.PLACED and goal.new_date:
        yield on, _GOAL, f"‘{goal.title}’ staat nu op {weekday_date(goal.new_date)}."
    elif goal.kind is GoalKind.MOVED and goal.new_date and goal.new_date == goal.old_date:
        yield on, _GOAL, f"‘{goal.title}’ staat op een andere studiedag van {was}."
    elif goal.kind is GoalKind.MOVED and goal.new_date and not goal.along:
        yield on, _GOAL, f"‘{goal.title}’ verschuift van {was} naar {weekday_date(goal.new_date)}."
    elif goal.kind is GoalKind.REMOVED:
        text = f"‘{goal.title}’ staat niet meer in het plan (was {was})."
        yield on, _GOAL, text if was else "Een doel zonder studiedag staat niet meer in het plan."
    elif goal.kind in (GoalKind.POSTPONED, GoalKind.REASON):
        yield on, _GOAL, f"{goal.text} Het stond op {was}." if was else goal.text


def _day(day: DayChange) -> _Line:
    if day.new is None:
        if day.old is None:
            raise ValueError("a study day that is in neither plan")
        on = day.old.date
        return on, _DAY, f"De {_kind(day.old)} van {weekday_date(on)} vervalt."
    on = day.new.date
    if day.old is None:
        return on, _DAY, f"Nieuw: een {_kind(day.new)} op {weekday_date(on)}, {_hours(day.new)}."
    hours = "" if _hours(day.old) == _hours(day.new) else f", {_hours(day.new)}"
    subject = f"De {_kind(day.old)} van {weekday_date(day.old.date)}"
    if day.kind is ChangeKind.MOVED:
        goals = listed([f"‘{title}’" for title in day.goals])
        along = f", met {goals}" if goals else ""
        return on, _DAY, f"{subject} verschuift naar {weekday_date(on)}{hours}{along}."
    if day.old.kind is not day.new.kind:
        return on, _DAY, f"{subject} wordt een {_kind(day.new)}{hours}."
    return on, _DAY, f"{subject} is nu {_hours(day.new)} (was {_hours(day.old)})."


def _kind(times: DayTimes) -> str:
    return "studiedag" if times.kind is StudyDayKind.DAY else "studiemiddag"


def _hours(times: DayTimes) -> str:
    return f"van {clock(times.start)} tot {clock(later(times.start, times.minutes))} uur"


_MOMENTS = {
    Moment.PLG_MEETING: "PLG-bijeenkomst",
    Moment.FOLLOW_UP: "vervolgbijeenkomst",
    Moment.EVALUATION: "evaluatie",
}


def _moments(items: Sequence[MomentChange]) -> Iterator[_Line]:
    """Each on its own line, but PLG meetings that go: those go together."""
    gone = [item.old for item in items if _is_plg_that_goes(item) and item.old]
    if len(gone) > 1:
        dates = listed([weekday_date(day) for day in gone])
        yield gone[0], _MOMENT, f"De PLG-bijeenkomsten van {dates} vervallen."
    for item in items:
        if len(gone) < 2 or not _is_plg_that_goes(item):
            yield from _moment(item)


def _is_plg_that_goes(item: MomentChange) -> bool:
    return item.moment is Moment.PLG_MEETING and item.kind is ChangeKind.REMOVED


def _moment(item: MomentChange) -> Iterator[_Line]:
    on = item.new or item.old or _LAST
    was = weekday_date(item.old) if item.old else ""
    now = weekday_date(item.new) if item.new else ""
    if item.moment is Moment.ACTIVITY:
        text = {
            ChangeKind.ADDED: f"‘{item.title}’ komt aan bod in de PLG-bijeenkomst van {now}.",
            ChangeKind.REMOVED: f"‘{item.title}’ vervalt in de PLG-bijeenkomst van {was}.",
            ChangeKind.MOVED: f"‘{item.title}’ verschuift van de PLG-bijeenkomst van {was} "
            f"naar die van {now}.",
        }.get(item.kind)
    else:
        what = _MOMENTS[item.moment]
        text = {
            ChangeKind.ADDED: f"Nieuw: een {what} op {now}.",
            ChangeKind.REMOVED: f"De {what} van {was} vervalt.",
            ChangeKind.MOVED: f"De {what} van {was} verschuift naar {now}.",
        }.get(item.kind)
    if text is not None and not item.along:
        yield on, _MOMENT, text


def _other_content(found: PlanDifference) -> Iterator[_Line]:
    """Meetings that stay on their date, with other goals or another length."""
    changed = [item for item in found.moments if item.kind is ChangeKind.CHANGED]
    if changed:
        subject = counted(len(changed), "bijeenkomst", "bijeenkomsten")
        yield _LAST, _MOMENT, f"Bij {subject} veranderen alleen de doelen of de duur."


@dataclass(frozen=True, slots=True)
class _Speaker:
    """Speaks of people: by name where `names` holds them, else in numbers."""

    names: Mapping[str, str]
    titles: Mapping[str, str]
    gone: frozenset[tuple[str, str]] = frozenset()
    """Who no longer prepares which course at all."""
    functions: Mapping[str, str] = field(default_factory=dict)

    def who(self, member_ids: tuple[str, ...]) -> str:
        known = sorted(self.names[one] for one in member_ids if one in self.names)[:_MOST_NAMES]
        rest = len(member_ids) - len(known)
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
    ) -> Iterator[_Line]:
        """Nothing for who still has to do a course that no longer fits: its shortage says so."""
        if item.kind is ChangeKind.REMOVED and not item.done:
            left = tuple(one for one in item.member_ids if (one, item.course) not in short)
            if left or not item.member_ids:
                yield self.course(replace(item, member_ids=left))
        else:
            yield self.course(item)

    def course(self, item: CourseChange) -> _Line:
        who, was, now = self.who(item.member_ids), _deadline(item.old), _deadline(item.new)
        on = (item.new or item.old)[0]
        if item.kind is ChangeKind.ADDED:
            text = f"nieuw voor {who}, {now}"
        elif item.kind is ChangeKind.MOVED:
            dates = listed([dutch_date(day) for day in item.old])
            text = f"nieuwe {now} voor {who} (was {dates})"
        else:
            text = f"{'klaar bij' if item.done else 'vervalt voor'} {who} (was: {was})"
        return on, _COURSE, f"{self.titled(item.course)}: {text}."

    def shortages(self, items: tuple[ShortageChange, ...]) -> Iterator[_Line]:
        groups: dict[tuple[str, ShortageKind], list[ShortageChange]] = {}
        for item in items:
            refused = item.code in (Code.UNKNOWN_GOAL, Code.UNKNOWN_MEMBER)
            if item.subject is Subject.PREPARATION and not refused:
                groups.setdefault((item.course or "", item.kind), []).append(item)
            elif item.kind in (ShortageKind.NEW, ShortageKind.CHANGED):
                # That a day is not used is why other things change.
                part = _DAY if item.subject is Subject.STUDY_DAY else _SHORTAGE
                yield item.on or _LAST, part, item.text
            elif item.subject is Subject.PLG_MEETING and item.kind is ShortageKind.SOLVED:
                day = f"de studiedag van {weekday_date(item.on)}" if item.on else "de studiedag"
                text = f"Na {day} zijn er nu genoeg PLG-bijeenkomsten."
                yield item.on or _LAST, _SHORTAGE, text
        for (course, kind), group in groups.items():
            on = min(item.on or _LAST for item in group)
            yield on, _SHORTAGE, f"{self.titled(course)} {self._shortage(kind, group)}."

    def _shortage(self, kind: ShortageKind, group: list[ShortageChange]) -> str:
        who = self.who(tuple(dict.fromkeys(item.member_id or "" for item in group)))
        more = _missing(group, "new_minutes") - _missing(group, "old_minutes")
        if kind is ShortageKind.NEW:
            together = "samen " if len({item.member_id for item in group}) > 1 else ""
            nothing = all((item.member_id, item.course) in self.gone for item in group)
            partly = "" if nothing else " helemaal"
            return f"past nu niet{partly} bij {who}: {together}{duration(more)} te weinig"
        if kind is ShortageKind.SOLVED:
            return f"past nu wel bij {who}"
        if kind is ShortageKind.LAPSED:
            return f"hoeft nu niet bij {who}: het tekort vervalt"
        if more == 0:
            return f"past nog steeds niet helemaal bij {who}, om een andere reden"
        word = "groter" if more > 0 else "kleiner"
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
