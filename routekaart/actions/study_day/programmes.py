"""The programme of a study day: stored as a whole, or not at all."""

from collections.abc import Sequence
from uuid import UUID

from routekaart.access import Access
from routekaart.actions.study_day.changing import preparing
from routekaart.domain.errors import Conflict, RulesBroken
from routekaart.domain.lifecycle import TOPIC
from routekaart.domain.programme import (
    ProgrammeBlock,
    programme_findings,
    reference_findings,
)
from routekaart.models import BlockPerson, StudyDay, Topic
from routekaart.models import ProgrammeBlock as BlockRow
from routekaart.queries.study_day.programmes import known_to, suggested_blocks


def save_programme(
    *, by: Access, study_day_id: UUID, revision: int, blocks: Sequence[ProgrammeBlock]
) -> None:
    """Replaces the programme by `blocks`.

    Raises `RulesBroken` with everything that makes it impossible; then what stood there stays.
    What another team has at the same time holds nothing back.
    """
    with preparing(
        by=by, study_day_id=study_day_id, revision=revision, action="save_programme"
    ) as day:
        _store(day, blocks)


def store_suggestion(*, by: Access, study_day_id: UUID, revision: int) -> None:
    """Replaces the programme by the one that follows now from goals, topics and notes."""
    with preparing(
        by=by, study_day_id=study_day_id, revision=revision, action="suggest_programme"
    ) as day:
        blocks = suggested_blocks(day)
        if not blocks:
            raise Conflict(
                "Voor deze dag is geen voorstel te maken: dat kan bij een dag van 1 tot 8 uur "
                "die voor middernacht eindigt. Maak het programma zelf.",
                code="no_suggestion",
            )
        _store(day, blocks)


def _store(day: StudyDay, blocks: Sequence[ProgrammeBlock]) -> None:
    leaders = {one.id for block in blocks for one in block.people if one.leads}
    broken = (
        *reference_findings(blocks, known_to(day, leaders)),
        *programme_findings(day.starts_at, day.minutes, blocks),
    )
    if broken:
        raise RulesBroken(broken)
    topics = {str(topic.pk): topic for topic in Topic.objects.filter(study_day=day)}
    BlockRow.objects.filter(study_day=day).delete()
    rows = [_row(day, block) for block in blocks]
    BlockRow.objects.bulk_create(rows)
    BlockPerson.objects.bulk_create(
        BlockPerson(block=row, person_id=UUID(one.id), leads=one.leads)
        for row, block in zip(rows, blocks, strict=True)
        for one in block.people
    )
    places = {topic: row for row, block in zip(rows, blocks, strict=True) for topic in block.topics}
    for key, topic in topics.items():
        topic.block = places.get(key)
        topic.state = _state(topic, placed=key in places)
    Topic.objects.bulk_update(topics.values(), ["block", "state"])


def _state(topic: Topic, *, placed: bool) -> str:
    """What is in the programme is scheduled, what is out of it again is open.

    What is answered stays so, wherever it stands.
    """
    if placed and topic.state != "answered":
        return TOPIC.after(topic.state, "schedule")
    if not placed and topic.state == "scheduled":
        return TOPIC.after(topic.state, "reopen")
    return topic.state


def _row(day: StudyDay, block: ProgrammeBlock) -> BlockRow:
    return BlockRow(
        study_day=day,
        starts_at=block.start,
        minutes=block.minutes,
        kind=block.kind.value,
        title=block.title,
        text=block.text,
        items=list(block.items),
        goal_id=UUID(block.goal_id) if block.goal_id else None,
        track=block.track.strip(),
        room=block.room.strip(),
    )
