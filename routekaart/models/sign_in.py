"""Invitations, and what all processes count together."""

from django.db import models
from django.db.models import F, Q

from routekaart.models.people import Employment
from routekaart.models.scoped import ScopedManager


class Invitation(models.Model):
    """What a school sent to somebody it added: one per employment, sent again with a new number.

    The link in the mail holds the number, signed: only the last one that was sent works.
    """

    employment = models.OneToOneField(Employment, models.CASCADE, related_name="invitation")
    number = models.PositiveSmallIntegerField("hoeveelste keer", default=1)
    sent_at = models.DateTimeField("gestuurd op")
    expires_at = models.DateTimeField("geldig tot")
    # When a password was chosen with it.
    accepted_at = models.DateTimeField("gebruikt op", null=True, blank=True)

    objects = ScopedManager(school="employment__school")

    class Meta:
        verbose_name = "uitnodiging"
        verbose_name_plural = "uitnodigingen"

    def __str__(self) -> str:
        return f"{self.employment_id} ({self.number})"


def who_came() -> Q:
    """Of employments, those of who stands as active. What
    `domain.invitations.standing` says, for queries."""
    never_invited = Q(invitation__isnull=True, person__last_login__isnull=False)
    signed_in_since = Q(person__last_login__gte=F("invitation__sent_at"))
    return never_invited | Q(invitation__accepted_at__isnull=False) | signed_in_since


class CacheEntry(models.Model):
    """The table of Django's database cache: attempts to sign in, and codes that were used.

    Outside the tenant net: it holds no data of a school, and only Django's cache reads it.
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "tijdelijk gegeven"
        verbose_name_plural = "tijdelijke gegevens"

    def __str__(self) -> str:
        return self.cache_key


class RequestCount(models.Model):
    """How many requests to the API somebody made in the minute that runs.

    `key` is a hash of who it is: a token, a person or an address. On PostgreSQL the table is
    unlogged: counting waits for no disk, and what a crash takes away is a minute at most. Outside
    the tenant net: it holds no data of a school.
    """

    key = models.CharField(max_length=64, primary_key=True)
    # Seconds since 1970, when the minute began.
    started = models.BigIntegerField(db_index=True)
    requests = models.PositiveIntegerField()

    class Meta:
        verbose_name = "teller van verzoeken"
        verbose_name_plural = "tellers van verzoeken"

    def __str__(self) -> str:
        return self.key
