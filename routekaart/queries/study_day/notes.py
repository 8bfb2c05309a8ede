"""Reading preparation notes. Until a note is shared nobody but its author ever sees it."""

from uuid import UUID

from django.db.models import F, Q, QuerySet

from routekaart.access import Access, NotFound, Permission
from routekaart.models import NoteVersion, PreparationNote, StudyDay, WorkGroupMember
from routekaart.queries.organisation.names import called_at


def notes_of_day(*, by: Access, study_day_id: UUID) -> QuerySet[PreparationNote]:
    """The own notes and those that are shared, the oldest first. Evaluate in `by.entered()`."""
    by.fetch(StudyDay, study_day_id, Permission.VIEW_NOTES)
    with by.entered():
        return _in_sight(by).filter(study_day=study_day_id)


def note_detail(*, by: Access, note_id: UUID) -> PreparationNote:
    """One note with its author. A private note of somebody else is not there."""
    by.fetch(PreparationNote, note_id, Permission.VIEW_NOTES)
    with by.entered():
        found = _in_sight(by).filter(pk=note_id).first()
    if found is None:
        raise NotFound("PreparationNote")
    return found


def note_to_write(*, by: Access, note_id: UUID) -> PreparationNote:
    """The same, when `by` may write notes here; raises `Forbidden` for who only reads them."""
    note = note_detail(by=by, note_id=note_id)
    by.fetch(PreparationNote, note_id, Permission.WRITE_NOTES)
    return note


def versions_of_note(*, by: Access, note_id: UUID) -> QuerySet[NoteVersion]:
    """What stood in a note before, the newest first. Call after `note_to_write`.

    What its author replaced before it was shared is for the author alone.
    """
    with by.entered():
        versions = NoteVersion.objects.filter(
            Q(note__author=by.person) | Q(replaced_at__gte=F("note__shared_at")), note=note_id
        )
        school = "note__study_day__routekaart__team__school"
        return called_at(versions, "replaced_by", school=school)


def is_of_their_group(note: PreparationNote, person_id: UUID) -> bool:
    """Whether the note is the group's by now, and this person is in that group."""
    return (
        note.shared_at is not None
        and note.work_group_id is not None
        and WorkGroupMember.objects.filter(work_group=note.work_group_id, person=person_id).exists()
    )


def _in_sight(by: Access) -> QuerySet[PreparationNote]:
    return with_author(
        PreparationNote.objects.filter(
            Q(author=by.person) | Q(shared_at__isnull=False), removed_at__isnull=True
        )
    )


def with_author(notes: QuerySet[PreparationNote]) -> QuerySet[PreparationNote]:
    """Each with who wrote it. Call inside the scope."""
    return called_at(notes, "author", school="study_day__routekaart__team__school")
