"""Of documents with persons made before, nobody knows any more whether they tell of progress."""

from typing import Any

from django.db import migrations

_KINDS = ("team", "group", "person", "bundle")


def may_hold_progress(apps: Any, schema_editor: Any) -> None:
    """On the safe side: without consent these can be made again, without progress."""
    documents = apps.get_model("routekaart", "Document")._base_manager
    documents.filter(holds_persons=True, kind__in=_KINDS).update(holds_progress=True)


class Migration(migrations.Migration):
    dependencies = [("routekaart", "0023_document_progress")]

    operations = [migrations.RunPython(may_hold_progress, migrations.RunPython.noop)]
