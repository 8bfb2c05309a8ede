"""When a link to a document works, and for how many people one goes out at once."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

# Who is chosen by hand; a whole team reads a document in the program (assumption).
MOST_RECIPIENTS = 50


class LinkState(StrEnum):
    WORKS = "works"
    EXPIRED = "expired"
    REVOKED = "revoked"


LINK_WORDS: Mapping[LinkState, str] = {
    LinkState.WORKS: "link werkt",
    LinkState.EXPIRED: "link verlopen",
    LinkState.REVOKED: "link gestopt",
}


def link_state(*, expires_at: datetime, revoked_at: datetime | None, now: datetime) -> LinkState:
    """At the moment `expires_at` itself it works no more."""
    if revoked_at is not None:
        return LinkState.REVOKED
    return LinkState.WORKS if now < expires_at else LinkState.EXPIRED
