"""Reminders: by stage, each once, on working days only, and never after it is done."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routekaart.domain.people import Leave
from routekaart.domain.reminders import (
    STAGES,
    Item,
    Reminder,
    Stage,
    Subject,
    Workplace,
    day_of,
    reached_stage,
    reminders_on,
)

# A Monday.
START = date(2026, 9, 7)
SPAN = 60


def weekdays(first: date = START, days: int = SPAN + 30) -> tuple[date, ...]:
    every = (first + timedelta(days=offset) for offset in range(days))
    return tuple(day for day in every if day.isoweekday() <= 5)


FULL_TIME = Workplace(weekdays(), (1, 2, 3, 4, 5))
# A Friday, nineteen working days after the first one.
DUE = date(2026, 10, 2)
COURSE = Item(Subject.COURSE, "1", "Feedback geven", DUE)


def told(item: Item, place: Workplace, days: int = SPAN) -> list[tuple[date, Stage]]:
    """All reminders of one open item, as the days go by."""
    said: set[str] = set()
    found = []
    for offset in range(days):
        day = START + timedelta(days=offset)
        for reminder in reminders_on(day, [item], place, said):
            said.add(reminder.key)
            found.append((day, reminder.stage))
    return found


class TestStages:
    def test_ten_five_and_one_working_day_before_and_once_after(self) -> None:
        assert told(COURSE, FULL_TIME) == [
            (date(2026, 9, 18), Stage.T10),
            (date(2026, 9, 25), Stage.T5),
            (date(2026, 10, 1), Stage.T1),
            (date(2026, 10, 5), Stage.AFTER),
        ]

    @pytest.mark.parametrize(
        ("subject", "stages"),
        [
            (Subject.AGREEMENT, [Stage.T10, Stage.T5, Stage.T1, Stage.AFTER]),
            (Subject.AGREEMENT_BACK, [Stage.T5, Stage.T1, Stage.AFTER]),
            (Subject.MICRO_STEP, [Stage.T5, Stage.T1, Stage.AFTER]),
            (Subject.STUDY_DAY, [Stage.T5, Stage.T1]),
        ],
    )
    def test_each_kind_has_its_own(self, subject: Subject, stages: list[Stage]) -> None:
        assert [stage for _, stage in told(Item(subject, "1", "", DUE), FULL_TIME)] == stages

    def test_a_holiday_moves_the_stages_before_it(self) -> None:
        closed = {date(2026, 9, 28) + timedelta(days=offset) for offset in range(4)}
        place = Workplace(tuple(day for day in weekdays() if day not in closed), (1, 2, 3, 4, 5))
        assert told(COURSE, place)[:3] == [
            (date(2026, 9, 14), Stage.T10),
            (date(2026, 9, 21), Stage.T5),
            (date(2026, 9, 25), Stage.T1),
        ]

    def test_a_free_day_waits_for_the_next_working_day(self) -> None:
        # Wednesdays only.
        place = Workplace(weekdays(), (3,))
        assert told(COURSE, place) == [
            (date(2026, 9, 23), Stage.T10),
            (date(2026, 9, 30), Stage.T5),
            (date(2026, 10, 7), Stage.AFTER),
        ]

    def test_after_leave_only_the_latest_stage_is_told(self) -> None:
        place = Workplace(
            weekdays(), (1, 2, 3, 4, 5), (Leave(date(2026, 9, 14), date(2026, 9, 30)),)
        )
        assert told(COURSE, place) == [
            (date(2026, 10, 1), Stage.T1),
            (date(2026, 10, 5), Stage.AFTER),
        ]

    def test_what_is_over_for_long_is_not_brought_up_any_more(self) -> None:
        days = weekdays(START, 90)
        past = [day for day in days if day > DUE]
        assert reached_stage(COURSE, past[19], days) is Stage.AFTER
        assert reached_stage(COURSE, past[20], days) is None

    def test_another_date_starts_anew(self) -> None:
        later = Item(COURSE.subject, COURSE.id, COURSE.title, date(2026, 10, 9))
        said = {COURSE.key(stage) for stage in Stage}
        (reminder,) = reminders_on(date(2026, 9, 25), [later], FULL_TIME, said)
        assert reminder == Reminder(later, Stage.T10)

    def test_outside_the_known_days_a_stage_is_long_past_or_never_comes(self) -> None:
        assert day_of(Stage.T10, START, weekdays()) == date.min
        assert day_of(Stage.AFTER, weekdays()[-1], weekdays()) == date.max
        assert reached_stage(COURSE, START, weekdays()) is None

    def test_the_first_date_comes_first(self) -> None:
        items = [Item(Subject.COURSE, str(n), "x", DUE - timedelta(days=n)) for n in range(3)]
        found = reminders_on(date(2026, 9, 28), items, FULL_TIME, ())
        assert [reminder.item.id for reminder in found] == ["2", "1", "0"]


# --- Whatever the school and the person look like ----------------------------------------------
@dataclass(frozen=True)
class Life:
    place: Workplace
    items: tuple[Item, ...]
    # Item → the day on which it is done, as days from the start.
    done: dict[str, int]

    def days(self) -> Iterator[date]:
        return (START + timedelta(days=offset) for offset in range(SPAN + 20))

    def is_open(self, item: Item, day: date) -> bool:
        return item.id not in self.done or day < START + timedelta(days=self.done[item.id])

    def lived(self) -> dict[date, tuple[Reminder, ...]]:
        said: set[str] = set()
        found = {}
        for day in self.days():
            open_items = [item for item in self.items if self.is_open(item, day)]
            reminders = reminders_on(day, open_items, self.place, said)
            said |= {reminder.key for reminder in reminders}
            if reminders:
                found[day] = reminders
        return found


@st.composite
def lives(draw: st.DrawFn) -> Life:
    closed = draw(st.sets(st.integers(0, SPAN + 29), max_size=25))
    shut = {START + timedelta(days=offset) for offset in closed}
    own_days = draw(st.sets(st.sampled_from([1, 2, 3, 4, 5, 6, 7]), max_size=5))
    away = draw(st.integers(0, SPAN))
    leave = Leave(
        START + timedelta(days=away), START + timedelta(days=away + draw(st.integers(0, 20)))
    )
    place = Workplace(
        tuple(day for day in weekdays() if day not in shut), tuple(sorted(own_days)), (leave,)
    )
    dues = draw(st.lists(st.integers(0, SPAN), min_size=1, max_size=4))
    subjects = [draw(st.sampled_from(list(Subject))) for _ in dues]
    items = tuple(
        Item(subject, str(number), "x", START + timedelta(days=due))
        for number, (subject, due) in enumerate(zip(subjects, dues, strict=True))
    )
    done = draw(st.dictionaries(st.sampled_from([item.id for item in items]), st.integers(0, SPAN)))
    return Life(place, items, done)


@given(lives())
@settings(max_examples=60, deadline=None)
def test_nobody_is_reminded_on_a_free_day_or_of_what_is_done(life: Life) -> None:
    for day, reminders in life.lived().items():
        assert day in life.place.open_days
        assert day.isoweekday() in life.place.weekdays
        assert not any(leave.first <= day <= leave.last for leave in life.place.leave)
        assert all(life.is_open(reminder.item, day) for reminder in reminders)


@given(lives())
@settings(max_examples=60, deadline=None)
def test_each_stage_comes_once_at_most_and_in_order(life: Life) -> None:
    told_of: dict[str, list[int]] = {}
    for reminders in life.lived().values():
        assert len({reminder.item.id for reminder in reminders}) == len(reminders)
        for reminder in reminders:
            rank = STAGES[reminder.item.subject].index(reminder.stage)
            told_of.setdefault(reminder.item.id, []).append(rank)
    for ranks in told_of.values():
        assert ranks == sorted(set(ranks))


@given(lives())
@settings(max_examples=60, deadline=None)
def test_who_works_in_time_is_reminded_in_time(life: Life) -> None:
    lived = life.lived()
    for item in life.items:
        first = day_of(STAGES[item.subject][0], item.due, life.place.open_days)
        window = [
            day
            for day in life.days()
            if first <= day <= item.due and life.place.works_on(day) and life.is_open(item, day)
        ]
        if window:
            days = [
                day
                for day, reminders in lived.items()
                if any(reminder.item.id == item.id for reminder in reminders)
            ]
            assert days[0] == window[0]
