"""Study minutes that the other teams of a school have planned already for the same people."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from routekaart.domain.calendar import monday_of
from routekaart.domain.people import Booked
from routekaart.queries.planning.other_teams import OtherTeams


def booked_by_others(
    others: OtherTeams, *, own: Collection[tuple[str, str]], plan_from: date
) -> Mapping[str, tuple[Booked, ...]]:
    """Per person the minutes in each week from `plan_from` on, in order, by the latest plans.

    A course that several teams ask of somebody is done once: it counts in the plan that has it
    done first, and not at all when this team asks for it too and so plans it itself. `own`: person
    and course of what this team asks.
    """
    planned: dict[tuple[str, str], list[Counter[date]]] = defaultdict(list)
    for plan in sorted(others.plans_of_shared(), key=lambda each: each.routekaart.hex):
        of_team: dict[tuple[str, str], Counter[date]] = defaultdict(Counter)
        for week in plan.content["preparation_weeks"]:
            key = (week["member_id"], week["course"])
            if week["member_id"] in others.shared[plan.team] and key not in own:
                of_team[key][date.fromisoformat(week["week"])] += week["minutes"]
        for key, found in of_team.items():
            planned[key].append(found)
    return _from(monday_of(plan_from), planned)


def _from(
    first: date, planned: Mapping[tuple[str, str], Sequence[Counter[date]]]
) -> Mapping[str, tuple[Booked, ...]]:
    minutes: dict[str, Counter[date]] = defaultdict(Counter)
    for (person, _), plans in planned.items():
        done_first = min(plans, key=max)
        for week, count in done_first.items():
            if week >= first:
                minutes[person][week] += count
    return {
        person: tuple(Booked(week, found[week]) for week in sorted(found))
        for person, found in minutes.items()
    }
