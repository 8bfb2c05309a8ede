"""Findings, questions and wishes before a study day: drafts that one shares, or not."""

from collections.abc import Iterable
from uuid import UUID, uuid4

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from routekaart import clock
from routekaart.access import NotFound
from routekaart.actions.study_day.notes import (
    add_note,
    change_note,
    check_may_edit,
    remove_note,
    share_note,
    unshare_note,
)
from routekaart.models import PreparationNote, WorkGroup
from routekaart.queries.study_day.notes import note_to_write
from routekaart.queries.study_day.notes_page import NotesOfDay, notes_page
from routekaart.web.forms.notes import NoteForm
from routekaart.web.forms.refusals import refusals
from routekaart.web.kept import kept
from routekaart.web.signed_in import PageRequest, signed_in
from routekaart.web.views.week.warned import warn_about

_ON_A_PAGE = 30


@require_http_methods(["GET", "POST"])
@signed_in
def notes(request: PageRequest, study_day_id: UUID) -> HttpResponse:
    """All notes that the reader may see, and a new one to write."""
    if request.method == "POST" and "wat" in request.POST:
        _step(request)
        return redirect("week:notes", study_day_id)
    found = notes_page(by=request.by, study_day_id=study_day_id)
    initial = {"kind": "question", "note": uuid4(), "revision": 0}
    form = NoteForm(_data(request), groups=_choices(found.groups), initial=initial)
    answer = _written(request, form, study_day_id) if request.method == "POST" else None
    return answer or _shown(request, found, form)


@require_http_methods(["GET", "POST"])
@signed_in
def note(request: PageRequest, note_id: UUID) -> HttpResponse:
    """One note to change: an own one, or one of the own group."""
    by = request.by
    seen = note_to_write(by=by, note_id=note_id)
    check_may_edit(by=by, note=seen)
    found = notes_page(by=by, study_day_id=seen.study_day_id)
    mine = seen.author_id == by.person.pk
    form = NoteForm(
        _data(request),
        groups=_choices(found.groups) if mine else (),
        initial={
            "kind": seen.kind,
            "text": seen.text,
            "work_group": seen.work_group_id,
            "note": seen.pk,
            "revision": seen.revision,
        },
    )
    answer = _written(request, form, seen.study_day_id) if request.method == "POST" else None
    if answer:
        return answer
    context = {"form": form, "note": seen, "day": found.day, "mine": mine}
    return render(request, "week/note.html", context, status=422 if form.errors else 200)


def _data(request: PageRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else kept(request)


def _choices(groups: Iterable[WorkGroup]) -> list[tuple[str, str]]:
    return [(str(group.pk), f"Van {group.name}") for group in groups]


def _shown(request: PageRequest, found: NotesOfDay, form: NoteForm) -> HttpResponse:
    page = Paginator(found.others, _ON_A_PAGE).get_page(request.GET.get("bladzijde"))
    context = {"found": found, "day": found.day, "form": form, "page": page}
    return render(request, "week/notes.html", context, status=422 if form.errors else 200)


def _written(request: PageRequest, form: NoteForm, study_day_id: UUID) -> HttpResponse | None:
    """The answer after saving; None when the page must show what is not right yet."""
    saved: PreparationNote | None = None
    if form.is_valid():
        with refusals(form):
            saved = _save(request, form, study_day_id)
            if request.POST.get("doe") == "delen":
                share_note(by=request.by, note_id=saved.pk, at=clock.now())
    if request.htmx:
        context = {"form": form, "note": saved, "saved_at": clock.now()}
        status = 422 if form.errors else 200
        return render(request, "week/note_saved.html", context, status=status)
    if form.errors:
        return None
    warn_about(request, form)
    return redirect("week:notes", study_day_id)


def _save(request: PageRequest, form: NoteForm, study_day_id: UUID) -> PreparationNote:
    by, values, note_id = request.by, form.values(), form.cleaned_data["note"]
    try:
        seen = note_to_write(by=by, note_id=note_id)
    except NotFound:
        return add_note(by=by, study_day_id=study_day_id, values=values, note_id=note_id)
    # Of a draft its author is the only reader: what was saved in between was the same hand.
    draft = seen.shared_at is None
    revision = seen.revision if draft else form.cleaned_data["revision"] or 0
    return change_note(by=by, note_id=note_id, revision=revision, values=values)


def _step(request: PageRequest) -> None:
    by = request.by
    try:
        note_id = UUID(request.POST["wat"])
    except ValueError:
        raise Http404 from None
    match request.POST.get("doe"):
        case "delen":
            share_note(by=by, note_id=note_id, at=clock.now())
        case "niet_delen":
            unshare_note(by=by, note_id=note_id)
        case "weg":
            remove_note(by=by, note_id=note_id, at=clock.now())
        case _:
            raise Http404
