"""When a link to a document works."""

from datetime import UTC, datetime, timedelta

import pytest

from routekaart.domain.document_links import LINK_WORDS, LinkState, link_state

UNTIL = datetime(2026, 9, 23, 10, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("now", "revoked_at", "state"),
    [
        (UNTIL - SECOND, None, LinkState.WORKS),
        (UNTIL, None, LinkState.EXPIRED),
        (UNTIL + SECOND, None, LinkState.EXPIRED),
        (UNTIL - SECOND, UNTIL - 2 * SECOND, LinkState.REVOKED),
        (UNTIL + SECOND, UNTIL - 2 * SECOND, LinkState.REVOKED),
    ],
)
def test_it_works_until_the_second(
    now: datetime, revoked_at: datetime | None, state: LinkState
) -> None:
    assert link_state(expires_at=UNTIL, revoked_at=revoked_at, now=now) is state


def test_every_state_has_words() -> None:
    assert set(LINK_WORDS) == set(LinkState)
