"""Finding an invitation by the link in the mail, and how people of a school stand."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django_scopes import scopes_disabled

from routekaart.domain.invitations import Invited, Standing, standing
from routekaart.models import Employment, Invitation

_signer = Signer(salt="routekaart.invitation", sep=".")


def key_of(invitation: Invitation) -> str:
    """What stands in the link: the same for every time that this mail is tried, and signed."""
    return _signer.sign(f"{invitation.employment_id.hex}_{invitation.number}")


def welcome_key(invitation: Invitation) -> str:
    """By what the outbox knows the mail of an invitation."""
    return f"welcome:{invitation.employment_id}:{invitation.number}"


def link_of(invitation: Invitation) -> str:
    """The address to choose a password at; empty where the product does not know its own."""
    address: str = settings.PUBLIC_ADDRESS.rstrip("/")
    return address + reverse("account:invitation", args=[key_of(invitation)]) if address else ""


def invitation_of(key: str) -> Invitation | None:
    """The invitation that was sent with this link, with its person and school; also an old one."""
    try:
        employment, _, _ = _signer.unsign(key).partition("_")
        wanted = UUID(employment)
    except (BadSignature, ValueError):
        return None
    # Whoever follows the link is nobody yet.
    with scopes_disabled():
        return (
            Invitation.objects.select_related("employment__person", "employment__school")
            .filter(employment=wanted)
            .first()
        )


def holds(invitation: Invitation, key: str, now: datetime) -> bool:
    """Whether a password may be chosen with this link now: the last one sent, and in time."""
    return key_of(invitation) == key and _invited(invitation).holds(now)


def standing_of(employment: Employment, now: datetime) -> Standing:
    """How somebody of a school stands. The employment brings person and invitation along."""
    invitation = getattr(employment, "invitation", None)
    invited = None if invitation is None else _invited(invitation)
    return standing(invited, employment.person.last_login, now)


def _invited(invitation: Invitation) -> Invited:
    return Invited(invitation.sent_at, invitation.expires_at, invitation.accepted_at)
