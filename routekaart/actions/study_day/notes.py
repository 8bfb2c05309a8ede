"""Preparation notes: written, changed, shared and taken away. No edit ever loses text."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from courses.advice import UnknownSlug
from routekaart.access import Access, Forbidden, NotFound, Permission
from routekaart.actions.study_day.changing import changing_day
from routekaart.domain.errors import BadInput, Conflict
from routekaart.domain.programme import item_of_note
from routekaart.domain.study_day import NoteKind
from routekaart.models import (
    Goal,
    NoteVersion,
    PreparationNote,
    ProgrammeBlock,
    StudyDay,
    WorkGroup,
    WorkGroupMember,
)
from routekaart.queries.catalogue.school_catalogue import school_catalogue
from routekaart.queries.study_day.notes import is_of_their_group, note_to_write

_COLUMNS = {
    "kind": "kind",
    "text": "text",
    "goal": "goal_id",
    "course": "course_id",
    "work_group": "work_group_id",
}


def add_note(
    *, by: Access, study_day_id: UUID, values: Mapping[str, Any], note_id: UUID | None = None
) -> PreparationNote:
    """Adds a note that only its author sees. `values`: kind, text, goal, course, work_group.

    `note_id`: the id it gets, chosen by a page that saves more than once. Raises `NotFound` when
    a note has that id already.
    """
    with changing_day(
        by=by,
        study_day_id=study_day_id,
        permission=Permission.WRITE_NOTES,
        action="add_note",
        private=True,
    ) as day:
        if note_id is not None and PreparationNote.objects.filter(pk=note_id).exists():
            raise NotFound("PreparationNote")
        note = PreparationNote(id=note_id or uuid4(), study_day=day, author=by.person)
        _fill(note, day, values, by)
        note.save(force_insert=True)
    return note


def change_note(
    *, by: Access, note_id: UUID, revision: int, values: Mapping[str, Any]
) -> PreparationNote:
    """Changes what `values` names; the text that stood there is kept as a version.

    For the author, and for the members of its group once it is shared. Safe to repeat: what
    changes nothing is no edit. Raises `Conflict` (`stale_revision`) when the note was changed
    after `revision`; then nothing is overwritten.
    """
    seen = note_to_write(by=by, note_id=note_id)
    check_may_edit(by=by, note=seen)
    if all(getattr(seen, _COLUMNS[name]) == value for name, value in values.items()):
        return seen
    with changing_day(
        by=by,
        study_day_id=seen.study_day_id,
        permission=Permission.WRITE_NOTES,
        action="change_note",
        subject=seen,
        private=seen.shared_at is None,
    ) as day:
        note = _locked(by, note_id)
        check_may_edit(by=by, note=note)
        if revision != note.revision:
            raise Conflict(
                "Deze notitie is intussen gewijzigd. Jouw tekst is niet opgeslagen: haal de "
                "notitie opnieuw op en voeg samen wat je wilt houden.",
                code="stale_revision",
            )
        NoteVersion.objects.create(
            note=note,
            revision=note.revision,
            kind=note.kind,
            text=note.text,
            replaced_by=by.person,
        )
        _fill(note, day, values, by)
        note.revision += 1
        note.save()
    return note


def share_note(*, by: Access, note_id: UUID, at: datetime) -> PreparationNote:
    """Shows a note to the team; with a group it becomes the group's. Safe to repeat."""
    seen = note_to_write(by=by, note_id=note_id)
    with _own(by, seen, "share_note"):
        note = _locked(by, note_id)
        if note.shared_at is None:
            note.shared_at = at
            note.save(update_fields=["shared_at"])
    return note


def unshare_note(*, by: Access, note_id: UUID) -> PreparationNote:
    """Makes a note private again, while it is in no topic. Safe to repeat."""
    seen = note_to_write(by=by, note_id=note_id)
    with _own(by, seen, "unshare_note") as day:
        note = _locked(by, note_id)
        _check_not_in_topic(note)
        _take_off_the_table(note, day)
        note.shared_at = None
        note.save(update_fields=["shared_at"])
    return note


