"""What one needs to make the programme of a study day: what stands, and what it may hold."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from courses.findings import Finding
from routekaart.access import Access, Permission, Role
from routekaart.domain.programme import (
    BookedDay,
    ProgrammeBlock,
    elsewhere_findings,
    programme_findings,
)
from routekaart.models import Goal, Person, StudyDay, TeamMembership, Topic
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
    blocks: tuple[ProgrammeBlock, ...]
    members: tuple[tuple[str, str], ...]
    leaders: tuple[tuple[str, str], ...]
    goals: tuple[tuple[str, str], ...]
    topics: Mapping[str, str]
    others: tuple[BookedDay, ...]

    def findings(self, blocks: Sequence[ProgrammeBlock]) -> tuple[Finding, ...]:
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
        rows = stored_blocks(day)
        suggested = anew or not rows
        blocks = suggested_blocks(day) if suggested else tuple(block_of(row) for row in rows)
        led = {UUID(one.id) for block in blocks for one in block.people if one.leads}
        members = TeamMembership.objects.filter(team=day.routekaart.team_id).order_by(
            "person__name", "person_id"
        )
        return ProgrammeDesk(
            day=day,
            suggested=suggested,
            stored=bool(rows),
            blocks=blocks,
            members=_named(members.values_list("person_id", "person__name")),
            leaders=_named(_leaders(day, led).values_list("id", "name")),
            goals=_named(
                Goal.objects.filter(routekaart=day.routekaart_id).values_list("id", "wording")
            ),
            topics=dict(_named(Topic.objects.filter(study_day=day).values_list("id", "title"))),
            others=tuple(days_of_others([day])[day.date]),
        )


def _leaders(day: StudyDay, led: set[UUID]) -> QuerySet[Person]:
    team = day.routekaart.team
    at_school = Q(role_grants__school=team.school_id) | Q(role_grants__board=team.school.board_id)
    return (
        Person.objects.filter(
            Q(memberships__team=team)
            | (at_school & Q(role_grants__role__in=_MAY_LEAD))
            | Q(pk__in=led)
        )
        .distinct()
        .order_by("name", "id")
    )


def _named(rows: Iterable[tuple[UUID, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((str(pk), name) for pk, name in rows)
