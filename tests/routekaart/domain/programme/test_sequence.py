"""When blocks begin that are only put in order."""

from datetime import time

from routekaart.domain.programme import ProgrammeBlock, in_sequence, minutes_filled
from routekaart.domain.study_day import BlockKind

START = time(8, 30)


def block(title: str, minutes: int, track: str = "") -> ProgrammeBlock:
    return ProgrammeBlock(time(0), minutes, BlockKind.PRACTICE, title, track=track)


def times(*blocks: ProgrammeBlock) -> list[tuple[str, str]]:
    return [(one.title, f"{one.start:%H:%M}") for one in in_sequence(START, blocks)]


def test_each_follows_the_one_before() -> None:
    assert times(block("a", 30), block("b", 45), block("c", 5)) == [
        ("a", "08:30"),
        ("b", "09:00"),
        ("c", "09:45"),
    ]


def test_groups_run_side_by_side_and_all_wait_for_the_slowest() -> None:
    assert times(
        block("all", 30),
        block("red", 20, "Rood"),
        block("blue", 60, "Blauw"),
        block("red again", 20, " rood "),
        block("together", 15),
        block("late red", 10, "Rood"),
    ) == [
        ("all", "08:30"),
        ("red", "09:00"),
        ("blue", "09:00"),
        ("red again", "09:20"),
        ("together", "10:00"),
        ("late red", "10:15"),
    ]


def test_past_midnight_stays_a_time_of_the_day() -> None:
    assert times(block("a", 600), block("b", 600), block("c", 1)) == [
        ("a", "08:30"),
        ("b", "18:30"),
        ("c", "23:59"),
    ]


def test_how_long_it_takes() -> None:
    placed = in_sequence(START, [block("a", 30), block("b", 20, "x"), block("c", 50, "y")])
    assert minutes_filled(START, placed) == 80
    assert minutes_filled(START, ()) == 0
