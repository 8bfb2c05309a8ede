"""What one needs to make the programme of a study day: what stands, and what it may hold."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, prefetch_related_objects

from courses.findings import Finding
from routekaart.access import Access, Permission, Role
from routekaart.clock import today
from routekaart.domain.programme import (
    BookedDay,
    elsewhere_findings,
    programme_findings,
)
from routekaart.domain.programme import ProgrammeBlock as Block
from routekaart.models import (
    Person,
    ProgrammeBlock,
    RoleGrant,
    StudyDay,
    TeamMembership,
    Topic,
)
from routekaart.queries.organisation.names import name_at
from routekaart.queries.study_day.programmes import (
    block_of,
    booked_day,
    days_of_others,
    stored_blocks,
    suggested_blocks,
)

_MAY_LEAD = (Role.TRAINER, Role.TEAM_LEAD, Role.DIRECTOR)


@dataclass(frozen=True, slots=True)
class ProgrammeDesk:
    """`suggested`: nothing is stored yet, or the suggestion was asked for; then `blocks` are those
    that follow now. `leaders` are the team and who guides the school; each with a name."""

    day: StudyDay
    suggested: bool
    stored: bool
    blocks: tuple[Block, ...]
    members: tuple[tuple[str, str], ...]
    leaders: tuple[tuple[str, str], ...]
    goals: tuple[tuple[str, str], ...]
    topics: Mapping[str, str]
    others: tuple[BookedDay, ...]

    def findings(self, blocks: Sequence[Block]) -> tuple[Finding, ...]:
        """What is wrong with such a programme, and what other teams have at the same time."""
        return (
            *programme_findings(self.day.starts_at, self.day.minutes, blocks),
            *elsewhere_findings(booked_day(self.day, blocks), self.others),
        )


def programme_desk(*, by: Access, study_day_id: UUID, anew: bool) -> ProgrammeDesk:
    """For who prepares the day. `anew`: the suggestion, also when a programme is stored."""
    day = by.fetch(
        StudyDay, study_day_id, Permission.PREPARE_DAY, along=("routekaart__team__school",)
    )
    with by.entered():
        # Read once: the suggestion asks for them too.
        prefetch_related_objects([day.routekaart], "goals")
        rows = [] if anew else stored_blocks(day)
        suggested = anew or not rows
        blocks = suggested_blocks(day) if suggested else tuple(block_of(row) for row in rows)
        led = {UUID(one.id) for block in blocks for one in block.people if one.leads}
        people = tuple(_people(day, led))
        stored = bool(rows) or (anew and ProgrammeBlock.objects.filter(study_day=day).exists())
        return ProgrammeDesk(
            day=day,
            suggested=suggested,
            stored=stored,
            blocks=blocks,
            members=tuple((str(pk), name) for pk, name, in_team in people if in_team),
            leaders=tuple((str(pk), name) for pk, name, _ in people),
            goals=tuple((str(goal.pk), goal.wording) for goal in day.routekaart.goals.all()),
            topics=dict(_named(Topic.objects.filter(study_day=day).values_list("id", "title"))),
            others=tuple(days_of_others([day])[day.date]),
        )


def _people(day: StudyDay, led: set[UUID]) -> "QuerySet[Person, tuple[UUID, str, bool]]":
    """The team and who guides the school, by name, with whether each is in the team."""
    team = day.routekaart.team
    granted = RoleGrant.objects.in_force(today()).filter(
        Q(school=team.school_id) | Q(board=team.school.board_id),
        person=OuterRef("pk"),
        role__in=_MAY_LEAD,
    )
    return (
        Person.objects.annotate(
            in_team=Exists(TeamMembership.objects.filter(team=team, person=OuterRef("pk"))),
            called=name_at(team.school_id),
        )
        .filter(Q(in_team=True) | Exists(granted) | Q(pk__in=led))
        .order_by("called", "id")
        .values_list("id", "called", "in_team")
    )


def _named(rows: Iterable[tuple[UUID, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((str(pk), name) for pk, name in rows)
