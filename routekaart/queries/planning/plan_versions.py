"""The versions of a plan, of which a few with what they hold."""

from dataclasses import dataclass

from django.db.models import Case, JSONField, Value, When

from routekaart.models import Plan, Routekaart
from routekaart.queries.organisation.names import called_at

_TWO = 2


@dataclass(frozen=True, slots=True)
class PlanVersions:
    """All versions, newest first, with who made them. The two latest and the two that were
    approved last have their content, the others do not."""

    rows: tuple[Plan, ...]

    @property
    def latest(self) -> Plan | None:
        """None before the first."""
        return self.rows[0] if self.rows else None

    @property
    def published(self) -> Plan | None:
        """The version that was approved last, on which people count."""
        return _approved(self.rows)

    @property
    def before_latest(self) -> Plan | None:
        """What the latest is compared to: the version approved last before it, else the one
        before it."""
        earlier = self.rows[1:]
        return _approved(earlier) or (earlier[0] if earlier else None)


def plan_versions(routekaart: Routekaart) -> PlanVersions:
    """In one query. Call inside the scope of the routekaart's school."""
    rows = Plan.objects.filter(routekaart=routekaart).order_by("-version")
    versions = rows.values("version")
    content = Case(
        When(version__in=versions[:_TWO], then="content"),
        When(version__in=versions.filter(approved_at__isnull=False)[:_TWO], then="content"),
        default=Value(None),
        output_field=JSONField(),
    )
    called = called_at(rows, "made_by", school="routekaart__team__school")
    found = tuple(called.defer("content").annotate(kept=content))
    for row in found:
        row.routekaart = routekaart
        if row.kept is not None:
            row.content = row.kept
    return PlanVersions(found)


def _approved(rows: tuple[Plan, ...]) -> Plan | None:
    return next((row for row in rows if row.approved_at is not None), None)
