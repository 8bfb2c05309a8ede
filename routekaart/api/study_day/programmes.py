"""The programme of a study day over HTTP."""

from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Router
from pydantic import Field

from routekaart.actions.study_day import programmes as actions
from routekaart.api.auth import SignedInRequest
from routekaart.api.shapes import (
    ClockTime,
    EachOnce,
    FilledText,
    FindingReply,
    Id,
    LongText,
    OptionalText,
    Reply,
    Shape,
    ShortText,
    finding_reply,
    problems,
)
from routekaart.api.study_day.topics import AtRevision
from routekaart.domain.programme import BlockPerson, ProgrammeBlock
from routekaart.domain.study_day import BlockKind
from routekaart.queries.study_day.programmes import StoredBlock, day_programme

router = Router(tags=["Voorbereiding van een studiedag"])

MOST_BLOCKS = 100
Track = Annotated[OptionalText, Field(max_length=100)]
Minutes = Annotated[int, Field(ge=1, le=600)]


class BlockPersonShape(Shape):
    """`leads`: somebody of the school who leads it; otherwise somebody of the team in it."""

    person: Id
    leads: bool = False


class BlockShape(Shape):
    """A part of the day. `track`: the group it is for, where groups run side by side."""

    start: ClockTime
    minutes: Minutes
    kind: Literal["opening", "deepening", "practice", "agreements", "break", "lunch"]
    title: ShortText
    text: LongText = ""
    items: Annotated[list[FilledText], Field(max_length=200)] = Field(default_factory=list)
    goal: Id | None = None
    track: Track = ""
    room: OptionalText = ""
    people: Annotated[list[BlockPersonShape], Field(max_length=200)] = Field(default_factory=list)
    topics: Annotated[list[Id], Field(max_length=100), EachOnce] = Field(default_factory=list)


class NewProgramme(AtRevision):
    """All blocks; they take the place of what stood there."""

    blocks: Annotated[list[BlockShape], Field(min_length=1, max_length=MOST_BLOCKS)]


class BlockPersonReply(Reply):
    person: UUID
    leads: bool


class DayBlockReply(Reply):
    """`id` is empty for a block that is only suggested."""

    id: UUID | None
    start: ClockTime
    minutes: int
    kind: str
    title: str
    text: str
    items: list[str]
    goal: UUID | None
    track: str
    room: str
    people: list[BlockPersonReply]
    topics: list[UUID]


class DayProgrammeReply(Reply):
    """`suggested`: nothing is stored yet, this is what follows now. `findings`: what to look at.

    Who does not work with the team sees the outline: no items, people, topics or findings.
    """

    study_day: UUID
    programme_revision: int
    suggested: bool
    blocks: list[DayBlockReply]
    findings: list[FindingReply]


def _block_reply(stored: StoredBlock) -> DayBlockReply:
    block = stored.block
    return DayBlockReply(
        id=stored.id,
        start=block.start,
        minutes=block.minutes,
        kind=block.kind.value,
        title=block.title,
        text=block.text,
        items=list(block.items),
        goal=UUID(block.goal_id) if block.goal_id else None,
        track=block.track,
        room=block.room,
        people=[BlockPersonReply(person=UUID(one.id), leads=one.leads) for one in block.people],
        topics=[UUID(topic) for topic in block.topics],
    )


def _block(given: BlockShape) -> ProgrammeBlock:
    return ProgrammeBlock(
        start=given.start,
        minutes=given.minutes,
        kind=BlockKind(given.kind),
        title=given.title,
        text=given.text,
        items=tuple(given.items),
        goal_id=str(given.goal) if given.goal else None,
        track=given.track,
        room=given.room,
        people=tuple(BlockPerson(str(one.person), one.leads) for one in given.people),
        topics=tuple(str(topic) for topic in given.topics),
    )


def _programme(request: SignedInRequest, study_day_id: UUID) -> DayProgrammeReply:
    found = day_programme(by=request.auth, study_day_id=study_day_id)
    return DayProgrammeReply(
        study_day=found.day.pk,
        programme_revision=found.day.programme_revision,
        suggested=found.suggested,
        blocks=[_block_reply(block) for block in found.blocks],
        findings=[finding_reply(finding) for finding in found.findings],
    )


@router.get(
    "/study-days/{study_day_id}/programme",
    response={200: DayProgrammeReply, **problems(404)},
    operation_id="get_programme",
    summary="Het programma van een studiedag",
)
def get_programme(request: SignedInRequest, study_day_id: Id) -> Any:
    return _programme(request, study_day_id)


@router.put(
    "/study-days/{study_day_id}/programme",
    response={200: DayProgrammeReply, **problems(403, 404, 409)},
    operation_id="save_programme",
    summary="Het programma van een studiedag bewaren",
    description=(
        "De onderdelen vullen de dag precies, voor elke groep. Wat een ander team tegelijk heeft, "
        "staat als waarschuwing in het antwoord."
    ),
)
def save_programme(request: SignedInRequest, study_day_id: Id, body: NewProgramme) -> Any:
    actions.save_programme(
        by=request.auth,
        study_day_id=study_day_id,
        revision=body.programme_revision,
        blocks=[_block(block) for block in body.blocks],
    )
    return _programme(request, study_day_id)


@router.post(
    "/study-days/{study_day_id}/programme/suggest",
    response={200: DayProgrammeReply, **problems(403, 404, 409)},
    operation_id="store_suggested_programme",
    summary="Het voorgestelde programma overnemen",
    description="Uit de doelen van de dag, de onderwerpen en de gedeelde notities.",
)
def store_suggestion(request: SignedInRequest, study_day_id: Id, body: AtRevision) -> Any:
    actions.store_suggestion(
        by=request.auth, study_day_id=study_day_id, revision=body.programme_revision
    )
    return _programme(request, study_day_id)
