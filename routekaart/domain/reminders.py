"""What somebody is reminded of on a day, and how urgently.

Each open item passes stages: some working days before its date, and once after it. On a day the
latest stage that was reached counts, and only when nothing of it was said before. Nobody is
reminded on a day without work: what fell on it waits for the next working day.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from routekaart.domain.people import Leave


class Subject(StrEnum):
    """`agreement`: to be kept by its date. `agreement_back`: the team looks at it again."""

    COURSE = "course"
    AGREEMENT = "agreement"
    AGREEMENT_BACK = "agreement_back"
    MICRO_STEP = "micro_step"
    STUDY_DAY = "study_day"


class Stage(StrEnum):
    """So many working days before the date, or after it."""

    T10 = "t10"
    T5 = "t5"
    T1 = "t1"
    AFTER = "after"


_DAYS_BEFORE: Mapping[Stage, int] = {Stage.T10: 10, Stage.T5: 5, Stage.T1: 1}
_ALL = (Stage.T10, Stage.T5, Stage.T1, Stage.AFTER)
# A small step is chosen for the coming week, and a study day needs no reminder afterwards.
# What is over longer is not brought up by mail any more: the lists still show it (assumption).
_MOST_DAYS_AFTER = 20
STAGES: Mapping[Subject, tuple[Stage, ...]] = {
    Subject.COURSE: _ALL,
    Subject.AGREEMENT: _ALL,
    Subject.AGREEMENT_BACK: (Stage.T5, Stage.T1, Stage.AFTER),
    Subject.MICRO_STEP: (Stage.T5, Stage.T1, Stage.AFTER),
    Subject.STUDY_DAY: (Stage.T5, Stage.T1),
}


@dataclass(frozen=True, slots=True)
class Item:
    """Something that is open for somebody, and the day by which it is to be done."""

    subject: Subject
    id: str
    title: str
    due: date

    def key(self, stage: Stage) -> str:
        """What was said of it. Another date is another matter: then all stages come again."""
        return f"{self.subject}:{self.id}:{self.due.isoformat()}:{stage}"


@dataclass(frozen=True, slots=True)
class Workplace:
    """The days on which a school is open (sorted) and somebody there works."""

    open_days: tuple[date, ...]
    weekdays: tuple[int, ...]
    leave: tuple[Leave, ...] = ()

    def works_on(self, day: date) -> bool:
        """Whether it is an own weekday, the school is open, and there is no leave."""
        index = bisect_left(self.open_days, day)
        is_open = index < len(self.open_days) and self.open_days[index] == day
        return (
            is_open
            and day.isoweekday() in self.weekdays
            and not any(leave.first <= day <= leave.last for leave in self.leave)
        )


@dataclass(frozen=True, slots=True)
class Reminder:
    """An item in the words of its stage."""

    item: Item
    stage: Stage

    @property
    def key(self) -> str:
        return self.item.key(self.stage)


def day_of(stage: Stage, due: date, open_days: tuple[date, ...]) -> date:
    """The day of a stage: so many open days before `due`, or the first one after it.

    A day that lies outside the known days is long past, or never comes.
    """
    if stage is Stage.AFTER:
        index = bisect_right(open_days, due)
        return open_days[index] if index < len(open_days) else date.max
    index = bisect_left(open_days, due) - _DAYS_BEFORE[stage]
    return open_days[index] if index >= 0 else date.min


def reached_stage(item: Item, today: date, open_days: tuple[date, ...]) -> Stage | None:
    """The latest stage of an item on `today`; None when it is not time yet, or no longer."""
    stages = STAGES[item.subject]
    if item.due < today:
        if Stage.AFTER not in stages:
            return None
        days_after = bisect_right(open_days, today) - bisect_right(open_days, item.due)
        if days_after > _MOST_DAYS_AFTER:
            return None
    reached = [stage for stage in stages if day_of(stage, item.due, open_days) <= today]
    return reached[-1] if reached else None


def reminders_on(
    today: date, items: Iterable[Item], workplace: Workplace, said: Collection[str]
) -> tuple[Reminder, ...]:
    """What somebody is reminded of today; nothing on a day without work.

    `said` are the keys of what was said before: no stage comes twice, and no earlier one after
    a later one. First what is late, then by date.
    """
    if not workplace.works_on(today):
        return ()
    found = []
    for item in items:
        stage = reached_stage(item, today, workplace.open_days)
        if stage is None:
            continue
        stages = STAGES[item.subject]
        from_here = stages[stages.index(stage) :]
        if not any(item.key(each) in said for each in from_here):
            found.append(Reminder(item, stage))
    return tuple(sorted(found, key=_urgency))


def _urgency(reminder: Reminder) -> tuple[date, str, str, str]:
    item = reminder.item
    return (item.due, item.subject, item.title, item.id)
