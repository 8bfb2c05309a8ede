"""What a board reads of each school: sums over its teams, in a fixed number of queries.

What is hidden of a team is in no sum either: with it, it would follow by subtraction.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Count, Min

from routekaart.access import Access
from routekaart.domain.overview import SchoolTotals, TeamHours, cost, team_hours
from routekaart.models import Agreement, StudyDay
from routekaart.queries.overview.lines import TeamLine
from routekaart.queries.overview.reading import chosen_of, plans_of
from routekaart.queries.quality.agreements import comes_back


def school_totals(
    *, by: Access, lines: Sequence[TeamLine], today: date
) -> Mapping[UUID, SchoolTotals]:
    """The sums per school of these teams, as `overview` gave them to the same person."""
    by_school: dict[UUID, list[UUID]] = defaultdict(list)
    for line in lines:
        if line.routekaart is not None:
            by_school[line.school].append(line.routekaart)
    ids = [one for own in by_school.values() for one in own]
    countable = {line.routekaart for line in lines if line.sees_agreements}
    with by.entered():
        plans, chosen = plans_of(ids), chosen_of(ids)
        next_days = dict(
            StudyDay.objects.filter(routekaart__in=ids, date__gte=today)
            .order_by()
            .values_list("routekaart_id")
            .annotate(first=Min("date"))
        )
        due = dict(
            Agreement.objects.filter(comes_back(today), routekaart__in=ids)
            .order_by()
            .values_list("routekaart_id")
            .annotate(number=Count("pk"))
        )
    hours = {key: team_hours(plan.hours) for key, plan in plans.items()}

    def totals(own: Collection[UUID]) -> SchoolTotals:
        known = [found for one in own if (found := hours.get(one)) is not None]
        shown = [one for one in known if not one.hidden]
        return SchoolTotals(
            hours=_sum(shown) if shown else None,
            teams_counted=len(shown),
            teams_hidden=len(known) - len(shown),
            cost=cost(each.cost for one in own for each in chosen[one]),
            next_day=min((next_days[one] for one in own if one in next_days), default=None),
            to_look_at=sum(due.get(one, 0) for one in own if one in countable),
        )

    return {school: totals(own) for school, own in by_school.items()}


def _sum(shown: Collection[TeamHours]) -> TeamHours:
    return TeamHours(
        # People who are in two teams would count twice.
        people=None,
        assigned=sum(one.assigned for one in shown),
        individual=sum(one.individual for one in shown),
        assumed=sum(one.assumed for one in shown),
    )
