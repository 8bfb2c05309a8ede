"""Topics of a study day over HTTP: gathering notes, voting, and giving a topic a place."""

from typing import Annotated, Any
from uuid import UUID

from ninja import Query, Router, Status
from pydantic import Field

from routekaart.actions.study_day import topics as actions
from routekaart.api.auth import SignedInRequest
from routekaart.api.paging import Listed, Page, paged
from routekaart.api.shapes import EachOnce, FilledText, Id, Reply, Shape, ShortText, problems
from routekaart.domain.topics import TopicSuggestion
from routekaart.models import Topic
from routekaart.queries.study_day.topics import topic_detail, topic_suggestions, topics_of_day

router = Router(tags=["Voorbereiding van een studiedag"])

Notes = Annotated[list[Id], Field(max_length=500), EachOnce]
Revision = Annotated[int, Field(ge=0, le=2_000_000_000)]


class AtRevision(Shape):
    """`programme_revision`: that of the study day as it was read."""

    programme_revision: Revision


class NewTopic(AtRevision):
    title: ShortText
    goal: Id | None = None
    notes: Notes = Field(default_factory=list)


class TopicChanges(AtRevision):
    """What changes; a field that is left out stays as it is. Null empties the goal."""

    title: ShortText | None = None
    goal: Id | None = None
    position: Annotated[int, Field(ge=0, le=1000)] | None = None


class TopicNotes(AtRevision):
    """Exactly these notes; the others of this topic have no topic any more."""

    notes: Notes


class Merging(AtRevision):
    into: Id


class Scheduling(AtRevision):
    """`block`: the part of the stored programme that it comes up in."""

    block: Id


class Answering(AtRevision):
    answer: FilledText


class TopicReply(Reply):
    """`votes` is a number only; `voted` says whether you are among them."""

    id: UUID
    study_day: UUID
    programme_revision: int
    title: str
    goal: UUID | None
    state: str
    position: int
    answer: str
    block: UUID | None
    notes: list[UUID]
    votes: int
    voted: bool


class TopicSuggestionReply(Reply):
    """Notes that may belong together, and why."""

    title: str
    kind: str
    goal: UUID | None
    reason: str
    notes: list[UUID]


def _reply(topic: Topic) -> TopicReply:
    brought: Any = topic
    return TopicReply(
        id=topic.pk,
        study_day=topic.study_day_id,
        programme_revision=topic.study_day.programme_revision,
        title=topic.title,
        goal=topic.goal_id,
        state=topic.state,
        position=topic.position,
        answer=topic.answer,
        block=topic.block_id,
        notes=[note.pk for note in brought.shared_notes],
        votes=brought.vote_count,
        voted=brought.own_vote,
    )


def _suggestion_reply(suggestion: TopicSuggestion) -> TopicSuggestionReply:
    return TopicSuggestionReply(
        title=suggestion.title,
        kind=suggestion.kind.value,
        goal=UUID(suggestion.goal_id) if suggestion.goal_id else None,
        reason=suggestion.reason,
        notes=[UUID(note) for note in suggestion.notes],
    )


def _topic(request: SignedInRequest, topic_id: UUID) -> TopicReply:
    return _reply(topic_detail(by=request.auth, topic_id=topic_id))


@router.get(
    "/study-days/{study_day_id}/topics",
    response={200: Listed[TopicReply], **problems(403, 404)},
    operation_id="list_topics",
    summary="De onderwerpen van een studiedag",
)
def list_topics(request: SignedInRequest, study_day_id: Id, page: Query[Page]) -> Any:
    with request.auth.entered():
        return paged(topics_of_day(by=request.auth, study_day_id=study_day_id), page, _reply)


@router.get(
    "/study-days/{study_day_id}/topic-suggestions",
    response={200: Listed[TopicSuggestionReply], **problems(403, 404)},
    operation_id="suggest_topics",
    summary="Een voorstel om gedeelde notities te bundelen",
    description="Per doel en soort, op woorden die notities delen. Er wordt niets opgeslagen.",
)
def suggest_topics(request: SignedInRequest, study_day_id: Id, page: Query[Page]) -> Any:
    found = topic_suggestions(by=request.auth, study_day_id=study_day_id)
    return paged(found, page, _suggestion_reply)


@router.post(
    "/study-days/{study_day_id}/topics",
    response={201: TopicReply, **problems(403, 404, 409)},
    operation_id="add_topic",
    summary="Een onderwerp toevoegen",
)
def add_topic(request: SignedInRequest, study_day_id: Id, body: NewTopic) -> Any:
    topic = actions.add_topic(
        by=request.auth,
        study_day_id=study_day_id,
        revision=body.programme_revision,
        values=body.model_dump(exclude={"programme_revision"}),
    )
    return Status(201, _topic(request, topic.pk))


