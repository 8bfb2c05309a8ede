"""How a team stands, in counts that say nothing about a single person. Pure.

Who may not see names gets counts per course, and only of courses that enough people do. The totals
are the sums of what is shown and of nothing else: with a total over everyone the counts of a hidden
course would follow by subtraction. For the same reason there are no counts per goal or function.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from routekaart.domain.privacy import hides


@dataclass(frozen=True, slots=True)
class ProgressRow:
    """A course of a person that stands. `deadline`: that of the plan, if it has one for it."""

    person: str
    name: str
    course: str
    course_title: str
    state: str
    mandatory: bool = True
    deadline: date | None = None
    goals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """How many courses of people are in each state. `late` are among assigned and started."""

    assigned: int
    started: int
    done: int
    waived: int
    late: int


@dataclass(frozen=True, slots=True)
class CourseProgress:
    """A course of the team. `people` and `counts` are None when they are hidden."""

    course: str
    title: str
    goals: tuple[str, ...]
    hidden: bool
    people: int | None
    counts: Counts | None


@dataclass(frozen=True, slots=True)
class TeamProgress:
    """All courses that are shown together; `counts` is None when there are only hidden ones."""

    hidden: bool
    counts: Counts | None


@dataclass(frozen=True, slots=True)
class Preparation:
    """What has to be ready for a study day, counted in courses of people.

    `hidden`: there is something to prepare, but by too few people to show; the counts are then 0.
    """

    done: int
    asked: int
    hidden: bool


@dataclass(frozen=True, slots=True)
class PersonProgress:
    """One person. Only for those who may see names."""

    person: str
    name: str
    counts: Counts


def is_late(row: ProgressRow, today: date) -> bool:
    """Whether its deadline has passed while somebody still has to do it."""
    return (
        row.state in {"assigned", "started"} and row.deadline is not None and row.deadline < today
    )


def course_progress(
    rows: Iterable[ProgressRow], today: date, *, with_names: bool
) -> tuple[CourseProgress, ...]:
    """Per course by title. Nothing is hidden for who sees the names anyway."""
    by_course: dict[str, list[ProgressRow]] = defaultdict(list)
    for row in rows:
        by_course[row.course].append(row)
    found = []
    for course, own in by_course.items():
        hidden = not with_names and hides(len({row.person for row in own}))
        found.append(
            CourseProgress(
                course=course,
                title=own[0].course_title,
                goals=tuple(sorted({goal for row in own for goal in row.goals})),
                hidden=hidden,
                people=None if hidden else len(own),
                counts=None if hidden else _counted(own, today),
            )
        )
    return tuple(sorted(found, key=lambda item: (item.title, item.course)))


def team_progress(courses: Sequence[CourseProgress]) -> TeamProgress:
    """The sum of the courses that are shown; a team without courses hides nothing."""
    shown = [item.counts for item in courses if item.counts is not None]
    if courses and not shown:
        return TeamProgress(hidden=True, counts=None)
    return TeamProgress(
        hidden=False,
        counts=Counts(
            assigned=sum(item.assigned for item in shown),
            started=sum(item.started for item in shown),
            done=sum(item.done for item in shown),
            waived=sum(item.waived for item in shown),
            late=sum(item.late for item in shown),
        ),
    )


def people_progress(rows: Iterable[ProgressRow], today: date) -> tuple[PersonProgress, ...]:
    """Per person by name."""
    by_person: dict[tuple[str, str], list[ProgressRow]] = defaultdict(list)
    for row in rows:
        by_person[row.name, row.person].append(row)
    return tuple(
        PersonProgress(person, name, _counted(own, today))
        for (name, person), own in sorted(by_person.items())
    )


def ready_for(rows: Iterable[ProgressRow], goals: Collection[str]) -> tuple[ProgressRow, ...]:
    """What has to be ready for these goals: whole courses that are mandatory for somebody.

    Of a course that serves one of the goals all rows count, so that this says no more about
    anybody than the counts per course do.
    """
    rows = tuple(rows)
    wanted = {row.course for row in rows if row.mandatory and set(goals).intersection(row.goals)}
    return tuple(row for row in rows if row.course in wanted)


def preparation(
    rows: Iterable[ProgressRow], goals: Collection[str], today: date, *, with_names: bool
) -> Preparation:
    """How much of what is asked for these goals is done. Nobody waits for what is waived.

    The sum of what `course_progress` shows of whole courses: counted per person, or without the
    courses that are hidden, it would tell by subtraction how far somebody is.
    """
    courses = course_progress(ready_for(rows, goals), today, with_names=with_names)
    shown = [item.counts for item in courses if item.counts is not None]
    done = sum(item.done for item in shown)
    return Preparation(
        done=done,
        asked=done + sum(item.assigned + item.started for item in shown),
        hidden=bool(courses) and not shown,
    )


def _counted(rows: Collection[ProgressRow], today: date) -> Counts:
    states = [row.state for row in rows]
    return Counts(
        assigned=states.count("assigned"),
        started=states.count("started"),
        done=states.count("done"),
        waived=states.count("waived"),
        late=sum(is_late(row, today) for row in rows),
    )
