"""Issuing, using and revoking bearer tokens."""

import secrets
from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from routekaart.models import ApiToken, Person, School, TokenSchool
from routekaart.queries.organisation.tokens import digest_of

# Makes a leaked token recognisable to people and to secret scanners.
PREFIX = "rk_"
# How precise "last used" is: writing a row at every request would cost more than it tells.
_PRECISION = timedelta(minutes=1)


@transaction.atomic
def issue_token(person: Person, name: str, schools: Iterable[School] = ()) -> tuple[ApiToken, str]:
    """A new token of `person`, and its text, which can never be read again.

    Without `schools` it reaches every school of the person.
    """
    plain = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(person=person, name=name, digest=digest_of(plain))
    # Straight into the join table: the schools themselves lie inside the tenant net.
    TokenSchool.objects.bulk_create(
        TokenSchool(apitoken=token, school_id=school.pk) for school in schools
    )
    return token, plain


def revoke_token(token: ApiToken) -> None:
    """Makes the token worthless, now and for good."""
    ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now())


def touch(token: ApiToken) -> None:
    """Notes that the token was used, at most once a minute."""
    now = timezone.now()
    if token.last_used_at is not None and token.last_used_at > now - _PRECISION:
        return
    ApiToken.objects.filter(
        Q(last_used_at=None) | Q(last_used_at__lte=now - _PRECISION), pk=token.pk
    ).update(last_used_at=now)
