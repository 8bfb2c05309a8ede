"""The manager of every tenant table: the fail-closed net of django-scopes, as a typed class.

Outside a scope every use raises; inside one it is narrowed to the schools of the scope. The
library's own ScopedManager makes a class at run time, which type checkers cannot follow, and lets
a few methods through outside a scope (`exclude(…).exists()` among them): this one stands on the
same scope and refuses before there is a query set at all.
"""

from functools import lru_cache
from typing import Any, TypeVar

from django.db import models
from django_scopes import get_scope
from django_scopes.exceptions import ScopeError

_M_co = TypeVar("_M_co", bound=models.Model, covariant=True)


class ScopedManager(models.Manager[_M_co]):
    """`school` is the one path from the table to its school."""

    def __init__(self, *, school: str = "") -> None:
        super().__init__()
        self.school = school

    def get_queryset(self) -> "models.QuerySet[_M_co]":
        current: dict[str, Any] = get_scope()
        if not current.get("_enabled", True):
            return super().get_queryset()
        if "school" not in current:
            raise ScopeError(f"{self.model.__name__} is only reached inside a scope of schools.")
        schools = current["school"]
        several = tuple(schools) if isinstance(schools, list | tuple) else (schools,)
        everything = super().get_queryset()
        narrowed: models.QuerySet[_M_co] = _narrowed(
            type(everything), self.model, self._path(), several
        )
        return narrowed.using(self._db)

    def none(self) -> "models.QuerySet[_M_co]":
        """Nothing at all, which is nobody's: allowed anywhere."""
        return super().get_queryset().none()

    def _path(self) -> str:
        # A related manager is made by Django without arguments: the model's own manager knows.
        manager: Any = self.model._meta.default_manager
        path: str = self.school or manager.school
        return path


# Working out the joins to the school costs more than many of the queries themselves, and reading
# a list of related rows asks for it once per row.
@lru_cache(maxsize=1024)
def _narrowed(
    queryset: Any, model: type[models.Model], path: str, schools: tuple[Any, ...]
) -> "models.QuerySet[Any]":
    """A query set that is only ever copied, never run."""
    found: models.QuerySet[Any] = queryset(model=model).filter(**{f"{path}__in": schools})
    return found
