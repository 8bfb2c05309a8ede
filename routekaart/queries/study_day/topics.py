"""Reading topics: what the team brings up, with how many want to speak about it."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, QuerySet

from routekaart.access import Access, Permission
from routekaart.domain.study_day import NoteKind
from routekaart.domain.topics import SharedNote, TopicSuggestion, suggest_topics
from routekaart.models import Goal, PreparationNote, StudyDay, Topic, TopicVote


def shared_notes() -> QuerySet[PreparationNote]:
    """The notes that the team shares. Call inside the scope of its school."""
    return PreparationNote.objects.filter(shared_at__isnull=False, removed_at__isnull=True)


def topics_of_day(*, by: Access, study_day_id: UUID) -> QuerySet[Topic]:
    """The topics in their order, with notes, votes and whether `by` voted. In `by.entered()`."""
    by.fetch(StudyDay, study_day_id, Permission.VIEW_NOTES)
    with by.entered():
        return topics_with_notes(by).filter(study_day=study_day_id)


def topic_detail(*, by: Access, topic_id: UUID) -> Topic:
    """One topic, the same way."""
    by.fetch(Topic, topic_id, Permission.VIEW_NOTES)
    with by.entered():
        return topics_with_notes(by).get(pk=topic_id)


def topic_suggestions(*, by: Access, study_day_id: UUID) -> Sequence[TopicSuggestion]:
    """How the shared notes that are in no topic yet may be gathered."""
    day = by.fetch(StudyDay, study_day_id, Permission.VIEW_NOTES)
    with by.entered():
        goals = dict(Goal.objects.filter(routekaart=day.routekaart_id).values_list("id", "wording"))
        return suggest_topics(
            [
                SharedNote(
                    id=str(note.pk),
                    kind=NoteKind(note.kind),
                    text=note.text,
                    goal_id=str(note.goal_id) if note.goal_id else None,
                )
                for note in shared_notes().filter(study_day=day, topic__isnull=True)
            ],
            {str(goal): wording for goal, wording in goals.items()},
        )


def topics_with_notes(by: Access) -> QuerySet[Topic]:
    """Topics in their order, with notes, votes and whether `by` voted. Inside the scope."""
    own = TopicVote.objects.filter(topic=OuterRef("pk"), person=by.person)
    return (
        Topic.objects.select_related("study_day")
        .annotate(vote_count=Count("votes"), own_vote=Exists(own))
        .prefetch_related(Prefetch("notes", shared_notes(), to_attr="shared_notes"))
        .order_by("position", "id")
    )
