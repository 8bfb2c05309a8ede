"""What a school called somebody whom it let go before they ever came."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("routekaart", "0030_mail_held_up")]

    operations = [
        migrations.AddField(
            model_name="departure",
            name="given_name",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                max_length=200,
                verbose_name="opgegeven naam",
            ),
        ),
    ]
