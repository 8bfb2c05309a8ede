# Documents of every kind, format and length, each at its school; jobs that have children.

import hashlib

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def team_plans_say_what_they_are(apps, schema_editor):
    Document = apps.get_model('routekaart', 'Document')
    Plan = apps.get_model('routekaart', 'Plan')
    Routekaart = apps.get_model('routekaart', 'Routekaart')
    school = Routekaart._base_manager.filter(pk=models.OuterRef('routekaart'))
    plan = Plan._base_manager.filter(pk=models.OuterRef('plan'))
    Document._base_manager.update(
        school=models.Subquery(school.values('team__school')[:1]),
        catalogue_version=models.Subquery(plan.values('catalogue_version')[:1]),
    )
    # From now on what a document is about counts in the hash, and in no column of the constraint.
    for document in Document._base_manager.iterator():
        whole = f'{document.routekaart_id} {document.input_hash}'
        document.input_hash = hashlib.sha256(whole.encode()).hexdigest()
        document.save(update_fields=['input_hash'])
    Job = apps.get_model('routekaart', 'Job')
    for job in Job._base_manager.filter(kind='team-plan-pdf').iterator():
        job.kind = 'document'
        job.payload = {'kind': 'team', 'format': 'pdf', 'length': 'full', **job.payload}
        job.save(update_fields=['kind', 'payload'])
    # PostgreSQL makes no index while checks of the changed rows are still to come.
    schema_editor.connection.check_constraints()


def team_plans_are_all_there_is(apps, schema_editor):
    Document = apps.get_model('routekaart', 'Document')
    Job = apps.get_model('routekaart', 'Job')
    # What the tables could not hold before: other kinds, and what belongs to them.
    Job._base_manager.exclude(kind='document', payload__kind='team', payload__format='pdf').delete()
    Job._base_manager.filter(state='cancelled').delete()
    Document._base_manager.exclude(kind='team', format='pdf').delete()
    Job._base_manager.update(kind='team-plan-pdf')
    schema_editor.connection.check_constraints()


class Migration(migrations.Migration):

    dependencies = [
        ('routekaart', '0007_course_words'),
    ]

    operations = [
        migrations.AddField(
            model_name='document',
            name='board',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='routekaart.board'),
        ),
        migrations.AddField(
            model_name='document',
            name='catalogue_version',
            field=models.CharField(blank=True, default='', max_length=64),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='document',
            name='format',
            field=models.CharField(choices=[('pdf', 'PDF'), ('docx', 'Word'), ('xlsx', 'Excel'), ('json', 'JSON'), ('zip', 'ZIP')], default='pdf', max_length=8, verbose_name='vorm'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='document',
            name='length',
            field=models.CharField(choices=[('compact', 'kort'), ('standard', 'gewoon'), ('full', 'uitgebreid')], default='full', max_length=8, verbose_name='lengte'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='document',
            name='person',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='document',
            name='school',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='routekaart.school'),
        ),
        migrations.AddField(
            model_name='document',
            name='study_day',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='documents', to='routekaart.studyday'),
        ),
        migrations.AddField(
            model_name='job',
            name='board',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='routekaart.board'),
        ),
        migrations.AddField(
            model_name='job',
            name='parent',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='children', to='routekaart.job'),
        ),
        migrations.AddField(
            model_name='job',
            name='waits',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='keren gewacht'),
        ),
        migrations.AlterField(
            model_name='document',
            name='kind',
            field=models.CharField(choices=[('team', 'scholingsplan van het team'), ('group', 'scholingsplan van een werkgroep'), ('person', 'scholingsplan van een medewerker'), ('study-day', 'boekje van de studiedag'), ('school', 'overzicht van de school'), ('board', 'overzicht van het bestuur'), ('mr', 'samenvatting voor de MR'), ('bundle', 'documenten van alle teams')], max_length=20),
        ),
        migrations.AlterField(
            model_name='document',
            name='plan',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='routekaart.plan'),
        ),
        migrations.AlterField(
            model_name='document',
            name='routekaart',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='routekaart.routekaart'),
        ),
        migrations.AlterField(
            model_name='document',
            name='size',
            field=models.PositiveBigIntegerField(verbose_name='grootte in bytes'),
        ),
        migrations.AlterField(
            model_name='job',
            name='kind',
            field=models.CharField(choices=[('document', 'document'), ('bundle', 'documenten voor alle teams')], max_length=30),
        ),
        migrations.AlterField(
            model_name='job',
            name='state',
            field=models.CharField(choices=[('queued', 'wacht'), ('running', 'bezig'), ('done', 'klaar'), ('failed', 'mislukt'), ('cancelled', 'geannuleerd')], default='queued', max_length=9),
        ),
        migrations.RunPython(team_plans_say_what_they_are, team_plans_are_all_there_is),
    ]
