"""The latest advice and the latest plan of a routekaart, read along with its row."""

from collections.abc import Iterable
from typing import Any

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
    known = {name: value for name, value in vars(routekaart).items() if name in {ADVICE, PLAN}}
    missing = [name for name in names if name not in known]
    if missing:
        known |= Routekaart.objects.filter(pk=routekaart.pk).values(**along(missing)).get()
    return [known[name] for name in names]
