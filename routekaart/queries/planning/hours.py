"""The ledger of hours that a plan asks, as far as somebody may see it."""

from dataclasses import dataclass
from uuid import UUID

from pydantic import TypeAdapter

from routekaart.access import Access
from routekaart.domain.calendar import SchoolYear
from routekaart.domain.hours import CaoHours, MemberHours, own_hours_rule
from routekaart.models import Person, Plan
from routekaart.queries.organisation.names import name_at
from routekaart.queries.routekaarten.routekaarten import plan_with_sight

_HOURS = TypeAdapter(tuple[MemberHours, ...])


@dataclass(frozen=True, slots=True)
class HoursLedger:
    """`rows` by name; somebody who is no longer known has no name. `rule` gave the budgets."""

    rows: tuple[tuple[str | None, MemberHours], ...]
    rule: CaoHours | None
    year: SchoolYear


def hours_of_plan(*, by: Access, plan_id: UUID) -> HoursLedger:
    """What a plan asks of everyone, or only of `by` who may not see what it asks of others."""
    plan, sees_persons = plan_with_sight(by=by, plan_id=plan_id)
    hours = [
        row
        for row in _HOURS.validate_python(plan.content["hours"])
        if sees_persons or row.member_id == str(by.person.pk)
    ]
    with by.entered():
        start, sector, school = Plan.objects.values_list(
            "routekaart__school_year",
            "routekaart__team__school__sector",
            "routekaart__team__school",
        ).get(pk=plan_id)
        # People lie outside the net, but only those of this plan are asked for.
        people = Person.objects.filter(pk__in=[row.member_id for row in hours])
        called = people.annotate(called=name_at(school)).values_list("pk", "called")
        names = {str(pk): name for pk, name in called}
    year = SchoolYear(start)
    hours.sort(key=lambda row: (names.get(row.member_id, ""), row.member_id))
    return HoursLedger(
        rows=tuple((names.get(row.member_id), row) for row in hours),
        rule=own_hours_rule(sector, year.first_day),
        year=year,
    )
