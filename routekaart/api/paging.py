"""Lists in pages: `limit` and `offset` in, `items` and `count` out."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet
from ninja import Query as PageQuery
from pydantic import Field

from routekaart.api.shapes import Query, Reply

# `page: PageQuery[Page]` in a view: the parameters come from the query string.
__all__ = ["Listed", "Page", "PageQuery", "paged"]

_Row = TypeVar("_Row")
_Item = TypeVar("_Item")


class Page(Query):
    """Which part of a list. Subclass it to add filters."""

    limit: int = Field(20, ge=1, le=100)
    offset: int = Field(0, ge=0, le=10_000)


class Listed(Reply, Generic[_Item]):
    """One page of a list; `count` is how many there are in all."""

    items: list[_Item]
    count: int

    @classmethod
    def model_parametrized_name(cls, params: tuple[Any, ...]) -> str:
        return f"{params[0].__name__}List"


def paged(
    rows: "QuerySet[Any, _Row] | Sequence[_Row]", page: Page, to_shape: Callable[[_Row], _Item]
) -> dict[str, Any]:
    """The page of `rows` as the content of a `Listed`. A queryset costs two queries.

    A queryset must have an order of its own, and bring along what `to_shape` reads.
    """
    count = rows.count() if isinstance(rows, QuerySet) else len(rows)
    part = rows[page.offset : page.offset + page.limit]
    return {"items": [to_shape(row) for row in part], "count": count}
