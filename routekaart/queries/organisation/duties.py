"""What hangs on somebody's role at a school: it goes along when somebody else takes the role over.

Everything here is called inside the scope of the school.
"""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from routekaart.access import Access, NotFound, Permission, Role
from routekaart.domain.lifecycle import AGREEMENT, STUDY_DAY
from routekaart.domain.roles import GOES_ALONG, Duty
from routekaart.models import (
    Agreement,
    BlockPerson,
    Employment,
    Job,
    Person,
    RoleGrant,
    School,
    StudyDay,
    Team,
)
from routekaart.models.jobs import JobState
from routekaart.models.routekaarten import State
from routekaart.queries.organisation.names import called_at, name_at

_OVER = STUDY_DAY.steps["close"].target


@dataclass(frozen=True, slots=True)
class HandOver:
    """A role that can go to somebody else, and what goes along. `teams` are names.

    `takers` are who belongs to the school besides, by name.
    """

    school: School
    holder: Person
    role: Role
    teams: tuple[str, ...]
    agreements: int
    study_days: int
    documents: int
    takers: tuple[tuple[UUID, str], ...]


def role_to_hand_over(*, by: Access, school_id: UUID, person_id: UUID, role: Role) -> HandOver:
    """The role of one person at this school, with what hangs on it.

    Raises `NotFound` for who does not have it there or where it is nobody's to take over, and
    `Forbidden` for who does not manage the people of the school.
    """
    school = by.fetch(School, school_id, Permission.MANAGE_PEOPLE, along=("board",))
    mine = RoleGrant.objects.filter(school=school_id, person=person_id, role=role)
    with by.entered():
        grant = called_at(mine, "person", school=school_id).first()
    if grant is None or role not in GOES_ALONG:
        raise NotFound("RoleGrant")
    with by.entered():
        teams = list(teams_along(school_id, person_id, role))
        here = Q(pk__in=Employment.objects.filter(school=school_id).values("person"))
        takers = Person.objects.filter(here | Q(role_grants__school=school_id), is_active=True)
        return HandOver(
            school=school,
            holder=grant.person,
            role=role,
            teams=tuple(team.name for team in teams),
            agreements=agreements_along(person_id, role, [team.pk for team in teams]).count(),
            study_days=days_along(school_id, person_id, role).count(),
            documents=documents_along(school_id, person_id, role).count(),
            takers=tuple(
                takers.exclude(pk=person_id)
                .distinct()
                .annotate(called=name_at(school_id))
                .order_by("called", "pk")
                .values_list("pk", "called")
            ),
        )


def teams_along(school_id: UUID, person_id: UUID, role: Role) -> QuerySet[Team]:
    """The teams in which the holder has a place that goes along."""
    mine = Team.objects.filter(school=school_id, memberships__person=person_id)
    return mine.order_by("name", "pk") if Duty.TEAMS in GOES_ALONG[role] else mine.none()


def agreements_along(person_id: UUID, role: Role, teams: Collection[UUID]) -> QuerySet[Agreement]:
    """Open agreements of these teams that the holder keeps, also for next year."""
    mine = Agreement.objects.filter(
        owner=person_id, state=AGREEMENT.start, routekaart__team__in=teams
    ).exclude(routekaart__state=State.CLOSED)
    return mine if Duty.AGREEMENTS in GOES_ALONG[role] else mine.none()


def days_along(school_id: UUID, person_id: UUID, role: Role) -> QuerySet[StudyDay]:
    """Days that are not over and that the holder guides, or leads a part of."""
    coming = StudyDay.objects.filter(routekaart__team__school=school_id).exclude(
        Q(state=_OVER) | Q(routekaart__state=State.CLOSED)
    )
    led = BlockPerson.objects.filter(person=person_id, leads=True).values("block__study_day")
    mine = coming.filter(Q(trainer=person_id) | Q(pk__in=led))
    return mine if Duty.STUDY_DAYS in GOES_ALONG[role] else mine.none()


def documents_along(school_id: UUID, person_id: UUID, role: Role) -> QuerySet[Job]:
    """Documents that the holder asked for and that are not there yet; not what is private."""
    mine = Job.objects.filter(
        school=school_id,
        requested_by=person_id,
        private=False,
        state__in=(JobState.QUEUED, JobState.RUNNING),
    )
    return mine if Duty.DOCUMENTS in GOES_ALONG[role] else mine.none()
