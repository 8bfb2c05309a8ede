"""What a version of a plan changes for people, beside the version on which they count."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from courses.catalogue import current_catalogue
from routekaart import clock
from routekaart.access import Access, NotFound, school_scope
from routekaart.domain.calendar import Override
from routekaart.domain.content.what_changed import EarlierVersion, WhatChanged
from routekaart.domain.errors import BadInput
from routekaart.domain.planner.diff import PlanDifference, difference, only_own, sentences
from routekaart.domain.planner.sight import without_completed
from routekaart.domain.privacy import names_shown
from routekaart.models import Employment, Plan, School
from routekaart.queries.planning.problems import calendar_of, plan_from_json
from routekaart.queries.routekaarten.routekaarten import plan_with_sight


@dataclass(frozen=True, slots=True)
class PlanChanges:
    """`compared_to`: the version beside which the plan was laid."""

    compared_to: int
    difference: PlanDifference
    sentences: tuple[str, ...]
    sees_persons: bool


def changes_of_plan(*, by: Access, plan_id: UUID) -> PlanChanges | None:
    """What this version changes, in Dutch too; None for a first version.

    Beside the version approved last before it, else the one before it. Persons are only in it for
    those who may see what a plan asks of each.
    """
    plan, sees_persons = plan_with_sight(by=by, plan_id=plan_id)
    with by.entered():
        old = _last_before(plan)
    return changes_between(by=by, old=old, plan=plan, sees_persons=sees_persons) if old else None


def changes_since(*, by: Access, plan_id: UUID, since_version: int) -> PlanChanges:
    """The same beside a version of one's choice, with all that came in between.

    Raises `BadInput` (`not_an_earlier_version`).
    """
    plan, sees_persons = plan_with_sight(by=by, plan_id=plan_id)
    with by.entered():
        old = _version_before(plan, since_version)
    return changes_between(by=by, old=old, plan=plan, sees_persons=sees_persons)


def versions_before(*, by: Access, plan_id: UUID) -> tuple[int, ...]:
    """The versions that a plan can be laid beside, newest first."""
    plan, _ = plan_with_sight(by=by, plan_id=plan_id)
    with by.entered():
        return tuple(_earlier(plan).filter(by.visible(Plan)).values_list("version", flat=True))


def changes_between(
    *,
    by: Access,
    old: Plan,
    plan: Plan,
    sees_persons: bool,
    overrides: Sequence[Override] | None = None,
) -> PlanChanges:
    """The same of two versions that were read for `by`, with their school.

    `overrides` of the calendar is what the caller has read already.
    """
    with by.entered():
        return _compared(old, plan, str(by.person.pk), sees_persons, overrides)


def what_changed(
    *, plan: Plan, since_version: int, schools: tuple[UUID, ...], with_persons: bool
) -> WhatChanged:
    """What a document of this version says of an earlier one; `with_persons`: with names.

    Raises `NotFound` outside the schools and `BadInput` (`not_an_earlier_version`). The plan is
    best read along with its routekaart, team and school.
    """
    with school_scope(schools):
        if plan.routekaart.team.school_id not in schools:
            raise NotFound("Plan")
        old = _version_before(plan, since_version)
        # A document has no reader of its own: what one person did is in it for nobody.
        found = _compared(old, plan, "", with_persons)
    adopted = timezone.localdate(old.approved_at) if old.approved_at else None
    return WhatChanged(
        since=EarlierVersion(old.version, timezone.localdate(old.made_at), adopted),
        sentences=found.sentences,
        other_catalogue=old.catalogue_version != plan.catalogue_version,
    )


def what_changed_last(
    *, plan: Plan, schools: tuple[UUID, ...], with_persons: bool
) -> WhatChanged | None:
    """The same beside the version approved last before it, else the one before it.

    None for a first version, which asks nothing of the database.
    """
    if plan.version == 1:
        return None
    with school_scope(schools):
        old = _last_before(plan)
    if old is None:
        return None
    return what_changed(
        plan=plan, since_version=old.version, schools=schools, with_persons=with_persons
    )


def _last_before(plan: Plan) -> Plan | None:
    earlier = _earlier(plan)
    return earlier.filter(approved_at__isnull=False).first() or earlier.first()


def _earlier(plan: Plan) -> QuerySet[Plan]:
    rows = Plan.objects.filter(routekaart=plan.routekaart_id, version__lt=plan.version)
    return rows.order_by("-version")


def _version_before(plan: Plan, version: int) -> Plan:
    old = _earlier(plan).filter(version=version).first()
    if old is None:
        raise BadInput(
            "since_version",
            f"Kies een versie die er was vóór versie {plan.version}.",
            code="not_an_earlier_version",
        )
    return old


def _compared(
    old: Plan,
    plan: Plan,
    reader: str,
    sees_persons: bool,
    overrides: Sequence[Override] | None = None,
) -> PlanChanges:
    """For the member `reader`, if any. Call inside the scope of the school."""
    routekaart = plan.routekaart
    school = routekaart.team.school
    one, two = plan_from_json(old.content), plan_from_json(plan.content)
    if not names_shown(school.progress_by_name_since, clock.today()):
        # That a course is dropped because somebody did it is not said of others.
        two = without_completed(two, reader)
    found = difference(
        one, two, calendar_of(school=school, year=routekaart.school_year, overrides=overrides)
    )
    courses = {
        week.course: week.course_title
        for version in (one, two)
        for week in version.preparation_weeks
    }
    names, functions = _people(school)
    return PlanChanges(
        compared_to=old.version,
        difference=found if sees_persons else only_own(found, reader),
        sentences=sentences(found, names if sees_persons else None, courses, functions),
        sees_persons=sees_persons,
    )


def _people(school: School) -> tuple[dict[str, str], dict[str, str]]:
    """Per member the name, and the plural of the function of who has one only."""
    known = current_catalogue().function_by_slug
    names, functions = {}, {}
    rows = Employment.objects.filter(school=school)
    for person, name, slugs in rows.values_list("person_id", "person__name", "functions"):
        names[str(person)] = name
        if len(slugs) == 1 and slugs[0] in known:
            functions[str(person)] = known[slugs[0]].plural
    return names, functions
