"""Taking a name out of everything the product and its users wrote. Call with the net lifted."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from routekaart.actions.documents.freezing import change_frozen
from routekaart.domain.personal_data import TABLES, Column, Table
from routekaart.domain.personal_data.names import Named
from routekaart.models import FrozenPlan
from routekaart.queries.documents.frozen import with_texts
from routekaart.queries.privacy.rows import model_of, school_path

_FROZEN = "routekaart.FrozenPlan"
_PLAN = "routekaart.Plan"


def scrub(named: Named, schools: Collection[UUID]) -> frozenset[UUID]:
    """Replaces the name at these schools; gives the schools where a text of a team held it.

    The address goes from every text. A name of one word goes only from what the product itself
    wrote: in the words of people it may be an ordinary word.
    """
    held: set[UUID] = set()
    for table in TABLES.values():
        if table.model == _FROZEN:
            continue
        of_team, made = table.of(Column.TEXT), table.of(Column.GENERATED)
        if made:
            _scrub_table(table, made, named, schools)
        if of_team:
            shown = named if named.has_full_name else Named(named.id, named.email, named.email)
            held |= _scrub_table(table, of_team, shown, schools)
    _scrub_frozen(named, schools)
    return frozenset(held)


def _scrub_table(
    table: Table, columns: tuple[str, ...], named: Named, schools: Collection[UUID]
) -> set[UUID]:
    path = school_path(table)
    rows = model_of(table)._default_manager.filter(**{f"{path}__in": schools})
    held: set[UUID] = set()
    for pk, school, *values in rows.values_list("pk", path, *columns).iterator():
        changed: dict[str, Any] = {
            column: after
            for column, before in zip(columns, values, strict=True)
            if (after := named.taken_out_of(before)) != before
        }
        if changed:
            # Beside the manager that guards plans: this is the one change that a version knows.
            model_of(table)._base_manager.filter(pk=pk).update(**changed)
            held.add(school)
    return held


def _scrub_frozen(named: Named, schools: Collection[UUID]) -> None:
    rows = FrozenPlan.objects.filter(plan__routekaart__team__school__in=schools)
    for plan in rows.values_list("plan_id", flat=True):
        change_frozen(plan_id=plan, change=lambda given: with_texts(given, named.taken_out_of))
