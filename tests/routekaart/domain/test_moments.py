"""The year in one ordered list."""

from datetime import date, time

from routekaart.domain.moments import Moment, MomentKind, in_order

NOV = date(2026, 11, 4)
DEC = date(2026, 12, 2)
DAY = Moment(NOV, MomentKind.STUDY_DAY, "Feedback", "1", time(8, 30))
DEADLINE = Moment(NOV, MomentKind.DEADLINE, "Voorbereiding klaar: Feedback", "1")
EARLY = Moment(DEC, MomentKind.PLG_MEETING, "PLG Rekenen", "3", time(9, 0))
LATE = Moment(DEC, MomentKind.PLG_MEETING, "PLG Lezen", "2", time(15, 0))
AGREEMENT = Moment(DEC, MomentKind.AGREEMENT, "Terugkijken: exit-ticket", "4")


def test_by_date_then_kind_then_time() -> None:
    assert in_order([AGREEMENT, LATE, DAY, EARLY, DEADLINE]) == (
        DEADLINE,
        DAY,
        EARLY,
        LATE,
        AGREEMENT,
    )


def test_the_same_moment_once() -> None:
    assert in_order([DAY, DAY]) == (DAY,)


def test_both_ends_are_in_it() -> None:
    moments = (DAY, AGREEMENT)
    assert in_order(moments, first=NOV, last=DEC) == moments
    assert in_order(moments, first=date(2026, 11, 5)) == (AGREEMENT,)
    assert in_order(moments, last=date(2026, 12, 1)) == (DAY,)
