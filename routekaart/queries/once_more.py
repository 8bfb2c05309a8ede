"""What `Access.fetch` found, read once more with what a page or shape shows beside it."""

from typing import TypeVar

from django.db.models import Model, QuerySet

from routekaart.access import NotFound

_M = TypeVar("_M", bound=Model)


def still_there(rows: "QuerySet[_M]") -> _M:
    """The only row. Raises `NotFound` when it went in between. Call inside the scope."""
    found = rows.first()
    if found is None:
        raise NotFound(rows.model.__name__)
    return found
