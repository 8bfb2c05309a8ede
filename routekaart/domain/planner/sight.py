"""A plan without what it asks of other people, for readers who may not see that."""

from collections.abc import Container
from dataclasses import replace

from routekaart.domain.planner.plan import Plan


def without_persons(plan: Plan, keep: str = "") -> Plan:
    """The plan without preparation, hours and shortages of anyone but the member `keep`."""
    return only_of(plan, {keep})


def only_of(plan: Plan, ids: Container[str]) -> Plan:
    """The plan with preparation, hours and shortages of these members alone."""
    return replace(
        plan,
        preparation_weeks=tuple(w for w in plan.preparation_weeks if w.member_id in ids),
        hours=tuple(h for h in plan.hours if h.member_id in ids),
        completed=tuple(c for c in plan.completed if c.member_id in ids),
        not_placed=tuple(n for n in plan.not_placed if n.member_id is None or n.member_id in ids),
    )


def without_completed(plan: Plan, keep: str = "") -> Plan:
    """The plan without who had done a course already, but for the member `keep`."""
    return replace(plan, completed=tuple(c for c in plan.completed if c.member_id == keep))
