"""What a migration may do to tables that are in use. `docs/migrations.md` says it in words."""

from collections.abc import Iterable, Iterator

from django.db import models
from django.db.migrations import Migration
from django.db.migrations.operations import (
    AddConstraint,
    AddField,
    AddIndex,
    AlterField,
    CreateModel,
    DeleteModel,
    RemoveField,
    RenameField,
    RenameModel,
    RunPython,
    RunSQL,
)
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models.fields import NOT_PROVIDED

from routekaart.models.operations import AddIndexBesideUse

_LATER = (RemoveField, DeleteModel)
_NEVER = (RenameField, RenameModel)
_MOVES = (RunPython, RunSQL)


def faults(migration: Migration, before: ProjectState) -> list[str]:
    """What is wrong with it, one sentence each. `before`: the tables that it finds."""
    made = {one.name_lower for one in migration.operations if isinstance(one, CreateModel)}
    found = [
        fault
        for one in migration.operations
        if getattr(one, "model_name_lower", "") not in made
        for fault in _faults_of(one, migration, before)
    ]
    moving = [one for one in migration.operations if isinstance(one, _MOVES)]
    if moving and len(moving) < len(migration.operations):
        found.append("Moves data and changes tables in one: give each a migration of its own.")
    return found


def _faults_of(one: Operation, migration: Migration, before: ProjectState) -> Iterator[str]:
    what = one.describe()
    if isinstance(one, AddIndexBesideUse):
        if migration.atomic:
            yield f"{what}: needs `atomic = False`."
    elif isinstance(one, AddIndex | AddConstraint):
        yield f"{what}: locks a table that is in use."
    elif isinstance(one, AddField):
        if not (one.field.null or one.field.db_default is not NOT_PROVIDED or _is_many(one.field)):
            yield f"{what}: the old version cannot insert; make it nullable or give a db_default."
        if one.field.unique:
            yield f"{what}: makes an index under a lock."
    elif isinstance(one, AlterField):
        if _type(one.field) != _type(_field(one, migration, before)):
            yield f"{what}: writes the whole table anew."
    elif isinstance(one, _NEVER):
        yield f"{what}: the old version still reads the old name."
    elif isinstance(one, _LATER):
        yield f"{what}: only one version after the code stopped reading it."


def _is_many(field: "models.Field[object, object]") -> bool:
    return bool(field.many_to_many)


def _field(one: AlterField, migration: Migration, before: ProjectState) -> object:
    return before.models[migration.app_label, one.model_name_lower].fields[one.name]


def _type(field: object) -> Iterable[object]:
    """What decides how PostgreSQL keeps it; a longer text is the same to it."""
    kept = getattr(field, "get_internal_type", lambda: None)()
    return (kept, getattr(field, "max_digits", None), getattr(field, "decimal_places", None))
