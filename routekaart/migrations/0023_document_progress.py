"""Which documents tell by name how far others are. Of those made before nobody knows any more."""

from typing import Any

from django.db import migrations, models

_KINDS = ("team", "group", "person", "bundle")


def may_hold_progress(apps: Any, schema_editor: Any) -> None:
    """On the safe side: without consent these can be made again, without progress."""
    documents = apps.get_model("routekaart", "Document")._base_manager
    documents.filter(holds_persons=True, kind__in=_KINDS).update(holds_progress=True)


class Migration(migrations.Migration):
    dependencies = [("routekaart", "0022_token_scopes")]

    operations = [
        migrations.AddField(
            model_name="document",
            name="holds_progress",
            field=models.BooleanField(default=False, verbose_name="met voortgang op naam"),
        ),
        migrations.RunPython(may_hold_progress, migrations.RunPython.noop),
    ]
