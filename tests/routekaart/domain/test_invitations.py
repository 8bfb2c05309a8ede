"""How somebody stands who was invited."""

from datetime import UTC, datetime, timedelta

import pytest

from routekaart.domain.invitations import Invited, Standing, standing

SENT = datetime(2026, 10, 5, 7, 0, tzinfo=UTC)
EXPIRES = SENT + timedelta(days=14)
BEFORE, AFTER = SENT - timedelta(days=1), SENT + timedelta(days=1)


@pytest.mark.parametrize(
    ("accepted", "signed_in", "now", "expected"),
    [
        (None, None, SENT, Standing.INVITED),
        (None, None, EXPIRES - timedelta(seconds=1), Standing.INVITED),
        (None, None, EXPIRES, Standing.EXPIRED),
        # An account elsewhere is not this school's business.
        (None, BEFORE, SENT, Standing.INVITED),
        (None, BEFORE, EXPIRES, Standing.EXPIRED),
        (None, AFTER, EXPIRES, Standing.ACTIVE),
        (AFTER, None, EXPIRES, Standing.ACTIVE),
    ],
)
def test_who_was_invited(
    accepted: datetime | None, signed_in: datetime | None, now: datetime, expected: Standing
) -> None:
    assert standing(Invited(SENT, EXPIRES, accepted), signed_in, now) is expected


def test_who_was_there_before_there_were_invitations() -> None:
    assert standing(None, BEFORE, SENT) is Standing.ACTIVE
    assert standing(None, None, SENT) is Standing.NOT_INVITED
