"""The latest advice and the latest plan of a routekaart, read along with its row."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django_scopes import scopes_disabled

from routekaart.models import AdviceVersion, Plan, Routekaart

ADVICE, PLAN = "advice_along", "plan_along"


def along(names: Iterable[str]) -> dict[str, Subquery]:
    """For `Access.fetch(…, also=along([ADVICE]))`: saves `contents` a query later on."""
    # Of the routekaart that is asked for, and of no other: the net is around that.
    with scopes_disabled():
        tables = {ADVICE: AdviceVersion.objects.all(), PLAN: Plan.objects.all()}
        return {
            name: Subquery(
                tables[name]
                .filter(routekaart=OuterRef("pk"))
                .order_by("-version")
                .values("content")[:1]
            )
            for name in names
        }


def contents(routekaart: Routekaart, names: Iterable[str]) -> list[Any]:
    """Their stored content, None before the first; in one query, or none for what was read along.

    Call inside the scope of the routekaart's school.
    """
    return contents_of([routekaart], names)[routekaart.pk]


def contents_of(
    routekaarten: Collection[Routekaart], names: Iterable[str]
) -> dict[UUID, list[Any]]:
    """The same of several routekaarten, each with as much read along; by id."""
    wanted = list(names)
    known = {
        row.pk: {name: value for name, value in vars(row).items() if name in {ADVICE, PLAN}}
        for row in routekaarten
    }
    missing = [name for name in wanted if any(name not in values for values in known.values())]
    if missing:
        rows = Routekaart.objects.filter(pk__in=list(known)).order_by()
        for values in rows.values("pk", **along(missing)):
            known[values["pk"]] |= values
    return {pk: [values[name] for name in wanted] for pk, values in known.items()}
