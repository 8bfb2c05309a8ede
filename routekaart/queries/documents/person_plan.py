"""From rows to everything the plan of one person is made from.

The person gets all teams of the school in one plan, with the own progress and the own words. Team
lead and trainer get what their team asks, and how far it is only with the PMR's consent.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, Q

from routekaart.access import Access, NotFound, Permission
from routekaart.domain.agreements import OPEN
from routekaart.domain.content.inputs import ScholingsplanInput
from routekaart.domain.content.person_input import (
    CourseRecord,
    OwnAgreement,
    OwnBudget,
    OwnMeeting,
    OwnPlg,
    OwnStep,
    PersonInTeam,
    PersonPlanInput,
)
from routekaart.domain.privacy import names_shown
from routekaart.models import (
    Agreement,
    Assignment,
    Employment,
    MicroStep,
    PlgCycle,
    PlgMeeting,
    Routekaart,
    TeamMembership,
    WorkGroup,
)
from routekaart.models.assignments import STANDING
from routekaart.queries.documents.person_teams import person_and_teams
from routekaart.queries.organisation.budgets import budgets_of

ALONG = ("team__school__board",)


def person_plan_input(
    *, by: Access, routekaart_id: UUID, person_id: UUID, today: date
) -> PersonPlanInput:
    """The plan of somebody in the team of this routekaart.

    What the team asks is that of the plan, as it stood when it was approved; how far the person is
    and what is the person's own is of today.

    Raises `NotFound` for a routekaart out of sight and for somebody who is not in the team,
    `Forbidden` for somebody else's without the right to see what is assigned to others, and
    `Conflict` (`no_employment`) for who does not work at the school.
    """
    routekaart = routekaart_for_person(by=by, routekaart_id=routekaart_id, person_id=person_id)
    own = person_id == by.person.pk
    with by.entered():
        if not TeamMembership.objects.filter(team=routekaart.team_id, person=person_id).exists():
            raise NotFound("Person")
        routekaarten = _own_routekaarten(by, routekaart) if own else [routekaart]
        member, teams = person_and_teams(routekaarten, person_id)
        shown = own or names_shown(routekaart.team.school.progress_by_name_since, today)
        found = _Found(by, person_id, routekaarten, own=own, today=today)
        return PersonPlanInput(
            member=member,
            made_on=today,
            own=own,
            budget=_budget(by, routekaart) if own else None,
            teams=tuple(
                found.in_team(one, given, with_records=shown)
                for one, given in zip(routekaarten, teams, strict=True)
            ),
        )


def _budget(by: Access, routekaart: Routekaart) -> OwnBudget | None:
    work = Employment.objects.filter(person=by.person, school=routekaart.team.school_id)
    rows = budgets_of(employments=work.select_related("school"), year=routekaart.school_year)
    return OwnBudget(rows[0].now, rows[0].basis) if rows else None


def routekaart_for_person(*, by: Access, routekaart_id: UUID, person_id: UUID) -> Routekaart:
    """The routekaart with its school, when `by` may have the plan of this person made of it."""
    found = by.fetch(Routekaart, routekaart_id, Permission.VIEW_PLAN, along=ALONG)
    if person_id != by.person.pk:
        by.require(found, Permission.VIEW_ALL_ASSIGNMENTS)
        by.require(found, Permission.MAKE_DOCUMENT)
    return found


def _own_routekaarten(by: Access, asked: Routekaart) -> Sequence[Routekaart]:
    """Those of the own teams of that school in that year, the one that was asked for first."""
    rows = Routekaart.objects.filter(
        by.visible(Routekaart),
        team__school=asked.team.school_id,
        team__in=list(by.teams),
        school_year=asked.school_year,
    ).exclude(pk=asked.pk)
    return [asked, *rows.select_related(*ALONG).order_by("team__name", "pk")]


class _Found:
    """What hangs on the person in these routekaarten, read once for all of them."""

    def __init__(
        self,
        by: Access,
        person: UUID,
        routekaarten: Sequence[Routekaart],
        *,
        own: bool,
        today: date,
    ) -> None:
        self._by, self._person, self._own, self._today = by, person, own, today
        ids = [one.pk for one in routekaarten]
        self._assignments = self._read_assignments(ids)
        self._plgs = self._read_plgs(ids)
        self._steps = self._read_steps(ids) if own else ()
        groups = Q(work_group__member_rows__person=person)
        self._agreements = list(
            Agreement.objects.filter(
                Q(owner=person) | groups | Q(owner=None, work_group=None),
                routekaart__in=ids,
                state=OPEN,
            )
            .select_related("work_group")
            .order_by("due_on", "id")
            .distinct()
        )
        self._groups = list(
            WorkGroup.objects.filter(routekaart__in=ids, member_rows__person=person).order_by(
                "name", "id"
            )
        )

    def in_team(
        self, routekaart: Routekaart, plan: ScholingsplanInput, *, with_records: bool
    ) -> PersonInTeam:
        """What one team asks of the person, as far as `by` may know it."""
        school, team = routekaart.team.school_id, routekaart.team_id

        def may(permission: Permission) -> bool:
            return self._by.allows(permission, school=school, team=team)

        rows = [row for row in self._assignments if row.routekaart_id == routekaart.pk]
        plgs = [one for one in self._plgs if one.routekaart_id == routekaart.pk]
        agreements = [one for one in self._agreements if one.routekaart_id == routekaart.pk]
        # What starts later is not there yet for the person.
        later = {row.course_id for row in rows if self._own and self._is_later(row)}
        now = {row.course_id: row.course.title for row in rows if row.state != "waived"}
        planned = {item.course: item.course_title for item in plan.assignments}
        done = {row.course_id for row in rows if with_records and row.state == "done"}
        return PersonInTeam(
            plan=_with_own_courses(plan, later=later, done=done),
            records=tuple(self._record(row) for row in rows if row.course_id not in later)
            if with_records
            else None,
            added=tuple(
                title for slug, title in now.items() if slug not in planned and slug not in later
            ),
            dropped=tuple(title for slug, title in planned.items() if slug not in now),
            plgs=tuple(_with_goal_of(plan, self._plg(one)) for one in plgs)
            if may(Permission.VIEW_PLG)
            else (),
            agreements=tuple(map(self._agreement, agreements))
            if may(Permission.VIEW_AGREEMENTS)
            else (),
            work_groups=tuple(
                one.name for one in self._groups if one.routekaart_id == routekaart.pk
            ),
            on_own_hours=tuple(
                sorted(row.course_id for row in rows if hasattr(row, "hours_agreement"))
            ),
        )

    def _read_assignments(self, ids: Sequence[UUID]) -> list[Assignment]:
        return list(
            Assignment.objects.filter(routekaart__in=ids, person=self._person, state__in=STANDING)
            .select_related("course", "completion__reflection", "hours_agreement")
            .order_by("course__title", "id")
        )

    def _read_plgs(self, ids: Sequence[UUID]) -> list[PlgCycle]:
        meetings = PlgMeeting.objects.exclude(state="skipped").order_by("date", "id")
        return list(
            PlgCycle.objects.filter(routekaart__in=ids, member_rows__person=self._person)
            .prefetch_related(Prefetch("meetings", meetings))
            .order_by("name", "id")
        )

    def _read_steps(self, ids: Sequence[UUID]) -> Sequence[MicroStep]:
        return list(
            MicroStep.objects.filter(cycle__routekaart__in=ids, person=self._person).order_by(
                "try_by", "id"
            )
        )

    def _is_later(self, row: Assignment) -> bool:
        return row.starts_on is not None and row.starts_on > self._today

    def _record(self, row: Assignment) -> CourseRecord:
        completion = row.completion
        words = self._own and completion is not None and hasattr(completion, "reflection")
        return CourseRecord(
            course=row.course_id,
            course_title=row.course.title,
            state=row.get_state_display(),
            done_on=completion.done_on if completion else None,
            reflection=completion.reflection.text if completion and words else "",
        )

    def _plg(self, cycle: PlgCycle) -> OwnPlg:
        return OwnPlg(
            name=cycle.name,
            goal_id=str(cycle.goal_id) if cycle.goal_id else "",
            meetings=tuple(
                OwnMeeting(one.date, one.minutes, one.get_state_display(), one.starts_at)
                for one in cycle.meetings.all()
            ),
            steps=tuple(
                OwnStep(one.text, one.try_by, one.get_state_display(), one.outcome)
                for one in self._steps
                if one.cycle_id == cycle.pk
            ),
        )

    def _agreement(self, row: Agreement) -> OwnAgreement:
        if row.owner_id == self._person:
            whose = "jij"
        else:
            whose = row.work_group.name if row.work_group else "het hele team"
        return OwnAgreement(row.what, whose, row.due_on, row.check_on)


def _with_goal_of(plan: ScholingsplanInput, plg: OwnPlg) -> OwnPlg:
    """A goal that came after the approval is not one of the plan."""
    return plg if any(goal.id == plg.goal_id for goal in plan.goals) else replace(plg, goal_id="")


def _with_own_courses(
    given: ScholingsplanInput, *, later: set[str], done: set[str]
) -> ScholingsplanInput:
    plan = given.plan
    return replace(
        given,
        assignments=tuple(
            replace(item, completed=item.course in done)
            for item in given.assignments
            if item.course not in later
        ),
        plan=replace(
            plan,
            preparation_weeks=tuple(
                week for week in plan.preparation_weeks if week.course not in later
            ),
        )
        if plan
        else None,
    )
