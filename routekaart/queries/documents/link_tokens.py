"""The secret part of the address of a link: its id with a signature, and nothing that is stored.

The signature is an HMAC-SHA256 with the secret of the site (256 bits): who reads the tables cannot
make an address. A new `SECRET_KEY` ends all links that were sent.
"""

from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse

_SALT = "routekaart.document-link"


def token_of(link_id: UUID) -> str:
    """Some 75 letters, digits, dashes and underscores, with one full stop."""
    return _signer().sign(link_id.hex)


def link_id_of(token: str) -> UUID | None:
    """The id that a token was made of; None for what was not signed here."""
    try:
        return UUID(_signer().unsign(token))
    except (signing.BadSignature, ValueError):
        return None


def link_address(link_id: UUID) -> str:
    """The whole address for in a mail; empty when the settings name no address of the site."""
    address: str = settings.PUBLIC_ADDRESS.rstrip("/")
    return f"{address}{reverse('documents:link', args=[token_of(link_id)])}" if address else ""


def _signer() -> signing.Signer:
    return signing.Signer(salt=_SALT, sep=".")
