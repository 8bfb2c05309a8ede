"""What somebody learned from a course, for that person alone."""

from uuid import UUID

from django.db import transaction

from routekaart.access import Access, NotFound
from routekaart.actions.audit import record
from routekaart.models import Completion, Reflection
from routekaart.queries.progress.completions import completion_detail


def write_reflection(*, by: Access, completion_id: UUID, text: str) -> None:
    """Keeps `text` with an own completion; an empty one takes away what stood there.

    Safe to repeat. Raises `NotFound` for the completion of somebody else.
    """
    seen = completion_detail(by=by, completion_id=completion_id)
    if seen.person_id != by.person.pk:
        raise NotFound("Completion")
    with transaction.atomic(), by.entered():
        completion = Completion.objects.select_for_update(of=("self",), no_key=True).get(pk=seen.pk)
        present = Reflection.objects.filter(completion=completion).first()
        if (present.text if present else "") == text:
            return
        if text:
            Reflection.objects.update_or_create(completion=completion, defaults={"text": text})
        elif present is not None:
            present.delete()
        # In no history of a team: it is nobody else's business.
        record(by=by, school=completion.school_id, action="write_reflection", subject=completion)
