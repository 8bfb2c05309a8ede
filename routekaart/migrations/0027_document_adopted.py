"""Which documents were made from a plan as it was adopted."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("routekaart", "0026_staff_joins")]

    operations = [
        migrations.AddField(
            model_name="document",
            name="adopted",
            field=models.BooleanField(db_default=False, default=False, verbose_name="van een vastgesteld plan"),
        ),
    ]
