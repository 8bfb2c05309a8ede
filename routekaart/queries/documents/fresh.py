"""What is new to a reader among documents."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from routekaart.access import Access
from routekaart.models import AuditEntry, Document, DocumentLink, Job

# Longer ago than a month nothing is new, opened or not (assumption).
NEW_FOR = timedelta(days=30)


def fresh_among(*, by: Access, documents: Collection[Document], now: datetime) -> frozenset[UUID]:
    """The ids of those that `by` neither asked for nor opened, of the last month.

    Three queries, however many there are; none when all are older.
    """
    recent = {one.pk for one in documents if one.made_at > now - NEW_FOR}
    if not recent:
        return frozenset()
    with by.entered():
        opened = AuditEntry.objects.filter(
            person=by.person,
            action="open_document",
            object_kind=Document.__name__,
            object_id__in=[str(one) for one in recent],
        ).values_list("object_id", flat=True)
        by_mail = DocumentLink.objects.filter(
            recipient=by.person, document__in=recent, opened_at__isnull=False
        ).values_list("document_id", flat=True)
        asked = Job.objects.filter(requested_by=by.person, document__in=recent).values_list(
            "document_id", flat=True
        )
        known = {UUID(one) for one in opened} | {*by_mail} | {one for one in asked if one}
    return frozenset(recent - known)
