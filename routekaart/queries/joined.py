"""Rows with their small children in one query, where `prefetch_related` takes one for each kind."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db.models import F, Model, QuerySet

_M = TypeVar("_M", bound=Model)


def with_children(
    rows: "QuerySet[_M]", *, apart: str = "", **wanted: tuple[str, ...]
) -> tuple[_M, ...]:
    """The rows in their order; `row.<relation>.all()` gives its children, as after a prefetch.

    `wanted` names per relation the fields of a child that are read; the children come in the order
    of those. Children of several kinds multiply the lines of the answer, so this is for a handful
    of each. `apart` names an annotation that may give one row several times: once for each value.
    """
    marks = {
        _mark(relation, field): F(f"{relation}__{field}")
        for relation, fields in wanted.items()
        for field in (*fields, "pk")
    }
    found: dict[object, _M] = {}
    children: dict[tuple[object, str], dict[object, tuple[Any, ...]]] = {}
    for line in rows.annotate(**marks):
        key: object = (line.pk, getattr(line, apart) if apart else None)
        found.setdefault(key, line)
        for relation, fields in wanted.items():
            of_row = children.setdefault((key, relation), {})
            pk = getattr(line, _mark(relation, "pk"))
            if pk is not None:
                of_row[pk] = tuple(getattr(line, _mark(relation, field)) for field in fields)
    for (key, relation), values in children.items():
        _keep(found[key], relation, wanted[relation], sorted(values.values()))
    return tuple(found.values())


def _mark(relation: str, field: str) -> str:
    return f"joined_{relation}_{field}"


def _keep(
    row: Model, relation: str, fields: tuple[str, ...], values: Iterable[tuple[Any, ...]]
) -> None:
    """Puts the children where a prefetch would have put them: for that Django has no open door."""
    link: Any = row._meta.get_field(relation)
    kept: Any = getattr(row, relation).all()
    names = (link.field.attname, *fields)
    kept._result_cache = [  # noqa: SLF001 - see above
        _child(link.related_model, dict(zip(names, (row.pk, *one), strict=True)), row)
        for one in values
    ]
    kept._prefetch_done = True  # noqa: SLF001 - see above
    vars(row).setdefault("_prefetched_objects_cache", {})[relation] = kept


def _child(model: type[Model], values: dict[str, Any], row: Model) -> Model:
    # Django takes the values in the order of the fields; what is not read here waits till asked.
    names = [field.attname for field in model._meta.concrete_fields if field.attname in values]
    return model.from_db(row._state.db, names, [values[name] for name in names])
