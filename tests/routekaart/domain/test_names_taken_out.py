"""A name out of texts, and nothing else; and how long data are kept."""

from datetime import UTC, datetime

import pytest

from routekaart.domain.personal_data.names import Named
from routekaart.domain.personal_data.retention import kept_until


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Jan Bos doet mee.", "oud-medewerker doet mee."),
        ("mail JAN.BOS@x.test!", "mail oud-medewerker!"),
        ("In Jan Boskoop", "In Jan Boskoop"),
        ("Jan doet mee", "Jan doet mee"),
        (
            {"Jan Bos": [1, None, True, {"n": "(Jan Bos)"}]},
            {"oud-medewerker": [1, None, True, {"n": "(oud-medewerker)"}]},
        ),
    ],
)
def test_a_name_is_taken_out_of_any_value(before: object, after: object) -> None:
    assert Named("1", "Jan Bos", "jan.bos@x.test").taken_out_of(before) == after


def test_signs_in_a_name_are_no_pattern() -> None:
    assert Named("1", "A. (Bo) *", "a@x.test").taken_out_of("AX (Bo) * en a. (bo) *") == (
        "AX (Bo) * en oud-medewerker"
    )


@pytest.mark.parametrize(
    ("left", "months", "until"),
    [
        ((2026, 10, 5), 24, (2028, 10, 5)),
        ((2026, 1, 31), 1, (2026, 2, 28)),
        ((2026, 12, 31), 2, (2027, 2, 28)),
    ],
)
def test_the_time_runs_in_months(
    left: tuple[int, int, int], months: int, until: tuple[int, int, int]
) -> None:
    assert kept_until(datetime(*left, 9, tzinfo=UTC), months=months) == datetime(
        *until, 9, tzinfo=UTC
    )
