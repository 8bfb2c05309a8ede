"""Whose progress may be shown."""

from datetime import date

import pytest

from routekaart.domain.privacy import hides, names_shown

TODAY = date(2026, 11, 2)


@pytest.mark.parametrize(("people", "hidden"), [(0, True), (1, True), (4, True), (5, False)])
def test_counts_of_a_small_group_are_hidden(people: int, hidden: bool) -> None:
    assert hides(people) is hidden


@pytest.mark.parametrize(
    ("since", "shown"),
    [
        (None, False),
        (date(2026, 11, 1), True),
        (TODAY, True),
        (date(2026, 11, 3), False),
    ],
)
def test_names_from_the_day_of_consent_on(since: date | None, shown: bool) -> None:
    assert names_shown(since, TODAY) is shown
