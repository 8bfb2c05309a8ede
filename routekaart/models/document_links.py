"""Links by which a document is handed over by mail."""

import uuid

from django.db import models
from django.db.models import F, Q

from routekaart.models.jobs import Document
from routekaart.models.mail import Mail
from routekaart.models.people import Person
from routekaart.models.scoped import ScopedManager


class DocumentLink(models.Model):
    """That one person may open one document without signing in, until a moment.

    The row only says whether the link still counts. Its address is this id with a signature, made
    when it is needed and stored nowhere: see `queries/documents/link_tokens.py`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    document = models.ForeignKey(Document, models.CASCADE, related_name="links")
    recipient = models.ForeignKey(Person, models.CASCADE, related_name="+")
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField("gemaakt op")
    expires_at = models.DateTimeField("geldig tot")
    revoked_at = models.DateTimeField("gestopt op", null=True, blank=True)
    # The first time. A page that was only looked at, as mail scanners do, does not count.
    opened_at = models.DateTimeField("geopend op", null=True, blank=True)
    mail = models.OneToOneField(Mail, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = ScopedManager(school="document__school")

    class Meta:
        verbose_name = "link naar een document"
        verbose_name_plural = "links naar documenten"
        ordering = ["-made_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="document_link_lasts"
            )
        ]
        indexes = [models.Index(fields=["document", "-made_at"], name="link_of_document")]

    def __str__(self) -> str:
        return f"{self.document_id} ({self.recipient_id})"
