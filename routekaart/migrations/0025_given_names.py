"""What a school called somebody who had an account already."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("routekaart", "0001_squashed_0024")]

    operations = [
        migrations.AddField(
            model_name="employment",
            name="given_name",
            field=models.CharField(
                db_default="", default="", max_length=200, verbose_name="opgegeven naam"
            ),
        ),
    ]
