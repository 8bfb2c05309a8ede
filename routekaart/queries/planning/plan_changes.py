"""What a version of a plan changes for people, beside the version on which they count."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.db.models import F, QuerySet
from django.db.models.expressions import Combinable
from django.utils import timezone

from courses.catalogue import current_catalogue
from routekaart import clock
from routekaart.access import Access
from routekaart.domain.calendar import Override, SchoolCalendar
from routekaart.domain.content.what_changed import EarlierVersion, WhatChanged
from routekaart.domain.errors import BadInput
from routekaart.domain.planner.diff import PlanDifference, difference, only_own, sentences
from routekaart.domain.planner.plan import Plan as DomainPlan
from routekaart.domain.planner.sight import without_completed
from routekaart.domain.privacy import names_shown
from routekaart.models import Employment, Plan
from routekaart.queries.organisation.names import name_of_employed
from routekaart.queries.planning.problems import calendar_of, plan_from_json
from routekaart.queries.routekaarten.routekaarten import plan_with_sight


@dataclass(frozen=True, slots=True)
class PlanChanges:
    """`compared_to`: the version beside which the plan was laid."""

    compared_to: int
    difference: PlanDifference
    sentences: tuple[str, ...]
    sees_persons: bool


@dataclass(frozen=True, slots=True)
class ChangedForDocuments:
    """The same change as documents with names tell it, and as those without do."""

    by_name: WhatChanged
    in_numbers: WhatChanged


@dataclass(frozen=True, slots=True)
class _People:
    """Per member the name, and the plural of the function of who has one only."""

    names: dict[str, str]
    functions: dict[str, str]


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
        old = _version_before(by, plan, since_version)
    return changes_between(by=by, old=old, plan=plan, sees_persons=sees_persons)


def versions_before(*, by: Access, plan_id: UUID) -> tuple[int, ...]:
    """The versions that a plan can be laid beside, newest first."""
    plan, _ = plan_with_sight(by=by, plan_id=plan_id)
    with by.entered():
        return tuple(_earlier(by, plan).values_list("version", flat=True))


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


def what_changed_last(
    *, plans: Iterable[Plan], calendars: Mapping[UUID, SchoolCalendar]
) -> dict[UUID, ChangedForDocuments]:
    """What documents of these versions say of the one approved last before each, else of the one
    before it; by the id of the version. Nothing of a first version, which asks no query either.

    `calendars`: that of the school, by the id of the version. Call inside the scope of the
    schools; each plan comes with its routekaart, team and school.
    """
    later = {plan.pk: plan for plan in plans if plan.version > 1}
    if not later:
        return {}
    olds = _last_before_each(later.values())
    # Some of it is kept, where an erasure finds the own name of somebody.
    schools = {later[pk].routekaart.team.school_id for pk in olds}
    people = _people(schools, F("person__name"))
    return {
        pk: _for_documents(
            old, later[pk], calendars[pk], people[later[pk].routekaart.team.school_id]
        )
        for pk, old in olds.items()
    }


def _for_documents(
    old: Plan, plan: Plan, calendar: SchoolCalendar, people: _People
) -> ChangedForDocuments:
    # A document has no reader of its own: what one person did is in it for nobody.
    one, two, found = _difference(old, plan, "", calendar)
    adopted = timezone.localdate(old.approved_at) if old.approved_at else None
    said = partial(_sentences, one, two, found, people)
    return ChangedForDocuments(
        *(
            WhatChanged(
                since=EarlierVersion(old.version, timezone.localdate(old.made_at), adopted),
                sentences=said(sees_persons=sees_persons),
                other_catalogue=old.catalogue_version != plan.catalogue_version,
            )
            for sees_persons in (True, False)
        )
    )


def _last_before(plan: Plan) -> Plan | None:
    return _last_before_each([plan]).get(plan.pk)


def _last_before_each(plans: Collection[Plan]) -> dict[UUID, Plan]:
    """By the id of the later version. Two queries: a plan is long, and only one of each is read."""
    rows = Plan.objects.filter(routekaart__in={plan.routekaart_id for plan in plans}).order_by()
    versions: dict[UUID, list[tuple[bool, int, UUID]]] = defaultdict(list)
    for routekaart, approved_at, version, pk in rows.values_list(
        "routekaart_id", "approved_at", "version", "pk"
    ):
        versions[routekaart].append((approved_at is not None, version, pk))
    chosen: dict[UUID, UUID] = {}
    for plan in plans:
        earlier = [one for one in versions[plan.routekaart_id] if one[1] < plan.version]
        if earlier:
            # One that was approved goes first, and of those the newest.
            chosen[plan.pk] = max(earlier)[2]
    olds = Plan.objects.in_bulk(chosen.values())
    return {later: olds[old] for later, old in chosen.items()}


def _earlier(by: Access, plan: Plan) -> QuerySet[Plan]:
    rows = Plan.objects.filter(
        by.visible(Plan), routekaart=plan.routekaart_id, version__lt=plan.version
    )
    return rows.order_by("-version")


def _version_before(by: Access, plan: Plan, version: int) -> Plan:
    old = _earlier(by, plan).filter(version=version).first()
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
    calendar = calendar_of(school=school, year=routekaart.school_year, overrides=overrides)
    one, two, found = _difference(old, plan, reader, calendar)
    people = _people([school.pk], name_of_employed())[school.pk]
    return PlanChanges(
        compared_to=old.version,
        difference=found if sees_persons else only_own(found, reader),
        sentences=_sentences(one, two, found, people, sees_persons=sees_persons),
        sees_persons=sees_persons,
    )


def _difference(
    old: Plan, plan: Plan, reader: str, calendar: SchoolCalendar
) -> tuple[DomainPlan, DomainPlan, PlanDifference]:
    """Both versions as `reader` may know them, and what is between them."""
    one, two = plan_from_json(old.content), plan_from_json(plan.content)
    if not names_shown(plan.routekaart.team.school.progress_by_name_since, clock.today()):
        # That a course is dropped because somebody did it is not said of others.
        two = without_completed(two, reader)
    return one, two, difference(one, two, calendar)


def _sentences(
    one: DomainPlan,
    two: DomainPlan,
    found: PlanDifference,
    people: _People,
    *,
    sees_persons: bool,
) -> tuple[str, ...]:
    courses = {
        week.course: week.course_title
        for version in (one, two)
        for week in version.preparation_weeks
    }
    return sentences(found, people.names if sees_persons else None, courses, people.functions)


def _people(schools: Collection[UUID], name: Combinable) -> dict[UUID, _People]:
    """Of each of these schools, by this name of an employment."""
    known = current_catalogue().function_by_slug
    found = {school: _People({}, {}) for school in schools}
    rows = Employment.objects.filter(school__in=schools).annotate(called=name)
    for school, person, called, slugs in rows.values_list(
        "school_id", "person_id", "called", "functions"
    ):
        found[school].names[str(person)] = called
        if len(slugs) == 1 and slugs[0] in known:
            found[school].functions[str(person)] = known[slugs[0]].plural
    return found
