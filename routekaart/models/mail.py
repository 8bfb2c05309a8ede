"""The outbox: what people are told, when, and what became of it."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from routekaart.domain.lifecycle import MAIL
from routekaart.logs import trace
from routekaart.models.organisation import School
from routekaart.models.people import Person
from routekaart.models.routekaarten import Routekaart
from routekaart.models.scoped import ScopedManager


class MailKind(models.TextChoices):
    ASSIGNED = "assigned", "nieuw voor jou"
    PLAN_CHANGED = "plan_changed", "het plan is veranderd"
    DIGEST = "digest", "wat er voor je staat"
    WELCOME = "welcome", "welkom in het team"
    WEEKLY = "weekly", "weekoverzicht"
    ACCOUNT = "account", "over je account"
    DOCUMENT = "document", "een document voor jou"


# Between the program and one person: nobody else sees that it was sent. A document stands beside
# the document itself, for who may send that: others need not know that it exists.
PERSONAL = (MailKind.DIGEST, MailKind.WEEKLY, MailKind.DOCUMENT, MailKind.ACCOUNT)


class MailBatch(models.Model):
    """Mail to several people at once: it waits until somebody releases it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    school = models.ForeignKey(School, models.CASCADE, related_name="mail_batches")
    routekaart = models.ForeignKey(
        Routekaart, models.CASCADE, null=True, blank=True, related_name="mail_batches"
    )
    kind = models.CharField(max_length=12, choices=MailKind.choices)
    title = models.CharField("waarover", max_length=300)
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    released_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    released_at = models.DateTimeField("vrijgegeven op", null=True, blank=True)
    cancelled_at = models.DateTimeField("vervallen op", null=True, blank=True)

    objects = ScopedManager(school="school")

    class Meta:
        verbose_name = "verzending"
        verbose_name_plural = "verzendingen"
        ordering = ["-made_at", "id"]
        indexes = [models.Index(fields=["school", "-made_at"], name="mail_batch_of_school")]

    def __str__(self) -> str:
        return self.title


class Mail(models.Model):
    """One message to one person. Outside the tenant net, like Job: a worker finds it by the clock.

    The web side reads mail through `queries/mail/outbox.py`, which requires the school. `key` says
    what it is about: the same thing is said to nobody twice. The id is part of the Message-ID.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    school = models.ForeignKey(School, models.CASCADE, related_name="mails")
    batch = models.ForeignKey(
        MailBatch, models.CASCADE, null=True, blank=True, related_name="mails"
    )
    person = models.ForeignKey(Person, models.CASCADE, related_name="mails")
    kind = models.CharField(max_length=12, choices=MailKind.choices)
    key = models.CharField("sleutel", max_length=200)
    subject = models.CharField("onderwerp", max_length=300)
    body = models.TextField("tekst")
    # What it speaks of, as keys: nothing is said twice, and nothing that is settled meanwhile.
    about = models.JSONField("waarover", default=list)
    state = models.CharField(max_length=9, choices=MAIL.choices, default=MAIL.start)
    # Not before: a working day of this person, or the back-off after a failed attempt.
    due_at = models.DateTimeField(db_default=Now())
    attempts = models.PositiveSmallIntegerField("pogingen", default=0)
    token = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    # Since when the mail server as a whole has not been there for this message; empty once it was.
    held_up_since = models.DateTimeField("mailserver weg sinds", null=True, blank=True)
    failure = models.TextField("wat er misging", blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField("verstuurd op", null=True, blank=True)
    # The number of the request that it comes from, as the log has it.
    request_id = models.CharField(
        max_length=trace.MAX_LENGTH, blank=True, default=trace.request_id, db_default=""
    )

    class Meta:
        verbose_name = "bericht"
        verbose_name_plural = "berichten"
        ordering = ["-made_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="nobody_is_told_twice"),
            models.CheckConstraint(
                condition=Q(state__in=list(MAIL.words)), name="mail_state_known"
            ),
        ]
        indexes = [
            # What a worker looks for at every sweep.
            models.Index(
                fields=["due_at"],
                condition=Q(state__in=["queued", "sending"]),
                name="mail_to_send",
            ),
            models.Index(fields=["school", "-made_at"], name="mail_of_school"),
        ]

    def __str__(self) -> str:
        return self.subject
