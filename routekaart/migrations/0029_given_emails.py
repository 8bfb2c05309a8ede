"""The address that a school typed of somebody whom it added."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("routekaart", "0028_erasure_schools_to_clear")]

    operations = [
        migrations.AddField(
            model_name="employment",
            name="given_email",
            field=models.EmailField(
                db_default="",
                default="",
                max_length=254,
                verbose_name="opgegeven e-mailadres",
            ),
        ),
    ]
