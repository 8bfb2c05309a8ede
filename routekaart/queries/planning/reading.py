"""A plan as somebody may read it."""

from uuid import UUID

from routekaart import clock
from routekaart.access import Access
from routekaart.domain.planner.plan import Plan
from routekaart.domain.planner.sight import without_completed, without_persons
from routekaart.domain.privacy import names_shown
from routekaart.models import Plan as PlanRow
from routekaart.queries.planning.problems import plan_from_json
from routekaart.queries.routekaarten.routekaarten import plan_with_sight


def plan_as_seen(*, by: Access, plan_id: UUID) -> tuple[PlanRow, bool, Plan]:
    """A version, whether `by` may see what it asks of each person, and what `by` sees of it.

    Who had done a course already is only in it with the PMR's consent, or of oneself.
    """
    row, sees_persons = plan_with_sight(by=by, plan_id=plan_id)
    return row, sees_persons, content_as_seen(by=by, row=row, sees_persons=sees_persons)


def content_as_seen(*, by: Access, row: PlanRow, sees_persons: bool) -> Plan:
    """What `by` sees of a version that was read for `by`, with its school."""
    plan, own = plan_from_json(row.content), str(by.person.pk)
    if not sees_persons:
        return without_persons(plan, own)
    since = row.routekaart.team.school.progress_by_name_since
    shown = names_shown(since, clock.today())
    return plan if shown else without_completed(plan, own)
