"""Topics of a study day: gathered from notes, merged, voted on, and given a place or an answer."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any
from uuid import UUID

from routekaart.access import Access, NotFound, Permission
from routekaart.actions.study_day.changing import changing_day, preparing
from routekaart.domain.errors import BadInput
from routekaart.domain.lifecycle import TOPIC
from routekaart.domain.topics import joined_titles
from routekaart.models import (
    Goal,
    PreparationNote,
    ProgrammeBlock,
    StudyDay,
    Topic,
    TopicVote,
)
from routekaart.queries.study_day.topics import shared_notes


def add_topic(*, by: Access, study_day_id: UUID, revision: int, values: Mapping[str, Any]) -> Topic:
    """Adds a topic, last in order unless `position` says where. `values`: title, goal, notes."""
    with preparing(by=by, study_day_id=study_day_id, revision=revision, action="add_topic") as day:
        topic = Topic(study_day=day, position=_last_position(day) + 1)
        _fill(topic, day, values)
        topic.save()
        _place(topic, values.get("notes", ()))
    return topic


def change_topic(*, by: Access, topic_id: UUID, revision: int, values: Mapping[str, Any]) -> Topic:
    """Changes title, goal or position, whatever `values` names."""
    seen = by.fetch(Topic, topic_id, Permission.PREPARE_DAY)
    with preparing(
        by=by,
        study_day_id=seen.study_day_id,
        revision=revision,
        action="change_topic",
        subject=seen,
    ) as day:
        topic = _present(topic_id)
        _fill(topic, day, values)
        topic.save()
    return topic


def set_notes(*, by: Access, topic_id: UUID, revision: int, notes: Sequence[UUID]) -> Topic:
    """The topic gathers exactly these notes; one that was in another topic moves here."""
    seen = by.fetch(Topic, topic_id, Permission.PREPARE_DAY)
    with preparing(
        by=by,
        study_day_id=seen.study_day_id,
        revision=revision,
        action="set_topic_notes",
        subject=seen,
    ):
        topic = _present(topic_id)
        _place(topic, notes)
        PreparationNote.objects.filter(topic=topic).exclude(pk__in=notes).update(topic=None)
    return topic


def merge_topics(*, by: Access, topic_id: UUID, into: UUID, revision: int) -> Topic:
    """Notes and votes go over to `into`, each person's vote once; the topic itself is gone.

    Its title joins that of the other, and so does an answer that it had already: no text is lost.
    """
    seen = by.fetch(Topic, topic_id, Permission.PREPARE_DAY)
    with preparing(
        by=by,
        study_day_id=seen.study_day_id,
        revision=revision,
        action="merge_topics",
        subject=seen,
    ) as day:
        if into == topic_id:
            raise BadInput(
                "into", "Kies een ander onderwerp om mee samen te voegen.", code="same_topic"
            )
        source = _present(topic_id)
        target = Topic.objects.filter(study_day=day, pk=into).first()
        if target is None:
            raise BadInput("into", "Dit onderwerp hoort niet bij deze dag.", code="unknown_topic")
        PreparationNote.objects.filter(topic=source).update(topic=target)
        voted = TopicVote.objects.filter(topic=target).values("person")
        TopicVote.objects.filter(topic=source).exclude(person__in=voted).update(topic=target)
        target.title, left_over = joined_titles(target.title, source.title)
        texts = (target.answer, left_over, source.answer)
        target.answer = "\n\n".join(text for text in texts if text)
        target.save(update_fields=["title", "answer"])
        source.delete()
    return target


def vote(*, by: Access, topic_id: UUID) -> None:
    """Says that somebody wants to speak about a topic. Safe to repeat: a person has one vote."""
    topic = by.fetch(Topic, topic_id, Permission.WRITE_NOTES)
    with _voting(by, topic, "vote"):
        TopicVote.objects.get_or_create(topic=_present(topic_id), person=by.person)


def unvote(*, by: Access, topic_id: UUID) -> None:
    """Takes the own vote back. Safe to repeat."""
    topic = by.fetch(Topic, topic_id, Permission.WRITE_NOTES)
    with _voting(by, topic, "unvote"):
        TopicVote.objects.filter(topic=topic_id, person=by.person).delete()


def _voting(by: Access, topic: Topic, action: str) -> AbstractContextManager[StudyDay]:
    # Votes are no change of the programme: they raise no revision. The log says that somebody
    # voted on the day, not on what.
    return changing_day(
        by=by,
        study_day_id=topic.study_day_id,
        permission=Permission.WRITE_NOTES,
        action=action,
    )


def step_topic(
    *,
    by: Access,
    topic_id: UUID,
    step: str,
    revision: int,
    block: UUID | None = None,
    answer: str = "",
) -> Topic:
    """Makes a step of TOPIC: schedule (into `block`), park, answer (with `answer`) or reopen."""
    seen = by.fetch(Topic, topic_id, Permission.PREPARE_DAY)
    with preparing(
        by=by,
        study_day_id=seen.study_day_id,
        revision=revision,
        action=f"{step}_topic",
        subject=seen,
    ) as day:
        topic = _present(topic_id)
        topic.state = TOPIC.after(topic.state, step)
        if step == "schedule":
            topic.block = _block(day, block)
        elif step == "answer":
            topic.answer = answer
        else:
            topic.block = None
        topic.save()
    return topic


def _block(day: StudyDay, block: UUID | None) -> ProgrammeBlock:
    found = ProgrammeBlock.objects.filter(study_day=day, pk=block).first() if block else None
    if found is None:
        raise BadInput(
            "block",
            "Dit onderdeel staat niet in het programma van deze dag. Bewaar eerst het programma.",
            code="unknown_block",
        )
    return found


def _present(topic_id: UUID) -> Topic:
    """The topic as it stands now; it may have been merged away meanwhile."""
    topic = Topic.objects.filter(pk=topic_id).first()
    if topic is None:
        raise NotFound("Topic")
    return topic


def _last_position(day: StudyDay) -> int:
    last = Topic.objects.filter(study_day=day).order_by("-position").first()
    return last.position if last else 0


def _fill(topic: Topic, day: StudyDay, values: Mapping[str, Any]) -> None:
    for name in ("title", "position"):
        if name in values:
            setattr(topic, name, values[name])
    if "goal" in values:
        topic.goal_id = values["goal"]
        goals = Goal.objects.filter(routekaart=day.routekaart_id, pk=topic.goal_id)
        if topic.goal_id and not goals.exists():
            raise BadInput("goal", "Dit doel hoort niet bij deze routekaart.", code="unknown_goal")


def _place(topic: Topic, notes: Sequence[UUID]) -> None:
    found = shared_notes().filter(study_day=topic.study_day_id, pk__in=notes)
    if found.count() != len(set(notes)):
        raise BadInput(
            "notes",
            "Een onderwerp bestaat uit gedeelde notities van deze dag. Minstens een van deze is "
            "dat niet (meer).",
            code="unknown_note",
        )
    found.update(topic=topic)
