"""A study day as one person has it in the hand: before, during and after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q

from routekaart.access import Access, Permission
from routekaart.models import (
    Agreement,
    BlockPerson,
    PreparationNote,
    ProgrammeBlock,
    StudyDay,
    Topic,
    TopicVote,
)
from routekaart.queries.organisation.names import called_at, person_at
from routekaart.queries.planning.current_plan import current_plan
from routekaart.queries.progress.own_assignments import OwnAssignment, own_assignments
from routekaart.queries.quality.agreements import with_owner
from routekaart.queries.study_day.day_dates import DayDates, day_dates


@dataclass(frozen=True, slots=True)
class Sight:
    """What the reader may see and do on this page."""

    # What the team wrote and who is in which group.
    inside: bool
    notes: bool
    agreements: bool
    agree: bool
    readiness: bool
    booklet: bool


@dataclass(frozen=True, slots=True)
class DayInHand:
    """`courses`: what is asked of the reader for this day. `own_drafts` and `shared`: notes of the
    reader that nobody sees yet, and those that the team shares."""

    day: StudyDay
    sight: Sight
    blocks: Sequence[ProgrammeBlock]
    topics: Sequence[Topic]
    agreements: Sequence[Agreement]
    courses: Sequence[OwnAssignment]
    own_drafts: int
    shared: int


def day_in_hand(*, by: Access, study_day_id: UUID, today: date) -> DayInHand:
    """The day as `by` may see it. Who only reads the routekaart sees the outline."""
    day = by.fetch(
        StudyDay,
        study_day_id,
        Permission.VIEW_ROUTEKAART,
        along=("routekaart__team__school",),
    )
    sight = _sight(by, day)
    with by.entered():
        day.trainer = person_at(day.trainer_id, day.routekaart.team.school_id)
        notes = _notes(by, day) if sight.inside else {}
        found = DayInHand(
            day=day,
            sight=sight,
            blocks=_blocks(day, sight),
            topics=_topics(by, day) if sight.inside else (),
            agreements=_agreements(day) if sight.agreements else (),
            courses=_courses(by, day, today),
            own_drafts=notes.get("drafts", 0),
            shared=notes.get("shared", 0),
        )
    if not sight.inside:
        # What the day brought is the team's own story.
        day.outcome = ""
    return found


def _sight(by: Access, day: StudyDay) -> Sight:
    marks: Any = day

    def may(permission: Permission) -> bool:
        return by.allows(permission, school=marks.access_school, team=marks.access_team)

    return Sight(
        inside=may(Permission.VIEW_NOTES),
        notes=may(Permission.WRITE_NOTES),
        agreements=may(Permission.VIEW_AGREEMENTS),
        agree=may(Permission.EDIT_AGREEMENTS),
        readiness=may(Permission.PREPARE_DAY),
        booklet=may(Permission.MAKE_DOCUMENT),
    )


def _blocks(day: StudyDay, sight: Sight) -> list[ProgrammeBlock]:
    rows = ProgrammeBlock.objects.filter(study_day=day).order_by("starts_at", "track", "id")
    if sight.inside:
        people = called_at(
            BlockPerson.objects.all(), "person", school=day.routekaart.team.school_id
        ).order_by("-leads", F("called_person"), "person_id")
        return list(rows.prefetch_related(Prefetch("person_rows", people, to_attr="people_shown")))
    found = list(rows)
    for row in found:
        row.items = []
    return found


def _topics(by: Access, day: StudyDay) -> list[Topic]:
    own = TopicVote.objects.filter(topic=OuterRef("pk"), person=by.person)
    return list(
        Topic.objects.filter(study_day=day)
        .annotate(vote_count=Count("votes"), own_vote=Exists(own))
        .order_by("-vote_count", "position", "id")
    )


def _agreements(day: StudyDay) -> list[Agreement]:
    return list(
        with_owner(Agreement.objects.filter(study_day=day))
        .exclude(state="dropped")
        .order_by("due_on", "id")
    )


def _notes(by: Access, day: StudyDay) -> Mapping[str, int]:
    return PreparationNote.objects.filter(study_day=day, removed_at__isnull=True).aggregate(
        drafts=Count("pk", filter=Q(author=by.person, shared_at__isnull=True)),
        shared=Count("pk", filter=Q(shared_at__isnull=False)),
    )


def _courses(by: Access, day: StudyDay, today: date) -> tuple[OwnAssignment, ...]:
    if day.routekaart.team_id not in by.teams:
        return ()
    asked = own_assignments(by=by, today=today, only_open=False)
    return tuple(item for item in asked if item.study_day == day.pk)


def coming_moments(*, by: Access, day: StudyDay, today: date) -> DayDates:
    """When the team meets about the day again, as far as that is still ahead. `day` as
    `day_in_hand` gave it."""
    with by.entered():
        own = day.follow_up_on is not None and day.evaluation_on is not None
        dates = day_dates([day], None if own else current_plan(day.routekaart))[day.pk]

    def ahead(moment: date | None) -> date | None:
        return moment if moment is not None and moment >= today else None

    return DayDates(ahead(dates.follow_up_on), ahead(dates.evaluation_on))
