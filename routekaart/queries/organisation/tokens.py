"""Finding the token that a request brings along."""

import hashlib

from routekaart.models import ApiToken, Person


def digest_of(plain: str) -> str:
    """What is stored of a token. 256 random bits need no salt and no slow hash."""
    # A header may hold any byte; a token that is not text is simply unknown.
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()


def token_for(plain: str) -> ApiToken | None:
    """The valid token with this text, with its person; None when it is unknown or revoked."""
    return (
        ApiToken.objects.select_related("person")
        .filter(digest=digest_of(plain), revoked_at=None, person__is_active=True)
        .first()
    )


def tokens_of(person: Person) -> list[ApiToken]:
    """All tokens that a person ever got, the oldest first."""
    return list(ApiToken.objects.filter(person=person).order_by("created_at", "id"))


def usable_tokens_of(person: Person) -> list[ApiToken]:
    """Those of them that still work."""
    return [token for token in tokens_of(person) if token.revoked_at is None]
