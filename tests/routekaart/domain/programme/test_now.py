"""Where a study day stands at a moment."""

from datetime import UTC, date, datetime, time

import pytest

from routekaart.domain.programme.now import Phase, Slot, TimedBlock, phase_of, slots

HELD_ON = date(2026, 11, 4)


@pytest.mark.parametrize(
    ("today", "closed", "phase"),
    [
        (date(2026, 11, 3), False, Phase.BEFORE),
        (HELD_ON, False, Phase.TODAY),
        (HELD_ON, True, Phase.AFTER),
        (date(2026, 11, 5), False, Phase.AFTER),
    ],
)
def test_phase(today: date, closed: bool, phase: Phase) -> None:
    assert phase_of(HELD_ON, closed=closed, today=today) is phase


def test_blocks_side_by_side_share_a_slot_that_lasts_as_long_as_the_longest() -> None:
    blocks = [
        TimedBlock("opening", time(8, 30), 60),
        TimedBlock("a", time(9, 30), 30),
        TimedBlock("b", time(9, 30), 45),
    ]
    first = Slot(time(8, 30), time(9, 30), ("opening",), now=False, behind=True)
    second = Slot(time(9, 30), time(10, 15), ("a", "b"), now=True, behind=False)
    assert list(slots(blocks, HELD_ON, datetime(2026, 11, 4, 10, 14, tzinfo=UTC))) == [
        first,
        second,
    ]
    # On another day at the same time nothing is on.
    before = list(slots(blocks, HELD_ON, datetime(2026, 11, 3, 10, 14, tzinfo=UTC)))
    assert [(one.now, one.behind) for one in before] == [(False, False)] * 2
    after = list(slots(blocks, HELD_ON, datetime(2026, 11, 5, 8, 0, tzinfo=UTC)))
    assert [(one.now, one.behind) for one in after] == [(False, True)] * 2
