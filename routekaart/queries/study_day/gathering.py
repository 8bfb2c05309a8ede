"""The page where questions are gathered: notes without a place, topics, and where they may go."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from routekaart.access import Access, Permission
from routekaart.domain.study_day import NoteKind
from routekaart.domain.topics import SharedNote, TopicSuggestion, suggest_topics
from routekaart.models import Goal, PreparationNote, ProgrammeBlock, StudyDay, Topic
from routekaart.queries.study_day.notes import with_author
from routekaart.queries.study_day.topics import shared_notes, topics_with_notes


@dataclass(frozen=True, slots=True)
class Gathering:
    """`may_prepare`: whether `by` may gather; `may_vote`: whether `by` may vote. Suggestions are
    made for who may gather only."""

    day: StudyDay
    notes: tuple[PreparationNote, ...]
    topics: tuple[Topic, ...]
    suggestions: tuple[TopicSuggestion, ...]
    blocks: tuple[ProgrammeBlock, ...]
    goals: tuple[tuple[UUID, str], ...]
    may_prepare: bool
    may_vote: bool


def gathering(*, by: Access, study_day_id: UUID) -> Gathering:
    """Everything about the questions of one study day."""
    day = by.fetch(
        StudyDay, study_day_id, Permission.VIEW_NOTES, along=("routekaart__team__school",)
    )
    marks: Any = day
    school, team = marks.access_school, marks.access_team
    may_prepare = by.allows(Permission.PREPARE_DAY, school=school, team=team)
    with by.entered():
        notes = tuple(
            with_author(shared_notes())
            .filter(study_day=day, topic__isnull=True)
            .select_related("work_group")
            .order_by("created_at", "id")
        )
        goals = tuple(
            Goal.objects.filter(routekaart=day.routekaart_id).values_list("id", "wording")
        )
        suggestions = suggest_topics([_shared(note) for note in notes], _by_id(goals))
        return Gathering(
            day=day,
            notes=notes,
            topics=tuple(topics_with_notes(by).filter(study_day=day)),
            # One note is no gathering.
            suggestions=tuple(
                one for one in (suggestions if may_prepare else ()) if len(one.notes) > 1
            ),
            blocks=tuple(ProgrammeBlock.objects.filter(study_day=day)),
            goals=goals,
            may_prepare=may_prepare,
            may_vote=by.allows(Permission.WRITE_NOTES, school=school, team=team),
        )


def notes_of_topic(*, by: Access, topic_id: UUID) -> tuple[UUID, ...]:
    """The notes that a topic gathers now, for who may change that."""
    by.fetch(Topic, topic_id, Permission.PREPARE_DAY)
    with by.entered():
        return tuple(shared_notes().filter(topic=topic_id).values_list("id", flat=True))


def _shared(note: PreparationNote) -> SharedNote:
    return SharedNote(
        id=str(note.pk),
        kind=NoteKind(note.kind),
        text=note.text,
        goal_id=str(note.goal_id) if note.goal_id else None,
    )


def _by_id(goals: tuple[tuple[UUID, str], ...]) -> dict[str, str]:
    return {str(goal): wording for goal, wording in goals}
