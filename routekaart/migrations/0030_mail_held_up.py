from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("routekaart", "0029_given_emails"),
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
