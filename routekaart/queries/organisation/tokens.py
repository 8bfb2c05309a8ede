"""Finding the token that a request brings along."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass

from routekaart.access import Access
from routekaart.models import ApiToken, Person, School, TokenSchool

# A school that the person has left: the key does nothing there any more.
_NOT_OURS = "een school waar je niet meer bij kunt"


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


@dataclass(frozen=True, slots=True)
class OwnToken:
    """A key with what it may: `schools` by name, none where it reaches all; `reads` those of them
    where it only reads."""

    token: ApiToken
    schools: tuple[str, ...]
    reads: tuple[str, ...]


def own_tokens(*, by: Access) -> list[OwnToken]:
    """The keys of `by` that work, the oldest first."""
    tokens = usable_tokens_of(by.person)
    with by.entered():
        names = dict(School.objects.values_list("pk", "name"))
    rows = defaultdict(list)
    for row in TokenSchool.objects.filter(apitoken__in=tokens):
        rows[row.apitoken_id].append((names.get(row.school_id, _NOT_OURS), row.may_write))
    return [
        OwnToken(
            token,
            tuple(sorted(name for name, _ in rows[token.pk])),
            tuple(sorted(name for name, writes in rows[token.pk] if not writes)),
        )
        for token in tokens
    ]
