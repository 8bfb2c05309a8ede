"""How somebody stands who was invited by a school."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Standing(StrEnum):
    """Where somebody is between being added and signing in, in the words of the pages."""

    # Added before there were invitations, and never signed in.
    NOT_INVITED = "nog niet uitgenodigd"
    INVITED = "uitgenodigd"
    EXPIRED = "verlopen"
    ACTIVE = "actief"


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation as it was last sent."""

    sent_at: datetime
    expires_at: datetime
    accepted_at: datetime | None = None

    def holds(self, now: datetime) -> bool:
        """Whether a password may be chosen with it."""
        return self.accepted_at is None and now < self.expires_at


def standing(invited: Invited | None, last_sign_in: datetime | None, now: datetime) -> Standing:
    """Only what happened since this school invited somebody counts: whether that person already
    had an account through another school is not this school's business."""
    if invited is None:
        return Standing.ACTIVE if last_sign_in else Standing.NOT_INVITED
    if invited.accepted_at or (last_sign_in and last_sign_in >= invited.sent_at):
        return Standing.ACTIVE
    return Standing.INVITED if invited.holds(now) else Standing.EXPIRED
