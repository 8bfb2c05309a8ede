"""PLGs as their pages show them, in few queries and with what the reader may do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from courses.catalogue import current_catalogue
from courses.entities import PlgQuestion
from routekaart.access import Access, Permission
from routekaart.models import (
    Goal,
    LessonVisit,
    LessonVisitNote,
    MicroStep,
    Person,
    PlgCycle,
    PlgMeeting,
    Routekaart,
    TeamMembership,
)
from routekaart.queries.once_more import still_there
from routekaart.queries.organisation.names import name_at, people_at
from routekaart.queries.plg.cycles import MeetingDetail, meeting_detail, with_members
from routekaart.queries.plg.lesson_visits import notes_of, with_pair
from routekaart.queries.routekaarten.scans import ScansOfKind, scans_by_kind


@dataclass(frozen=True, slots=True)
class PlgsOfTeam:
    routekaart: Routekaart
    runs: bool
    opens_scans: bool
    answers_scans: bool
    cycles: Sequence[PlgCycle]
    self_scans: Sequence[ScansOfKind]


@dataclass(frozen=True, slots=True)
class CycleInHand:
    """`steps`: those of the reader alone. `member`: the reader is in this PLG."""

    cycle: PlgCycle
    routekaart: Routekaart
    runs: bool
    member: bool
    members: Sequence[Person]
    meetings: Sequence[PlgMeeting]
    steps: Sequence[MicroStep]
    visits: Sequence[LessonVisit]
    questions: Sequence[PlgQuestion]


@dataclass(frozen=True, slots=True)
class MeetingInHand:
    """`own_steps`: what the reader chose to try. `answers`: by the slug of the question."""

    detail: MeetingDetail
    runs: bool
    own_steps: Sequence[MicroStep]
    questions: Sequence[PlgQuestion]
    answers: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class VisitInHand:
    """`notes` is None for who is not one of the pair."""

    visit: LessonVisit
    runs: bool
    notes: Sequence[LessonVisitNote] | None


@dataclass(frozen=True, slots=True)
class PlgChoices:
    """Who and what a PLG of a routekaart may be of."""

    routekaart: Routekaart
    people: Sequence[TeamMembership]
    goals: Sequence[Goal]


def plgs_of_team(*, by: Access, routekaart_id: UUID) -> PlgsOfTeam:
    """The PLGs of a routekaart and the scans of its team."""
    routekaart = by.fetch(Routekaart, routekaart_id, Permission.VIEW_PLG, along=("team__school",))
    with by.entered():
        cycles = PlgCycle.objects.filter(routekaart=routekaart)
        return PlgsOfTeam(
            routekaart=routekaart,
            runs=_may(by, routekaart, Permission.RUN_PLG),
            opens_scans=_may(by, routekaart, Permission.OPEN_SCAN),
            answers_scans=_may(by, routekaart, Permission.ANSWER_SCAN),
            cycles=list(with_members(cycles, routekaart.team.school_id)),
            self_scans=scans_by_kind(by=by, team_id=routekaart.team_id),
        )


def cycle_in_hand(
    *, by: Access, cycle_id: UUID, permission: Permission = Permission.VIEW_PLG
) -> CycleInHand:
    """One PLG with its meetings and visits, and the reader's own steps."""
    cycle = by.fetch(PlgCycle, cycle_id, permission, along=("goal", "routekaart__team__school"))
    with by.entered():
        members = list(people_at(cycle.members.all(), cycle.routekaart.team.school_id))
        return CycleInHand(
            cycle=cycle,
            routekaart=cycle.routekaart,
            runs=_may(by, cycle, Permission.RUN_PLG),
            member=by.person in members,
            members=members,
            meetings=list(PlgMeeting.objects.filter(cycle=cycle).order_by("date", "id")),
            steps=list(MicroStep.objects.filter(cycle=cycle, person=by.person)),
            visits=list(with_pair(LessonVisit.objects.filter(cycle=cycle))),
            questions=current_catalogue().plg.questions,
        )


def meeting_in_hand(
    *, by: Access, meeting_id: UUID, permission: Permission = Permission.VIEW_PLG
) -> MeetingInHand:
    """One meeting with its agenda and answers. Of steps only the reader's own."""
    seen = by.fetch(PlgMeeting, meeting_id, permission)
    found = meeting_detail(by=by, meeting_id=meeting_id)
    return MeetingInHand(
        detail=found,
        runs=_may(by, seen, Permission.RUN_PLG),
        own_steps=[step for step in found.steps if step.person_id == by.person.pk],
        questions=current_catalogue().plg.questions,
        answers={answer.question: answer for answer in found.meeting.answers.all()},
    )


def visit_in_hand(*, by: Access, visit_id: UUID) -> VisitInHand:
    """One visit; what the pair noted is for the two of them alone."""
    seen = by.fetch(LessonVisit, visit_id, Permission.VIEW_PLG)
    with by.entered():
        found = with_pair(LessonVisit.objects.filter(pk=visit_id))
        visit = still_there(found.select_related("cycle"))
    notes = None
    if by.person.pk in {visit.visitor_id, visit.host_id}:
        notes = list(notes_of(by=by, visit_id=visit_id))
    return VisitInHand(visit, _may(by, seen, Permission.RUN_PLG), notes)


def plg_choices(*, by: Access, routekaart_id: UUID) -> PlgChoices:
    """For who sets up a PLG."""
    routekaart = by.fetch(Routekaart, routekaart_id, Permission.RUN_PLG, along=("team__school",))
    with by.entered():
        members = TeamMembership.objects.filter(team=routekaart.team_id).annotate(
            called=name_at(routekaart.team.school_id, person="person")
        )
        return PlgChoices(
            routekaart=routekaart,
            people=list(members.select_related("person").order_by("called", "id")),
            goals=list(Goal.objects.filter(routekaart=routekaart)),
        )


def _may(by: Access, fetched: Any, permission: Permission) -> bool:
    return by.allows(permission, school=fetched.access_school, team=fetched.access_team)
