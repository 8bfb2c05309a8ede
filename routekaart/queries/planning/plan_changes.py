"""What a version of a plan changes for people, beside the version on which they count."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from routekaart import clock
from routekaart.access import Access
from routekaart.domain.calendar import Override
from routekaart.domain.planner.diff import PlanDifference, difference, only_own, sentences
from routekaart.domain.planner.sight import without_completed
from routekaart.domain.privacy import names_shown
from routekaart.models import Employment, Plan, School
from routekaart.queries.planning.problems import calendar_of, plan_from_json
from routekaart.queries.routekaarten.routekaarten import plan_with_sight


@dataclass(frozen=True, slots=True)
class PlanChanges:
    """`compared_to`: the version approved last before this one, else the one before it."""

    compared_to: int
    difference: PlanDifference
    sentences: tuple[str, ...]
    sees_persons: bool


def changes_of_plan(*, by: Access, plan_id: UUID) -> PlanChanges | None:
    """What this version changes, in Dutch too; None for a first version.

    Persons are only in it for those who may see what a plan asks of each.
    """
    plan, sees_persons = plan_with_sight(by=by, plan_id=plan_id)
    with by.entered():
        earlier = Plan.objects.filter(routekaart=plan.routekaart_id, version__lt=plan.version)
        old = (
            earlier.filter(approved_at__isnull=False).order_by("-version").first()
            or earlier.order_by("-version").first()
        )
    return changes_between(by=by, old=old, plan=plan, sees_persons=sees_persons) if old else None


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
        routekaart = plan.routekaart
        school = routekaart.team.school
        one, two = plan_from_json(old.content), plan_from_json(plan.content)
        if not names_shown(school.progress_by_name_since, clock.today()):
            # That a course is dropped because somebody did it is not said of others.
            two = without_completed(two, str(by.person.pk))
        found = difference(
            one, two, calendar_of(school=school, year=routekaart.school_year, overrides=overrides)
        )
        courses = {
            week.course: week.course_title
            for version in (one, two)
            for week in version.preparation_weeks
        }
        names = _names(school) if sees_persons else None
    return PlanChanges(
        compared_to=old.version,
        difference=found if sees_persons else only_own(found, str(by.person.pk)),
        sentences=sentences(found, names, courses),
        sees_persons=sees_persons,
    )


def _names(school: School) -> Mapping[str, str]:
    rows = Employment.objects.filter(school=school).values_list("person_id", "person__name")
    return {str(person): name for person, name in rows}
