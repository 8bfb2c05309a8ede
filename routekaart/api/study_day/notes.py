"""Preparation notes of a study day over HTTP."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Query, Router, Status
from pydantic import Field

from routekaart import clock
from routekaart.actions.study_day import notes as actions
from routekaart.api.auth import SignedInRequest
from routekaart.api.paging import Listed, Page, paged
from routekaart.api.shapes import (
    FilledText,
    FindingReply,
    Id,
    Reply,
    Shape,
    Slug,
    finding_reply,
    problems,
)
from routekaart.domain.rules import bsn_in_texts
from routekaart.models import NoteVersion, PreparationNote
from routekaart.queries.study_day.notes import (
    note_detail,
    note_to_write,
    notes_of_day,
    versions_of_note,
)

router = Router(tags=["Voorbereiding van een studiedag"])

Kind = Literal["finding", "question", "wish"]


class NewNote(Shape):
    """`goal` and `course`: what it is about; `work_group`: the own group that it is written for."""

    kind: Kind
    text: FilledText
    goal: Id | None = None
    course: Slug | None = None
    work_group: Id | None = None


class NoteChanges(Shape):
    """What changes; a field that is left out stays as it is.

    `revision`: that of the note as it was read. Null empties a goal, course or work group.
    """

    revision: int = Field(ge=1, le=2_000_000_000)
    kind: Kind | None = None
    text: FilledText | None = None
    goal: Id | None = None
    course: Slug | None = None
    work_group: Id | None = None


class NotesPage(Page):
    """Only the notes of one kind, or only the own ones."""

    kind: Kind | None = None
    own: bool = False


class NoteReply(Reply):
    """`shared_at` empty: only you see it. `findings` warn, they hold nothing back."""

    id: UUID
    study_day: UUID
    kind: str
    text: str
    goal: UUID | None
    course: str | None
    work_group: UUID | None
    author: UUID
    author_name: str
    revision: int
    shared_at: datetime | None
    topic: UUID | None
    created_at: datetime
    changed_at: datetime
    findings: list[FindingReply]


class NoteVersionReply(Reply):
    revision: int
    kind: str
    text: str
    replaced_at: datetime
    replaced_by: str | None


def _reply(note: PreparationNote) -> NoteReply:
    return NoteReply(
        id=note.pk,
        study_day=note.study_day_id,
        kind=note.kind,
        text=note.text,
        goal=note.goal_id,
        course=note.course_id,
        work_group=note.work_group_id,
        author=note.author_id,
        author_name=note.author.name,
        revision=note.revision,
        shared_at=note.shared_at,
        topic=note.topic_id,
        created_at=note.created_at,
        changed_at=note.changed_at,
        findings=[finding_reply(finding) for finding in bsn_in_texts({"text": note.text})],
    )


def _version_reply(version: NoteVersion) -> NoteVersionReply:
    return NoteVersionReply(
        revision=version.revision,
        kind=version.kind,
        text=version.text,
        replaced_at=version.replaced_at,
        replaced_by=version.replaced_by.name if version.replaced_by else None,
    )


def _note(request: SignedInRequest, note_id: UUID) -> NoteReply:
    return _reply(note_detail(by=request.auth, note_id=note_id))


@router.get(
    "/study-days/{study_day_id}/notes",
    response={200: Listed[NoteReply], **problems(403, 404)},
    operation_id="list_notes",
    summary="Eigen en gedeelde notities bij een studiedag",
)
def list_notes(request: SignedInRequest, study_day_id: Id, page: Query[NotesPage]) -> Any:
    with request.auth.entered():
        notes = notes_of_day(by=request.auth, study_day_id=study_day_id)
        if page.kind is not None:
            notes = notes.filter(kind=page.kind)
        if page.own:
            notes = notes.filter(author=request.auth.person)
        return paged(notes, page, _reply)


@router.post(
    "/study-days/{study_day_id}/notes",
    response={201: NoteReply, **problems(403, 404, 409)},
    operation_id="add_note",
    summary="Een bevinding, vraag of wens noteren",
    description="Alleen jij ziet de notitie, tot je haar deelt.",
)
def add_note(request: SignedInRequest, study_day_id: Id, body: NewNote) -> Any:
    note = actions.add_note(by=request.auth, study_day_id=study_day_id, values=body.model_dump())
    return Status(201, _note(request, note.pk))


@router.get(
    "/notes/{note_id}",
    response={200: NoteReply, **problems(404)},
    operation_id="get_note",
    summary="Eén notitie",
)
def get_note(request: SignedInRequest, note_id: Id) -> Any:
    return _note(request, note_id)


@router.patch(
    "/notes/{note_id}",
    response={200: NoteReply, **problems(403, 404, 409)},
    operation_id="change_note",
    summary="Een notitie wijzigen",
    description="Gerust te herhalen. Wat er stond blijft bewaard.",
)
def change_note(request: SignedInRequest, note_id: Id, body: NoteChanges) -> Any:
    values = {
        name: getattr(body, name)
        for name in body.model_fields_set - {"revision"}
        if getattr(body, name) is not None or name not in {"kind", "text"}
    }
    actions.change_note(by=request.auth, note_id=note_id, revision=body.revision, values=values)
    return _note(request, note_id)


@router.delete(
    "/notes/{note_id}",
    response={204: None, **problems(403, 404, 409)},
    operation_id="remove_note",
    summary="Een notitie weghalen",
)
def remove_note(request: SignedInRequest, note_id: Id) -> Any:
    actions.remove_note(by=request.auth, note_id=note_id, at=clock.now())
    return Status(204, None)


@router.post(
    "/notes/{note_id}/share",
    response={200: NoteReply, **problems(403, 404, 409)},
    operation_id="share_note",
    summary="Een notitie met het team delen",
)
def share_note(request: SignedInRequest, note_id: Id) -> Any:
    actions.share_note(by=request.auth, note_id=note_id, at=clock.now())
    return _note(request, note_id)


@router.post(
    "/notes/{note_id}/unshare",
    response={200: NoteReply, **problems(403, 404, 409)},
    operation_id="unshare_note",
    summary="Een notitie weer voor jezelf houden",
)
def unshare_note(request: SignedInRequest, note_id: Id) -> Any:
    actions.unshare_note(by=request.auth, note_id=note_id)
    return _note(request, note_id)


@router.get(
    "/notes/{note_id}/versions",
    response={200: Listed[NoteVersionReply], **problems(403, 404)},
    operation_id="list_note_versions",
    summary="Wat er eerder in een notitie stond",
)
def list_note_versions(request: SignedInRequest, note_id: Id, page: Query[Page]) -> Any:
    by = request.auth
    actions.check_may_edit(by=by, note=note_to_write(by=by, note_id=note_id))
    return paged(versions_of_note(by=by, note_id=note_id), page, _version_reply)
