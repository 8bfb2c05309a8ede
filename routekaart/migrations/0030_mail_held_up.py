from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("routekaart", "0028_erasure_schools_to_clear"),
    ]

    operations = [
        migrations.AddField(
            model_name="mail",
            name="held_up_since",
            field=models.DateTimeField(
                blank=True, null=True, verbose_name="mailserver weg sinds"
            ),
        ),
    ]
