"""Issuing, using and revoking bearer tokens."""

import secrets
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from routekaart.access import Access, NotFound
from routekaart.actions.audit import record
from routekaart.domain.errors import Conflict
from routekaart.models import ApiToken, Person, School, TokenSchool
from routekaart.queries.organisation.tokens import digest_of, usable_tokens_of

# Makes a leaked token recognisable to people and to secret scanners.
PREFIX = "rk_"
# How precise "last used" is: writing a row at every request would cost more than it tells.
_PRECISION = timedelta(minutes=1)
# More than anyone needs; who makes new ones without end has lost sight of them.
MOST_OWN = 10


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


@transaction.atomic
def issue_own_token(*, by: Access, name: str) -> str:
    """The text of a new token of `by`, which can never be read again."""
    # Two at once wait here, so that the limit holds.
    person = Person.objects.select_for_update().get(pk=by.person.pk)
    if len(usable_tokens_of(person)) >= MOST_OWN:
        raise Conflict(
            f"Je hebt al {MOST_OWN} sleutels. Trek er eerst een in.", code="too_many_tokens"
        )
    token, plain = issue_token(person, name)
    with by.entered():
        for school in by.schools[:1]:
            record(by=by, school=school, action="issue_token", subject=token)
    return plain


@transaction.atomic
def revoke_own_token(*, by: Access, token_id: UUID) -> None:
    """Makes an own token worthless, now and for good. Safe to repeat."""
    token = ApiToken.objects.select_for_update().filter(pk=token_id, person=by.person).first()
    if token is None:
        raise NotFound("ApiToken")
    if token.revoked_at is None:
        revoke_token(token)
        with by.entered():
            for school in by.schools[:1]:
                record(by=by, school=school, action="revoke_token", subject=token)


def touch(token: ApiToken) -> None:
    """Notes that the token was used, at most once a minute."""
    now = timezone.now()
    if token.last_used_at is not None and token.last_used_at > now - _PRECISION:
        return
    ApiToken.objects.filter(
        Q(last_used_at=None) | Q(last_used_at__lte=now - _PRECISION), pk=token.pk
    ).update(last_used_at=now)
