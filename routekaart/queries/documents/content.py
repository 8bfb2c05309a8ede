"""From rows to everything a scholingsplan is made from."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import Max, prefetch_related_objects
from django.utils import timezone

from courses.advice import AdviceItem
from routekaart import clock
from routekaart.access import NotFound, school_scope
from routekaart.domain.calendar import SchoolCalendar
from routekaart.domain.content.inputs import (
    ChosenIntervention,
    Consent,
    PlanAssignment,
    PlanGoal,
    PointAnswer,
    ScholingsplanInput,
)
from routekaart.domain.content.of_members import of_members
from routekaart.domain.dates.legal import legal_checks
from routekaart.domain.people import Member
from routekaart.domain.planner.plan import CompletedCourse
from routekaart.domain.privacy import names_shown
from routekaart.domain.rules import HARD_TO_READ
from routekaart.models import Plan, Routekaart
from routekaart.models.routekaarten import ADOPTED_STATES
from routekaart.queries.catalogue.school_catalogue import courses_with_retired
from routekaart.queries.documents.frozen import frozen_inputs
from routekaart.queries.organisation.budgets import own_numbers
from routekaart.queries.organisation.teams import employments_of, members_for_planning
from routekaart.queries.planning.plan_changes import ChangedForDocuments, what_changed_last
from routekaart.queries.planning.problems import calendar_of, plan_from_json, settings_of
from routekaart.queries.routekaarten.dates import study_day_situation
from routekaart.queries.routekaarten.rows import RoutekaartRows, rows_of, rows_of_all
from routekaart.queries.routekaarten.rules import findings_of

ALONG = ("routekaart__team__school__board",)


def scholingsplan_input(
    *,
    plan: Plan,
    schools: tuple[UUID, ...],
    with_persons: bool,
    with_checks: bool = False,
    to_keep: bool = False,
) -> ScholingsplanInput:
    """What the scholingsplan of one plan version is made from. `NotFound` outside the schools.

    Of a version that was approved it is what stood then, whatever has changed since.
    `with_checks`: with its study days against the rules, which only the MR reads. `to_keep`: with
    the own name of everybody, which an erasure finds, also where the school gave another one. The
    plan is best read along with `ALONG`.
    """
    return scholingsplan_inputs(
        plans=[plan],
        schools=schools,
        with_persons=with_persons,
        with_checks=with_checks,
        to_keep=to_keep,
    )[plan.pk]


def scholingsplan_inputs(
    *,
    plans: Collection[Plan],
    schools: tuple[UUID, ...],
    with_persons: bool,
    with_checks: bool = False,
    to_keep: bool = False,
) -> dict[UUID, ScholingsplanInput]:
    """The same of one version of each of several plans, by the id of that; in about as many
    queries as of one."""
    with school_scope(schools):
        if any(plan.routekaart.team.school_id not in schools for plan in plans):
            raise NotFound("Plan")
        latest = _latest_versions(plans)
        found = _as_approved(plans, latest, with_persons=with_persons)
        rest = [plan for plan in plans if plan.pk not in found]
        if not rest:
            return found
        prefetch_related_objects([plan.routekaart for plan in rest], "chosen")
        rows = rows_of_all([plan.routekaart for plan in rest], with_plan=False)
        calendars = {plan.pk: _calendar(rows[plan.routekaart_id], plan.routekaart) for plan in rest}
        changed = what_changed_last(plans=rest, calendars=calendars)
        for plan in rest:
            found[plan.pk] = _input(
                rows[plan.routekaart_id],
                plan.routekaart,
                plan,
                with_persons=with_persons,
                adopted=_is_adopted(plan, latest),
                with_checks=with_checks,
                to_keep=to_keep,
                calendar=calendars[plan.pk],
                changed=changed.get(plan.pk),
            )
        return found


def members_in_print(plan: Plan) -> tuple[Member, ...]:
    """Who stands in the documents of one plan version, in a few queries.

    Of a version that was approved who was in the team then. Call inside the scope of the school;
    the plan is best read along with `ALONG`.
    """
    found = _as_approved([plan], _latest_versions([plan]), with_persons=False)
    if plan.pk in found:
        return found[plan.pk].members
    team = plan.routekaart.team
    employments = employments_of(team_id=team.pk, schools=[team.school_id])
    return members_for_planning(employments, called_here=True)


def _as_approved(
    plans: Collection[Plan], latest: Collection[UUID], *, with_persons: bool
) -> dict[UUID, ScholingsplanInput]:
    """What was frozen of those that stand as they were approved."""
    # Given back, the latest version is what the team works on: that is made of today.
    approved = [
        plan for plan in plans if plan.routekaart.state in ADOPTED_STATES or plan.pk not in latest
    ]
    return frozen_inputs(approved, with_persons=with_persons, today=clock.today())


def routekaart_input(
    *, routekaart: Routekaart, plan: Plan | None, with_persons: bool
) -> ScholingsplanInput:
    """The same as things stand now, also of a routekaart that has no plan yet.

    The routekaart comes with its team, school and board. Call inside the scope of the school.
    """
    rows = rows_of(routekaart, with_plan=plan is None)
    calendar = _calendar(rows, routekaart)
    changed = what_changed_last(plans=[plan], calendars={plan.pk: calendar}) if plan else {}
    return _input(
        rows,
        routekaart,
        plan,
        with_persons=with_persons,
        adopted=plan is not None and _is_adopted(plan, _latest_versions([plan])),
        calendar=calendar,
        changed=changed.get(plan.pk) if plan else None,
    )


def _calendar(rows: RoutekaartRows, routekaart: Routekaart) -> SchoolCalendar:
    return calendar_of(
        school=routekaart.team.school,
        year=routekaart.school_year,
        overrides=rows.dates.overrides,
    )


def _is_adopted(plan: Plan, latest: Collection[UUID]) -> bool:
    """What was approved is the latest version; an older one never was what stands now."""
    return plan.routekaart.state in ADOPTED_STATES and plan.pk in latest


def _latest_versions(plans: Collection[Plan]) -> set[UUID]:
    """Which of these have no successor."""
    routekaarten = [plan.routekaart_id for plan in plans]
    versions = dict(
        Plan.objects.filter(routekaart__in=routekaarten)
        .order_by()
        .values_list("routekaart_id")
        .annotate(Max("version"))
    )
    return {plan.pk for plan in plans if versions[plan.routekaart_id] == plan.version}


def _input(
    rows: RoutekaartRows,
    routekaart: Routekaart,
    plan: Plan | None,
    *,
    with_persons: bool,
    adopted: bool,
    calendar: SchoolCalendar,
    changed: ChangedForDocuments | None,
    with_checks: bool = False,
    to_keep: bool = False,
) -> ScholingsplanInput:
    school = routekaart.team.school
    stored = plan_from_json(plan.content) if plan else None
    made_on = timezone.localdate(plan.made_at) if plan else clock.today()
    shown = stored is not None and names_shown(school.progress_by_name_since, clock.today())
    given = ScholingsplanInput(
        catalogue=rows.catalogue,
        with_persons=with_persons,
        calendar=calendar,
        team=routekaart.team.name,
        school=school.name,
        board=school.board.name,
        sector=school.sector,
        made_on=made_on,
        version=plan.version if plan else 0,
        adopted=adopted,
        prepared_by=("Teamleider", "trainer"),
        goals=_goals(rows),
        members=members_for_planning(rows.employments, called_here=not to_keep),
        # As of the plan, and by name only with the PMR's consent.
        assignments=_assignments(rows, stored.completed if stored and shown else ()),
        advice=rows.advice,
        plan=stored,
        settings=settings_of(routekaart),
        consent=Consent(mr_consent_on=routekaart.mr_date, approved_on=routekaart.approved_on)
        if adopted
        else Consent(),
        # As of the day of the plan: the same version is the same document tomorrow.
        # Hints about wording are for who writes, not for who reads.
        findings=tuple(
            one
            for one in findings_of(routekaart, plan=stored, rows=rows, today=made_on)
            if one.code != HARD_TO_READ
        ),
        # Both, because what is frozen at the approval serves both.
        changed_by_name=changed.by_name if changed else None,
        changed_in_numbers=changed.in_numbers if changed else None,
        budget=own_numbers(school),
        reason=routekaart.reason,
        checks=legal_checks(study_day_situation(routekaart, today=made_on, dates=rows.dates))
        if with_checks
        else None,
    )
    return of_members(given)


def _goals(rows: RoutekaartRows) -> tuple[PlanGoal, ...]:
    goals: list[PlanGoal] = []
    for goal in rows.goals:
        slugs = [row.intervention_id for row in goal.goal_interventions.all()]
        # An option of F belongs under the goals whose interventions ask for it.
        asked = [
            link
            for link in rows.links
            if link.intervention_id in slugs and link.facility_id not in slugs
        ]
        chosen = [ChosenIntervention(slug=slug) for slug in slugs]
        for facility in dict.fromkeys(link.facility_id for link in asked):
            of_facility = [link for link in asked if link.facility_id == facility]
            chosen.append(
                ChosenIntervention(
                    slug=facility,
                    serves=tuple(link.intervention_id for link in of_facility),
                    why=" ".join(dict.fromkeys(link.reason for link in of_facility)),
                )
            )
        shown = {item.slug for item in chosen}
        goals.append(
            PlanGoal(
                id=str(goal.pk),
                learning=goal.wording,
                noticeable=goal.noticeable,
                interventions=tuple(chosen),
                answers=tuple(
                    PointAnswer(
                        intervention=answer.intervention_id,
                        point=answer.point,
                        answer=answer.text,
                    )
                    for answer in rows.answers
                    if answer.intervention_id in shown
                ),
            )
        )
    return tuple(goals)


def _assignments(
    rows: RoutekaartRows, completed: Iterable[CompletedCourse]
) -> tuple[PlanAssignment, ...]:
    done = {(item.member_id, item.course) for item in completed}
    advised = rows.advice.items if rows.advice else ()
    items: dict[str, AdviceItem] = {item.course: item for item in advised}
    courses = courses_with_retired(rows.catalogue, (row.course for row in rows.assignments))
    found: list[PlanAssignment] = []
    for row in rows.assignments:
        course = courses[row.course]
        item = items.get(row.course)
        found.append(
            PlanAssignment(
                member_id=str(row.person),
                goal_ids=tuple(str(goal) for goal in row.goals),
                course=course.slug,
                course_title=course.title,
                minutes=course.duration_minutes,
                duration_basis=course.duration_basis,
                mandatory=row.mandatory,
                reason=row.reason,
                availability=item.availability if item else None,
                availability_text=item.availability_text if item else "",
                completed=(str(row.person), row.course) in done,
            )
        )
    return tuple(found)
