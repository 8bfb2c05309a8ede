"""Operations for migrations of tables that are in use."""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import AddIndex
from django.db.migrations.exceptions import IrreversibleError
from django.db.migrations.state import ProjectState
from django.db.models import Model


class AddIndexBesideUse(AddIndex):
    """An index that PostgreSQL makes while others go on writing to the table.

    Only in a migration with `atomic = False`. Other databases make it as ever.
    """

    atomic = False

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,  # noqa: ARG002 - Django gives both
        to_state: ProjectState,
    ) -> None:
        model: type[Model] = to_state.apps.get_model(app_label, self.model_name)
        if self.allow_migrate_model(schema_editor.connection.alias, model):
            schema_editor.add_index(model, self.index, **_beside(schema_editor))

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,  # noqa: ARG002 - Django gives both
    ) -> None:
        model: type[Model] = from_state.apps.get_model(app_label, self.model_name)
        if self.allow_migrate_model(schema_editor.connection.alias, model):
            schema_editor.remove_index(model, self.index, **_beside(schema_editor))


def _beside(schema_editor: BaseDatabaseSchemaEditor) -> dict[str, Any]:
    if schema_editor.connection.vendor != "postgresql":
        return {}
    if schema_editor.atomic_migration:
        raise IrreversibleError("Give the migration `atomic = False`.")
    return {"concurrently": True}
