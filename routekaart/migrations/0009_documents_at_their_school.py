# Apart from 0008 and 0010: PostgreSQL changes no table whose rows were changed in one transaction.

import hashlib

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


def team_plans_are_all_there_is(apps, schema_editor):
    Document = apps.get_model('routekaart', 'Document')
    Job = apps.get_model('routekaart', 'Job')
    # What the tables could not hold before: other kinds, and what belongs to them.
    Job._base_manager.exclude(kind='document', payload__kind='team', payload__format='pdf').delete()
    Job._base_manager.filter(state='cancelled').delete()
    Document._base_manager.exclude(kind='team', format='pdf').delete()
    Job._base_manager.update(kind='team-plan-pdf')


class Migration(migrations.Migration):

    dependencies = [
        ('routekaart', '0008_document_kinds'),
    ]

    operations = [
        migrations.RunPython(team_plans_say_what_they_are, team_plans_are_all_there_is),
    ]
