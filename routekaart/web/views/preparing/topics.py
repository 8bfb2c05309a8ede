"""Gathering what the team asks into topics, and giving each a place in the day."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from routekaart.access import Access
from routekaart.actions.study_day import topics as actions
from routekaart.domain.content.wording import clock
from routekaart.domain.errors import BadInput
from routekaart.domain.lifecycle import TOPIC
from routekaart.models import Topic
from routekaart.models.notes import NoteKind
from routekaart.queries.study_day.gathering import Gathering, gathering, notes_of_topic
from routekaart.web.forms.preparing.topics import NEW, GatherForm, TopicForm
from routekaart.web.forms.refusals import refusals
from routekaart.web.kept import kept
from routekaart.web.signed_in import PageRequest, signed_in
from routekaart.web.views.preparing.readiness import day_context

_TAGS = {"open": "care", "scheduled": "done", "parked": "", "answered": "done"}
_FIELDS = {
    "notes": "notitie",
    "title": "titel",
    "block": "onderdeel",
    "into": "samen",
    "answer": "antwoord",
}
_GATHER = "bundel"


@require_http_methods(["GET", "POST"])
@signed_in
def topics(request: PageRequest, study_day_id: UUID) -> HttpResponse:
    """Shared notes on one side, topics on the other."""
    by = request.by
    found = gathering(by=by, study_day_id=study_day_id)
    posted = request.method == "POST"
    # What an ended session left behind is shown as what is posted, and nothing is done with it.
    data = request.POST if posted else kept(request) or QueryDict()
    doe = data.get("doe", "")
    gathers = doe == _GATHER
    form = GatherForm(data if gathers else None, found=found)
    about = data.get("onderwerp", "")
    # Each topic has these fields: an error leads to those of its own.
    steps = TopicForm(data if doe and not gathers else None, auto_id=f"%s-{about}")
    if posted and gathers and form.is_valid():
        with refusals(form, _FIELDS):
            _gather(by, study_day_id, form)
            return redirect("preparing:topics", study_day_id)
    elif posted and doe in _STEPS and steps.is_valid():
        with refusals(steps, _FIELDS):
            _STEPS[doe](by, steps.cleaned_data)
            messages.success(request, _TOLD[doe])
            return redirect("preparing:topics", study_day_id)
    wrong = steps if steps.errors else form
    returns = steps.is_bound and (not posted or bool(steps.errors))
    context = {
        **_shown(found, about if returns else "", data),
        "form": wrong,
        "gather": form,
    }
    return render(
        request, "preparing/topics.html", context, status=422 if posted and wrong.errors else 200
    )


def _gather(by: Access, study_day_id: UUID, form: GatherForm) -> None:
    given = form.cleaned_data
    if given["onderwerp"] == NEW:
        actions.add_topic(
            by=by,
            study_day_id=study_day_id,
            revision=given["revisie"],
            values={"title": given["titel"], "notes": form.notes},
        )
        return
    topic = UUID(given["onderwerp"])
    already = notes_of_topic(by=by, topic_id=topic)
    actions.set_notes(
        by=by,
        topic_id=topic,
        revision=given["revisie"],
        notes=list(dict.fromkeys((*already, *form.notes))),
    )


# --- What is done with one topic -----------------------------------------------------------------
def _take_out(by: Access, given: Mapping[str, Any]) -> None:
    left = [
        note
        for note in notes_of_topic(by=by, topic_id=given["onderwerp"])
        if note != given["notitie"]
    ]
    actions.set_notes(by=by, topic_id=given["onderwerp"], revision=given["revisie"], notes=left)


def _merge(by: Access, given: Mapping[str, Any]) -> None:
    if given["samen"] is None:
        raise BadInput("into", "Kies een onderwerp om mee samen te voegen.", code="no_topic")
    actions.merge_topics(
        by=by, topic_id=given["onderwerp"], into=given["samen"], revision=given["revisie"]
    )


def _rename(by: Access, given: Mapping[str, Any]) -> None:
    if not given["titel"]:
        raise BadInput("title", "Geef het onderwerp een naam.", code="no_title")
    actions.change_topic(
        by=by,
        topic_id=given["onderwerp"],
        revision=given["revisie"],
        values={"title": given["titel"]},
    )


def _answer(by: Access, given: Mapping[str, Any]) -> None:
    if not given["antwoord"]:
        raise BadInput("answer", "Schrijf het antwoord op.", code="no_answer")
    _move(by, given, "answer", answer=given["antwoord"])


def _move(by: Access, given: Mapping[str, Any], step: str, **values: Any) -> None:
    actions.step_topic(
        by=by, topic_id=given["onderwerp"], step=step, revision=given["revisie"], **values
    )


_STEPS: Mapping[str, Callable[[Access, Mapping[str, Any]], object]] = {
    "eruit": _take_out,
    "samenvoegen": _merge,
    "naam": _rename,
    "antwoord": _answer,
    "plaatsen": lambda by, given: _move(by, given, "schedule", block=given["onderdeel"]),
    "parkeren": lambda by, given: _move(by, given, "park"),
    "openen": lambda by, given: _move(by, given, "reopen"),
    "stem": lambda by, given: actions.vote(by=by, topic_id=given["onderwerp"]),
    "stem-terug": lambda by, given: actions.unvote(by=by, topic_id=given["onderwerp"]),
}
_TOLD = {
    "eruit": "De notitie is uit het onderwerp.",
    "samenvoegen": "De onderwerpen zijn samengevoegd.",
    "naam": "De naam is bewaard.",
    "antwoord": "Het onderwerp is beantwoord.",
    "plaatsen": "Het onderwerp staat in het programma.",
    "parkeren": "Het onderwerp is geparkeerd.",
    "openen": "Het onderwerp is weer open.",
    "stem": "Je stem telt mee.",
    "stem-terug": "Je stem is eraf.",
}


# --- What the page shows -------------------------------------------------------------------------
def _shown(found: Gathering, opened: str, typed: QueryDict) -> dict[str, object]:
    titles = {block.pk: f"{clock(block.starts_at)} {block.title}" for block in found.blocks}
    return {
        **day_context(found.day),
        "found": found,
        "may_prepare": found.may_prepare and found.day.state != "closed",
        "may_vote": found.may_vote and found.day.state != "closed",
        "notes": [(note, NoteKind(note.kind).label) for note in found.notes],
        "topics": [
            _topic(topic, titles, typed if str(topic.pk) == opened else None)
            for topic in found.topics
        ],
        "blocks": [(block.pk, titles[block.pk]) for block in found.blocks],
    }


def _topic(topic: Topic, titles: Mapping[UUID, str], typed: QueryDict | None) -> dict[str, object]:
    """`typed`: what somebody had filled in for this topic, where it was not saved."""
    brought: Any = topic
    typed_here = typed or QueryDict()
    return {
        "row": topic,
        "open": typed is not None,
        "answer": typed_here.get("antwoord", topic.answer),
        "title": typed_here.get("titel", topic.title),
        "votes": brought.vote_count,
        "voted": brought.own_vote,
        "notes": [(note, NoteKind(note.kind).label) for note in brought.shared_notes],
        "words": TOPIC.words[topic.state],
        "tag": _TAGS[topic.state],
        "place": titles.get(topic.block_id, "") if topic.block_id else "",
    }