def remove_note(*, by: Access, note_id: UUID, at: datetime) -> None:
    """Takes a note out of everybody's sight, while it is in no topic. Its text is kept."""
    seen = note_to_write(by=by, note_id=note_id)
    with _own(by, seen, "remove_note") as day:
        note = _locked(by, note_id)
        _check_not_in_topic(note)
        _take_off_the_table(note, day)
        note.removed_at = at
        note.save(update_fields=["removed_at"])


def check_may_edit(*, by: Access, note: PreparationNote) -> None:
    """Raises `Forbidden` for who is neither the author nor in the group that the note is of."""
    with by.entered():
        if note.author_id != by.person.pk and not is_of_their_group(note, by.person.pk):
            raise Forbidden(Permission.WRITE_NOTES)


def _own(by: Access, note: PreparationNote, action: str) -> AbstractContextManager[StudyDay]:
    if note.author_id != by.person.pk:
        raise Forbidden(Permission.WRITE_NOTES)
    return changing_day(
        by=by,
        study_day_id=note.study_day_id,
        permission=Permission.WRITE_NOTES,
        action=action,
        subject=note,
        private=note.shared_at is None and action != "share_note",
    )


def _locked(by: Access, note_id: UUID) -> PreparationNote:
    """The note as it stands now; what was taken away or made private meanwhile is not there."""
    note = (
        PreparationNote.objects.select_for_update(no_key=True)
        .filter(pk=note_id, removed_at__isnull=True)
        .first()
    )
    if note is None or (note.shared_at is None and note.author_id != by.person.pk):
        raise NotFound("PreparationNote")
    return note


def _check_not_in_topic(note: PreparationNote) -> None:
    if note.topic_id is not None:
        raise Conflict(
            "Deze notitie staat in een onderwerp. Vraag wie de dag voorbereidt om haar daar uit "
            "te halen.",
            code="note_in_topic",
        )


def _take_off_the_table(note: PreparationNote, day: StudyDay) -> None:
    """Its words, also earlier ones, leave the stored programme that was suggested with them.

    That is a change of the programme: who read it before must not write them back.
    """
    texts = [(note.kind, note.text), *note.versions.values_list("kind", "text")]
    items = {item_of_note(NoteKind(kind), text) for kind, text in texts}
    for block in ProgrammeBlock.objects.filter(study_day=day):
        kept = [item for item in block.items if item not in items]
        if kept != block.items:
            block.items = kept
            block.save(update_fields=["items"])
            day.programme_revision += 1
            day.save(update_fields=["programme_revision"])


def _fill(note: PreparationNote, day: StudyDay, values: Mapping[str, Any], by: Access) -> None:
    if "kind" in values:
        note.kind = values["kind"]
    if "text" in values:
        note.text = values["text"]
    if "goal" in values:
        note.goal_id = values["goal"]
        if (
            note.goal_id
            and not Goal.objects.filter(pk=note.goal_id, routekaart=day.routekaart_id).exists()
        ):
            raise BadInput("goal", "Dit doel hoort niet bij deze routekaart.", code="unknown_goal")
    if "course" in values:
        _set_course(note, day, values["course"])
    if "work_group" in values and values["work_group"] != note.work_group_id:
        if note.author_id != by.person.pk:
            # The group may change its text, not whose it is.
            raise Forbidden(Permission.WRITE_NOTES)
        note.work_group_id = values["work_group"]
        if note.work_group_id:
            _check_work_group(note.work_group_id, day, by)


def _set_course(note: PreparationNote, day: StudyDay, course: str | None) -> None:
    """What the note speaks of already may have left the catalogue since."""
    if course and course != note.course_id:
        known = school_catalogue(school=day.routekaart.team.school_id).course_by_slug
        if course not in known:
            raise UnknownSlug("course", course, known)
    note.course_id = course


def _check_work_group(work_group: UUID, day: StudyDay, by: Access) -> None:
    if not WorkGroup.objects.filter(pk=work_group, routekaart=day.routekaart_id).exists():
        raise BadInput(
            "work_group",
            "Deze werkgroep hoort niet bij deze routekaart.",
            code="unknown_work_group",
        )
    if not WorkGroupMember.objects.filter(work_group=work_group, person=by.person).exists():
        raise BadInput(
            "work_group",
            "Je zit niet in deze werkgroep. Kies een eigen werkgroep, of laat dit leeg.",
            code="not_in_work_group",
        )
