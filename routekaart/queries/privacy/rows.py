"""The rows of one person, by the table of personal data. Call with the net lifted.

Whoever calls this checked that the rows may be read: by the person self, or to erase them.
"""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Count, IntegerField, Model, Q, QuerySet, Value

from routekaart.domain.personal_data import TABLES, Rows, Table
from routekaart.models import School
from routekaart.models.scoped import ScopedManager

# From a table outside the net to its schools, where it has any.
_SCHOOLS = {
    "routekaart.ApiToken": "person__role_grants__school",
    "routekaart.IdempotencyKey": "person__role_grants__school",
    "routekaart.Job": "school",
    "routekaart.Mail": "school",
}
# Of an account: its schools are where the person has a role.
_OF_ACCOUNTS = {"routekaart.ApiToken", "routekaart.IdempotencyKey"}


def model_of(table: Table) -> type[Model]:
    """The model that a table describes."""
    return apps.get_model(table.model)


def rows_with(lookups: tuple[str, ...], table: Table, person_id: UUID) -> "QuerySet[Any]":
    """The rows in which one of `lookups` leads to the person; none when there are no lookups."""
    rows: QuerySet[Any] = model_of(table)._default_manager.all()
    if not lookups:
        return rows.none()
    wanted = Q()
    for lookup in lookups:
        wanted |= Q(**{lookup: person_id})
    return rows.filter(wanted).distinct()


def school_path(table: Table) -> str:
    """The lookup from a row to its school; empty where there is none."""
    if table.model == "routekaart.School":
        return ""
    manager = model_of(table)._default_manager
    if isinstance(manager, ScopedManager):
        return manager.school
    return _SCHOOLS.get(table.model, "")


def _is_at_a_school(table: Table) -> bool:
    """Whether its rows are of a school, and not of an account that came from one."""
    return bool(school_path(table)) and table.model not in _OF_ACCOUNTS


def schools_of_person(person_id: UUID) -> frozenset[UUID]:
    """The schools where anything of or by the person is kept."""
    found: set[UUID] = set()
    for table in TABLES.values():
        path = school_path(table)
        lookups = (*table.owners, *table.of_doers())
        if path and lookups:
            found.update(rows_with(lookups, table, person_id).values_list(path, flat=True))
    # A path may lead through an empty reference.
    return frozenset(filter(None, found))


def boards_of(schools: Collection[UUID]) -> frozenset[UUID]:
    """The boards of these schools: what is about one of those is kept at any of its schools."""
    found = School._base_manager.filter(pk__in=schools)
    return frozenset(found.values_list("board_id", flat=True))


def counted_rows(person_id: UUID, *, schools: Collection[UUID]) -> list[tuple[Table, Rows, int]]:
    """How many rows of each table at `schools` are of the person or name who did it, in one query.

    With what an erasure does with them. What is of no school, such as the account itself, and
    empty tables are left out.
    """
    asked = [
        (table, rows, lookups)
        for table in TABLES.values()
        for rows, lookups in ((table.rows, table.owners), (Rows.STAY, table.of_doers()))
        if lookups and _is_at_a_school(table)
    ]
    counts = [
        rows_with(lookups, table, person_id)
        .filter(**{f"{school_path(table)}__in": schools})
        .order_by()
        .values(place=Value(place, IntegerField()))
        .annotate(count=Count("pk", distinct=True))
        .values_list("place", "count")
        for place, (table, _, lookups) in enumerate(asked)
    ]
    found = counts[0].union(*counts[1:], all=True)
    return [(asked[place][0], asked[place][1], count) for place, count in sorted(found) if count]
