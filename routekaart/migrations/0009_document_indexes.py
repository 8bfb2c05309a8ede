# Apart from 0008: PostgreSQL changes no table whose rows were changed in the same transaction.

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('routekaart', '0008_document_kinds'),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='document', name='same_input_one_document'),
        migrations.AlterField(
            model_name='document',
            name='school',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='routekaart.school'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.UniqueConstraint(fields=('school', 'kind', 'format', 'input_hash'), name='same_input_one_document'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(fields=['routekaart', '-made_at'], name='document_of_routekaart'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(fields=['school', '-made_at'], name='document_of_school'),
        ),
        migrations.AddIndex(
            model_name='job',
            index=models.Index(condition=models.Q(('parent__isnull', False)), fields=['parent', 'state'], name='job_children'),
        ),
    ]
