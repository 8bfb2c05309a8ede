"""Reading PLGs: cycles, meetings and small steps. Every query starts from what `by` may see."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from courses.catalogue import current_catalogue
from routekaart.access import Access, Forbidden, NotFound, Permission
from routekaart.domain.plg_cycle.agenda import Question
from routekaart.models import (
    Agreement,
    MicroStep,
    Person,
    PlgCycle,
    PlgCycleMember,
    PlgMeeting,
    Routekaart,
)
from routekaart.queries.once_more import still_there
from routekaart.queries.organisation.names import called_at, people_at
from routekaart.queries.quality.agreements import comes_back


@dataclass(frozen=True, slots=True)
class MeetingDetail:
    """A meeting with what comes up at it by itself.

    `steps` are for the members of the PLG alone; to anybody else there are none.
    """

    meeting: PlgMeeting
    steps: tuple[MicroStep, ...]
    agreements: tuple[Agreement, ...]


def cycles_of(*, by: Access, routekaart_id: UUID) -> QuerySet[PlgCycle]:
    """The PLGs of a routekaart by name, with their members. Evaluate inside `by.entered()`."""
    routekaart: Any = by.fetch(Routekaart, routekaart_id, Permission.VIEW_PLG)
    with by.entered():
        cycles = PlgCycle.objects.filter(routekaart=routekaart_id)
        return with_members(cycles, routekaart.access_school)


def cycle_detail(*, by: Access, cycle_id: UUID) -> PlgCycle:
    """One PLG with its members."""
    seen: Any = by.fetch(PlgCycle, cycle_id, Permission.VIEW_PLG)
    with by.entered():
        cycles = PlgCycle.objects.filter(pk=cycle_id)
        return still_there(with_members(cycles, seen.access_school))


def with_members(cycles: "QuerySet[PlgCycle]", school_id: UUID) -> "QuerySet[PlgCycle]":
    """Each, of this school, with its members by name. Call and evaluate inside the scope."""
    return cycles.prefetch_related(Prefetch("members", people_at(Person.objects.all(), school_id)))


def meetings_of(*, by: Access, cycle_id: UUID) -> QuerySet[PlgMeeting]:
    """The meetings of a PLG by date, with their answers."""
    by.fetch(PlgCycle, cycle_id, Permission.VIEW_PLG)
    with by.entered():
        return PlgMeeting.objects.filter(cycle=cycle_id).prefetch_related("answers")


def meeting_detail(*, by: Access, meeting_id: UUID) -> MeetingDetail:
    """One meeting with its answers, the steps that are open and the agreements that are due."""
    by.fetch(PlgMeeting, meeting_id, Permission.VIEW_PLG)
    with by.entered():
        meetings = PlgMeeting.objects.select_related("cycle").prefetch_related("answers")
        meeting = still_there(meetings.filter(pk=meeting_id))
        steps: tuple[MicroStep, ...] = ()
        if is_member(meeting.cycle_id, by.person):
            steps = tuple(_steps(meeting.cycle_id).filter(state="chosen"))
        return MeetingDetail(
            meeting,
            steps,
            tuple(
                Agreement.objects.filter(
                    comes_back(meeting.date), routekaart=meeting.cycle.routekaart_id
                )
            ),
        )


def micro_steps_of(*, by: Access, cycle_id: UUID) -> QuerySet[MicroStep]:
    """What the members of a PLG try, by date: for its members alone, without any ranking."""
    by.fetch(PlgCycle, cycle_id, Permission.VIEW_PLG)
    with by.entered():
        if not is_member(cycle_id, by.person):
            raise Forbidden(Permission.VIEW_PLG)
        return _steps(cycle_id)


def micro_step_detail(*, by: Access, step_id: UUID) -> MicroStep:
    """One step, for its own person and the other members of the PLG; `NotFound` to others."""
    seen = by.fetch(MicroStep, step_id, Permission.VIEW_PLG)
    with by.entered():
        if seen.person_id != by.person.pk and not is_member(seen.cycle_id, by.person):
            raise NotFound("MicroStep")
        return still_there(_called(MicroStep.objects.filter(pk=step_id)))


def _steps(cycle_id: UUID) -> "QuerySet[MicroStep]":
    # Of who has left the PLG nothing is shown any more.
    members = PlgCycleMember.objects.filter(cycle=cycle_id).values("person")
    return _called(MicroStep.objects.filter(cycle=cycle_id, person__in=members))


def _called(steps: "QuerySet[MicroStep]") -> "QuerySet[MicroStep]":
    return called_at(steps, "person", school="cycle__routekaart__team__school")


def is_member(cycle_id: UUID, person: Person) -> bool:
    """Whether somebody is in a PLG. Call inside the scope of its school."""
    return PlgCycleMember.objects.filter(cycle=cycle_id, person=person).exists()


def the_four_questions() -> tuple[Question, ...]:
    """The four questions of the catalogue, in order."""
    return tuple(Question(each.slug, each.title) for each in current_catalogue().plg.questions)


def last_answers(cycle: PlgCycle) -> dict[str, str]:
    """Per question what the last meeting that was held answered. Call inside the scope."""
    meeting = PlgMeeting.objects.filter(cycle=cycle, state="held").order_by("-date").first()
    if meeting is None:
        return {}
    return {answer.question: answer.text for answer in meeting.answers.all() if answer.text}


def other_meeting_dates(cycle: PlgCycle) -> frozenset[date]:
    """When a member of this PLG has a meeting of another one. Call inside the scope."""
    return frozenset(
        PlgMeeting.objects.filter(
            cycle__member_rows__person__in=cycle.member_rows.values("person"),
            cycle__routekaart__team__school=cycle.routekaart.team.school_id,
            state="planned",
        )
        .exclude(cycle=cycle)
        .values_list("date", flat=True)
    )
