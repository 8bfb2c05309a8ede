"""Issuing, using and revoking bearer tokens."""

import secrets
from collections.abc import Collection, Iterable
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from routekaart.access import Access, NotFound
from routekaart.actions.audit import record
from routekaart.actions.mail.outbox import Message, tell
from routekaart.domain.errors import Conflict
from routekaart.domain.mail_texts import key_made_text
from routekaart.models import ApiToken, Person, School, TokenSchool
from routekaart.models.mail import MailKind
from routekaart.queries.organisation.tokens import digest_of, usable_tokens_of

# Makes a leaked token recognisable to people and to secret scanners.
PREFIX = "rk_"
# How precise "last used" is: writing a row at every request would cost more than it tells.
_PRECISION = timedelta(minutes=1)
# More than anyone needs; who makes new ones without end has lost sight of them.
MOST_OWN = 10


@transaction.atomic
def issue_token(
    person: Person,
    name: str,
    schools: Iterable[School] = (),
    *,
    reading: Iterable[School] = (),
    may_write: bool = True,
) -> tuple[ApiToken, str]:
    """A new token of `person`, and its text, which can never be read again.

    Without `schools` and `reading` it reaches every school of the person; at those of `reading` it
    only reads, and without `may_write` everywhere.
    """
    plain = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        person=person, name=name, digest=digest_of(plain), may_write=may_write
    )
    rights = {school.pk: may_write for school in schools} | {school.pk: False for school in reading}
    # Straight into the join table: the schools themselves lie inside the tenant net.
    TokenSchool.objects.bulk_create(
        TokenSchool(apitoken=token, school_id=school, may_write=right)
        for school, right in rights.items()
    )
    return token, plain


def revoke_token(token: ApiToken) -> None:
    """Makes the token worthless, now and for good."""
    ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now())


@transaction.atomic
def issue_own_token(
    *, by: Access, name: str, may_write: bool, schools: Collection[UUID] = ()
) -> str:
    """The text of a new token of `by`, which can never be read again.

    It reaches no further than `by`: raises `NotFound` for a school out of reach. Without `schools`
    it reaches what `by` reaches at the time of each request. The owner hears of it by mail, so that
    one made by somebody else is noticed.
    """
    if not set(schools) <= set(by.schools):
        raise NotFound("School")
    # Two at once wait here, so that the limit holds.
    person = Person.objects.select_for_update(no_key=True).get(pk=by.person.pk)
    if len(usable_tokens_of(person)) >= MOST_OWN:
        raise Conflict(
            f"Je hebt al {MOST_OWN} sleutels. Trek er eerst een in.", code="too_many_tokens"
        )
    with by.entered():
        named = list(School.objects.filter(pk__in=schools))
    token, plain = issue_token(person, name, named, may_write=may_write)
    with by.entered():
        for school in by.schools[:1]:
            record(by=by, school=school, action="issue_token", subject=token)
            text = key_made_text(may_write=may_write, address=settings.PUBLIC_ADDRESS)
            message = Message(person.pk, f"key_made:{token.pk}", text.subject, text.body)
            tell(school=school, kind=MailKind.ACCOUNT, message=message)
    return plain


@transaction.atomic
def revoke_own_token(*, by: Access, token_id: UUID) -> None:
    """Makes an own token worthless, now and for good. Safe to repeat."""
    token = (
        ApiToken.objects.select_for_update(no_key=True)
        .filter(pk=token_id, person=by.person)
        .first()
    )
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
