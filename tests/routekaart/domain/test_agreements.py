"""Agreements come back until they are done or dropped."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routekaart.domain.agreements import (
    AgreementDates,
    Check,
    after_check,
    check_dates,
    coming_back,
    first_check,
)
from routekaart.domain.errors import BadInput, Conflict
from routekaart.domain.lifecycle import AGREEMENT

TODAY = date(2026, 11, 16)
DAY = timedelta(days=1)


def agreement(number: int = 1, state: str = "open", check_on: date = TODAY) -> AgreementDates:
    return AgreementDates(UUID(int=number), state, check_on, check_on)


class TestComingBack:
    def test_what_is_open_and_whose_day_has_come(self) -> None:
        late, now = agreement(1, check_on=TODAY - 3 * DAY), agreement(2)
        others = [
            agreement(3, check_on=TODAY + DAY),
            agreement(4, "done"),
            agreement(5, "dropped"),
        ]
        assert coming_back([*others, now, late], TODAY) == (late, now)

    def test_first_when_it_is_due_or_at_the_later_follow_up(self) -> None:
        assert first_check(TODAY, None) == TODAY
        assert first_check(TODAY, TODAY + DAY) == TODAY + DAY
        assert first_check(TODAY, TODAY - DAY) == TODAY

    def test_not_before_it_is_due(self) -> None:
        check_dates(due_on=TODAY, check_on=TODAY)
        with pytest.raises(BadInput) as caught:
            check_dates(due_on=TODAY, check_on=TODAY - DAY)
        assert (caught.value.field, caught.value.code) == ("check_on", "check_before_due")


class TestCheck:
    def test_kept_until_a_later_day(self) -> None:
        after = after_check(agreement(), Check("keep", back_on=TODAY + 7 * DAY), TODAY)
        assert (after.state, after.check_on, after.due_on) == ("open", TODAY + 7 * DAY, TODAY)

    @pytest.mark.parametrize(
        ("step", "state"), [("finish", "done"), ("drop", "dropped"), ("reopen", "open")]
    )
    def test_the_day_stays_at_any_other_step(self, step: str, state: str) -> None:
        after = after_check(agreement(), Check(step, note="Omdat."), TODAY)
        assert (after.state, after.check_on) == (state, TODAY)

    def test_reopened_for_a_later_day(self) -> None:
        after = after_check(agreement(state="done"), Check("reopen", back_on=TODAY + DAY), TODAY)
        assert (after.state, after.check_on) == ("open", TODAY + DAY)

    @pytest.mark.parametrize(
        ("check", "field", "code"),
        [
            (Check("keep"), "back_on", "back_on_required"),
            (Check("keep", back_on=TODAY), "back_on", "back_on_not_later"),
            (Check("reopen", back_on=TODAY), "back_on", "back_on_not_later"),
            (Check("drop", note=" \n"), "note", "reason_required"),
            (Check("finish", back_on=TODAY + DAY), "back_on", "does_not_come_back"),
        ],
    )
    def test_what_is_missing_or_wrong(self, check: Check, field: str, code: str) -> None:
        with pytest.raises(BadInput) as caught:
            after_check(agreement(), check, TODAY)
        assert (caught.value.field, caught.value.code) == (field, code)

    def test_whoever_looks_early_moves_it_to_after_its_day(self) -> None:
        ahead = agreement(check_on=TODAY + 7 * DAY)
        with pytest.raises(BadInput):
            after_check(ahead, Check("keep", back_on=TODAY + 7 * DAY), TODAY)
        later = after_check(ahead, Check("keep", back_on=TODAY + 8 * DAY), TODAY)
        assert later.check_on == TODAY + 8 * DAY

    def test_not_what_its_state_forbids(self) -> None:
        with pytest.raises(Conflict) as caught:
            after_check(agreement(state="done"), Check("keep", back_on=TODAY + DAY), TODAY)
        assert caught.value.code == "wrong_state"


CHECKS = st.builds(
    Check,
    step=st.sampled_from(sorted(AGREEMENT.steps)),
    note=st.sampled_from(["", "Te druk."]),
    back_on=st.none() | st.integers(-2, 60).map(lambda days: TODAY + days * DAY),
)


@given(st.lists(st.tuples(CHECKS, st.integers(0, 10)), max_size=12))
def test_an_agreement_never_vanishes(moves: list[tuple[Check, int]]) -> None:
    """Whatever is done to it: it is open and has a day on which it comes back, or it was ended
    by a step of its machine."""
    now, today = agreement(), TODAY
    for check, days in moves:
        today += days * DAY
        try:
            after = after_check(now, check, today)
        except (BadInput, Conflict):
            continue
        assert after.state == AGREEMENT.steps[check.step].target
        assert now.state in AGREEMENT.steps[check.step].sources
        assert (after.id, after.due_on) == (now.id, now.due_on)
        assert after.check_on == (check.back_on or now.check_on)
        now = after
    assert (now.state == "open") == (coming_back([now], max(today, now.check_on)) == (now,))
