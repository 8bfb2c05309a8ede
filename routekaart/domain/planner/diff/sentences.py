"""A difference in plain Dutch sentences, with names or with numbers of people."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from courses.dutch import listed
from routekaart.domain.content.wording import clock, counted, later, weekday_date
from routekaart.domain.planner.diff.kinds import (
    ChangeKind,
    DayChange,
    DayTimes,
    GoalChange,
    GoalKind,
    Moment,
    MomentChange,
    PlanDifference,
    ShortageKind,
)
from routekaart.domain.planner.diff.speaking import (
    DAY,
    GOAL,
    LAST,
    MOMENT,
    WEEKS,
    Line,
    Speaker,
)
from routekaart.domain.planner.diff.twins import same_day, same_moment, without_twins
from routekaart.domain.planner.plan import Subject
from routekaart.domain.planner.problem import StudyDayKind

_STILL_ASKED = (ShortageKind.NEW, ShortageKind.CHANGED)


def sentences(
    found: PlanDifference,
    names: Mapping[str, str] | None = None,
    courses: Mapping[str, str] | None = None,
    functions: Mapping[str, str] | None = None,
) -> tuple[str, ...]:
    """What changes: days, goals, and what follows from those, each in order of date.

    Nothing for an empty difference. `names` tells the names of members where the reader may see
    them; without it people are counted, and of few people no number is told. `courses` gives
    titles of courses in neither plan, `functions` the plural of what members are: it is said of
    enough people together.
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
    speaker = Speaker(names or {}, titles, functions=functions or {}, nameless=names is None)
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
    lines: list[Line] = [
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
        lines.append((LAST, WEEKS, speaker.weeks(found.weeks)))
    return tuple(dict.fromkeys(text for *_, text in sorted(lines, key=_cause_first)))


def _cause_first(line: Line) -> tuple[int, Line]:
    """A day moves goals, and a goal moves meetings and courses, of which some come earlier."""
    _, kind, _ = line
    return min(kind, MOMENT), line


def _goal(goal: GoalChange) -> Iterator[Line]:
    was = weekday_date(goal.old_date) if goal.old_date else ""
    on = goal.new_date or goal.old_date or LAST
    if goal.kind is GoalKind.PLACED and goal.new_date:
        yield on, GOAL, f"‘{goal.title}’ staat nu op {weekday_date(goal.new_date)}."
    elif goal.kind is GoalKind.MOVED and goal.new_date and goal.new_date == goal.old_date:
        yield on, GOAL, f"‘{goal.title}’ staat op een andere studiedag van {was}."
    elif goal.kind is GoalKind.MOVED and goal.new_date and not goal.along:
        yield on, GOAL, f"‘{goal.title}’ verschuift van {was} naar {weekday_date(goal.new_date)}."
    elif goal.kind is GoalKind.REMOVED:
        text = f"‘{goal.title}’ staat niet meer in het plan (was {was})."
        yield on, GOAL, text if was else "Een doel zonder studiedag staat niet meer in het plan."
    elif goal.kind in (GoalKind.POSTPONED, GoalKind.REASON):
        yield on, GOAL, f"{goal.text} Het stond op {was}." if was else goal.text


def _day(day: DayChange) -> Line:
    if day.new is None:
        if day.old is None:
            raise ValueError("a study day that is in neither plan")
        on = day.old.date
        return on, DAY, f"De {_kind(day.old)} van {weekday_date(on)} vervalt."
    on = day.new.date
    if day.old is None:
        return on, DAY, f"Nieuw: een {_kind(day.new)} op {weekday_date(on)}, {_hours(day.new)}."
    hours = "" if _hours(day.old) == _hours(day.new) else f", {_hours(day.new)}"
    subject = f"De {_kind(day.old)} van {weekday_date(day.old.date)}"
    if day.kind is ChangeKind.MOVED:
        goals = listed([f"‘{title}’" for title in day.goals])
        along = f", met {goals}" if goals else ""
        return on, DAY, f"{subject} verschuift naar {weekday_date(on)}{hours}{along}."
    if day.old.kind is not day.new.kind:
        return on, DAY, f"{subject} wordt een {_kind(day.new)}{hours}."
    return on, DAY, f"{subject} is nu {_hours(day.new)} (was {_hours(day.old)})."


def _kind(times: DayTimes) -> str:
    return "studiedag" if times.kind is StudyDayKind.DAY else "studiemiddag"


def _hours(times: DayTimes) -> str:
    return f"van {clock(times.start)} tot {clock(later(times.start, times.minutes))} uur"


_MOMENTS = {
    Moment.PLG_MEETING: "PLG-bijeenkomst",
    Moment.FOLLOW_UP: "vervolgbijeenkomst",
    Moment.EVALUATION: "evaluatie",
}


def _moments(items: Sequence[MomentChange]) -> Iterator[Line]:
    """Each on its own line, but PLG meetings that go: those go together."""
    gone = [item.old for item in items if _is_plg_that_goes(item) and item.old]
    if len(gone) > 1:
        dates = listed([weekday_date(day) for day in gone])
        yield gone[0], MOMENT, f"De PLG-bijeenkomsten van {dates} vervallen."
    for item in items:
        if len(gone) < 2 or not _is_plg_that_goes(item):
            yield from _moment(item)


def _is_plg_that_goes(item: MomentChange) -> bool:
    return item.moment is Moment.PLG_MEETING and item.kind is ChangeKind.REMOVED


def _moment(item: MomentChange) -> Iterator[Line]:
    on = item.new or item.old or LAST
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
        yield on, MOMENT, text


def _other_content(found: PlanDifference) -> Iterator[Line]:
    """Meetings that stay on their date, with other goals or another length."""
    changed = [item for item in found.moments if item.kind is ChangeKind.CHANGED]
    if changed:
        subject = counted(len(changed), "bijeenkomst", "bijeenkomsten")
        yield LAST, MOMENT, f"Bij {subject} veranderen alleen de doelen of de duur."
