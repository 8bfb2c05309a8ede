"""Secret addresses of calendars, and what was told through them."""

import uuid

from django.db import models
from django.db.models import Q

from routekaart.models.organisation import Team
from routekaart.models.people import Person
from routekaart.models.routekaarten import StudyDay
from routekaart.models.scoped import ScopedManager


class CalendarFeed(models.Model):
    """The address of somebody's own calendar, or of the calendar of a team, for one person.

    Whoever has the address reads along: 256 random bits, of which only the hash is kept. A new
    address takes the place of the old one. Outside the tenant net: it is found by its secret
    before anybody is known, and one's own calendar spans schools.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="calendar_feeds")
    # Empty: the person's own calendar.
    team = models.ForeignKey(Team, models.CASCADE, null=True, blank=True, related_name="+")
    # Empty: the address was stopped.
    digest = models.CharField(max_length=64, unique=True, null=True, blank=True)
    # Of the present address.
    made_at = models.DateTimeField("gemaakt op")
    revoked_at = models.DateTimeField("gestopt op", null=True, blank=True)
    # A date and no more: when somebody's telephone is on is nobody's business.
    fetched_on = models.DateField("laatst opgehaald op", null=True, blank=True)

    class Meta:
        verbose_name = "agenda-adres"
        verbose_name_plural = "agenda-adressen"
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(team__isnull=True), name="one_own_feed"
            ),
            models.UniqueConstraint(
                fields=["person", "team"],
                condition=Q(team__isnull=False),
                name="one_feed_per_team",
            ),
            models.CheckConstraint(
                condition=Q(digest__isnull=True) ^ Q(revoked_at__isnull=True),
                name="feed_works_or_stopped",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} ({self.team_id})"


class ToldEvent(models.Model):
    """What a calendar was told last of one event: when it is, and a hash of the rest.

    No text: what the reader may no longer see is not kept here. Outside the tenant net, as the
    address that it belongs to.
    """

    feed = models.ForeignKey(CalendarFeed, models.CASCADE, related_name="told")
    uid = models.CharField(max_length=120)
    kind = models.CharField(max_length=20)
    day = models.DateField()
    starts_at = models.TimeField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(default=0)
    digest = models.CharField(max_length=64)
    sequence = models.PositiveIntegerField()
    changed_at = models.DateTimeField()
    cancelled = models.BooleanField(default=False)

    class Meta:
        verbose_name = "verteld aan een agenda"
        verbose_name_plural = "verteld aan agenda's"
        constraints = [models.UniqueConstraint(fields=["feed", "uid"], name="told_once_per_feed")]

    def __str__(self) -> str:
        return self.uid


class StudyDayFile(models.Model):
    """What was last given out of a study day as a file for a calendar."""

    study_day = models.OneToOneField(StudyDay, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    sequence = models.PositiveIntegerField()
    changed_at = models.DateTimeField()

    objects = ScopedManager(school="study_day__routekaart__team__school")

    class Meta:
        verbose_name = "agendabestand van een studiedag"
        verbose_name_plural = "agendabestanden van studiedagen"

    def __str__(self) -> str:
        return f"{self.study_day_id} ({self.sequence})"
