"""A plan without what it asks of other people, for readers who may not see that."""

from dataclasses import replace

from routekaart.domain.planner.plan import Plan


def without_persons(plan: Plan, keep: str = "") -> Plan:
    """The plan without preparation, hours and shortages of anyone but the member `keep`."""
    return replace(
        plan,
        preparation_weeks=tuple(w for w in plan.preparation_weeks if w.member_id == keep),
        hours=tuple(h for h in plan.hours if h.member_id == keep),
        completed=tuple(c for c in plan.completed if c.member_id == keep),
        not_placed=tuple(n for n in plan.not_placed if n.member_id in (None, keep)),
    )


def without_completed(plan: Plan, keep: str = "") -> Plan:
    """The plan without who had done a course already, but for the member `keep`."""
    return replace(plan, completed=tuple(c for c in plan.completed if c.member_id == keep))
