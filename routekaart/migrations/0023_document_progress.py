"""Which documents tell by name how far others are."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("routekaart", "0022_token_scopes")]

    operations = [
        migrations.AddField(
            model_name="document",
            name="holds_progress",
            field=models.BooleanField(db_default=False, default=False, verbose_name="met voortgang op naam"),
        ),
    ]