@router.get(
    "/topics/{topic_id}",
    response={200: TopicReply, **problems(404)},
    operation_id="get_topic",
    summary="Eén onderwerp",
)
def get_topic(request: SignedInRequest, topic_id: Id) -> Any:
    return _topic(request, topic_id)


@router.patch(
    "/topics/{topic_id}",
    response={200: TopicReply, **problems(403, 404, 409)},
    operation_id="change_topic",
    summary="Een onderwerp wijzigen",
)
def change_topic(request: SignedInRequest, topic_id: Id, body: TopicChanges) -> Any:
    values = {
        name: getattr(body, name)
        for name in body.model_fields_set - {"programme_revision"}
        if getattr(body, name) is not None or name == "goal"
    }
    actions.change_topic(
        by=request.auth, topic_id=topic_id, revision=body.programme_revision, values=values
    )
    return _topic(request, topic_id)


@router.put(
    "/topics/{topic_id}/notes",
    response={200: TopicReply, **problems(403, 404, 409)},
    operation_id="set_topic_notes",
    summary="De notities van een onderwerp kiezen",
)
def set_topic_notes(request: SignedInRequest, topic_id: Id, body: TopicNotes) -> Any:
    actions.set_notes(
        by=request.auth, topic_id=topic_id, revision=body.programme_revision, notes=body.notes
    )
    return _topic(request, topic_id)


@router.post(
    "/topics/{topic_id}/merge",
    response={200: TopicReply, **problems(403, 404, 409)},
    operation_id="merge_topics",
    summary="Een onderwerp in een ander laten opgaan",
)
def merge_topics(request: SignedInRequest, topic_id: Id, body: Merging) -> Any:
    actions.merge_topics(
        by=request.auth, topic_id=topic_id, into=body.into, revision=body.programme_revision
    )
    return _topic(request, body.into)


@router.post(
    "/topics/{topic_id}/vote",
    response={200: TopicReply, **problems(403, 404, 409)},
    operation_id="vote_topic",
    summary="Op een onderwerp stemmen",
    description="Gerust te herhalen. Alleen het aantal stemmen is te zien.",
)
def vote_topic(request: SignedInRequest, topic_id: Id) -> Any:
    actions.vote(by=request.auth, topic_id=topic_id)
    return _topic(request, topic_id)


@router.post(
    "/topics/{topic_id}/unvote",
    response={200: TopicReply, **problems(403, 404, 409)},
    operation_id="unvote_topic",
    summary="Je stem op een onderwerp terugnemen",
)
def unvote_topic(request: SignedInRequest, topic_id: Id) -> Any:
    actions.unvote(by=request.auth, topic_id=topic_id)
    return _topic(request, topic_id)


@router.post(
    "/topics/{topic_id}/schedule",
    response={200: TopicReply, **problems(403, 404, 409)},
    operation_id="schedule_topic",
    summary="Een onderwerp in het programma zetten",
)
def schedule_topic(request: SignedInRequest, topic_id: Id, body: Scheduling) -> Any:
    return _step(request, topic_id, body, "schedule", block=body.block)


@router.post(
    "/topics/{topic_id}/park",
    response={200: TopicReply, **problems(403, 404, 409)},
    operation_id="park_topic",
    summary="Een onderwerp parkeren",
)
def park_topic(request: SignedInRequest, topic_id: Id, body: AtRevision) -> Any:
    return _step(request, topic_id, body, "park")


@router.post(
    "/topics/{topic_id}/answer",
    response={200: TopicReply, **problems(403, 404, 409)},
    operation_id="answer_topic",
    summary="Een onderwerp beantwoorden",
)
def answer_topic(request: SignedInRequest, topic_id: Id, body: Answering) -> Any:
    return _step(request, topic_id, body, "answer", answer=body.answer)


@router.post(
    "/topics/{topic_id}/reopen",
    response={200: TopicReply, **problems(403, 404, 409)},
    operation_id="reopen_topic",
    summary="Een onderwerp weer openzetten",
)
def reopen_topic(request: SignedInRequest, topic_id: Id, body: AtRevision) -> Any:
    return _step(request, topic_id, body, "reopen")


def _step(
    request: SignedInRequest,
    topic_id: UUID,
    body: AtRevision,
    step: str,
    *,
    block: UUID | None = None,
    answer: str = "",
) -> TopicReply:
    actions.step_topic(
        by=request.auth,
        topic_id=topic_id,
        step=step,
        revision=body.programme_revision,
        block=block,
        answer=answer,
    )
    return _topic(request, topic_id)
