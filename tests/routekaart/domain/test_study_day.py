"""Programmes of study days: in the right order, and exactly as long as the day."""

from datetime import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routekaart.domain.study_day import (
    Block,
    BlockKind,
    DayGoal,
    NoteKind,
    PreparationNote,
    build_programme,
    fits_programme,
)

LOOK = DayGoal("look", "Wij leren kijken naar instructie")
TALK = DayGoal("talk", "Wij leren feedback geven")


def outline(blocks: tuple[Block, ...]) -> list[tuple[str, int, str, str | None]]:
    return [(f"{block.start:%H:%M}", block.minutes, block.title, block.goal_id) for block in blocks]


def test_a_full_day_with_one_goal() -> None:
    assert outline(build_programme(time(8, 30), 360, [LOOK])) == [
        ("08:30", 45, "Opening", None),
        ("09:15", 55, "Verdieping", "look"),
        ("10:10", 15, "Pauze", None),
        ("10:25", 40, "Verdieping (vervolg)", "look"),
        ("11:05", 55, "Oefenen", "look"),
        ("12:00", 45, "Lunch", None),
        ("12:45", 60, "Oefenen (vervolg)", "look"),
        ("13:45", 45, "Afspraken en borging", None),
    ]


def test_an_afternoon_with_one_goal() -> None:
    assert outline(build_programme(time(13), 180, [LOOK])) == [
        ("13:00", 25, "Opening", None),
        ("13:25", 50, "Verdieping", "look"),
        ("14:15", 15, "Pauze", None),
        ("14:30", 65, "Oefenen", "look"),
        ("15:35", 25, "Afspraken en borging", None),
    ]


def test_two_goals_each_get_deepening_before_practice() -> None:
    blocks = build_programme(time(9), 420, [LOOK, TALK])
    work = [
        (block.goal_id, block.kind)
        for block in blocks
        if block.kind in {BlockKind.DEEPENING, BlockKind.PRACTICE}
    ]
    first_of = {pair: work.index(pair) for pair in reversed(work)}
    assert sorted(first_of, key=lambda pair: first_of[pair]) == [
        ("look", BlockKind.DEEPENING),
        ("look", BlockKind.PRACTICE),
        ("talk", BlockKind.DEEPENING),
        ("talk", BlockKind.PRACTICE),
    ]


def test_the_opening_starts_from_questions_then_wishes_then_findings() -> None:
    notes = [
        PreparationNote(NoteKind.FINDING, "Het model werkt bij rekenen"),
        PreparationNote(NoteKind.QUESTION, "Hoe begin je in groep 1?"),
        PreparationNote(NoteKind.WISH, "Samen een les maken"),
    ]
    opening = build_programme(time(9), 180, [LOOK], notes)[0]
    assert opening.items == (
        "Vraag: Hoe begin je in groep 1?",
        "Wens: Samen een les maken",
        "Bevinding: Het model werkt bij rekenen",
    )


def test_a_day_without_a_goal_still_has_a_programme() -> None:
    blocks = build_programme(time(9), 120, [])
    assert [block.kind for block in blocks] == [
        BlockKind.OPENING,
        BlockKind.DEEPENING,
        BlockKind.PRACTICE,
        BlockKind.AGREEMENTS,
    ]
    assert blocks[1].text == (
        "Voor deze dag is nog geen doel gekozen: het team vult dit deel zelf in."
    )


@pytest.mark.parametrize(
    ("start", "minutes", "fits"),
    [
        (time(9), 59, False),
        (time(9), 60, True),
        (time(9), 480, True),
        (time(9), 481, False),
        (time(22), 119, True),
        (time(22), 120, False),
    ],
)
def test_which_days_can_hold_a_programme(start: time, minutes: int, fits: bool) -> None:
    assert fits_programme(start, minutes) is fits
    if not fits:
        with pytest.raises(ValueError, match="does not fit"):
            build_programme(start, minutes, [LOOK])


def test_too_many_goals_are_refused() -> None:
    with pytest.raises(ValueError, match="at most 6 goals"):
        build_programme(time(9), 480, [DayGoal(str(number), "Doel") for number in range(7)])


def test_every_length_adds_up_in_order_without_empty_blocks() -> None:
    for minutes in range(60, 481):
        for count in range(7):
            goals = [DayGoal(str(number), "Doel") for number in range(count)]
            check_programme(time(8, 15), minutes, goals)


@given(
    st.times().map(lambda moment: moment.replace(second=0, microsecond=0, tzinfo=None)),
    st.integers(60, 480),
    st.integers(0, 6),
)
def test_every_start_adds_up(start: time, minutes: int, count: int) -> None:
    if fits_programme(start, minutes):
        check_programme(start, minutes, [DayGoal(str(n), "Doel") for n in range(count)])


def check_programme(start: time, minutes: int, goals: list[DayGoal]) -> None:
    blocks = build_programme(start, minutes, goals)
    moment = start.hour * 60 + start.minute
    for block in blocks:
        assert block.minutes > 0
        assert block.start.hour * 60 + block.start.minute == moment
        moment += block.minutes
    assert moment == start.hour * 60 + start.minute + minutes
    kinds = [block.kind for block in blocks]
    assert kinds[0] is BlockKind.OPENING
    assert kinds[-1] is BlockKind.AGREEMENTS
    assert kinds.count(BlockKind.LUNCH) == (1 if minutes >= 300 else 0)
    assert kinds.count(BlockKind.BREAK) == (2 if minutes >= 390 else 1 if minutes >= 150 else 0)
    pauses = {BlockKind.BREAK, BlockKind.LUNCH}
    assert not any(left in pauses and right in pauses for left, right in pairwise(kinds))
    for goal in goals:
        work = [block for block in blocks if block.goal_id == goal.id]
        assert work[0].kind is BlockKind.DEEPENING
        assert work[-1].kind is BlockKind.PRACTICE


def test_the_goal_is_named_once_and_every_part_says_what_to_do() -> None:
    goal = DayGoal("look", "Wij leren kijken.")
    blocks = build_programme(time(8, 30), 420, [goal])
    texts = [(block.title, block.text) for block in blocks if block.goal_id]
    assert texts == [
        ("Verdieping", "Wij leren kijken."),
        ("Verdieping (vervolg)", "Verder waar jullie gebleven waren."),
        ("Oefenen", "Maak het klein genoeg voor volgende week."),
        ("Oefenen (vervolg)", "Verder waar jullie gebleven waren."),
        ("Oefenen (vervolg)", "Verder waar jullie gebleven waren."),
    ]
