"""Taking a name out of everything the product and its users wrote. Call with the net lifted.

Also out of the words of one person about another: a reason, a reflection, a note.
"""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet, UniqueConstraint

from routekaart.actions.catalogue.own_courses import change_texts_of_own_courses
from routekaart.actions.documents.freezing import change_frozen
from routekaart.domain.personal_data import TABLES, Column, Table
from routekaart.domain.personal_data.names import Named
from routekaart.models import FrozenPlan
from routekaart.queries.documents.frozen import with_texts
from routekaart.queries.privacy.rows import model_of, school_path

# Changed through a seam of its own.
_FROZEN = "routekaart.FrozenPlan"
# What is kept of an account holds that of the person self; answers are forgotten as a whole.
_OF_ONE_PERSON = frozenset(
    {
        "account.EmailAddress",
        "routekaart.IdempotencyKey",
        "routekaart.Person",
        "socialaccount.SocialAccount",
        "usersessions.UserSession",
    }
)


def scrub(named: Named, schools: Collection[UUID]) -> None:
    """Replaces the name at these schools.

    The address goes from every text. A name of one word goes only from what the product itself
    wrote: in the words of people it may be an ordinary word.
    """
    for table in TABLES.values():
        if table.model == _FROZEN or table.model in _OF_ONE_PERSON:
            continue
        of_people, made = table.of(Column.TEXT) + table.of(Column.OWN), table.of(Column.GENERATED)
        if made:
            _scrub_table(table, made, named, schools)
        if of_people:
            _scrub_table(table, of_people, _in_words(named), schools)
    _scrub_frozen(named, schools)
    change_texts_of_own_courses(schools=schools, change=_in_words(named).taken_out_of)


def _in_words(named: Named) -> Named:
    return named if named.has_full_name else Named(named.id, named.email, named.email)


def _scrub_table(
    table: Table, columns: tuple[str, ...], named: Named, schools: Collection[UUID]
) -> None:
    path = school_path(table)
    rows: QuerySet[Any] = model_of(table)._default_manager.all()
    # The log of the catalogue is of no school: it is looked through as a whole.
    rows = rows.filter(**{f"{path}__in": schools}) if path else rows
    for pk, *values in rows.values_list("pk", *columns).iterator():
        changed: dict[str, Any] = {
            column: _fitting(table, column, after)
            for column, before in zip(columns, values, strict=True)
            if (after := named.taken_out_of(before)) != before
        }
        if changed:
            # Beside the manager that guards plans: this is the one change that a version knows.
            rows_of = model_of(table)._base_manager
            rows_of.filter(pk=pk).update(**_distinct(model_of(table), pk, changed))


def _fitting(table: Table, column: str, value: Any) -> Any:
    """Cut off where the column ends: what stands there instead may be longer than the name."""
    most = _longest(model_of(table), column)
    return value[:most] if isinstance(value, str) else value


def _distinct(model: type[Model], pk: object, changed: dict[str, Any]) -> dict[str, Any]:
    """With a number where another row already has the same: two people's names become one word."""
    changed = dict(changed)
    others = model._base_manager.exclude(pk=pk)
    for fields in _once_only(model):
        column = next((one for one in fields if one in changed), None)
        if column is None:
            continue
        row: Any = model._base_manager.values(*fields).get(pk=pk)
        text, number = changed[column], 1
        row |= {one: changed[one] for one in fields if one in changed}
        while others.filter(**row).exists():
            number += 1
            row[column] = changed[column] = _numbered(text, number, _longest(model, column))
    return changed


def _once_only(model: type[Model]) -> list[Sequence[str]]:
    """The columns that may hold the same together in one row only. Where a constraint is about
    some rows, a number too many harms nobody."""
    single: list[Sequence[str]] = [(field.name,) for field in model._meta.fields if field.unique]
    constraints = [one for one in model._meta.constraints if isinstance(one, UniqueConstraint)]
    return single + [one.fields for one in constraints]


def _numbered(text: str, number: int, most: int | None) -> str:
    behind = f" {number}"
    return (text if most is None else text[: most - len(behind)]) + behind


def _longest(model: type[Model], column: str) -> int | None:
    most: int | None = getattr(model._meta.get_field(column), "max_length", None)
    return most


def _scrub_frozen(named: Named, schools: Collection[UUID]) -> None:
    rows = FrozenPlan.objects.filter(plan__routekaart__team__school__in=schools)
    for plan in rows.values_list("plan_id", flat=True):
        change_frozen(plan_id=plan, change=lambda given: with_texts(given, named.taken_out_of))
