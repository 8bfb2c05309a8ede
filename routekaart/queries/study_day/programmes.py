"""Reading the programme of a study day: what is stored, or what is suggested until then."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from courses.findings import Finding
from routekaart.access import Access, Permission
from routekaart.domain.programme import (
    BlockPerson,
    BookedDay,
    Known,
    ProgrammeBlock,
    RaisedTopic,
    elsewhere_findings,
    programme_findings,
    suggested_programme,
)
from routekaart.domain.study_day import BlockKind, NoteKind, PreparationNote, fits_programme
from routekaart.models import (
    BlockPerson as BlockPersonRow,
)
from routekaart.models import (
    Employment,
    RoleGrant,
    StudyDay,
    TeamMembership,
    Topic,
)
from routekaart.models import ProgrammeBlock as BlockRow
from routekaart.queries.planning.study_day_plans import NOT_PLANNED, days_in_plan
from routekaart.queries.study_day.topics import shared_notes

# Topics that want a place in the day.
WANTED = ("open", "scheduled")


@dataclass(frozen=True, slots=True)
class StoredBlock:
    """A block with its id; None for one that is only suggested."""

    id: UUID | None
    block: ProgrammeBlock


@dataclass(frozen=True, slots=True)
class DayProgramme:
    """The programme as this reader may see it. `findings`: what is wrong with it by now."""

    day: StudyDay
    suggested: bool
    blocks: tuple[StoredBlock, ...]
    findings: tuple[Finding, ...]


def day_programme(*, by: Access, study_day_id: UUID) -> DayProgramme:
    """The stored blocks, or what would be suggested now.

    What the team wrote, and who is in which group, is for those who work with the team: others
    see the outline of the day.
    """
    by.fetch(StudyDay, study_day_id, Permission.VIEW_ROUTEKAART)
    with by.entered():
        day = _day(study_day_id)
        rows = stored_blocks(day)
        stored = tuple(StoredBlock(row.pk, block_of(row)) for row in rows)
        blocks = stored or tuple(StoredBlock(None, block) for block in suggested_blocks(day))
        team, school = day.routekaart.team_id, day.routekaart.team.school_id
        if not by.allows(Permission.VIEW_NOTES, school=school, team=team):
            outline = tuple(
                replace(one, block=replace(one.block, items=(), people=(), topics=()))
                for one in blocks
            )
            return DayProgramme(day, not stored, outline, ())
        found = tuple(one.block for one in stored)
        return DayProgramme(day, not stored, blocks, findings_now(day, found) if found else ())


def study_day_to_read(*, by: Access, study_day_id: UUID, permission: Permission) -> StudyDay:
    """A study day with its routekaart and team and nothing more, for who has `permission`."""
    return by.fetch(StudyDay, study_day_id, permission, along=("routekaart__team__school",))


def _day(study_day_id: UUID) -> StudyDay:
    return StudyDay.objects.select_related("routekaart__team__school").get(pk=study_day_id)


def findings_now(day: StudyDay, blocks: Sequence[ProgrammeBlock]) -> tuple[Finding, ...]:
    """What is wrong with a programme, and what other teams have at the same time."""
    return (
        *programme_findings(day.starts_at, day.minutes, blocks),
        *elsewhere_findings(booked_day(day, blocks), days_of_others([day])[day.date]),
    )


def stored_blocks(day: StudyDay) -> list[BlockRow]:
    """The blocks of a day in time. Call inside the scope of its school."""
    return list(with_people(BlockRow.objects.filter(study_day=day)))


def with_people(rows: "QuerySet[BlockRow]") -> "QuerySet[BlockRow]":
    """Blocks in time, with what `block_of` reads."""
    return rows.order_by("starts_at", "track", "id").prefetch_related(
        Prefetch("person_rows", BlockPersonRow.objects.order_by("-leads", "person_id")),
        Prefetch(
            "topics",
            Topic.objects.annotate(vote_count=Count("votes")).order_by(
                "-vote_count", "position", "id"
            ),
        ),
    )


def block_of(row: BlockRow) -> ProgrammeBlock:
    """A stored block as the domain knows it; it must bring people and topics along."""
    return ProgrammeBlock(
        start=row.starts_at,
        minutes=row.minutes,
        kind=BlockKind(row.kind),
        title=row.title,
        text=row.text,
        items=tuple(row.items),
        goal_id=str(row.goal_id) if row.goal_id else None,
        track=row.track,
        room=row.room,
        people=tuple(BlockPerson(str(one.person_id), one.leads) for one in row.person_rows.all()),
        topics=tuple(str(topic.pk) for topic in row.topics.all()),
    )


def suggested_blocks(day: StudyDay) -> tuple[ProgrammeBlock, ...]:
    """What follows now from goals, topics and shared notes; nothing for a day that is too long."""
    if not fits_programme(day.starts_at, day.minutes):
        return ()
    planned = days_in_plan(day.routekaart).get(str(day.pk), NOT_PLANNED)
    topics = Topic.objects.filter(study_day=day, state__in=WANTED).annotate(
        vote_count=Count("votes")
    )
    notes = shared_notes().filter(study_day=day, topic__isnull=True)
    return suggested_programme(
        day.starts_at,
        day.minutes,
        planned.goals,
        [
            RaisedTopic(
                id=str(topic.pk),
                title=topic.title,
                goal_id=str(topic.goal_id) if topic.goal_id else None,
                votes=topic.vote_count,
                position=topic.position,
            )
            for topic in topics
        ],
        [
            PreparationNote(
                NoteKind(note.kind), note.text, str(note.goal_id) if note.goal_id else None
            )
            for note in notes
        ],
    )


# --- What a programme may refer to ---------------------------------------------------------------
def known_to(day: StudyDay, leaders: Iterable[str]) -> Known:
    """Goals, people and topics of a day; of the school only who is among `leaders`."""
    team = day.routekaart.team
    asked = [UUID(person) for person in leaders]
    employed = Employment.objects.filter(school=team.school_id, person__in=asked)
    granted = RoleGrant.objects.filter(
        Q(school=team.school_id) | Q(board__schools=team.school_id), person__in=asked
    )
    members = TeamMembership.objects.filter(team=team)
    team_ids = {str(person) for person in members.values_list("person_id", flat=True)}
    at_school = {str(person) for person in employed.values_list("person_id", flat=True)}
    at_school |= {str(person) for person in granted.values_list("person_id", flat=True)}
    return Known(
        team=frozenset(team_ids),
        school=frozenset(at_school | team_ids),
        goals=frozenset(str(goal.pk) for goal in day.routekaart.goals.all()),
        topics=frozenset(
            str(topic) for topic in Topic.objects.filter(study_day=day).values_list("id", flat=True)
        ),
    )


# --- Other teams ---------------------------------------------------------------------------------
def booked_day(day: StudyDay, blocks: Sequence[ProgrammeBlock]) -> BookedDay:
    """What a day takes of rooms and people."""
    return BookedDay(
        team=day.routekaart.team.name,
        start=day.starts_at,
        minutes=day.minutes,
        room=day.room,
        trainer=str(day.trainer_id) if day.trainer_id else None,
        blocks=tuple(blocks),
    )


def days_of_others(days: Sequence[StudyDay]) -> Mapping[date, list[BookedDay]]:
    """By date what other teams of the school have. A date that is not fixed takes nothing yet.

    `days` are days of one routekaart, read along with its team. Call inside the scope of the
    school.
    """
    found: dict[date, list[BookedDay]] = defaultdict(list)
    others = _others(days)
    blocks = blocks_that_take(others)
    for row in others:
        found[row.date].append(booked_day(row, blocks[row.pk]))
    return found


def booked_with_others(
    days: Sequence[StudyDay],
) -> tuple[Mapping[UUID, list[ProgrammeBlock]], Mapping[date, list[BookedDay]]]:
    """The blocks of these days, and by date what other teams have: in two queries for all."""
    others = _others(days)
    blocks = blocks_that_take([*days, *others])
    by_date: dict[date, list[BookedDay]] = defaultdict(list)
    for row in others:
        by_date[row.date].append(booked_day(row, blocks[row.pk]))
    return blocks, by_date


def blocks_that_take(days: Sequence[StudyDay]) -> Mapping[UUID, list[ProgrammeBlock]]:
    """Per day its blocks in time, with what they take of rooms and people and no more."""
    found: dict[UUID, dict[UUID, ProgrammeBlock]] = defaultdict(dict)
    rows = (
        BlockRow.objects.filter(study_day__in=days)
        .order_by("starts_at", "track", "id", "-person_rows__leads", "person_rows__person_id")
        .values_list(
            "id",
            "study_day_id",
            "starts_at",
            "minutes",
            "kind",
            "title",
            "track",
            "room",
            "person_rows__person_id",
            "person_rows__leads",
        )
    )
    for pk, day, starts_at, minutes, kind, title, track, room, person, leads in rows:
        block = found[day].get(pk) or ProgrammeBlock(
            starts_at, minutes, BlockKind(kind), title, track=track, room=room
        )
        if person is not None:
            block = replace(block, people=(*block.people, BlockPerson(str(person), leads)))
        found[day][pk] = block
    return defaultdict(list, {day: list(blocks.values()) for day, blocks in found.items()})


def _others(days: Sequence[StudyDay]) -> list[StudyDay]:
    if not days:
        return []
    return list(
        StudyDay.objects.filter(
            routekaart__team__school=days[0].routekaart.team.school_id,
            date__in={day.date for day in days},
            fixed=True,
        )
        .exclude(routekaart=days[0].routekaart_id)
        .select_related("routekaart__team")
        .order_by("routekaart__team__name", "id")
    )
