# From routekaart to year: assignments with a state, and the tables of the learning cycle.

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


def withdrawn_is_a_state(apps, schema_editor):
    Assignment = apps.get_model('routekaart', 'Assignment')
    withdrawn = Assignment.objects.filter(withdrawn_at__isnull=False)
    withdrawn.update(state='withdrawn', state_since=models.F('withdrawn_at'))
    Assignment.objects.filter(withdrawn_at__isnull=True).update(
        state_since=models.F('assigned_at')
    )


def withdrawn_is_a_date(apps, schema_editor):
    Assignment = apps.get_model('routekaart', 'Assignment')
    Assignment.objects.filter(state='withdrawn').update(withdrawn_at=models.F('state_since'))


class Migration(migrations.Migration):

    dependencies = [
        ('courses', '0001_initial'),
        ('routekaart', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='AdviceDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('accepted', models.BooleanField(verbose_name='aangenomen')),
                ('reason', models.TextField(blank=True, verbose_name='reden')),
                ('decided_at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'verbose_name': 'besluit over een advies',
                'verbose_name_plural': 'besluiten over adviezen',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='AdviceDesk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=0)),
                ('changes', models.JSONField(default=list, verbose_name='wijzigingen')),
                ('changed_at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'verbose_name': 'advies in bewerking',
                'verbose_name_plural': 'adviezen in bewerking',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Agreement',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('what', models.TextField(verbose_name='wat')),
                ('whole_team', models.BooleanField(default=False, verbose_name='van het hele team')),
                ('due_on', models.DateField(verbose_name='klaar op')),
                ('check_on', models.DateField(verbose_name='terug op')),
                ('state', models.CharField(choices=[('open', 'loopt'), ('done', 'nagekomen'), ('dropped', 'losgelaten')], default='open', max_length=7)),
                ('reason', models.TextField(blank=True, verbose_name='reden')),
                ('made_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'afspraak',
                'verbose_name_plural': 'afspraken',
                'ordering': ['check_on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='AgreementCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('checked_on', models.DateField(verbose_name='bekeken op')),
                ('step', models.CharField(max_length=10, verbose_name='uitkomst')),
                ('note', models.TextField(blank=True, verbose_name='toelichting')),
                ('back_on', models.DateField(blank=True, null=True, verbose_name='weer terug op')),
                ('checked_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'terugblik op een afspraak',
                'verbose_name_plural': 'terugblikken op afspraken',
                'ordering': ['checked_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='AssignmentBatch',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('target', models.CharField(choices=[('person', 'een collega'), ('function', 'een functie'), ('work_group', 'een werkgroep'), ('team', 'het team'), ('advice', 'volgens het advies'), ('rule', 'volgens een regel')], max_length=10, verbose_name='aan')),
                ('title', models.CharField(max_length=300, verbose_name='omschrijving')),
                ('function', models.CharField(blank=True, max_length=60, verbose_name='functie')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='gaat in op')),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('undone_at', models.DateTimeField(blank=True, null=True, verbose_name='teruggedraaid op')),
            ],
            options={
                'verbose_name': 'toewijsactie',
                'verbose_name_plural': 'toewijsacties',
                'ordering': ['-made_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='AssignmentRule',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('function', models.CharField(blank=True, max_length=60, verbose_name='functie')),
                ('mandatory', models.BooleanField(default=True, verbose_name='verplicht')),
                ('reason', models.TextField(verbose_name='reden')),
                ('made_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'toewijsregel',
                'verbose_name_plural': 'toewijsregels',
                'ordering': ['course_id', 'function', 'id'],
            },
        ),
        migrations.CreateModel(
            name='BatchItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('added', models.BooleanField(default=False, verbose_name='toegevoegd')),
            ],
            options={
                'verbose_name': 'onderdeel van een toewijsactie',
                'verbose_name_plural': 'onderdelen van toewijsacties',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='BlockPerson',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('leads', models.BooleanField(default=False, verbose_name='begeleidt')),
            ],
            options={
                'verbose_name': 'deelnemer aan een onderdeel',
                'verbose_name_plural': 'deelnemers aan onderdelen',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Completion',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('done_on', models.DateField(verbose_name='afgerond op')),
                ('source', models.CharField(choices=[('self', 'zelf gemeld'), ('group', 'samen gedaan en bevestigd'), ('import', 'ingelezen uit een lijst'), ('recorded', 'vastgelegd door team of trainer')], max_length=8, verbose_name='bron')),
                ('proof', models.CharField(blank=True, max_length=300, verbose_name='bewijs')),
                ('counts', models.BooleanField(blank=True, null=True, verbose_name='telt mee')),
                ('counts_reason', models.TextField(blank=True, verbose_name='reden')),
                ('recorded_at', models.DateTimeField(auto_now_add=True)),
                ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='teruggenomen op')),
            ],
            options={
                'verbose_name': 'afronding',
                'verbose_name_plural': 'afrondingen',
                'ordering': ['-done_on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='GoalDecision',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('decided_on', models.DateField(verbose_name='besloten op')),
                ('verdict', models.CharField(choices=[('go_on', 'doorgaan'), ('adjust', 'bijstellen'), ('stop', 'stoppen')], max_length=6, verbose_name='besluit')),
                ('reason', models.TextField(verbose_name='reden')),
                ('decided_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'besluit over een doel',
                'verbose_name_plural': 'besluiten over doelen',
                'ordering': ['-decided_on', '-decided_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='GroupCompletion',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('done_on', models.DateField(verbose_name='samen gedaan op')),
                ('note', models.TextField(blank=True, verbose_name='wat viel op')),
                ('made_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'samen afgeronde cursus',
                'verbose_name_plural': 'samen afgeronde cursussen',
                'ordering': ['-done_on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='GroupConfirmation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='bevestigd op')),
            ],
            options={
                'verbose_name': 'bevestiging',
                'verbose_name_plural': 'bevestigingen',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=300, verbose_name='wat meten we')),
                ('unit', models.CharField(blank=True, max_length=60, verbose_name='eenheid')),
                ('baseline', models.DecimalField(blank=True, decimal_places=2, max_digits=10, null=True, verbose_name='beginpunt')),
                ('baseline_on', models.DateField(blank=True, null=True, verbose_name='beginpunt gemeten op')),
                ('target', models.DecimalField(blank=True, decimal_places=2, max_digits=10, null=True, verbose_name='streefpunt')),
                ('target_on', models.DateField(blank=True, null=True, verbose_name='streefpunt te halen op')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='bron')),
            ],
            options={
                'verbose_name': 'indicator',
                'verbose_name_plural': 'indicatoren',
                'ordering': ['name', 'id'],
            },
        ),
        migrations.CreateModel(
            name='LessonVisit',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('focus', models.CharField(max_length=500, verbose_name='kijkvraag')),
                ('date', models.DateField(verbose_name='datum')),
                ('starts_at', models.TimeField(verbose_name='begint om')),
                ('minutes', models.PositiveSmallIntegerField(default=45, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(600)], verbose_name='duur in minuten')),
                ('state', models.CharField(choices=[('planned', 'gepland'), ('held', 'geweest'), ('cancelled', 'vervallen')], default='planned', max_length=9)),
            ],
            options={
                'verbose_name': 'lesbezoek',
                'verbose_name_plural': 'lesbezoeken',
                'ordering': ['date', 'starts_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='LessonVisitNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='tekst')),
                ('written_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'notitie bij een lesbezoek',
                'verbose_name_plural': 'notities bij lesbezoeken',
                'ordering': ['written_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Mail',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('assigned', 'nieuw voor jou'), ('plan_changed', 'het plan is veranderd'), ('digest', 'wat er voor je staat'), ('welcome', 'welkom in het team')], max_length=12)),
                ('key', models.CharField(max_length=200, verbose_name='sleutel')),
                ('subject', models.CharField(max_length=300, verbose_name='onderwerp')),
                ('body', models.TextField(verbose_name='tekst')),
                ('about', models.JSONField(default=list, verbose_name='waarover')),
                ('state', models.CharField(choices=[('waiting', 'wacht op vrijgave'), ('queued', 'staat klaar'), ('sending', 'wordt verstuurd'), ('sent', 'verstuurd'), ('failed', 'mislukt'), ('cancelled', 'vervallen')], default='waiting', max_length=9)),
                ('due_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='pogingen')),
                ('token', models.UUIDField(blank=True, null=True)),
                ('lease_until', models.DateTimeField(blank=True, null=True)),
                ('failure', models.TextField(blank=True, verbose_name='wat er misging')),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='verstuurd op')),
            ],
            options={
                'verbose_name': 'bericht',
                'verbose_name_plural': 'berichten',
                'ordering': ['-made_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='MailBatch',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('assigned', 'nieuw voor jou'), ('plan_changed', 'het plan is veranderd'), ('digest', 'wat er voor je staat'), ('welcome', 'welkom in het team')], max_length=12)),
                ('title', models.CharField(max_length=300, verbose_name='waarover')),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('released_at', models.DateTimeField(blank=True, null=True, verbose_name='vrijgegeven op')),
                ('cancelled_at', models.DateTimeField(blank=True, null=True, verbose_name='vervallen op')),
            ],
            options={
                'verbose_name': 'verzending',
                'verbose_name_plural': 'verzendingen',
                'ordering': ['-made_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Measurement',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('measured_on', models.DateField(verbose_name='gemeten op')),
                ('value', models.DecimalField(decimal_places=2, max_digits=10, verbose_name='waarde')),
                ('note', models.TextField(blank=True, verbose_name='toelichting')),
            ],
            options={
                'verbose_name': 'meting',
                'verbose_name_plural': 'metingen',
                'ordering': ['measured_on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='MicroStep',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('text', models.CharField(max_length=500, verbose_name='volgende week probeer ik')),
                ('try_by', models.DateField(verbose_name='uiterlijk op')),
                ('state', models.CharField(choices=[('chosen', 'gekozen'), ('tried', 'geprobeerd'), ('dropped', 'losgelaten')], default='chosen', max_length=7)),
                ('outcome', models.TextField(blank=True, verbose_name='hoe ging het')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'stapje',
                'verbose_name_plural': 'stapjes',
                'ordering': ['try_by', 'id'],
            },
        ),
        migrations.CreateModel(
            name='NoteVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField()),
                ('kind', models.CharField(choices=[('finding', 'bevinding'), ('question', 'vraag'), ('wish', 'wens')], max_length=8)),
                ('text', models.TextField(verbose_name='tekst')),
                ('replaced_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'eerdere tekst van een notitie',
                'verbose_name_plural': 'eerdere teksten van notities',
                'ordering': ['-revision'],
            },
        ),
        migrations.CreateModel(
            name='PlgAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.CharField(max_length=120, verbose_name='vraag')),
                ('text', models.TextField(blank=True, verbose_name='antwoord')),
                ('not_answered_because', models.TextField(blank=True, verbose_name='geen antwoord, want')),
            ],
            options={
                'verbose_name': 'antwoord van een PLG',
                'verbose_name_plural': "antwoorden van PLG's",
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='PlgCycle',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200, verbose_name='naam')),
                ('rhythm_weeks', models.PositiveSmallIntegerField(default=4, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(20)], verbose_name='weken tussen bijeenkomsten')),
                ('state', models.CharField(choices=[('preparing', 'in voorbereiding'), ('running', 'bezig'), ('closed', 'afgerond')], default='preparing', max_length=9)),
                ('outcome', models.TextField(blank=True, verbose_name='opbrengst')),
            ],
            options={
                'verbose_name': 'PLG',
                'verbose_name_plural': "PLG's",
                'ordering': ['name', 'id'],
            },
        ),
        migrations.CreateModel(
            name='PlgCycleMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
            options={
                'verbose_name': 'lid van een PLG',
                'verbose_name_plural': "leden van PLG's",
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='PlgMeeting',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('date', models.DateField(verbose_name='datum')),
                ('starts_at', models.TimeField(blank=True, null=True, verbose_name='begint om')),
                ('minutes', models.PositiveSmallIntegerField(default=90, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(600)], verbose_name='duur in minuten')),
                ('state', models.CharField(choices=[('planned', 'gepland'), ('held', 'gehouden'), ('skipped', 'niet doorgegaan')], default='planned', max_length=7)),
                ('agenda', models.JSONField(default=list, verbose_name='agenda')),
                ('decisions', models.TextField(blank=True, verbose_name='besluiten')),
                ('reason', models.TextField(blank=True, verbose_name='reden')),
            ],
            options={
                'verbose_name': 'PLG-bijeenkomst',
                'verbose_name_plural': 'PLG-bijeenkomsten',
                'ordering': ['date', 'id'],
            },
        ),
        migrations.CreateModel(
            name='PreparationNote',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('finding', 'bevinding'), ('question', 'vraag'), ('wish', 'wens')], max_length=8)),
                ('text', models.TextField(verbose_name='tekst')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('shared_at', models.DateTimeField(blank=True, null=True, verbose_name='gedeeld op')),
                ('removed_at', models.DateTimeField(blank=True, null=True, verbose_name='weggehaald op')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('changed_at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'verbose_name': 'notitie bij de voorbereiding',
                'verbose_name_plural': 'notities bij de voorbereiding',
                'ordering': ['created_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='ProgrammeBlock',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('starts_at', models.TimeField(verbose_name='begint om')),
                ('minutes', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(600)], verbose_name='duur in minuten')),
                ('kind', models.CharField(choices=[('opening', 'opening'), ('deepening', 'verdieping'), ('practice', 'oefenen'), ('agreements', 'afspraken'), ('break', 'pauze'), ('lunch', 'lunch')], max_length=10)),
                ('title', models.CharField(max_length=300, verbose_name='titel')),
                ('text', models.TextField(blank=True, verbose_name='toelichting')),
                ('items', models.JSONField(default=list, verbose_name='op tafel')),
                ('track', models.CharField(blank=True, max_length=100, verbose_name='groep')),
                ('room', models.CharField(blank=True, max_length=200, verbose_name='ruimte')),
            ],
            options={
                'verbose_name': 'programmaonderdeel',
                'verbose_name_plural': 'programmaonderdelen',
                'ordering': ['starts_at', 'track', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Scan',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('plg', 'zes kenmerken van een PLG')], default='plg', max_length=10)),
                ('school_year', models.PositiveSmallIntegerField(verbose_name='schooljaar')),
                ('opened_on', models.DateField(verbose_name='geopend op')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='gesloten op')),
            ],
            options={
                'verbose_name': 'scan',
                'verbose_name_plural': 'scans',
                'ordering': ['-opened_on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='ScanAnswer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('scores', models.JSONField(verbose_name='scores')),
            ],
            options={
                'verbose_name': 'antwoord op een scan',
                'verbose_name_plural': 'antwoorden op scans',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='ScanParticipation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ],
            options={
                'verbose_name': 'deelname aan een scan',
                'verbose_name_plural': 'deelnames aan scans',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='SchoolCourse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('provider', models.CharField(blank=True, max_length=200, verbose_name='aanbieder')),
                ('added_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'eigen cursus',
                'verbose_name_plural': 'eigen cursussen',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Topic',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('title', models.CharField(max_length=300, verbose_name='onderwerp')),
                ('state', models.CharField(choices=[('open', 'open'), ('scheduled', 'in het programma'), ('parked', 'geparkeerd'), ('answered', 'beantwoord')], default='open', max_length=9)),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='volgorde')),
                ('answer', models.TextField(blank=True, verbose_name='antwoord')),
            ],
            options={
                'verbose_name': 'onderwerp',
                'verbose_name_plural': 'onderwerpen',
                'ordering': ['position', 'id'],
            },
        ),
        migrations.CreateModel(
            name='TopicVote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
            options={
                'verbose_name': 'stem',
                'verbose_name_plural': 'stemmen',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='WorkGroup',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200, verbose_name='naam')),
                ('rhythm_weeks', models.PositiveSmallIntegerField(default=2, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(20)], verbose_name='weken tussen bijeenkomsten')),
            ],
            options={
                'verbose_name': 'werkgroep',
                'verbose_name_plural': 'werkgroepen',
                'ordering': ['name', 'id'],
            },
        ),
        migrations.CreateModel(
            name='WorkGroupMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
            options={
                'verbose_name': 'lid van een werkgroep',
                'verbose_name_plural': 'leden van werkgroepen',
                'ordering': ['id'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='assignment',
            name='course_assigned_once',
        ),
        migrations.AddField(
            model_name='adviceversion',
            name='trainer_changes',
            field=models.JSONField(default=list, verbose_name='wijzigingen van de trainer'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='starts_on',
            field=models.DateField(blank=True, null=True, verbose_name='gaat in op'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='state',
            field=models.CharField(choices=[('assigned', 'toegewezen'), ('started', 'begonnen'), ('done', 'afgerond'), ('waived', 'vrijgesteld'), ('withdrawn', 'ingetrokken')], db_index=True, default='assigned', max_length=9),
        ),
        migrations.AddField(
            model_name='assignment',
            name='state_reason',
            field=models.TextField(blank=True, verbose_name='reden van de status'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='state_since',
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
        migrations.RunPython(withdrawn_is_a_state, withdrawn_is_a_date),
        migrations.RemoveField(
            model_name='assignment',
            name='withdrawn_at',
        ),
        migrations.AddField(
            model_name='auditentry',
            name='routekaart',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='audit_entries', to='routekaart.routekaart'),
        ),
        migrations.AddField(
            model_name='goal',
            name='carried_from',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='carried_to', to='routekaart.goal'),
        ),
        migrations.AddField(
            model_name='routekaart',
            name='looking_back',
            field=models.TextField(blank=True, verbose_name='terugblik op vorig jaar'),
        ),
        migrations.AddField(
            model_name='school',
            name='completion_months',
            field=models.PositiveSmallIntegerField(default=24, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(240)], verbose_name='maanden dat een afronding telt'),
        ),
        migrations.AddField(
            model_name='school',
            name='date_numbers',
            field=models.JSONField(blank=True, default=dict, verbose_name='eigen getallen bij regels voor datums'),
        ),
        migrations.AddField(
            model_name='school',
            name='skin',
            field=models.CharField(choices=[('plain', 'geen vaste cyclus'), ('pdca', 'PDCA'), ('leerkracht', 'leerKRACHT'), ('wmk', 'WMK'), ('hgw', 'handelingsgericht werken')], default='plain', max_length=10, verbose_name='kwaliteitscyclus'),
        ),
        migrations.AddField(
            model_name='studyday',
            name='evaluation_on',
            field=models.DateField(blank=True, null=True, verbose_name='evaluatie op'),
        ),
        migrations.AddField(
            model_name='studyday',
            name='follow_up_on',
            field=models.DateField(blank=True, null=True, verbose_name='vervolgmoment op'),
        ),
        migrations.AddField(
            model_name='studyday',
            name='outcome',
            field=models.TextField(blank=True, verbose_name='opbrengst'),
        ),
        migrations.AddField(
            model_name='studyday',
            name='programme_revision',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='studyday',
            name='state',
            field=models.CharField(choices=[('preparing', 'in voorbereiding'), ('ready', 'klaar om te beginnen'), ('closed', 'afgesloten')], default='preparing', max_length=9),
        ),
        migrations.AddIndex(
            model_name='auditentry',
            index=models.Index(fields=['routekaart', '-at'], name='audit_of_routekaart'),
        ),
        migrations.AddField(
            model_name='advicedecision',
            name='advice',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='routekaart.adviceversion'),
        ),
        migrations.AddField(
            model_name='advicedecision',
            name='course',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='courses.course'),
        ),
        migrations.AddField(
            model_name='advicedecision',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='advicedesk',
            name='changed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='advicedesk',
            name='routekaart',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='advice_desk', to='routekaart.routekaart'),
        ),
        migrations.AddField(
            model_name='agreement',
            name='goal',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='agreements', to='routekaart.goal'),
        ),
        migrations.AddField(
            model_name='agreement',
            name='made_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='agreement',
            name='owner',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='agreements', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='agreement',
            name='routekaart',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='agreements', to='routekaart.routekaart'),
        ),
        migrations.AddField(
            model_name='agreement',
            name='study_day',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='agreements', to='routekaart.studyday'),
        ),
        migrations.AddField(
            model_name='agreementcheck',
            name='agreement',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='checks', to='routekaart.agreement'),
        ),
        migrations.AddField(
            model_name='agreementcheck',
            name='checked_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='assignmentbatch',
            name='made_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='assignmentbatch',
            name='routekaart',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assignment_batches', to='routekaart.routekaart'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='batch',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='assignments', to='routekaart.assignmentbatch'),
        ),
        migrations.AddField(
            model_name='assignmentrule',
            name='batch',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='rules', to='routekaart.assignmentbatch'),
        ),
        migrations.AddField(
            model_name='assignmentrule',
            name='course',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='courses.course'),
        ),
        migrations.AddField(
            model_name='assignmentrule',
            name='goal',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assignment_rules', to='routekaart.goal'),
        ),
        migrations.AddField(
            model_name='assignmentrule',
            name='made_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='batchitem',
            name='assignment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='asked_by', to='routekaart.assignment'),
        ),
        migrations.AddField(
            model_name='batchitem',
            name='batch',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='routekaart.assignmentbatch'),
        ),
        migrations.AddField(
            model_name='batchitem',
            name='goal',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='routekaart.goal'),
        ),
        migrations.AddField(
            model_name='blockperson',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='completion',
            name='course',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='courses.course'),
        ),
        migrations.AddField(
            model_name='completion',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='completions', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='completion',
            name='recorded_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='completion',
            name='school',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='completions', to='routekaart.school'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='completion',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='assignments', to='routekaart.completion'),
        ),
        migrations.AddIndex(
            model_name='assignment',
            index=models.Index(fields=['person', 'state'], name='assignment_of_person'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'withdrawn'), _negated=True), fields=('routekaart', 'person', 'course'), name='course_assigned_once'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['assigned', 'started', 'done', 'waived', 'withdrawn'])), name='assignment_state_known'),
        ),
        migrations.AddField(
            model_name='goaldecision',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='goaldecision',
            name='goal',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='routekaart.goal'),
        ),
        migrations.AddField(
            model_name='groupcompletion',
            name='course',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='courses.course'),
        ),
        migrations.AddField(
            model_name='groupcompletion',
            name='made_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='groupcompletion',
            name='routekaart',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='group_completions', to='routekaart.routekaart'),
        ),
        migrations.AddField(
            model_name='groupconfirmation',
            name='group_completion',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='confirmations', to='routekaart.groupcompletion'),
        ),
        migrations.AddField(
            model_name='groupconfirmation',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='indicator',
            name='goal',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='indicators', to='routekaart.goal'),
        ),
        migrations.AddField(
            model_name='lessonvisit',
            name='host',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='lessonvisit',
            name='visitor',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='lessonvisitnote',
            name='author',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='lessonvisitnote',
            name='visit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='routekaart.lessonvisit'),
        ),
        migrations.AddField(
            model_name='mail',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mails', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='mail',
            name='school',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mails', to='routekaart.school'),
        ),
        migrations.AddField(
            model_name='mailbatch',
            name='made_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='mailbatch',
            name='released_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='mailbatch',
            name='routekaart',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='mail_batches', to='routekaart.routekaart'),
        ),
        migrations.AddField(
            model_name='mailbatch',
            name='school',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mail_batches', to='routekaart.school'),
        ),
        migrations.AddField(
            model_name='mail',
            name='batch',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='mails', to='routekaart.mailbatch'),
        ),
        migrations.AddField(
            model_name='measurement',
            name='indicator',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='measurements', to='routekaart.indicator'),
        ),
        migrations.AddField(
            model_name='measurement',
            name='recorded_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='microstep',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='micro_steps', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='noteversion',
            name='replaced_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='plgcycle',
            name='goal',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='plg_cycles', to='routekaart.goal'),
        ),
        migrations.AddField(
            model_name='plgcycle',
            name='previous',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='next_cycles', to='routekaart.plgcycle'),
        ),
        migrations.AddField(
            model_name='plgcycle',
            name='routekaart',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='plg_cycles', to='routekaart.routekaart'),
        ),
        migrations.AddField(
            model_name='microstep',
            name='cycle',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='micro_steps', to='routekaart.plgcycle'),
        ),
        migrations.AddField(
            model_name='lessonvisit',
            name='cycle',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lesson_visits', to='routekaart.plgcycle'),
        ),
        migrations.AddField(
            model_name='plgcyclemember',
            name='cycle',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='member_rows', to='routekaart.plgcycle'),
        ),
        migrations.AddField(
            model_name='plgcyclemember',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='plgcycle',
            name='members',
            field=models.ManyToManyField(related_name='plg_cycles', through='routekaart.PlgCycleMember', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='plgmeeting',
            name='cycle',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='meetings', to='routekaart.plgcycle'),
        ),
        migrations.AddField(
            model_name='plganswer',
            name='meeting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='routekaart.plgmeeting'),
        ),
        migrations.AddField(
            model_name='microstep',
            name='meeting',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='micro_steps', to='routekaart.plgmeeting'),
        ),
        migrations.AddField(
            model_name='agreement',
            name='plg_meeting',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='agreements', to='routekaart.plgmeeting'),
        ),
        migrations.AddField(
            model_name='preparationnote',
            name='author',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='preparation_notes', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='preparationnote',
            name='course',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='courses.course'),
        ),
        migrations.AddField(
            model_name='preparationnote',
            name='goal',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='notes', to='routekaart.goal'),
        ),
        migrations.AddField(
            model_name='preparationnote',
            name='study_day',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='routekaart.studyday'),
        ),
        migrations.AddField(
            model_name='noteversion',
            name='note',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='routekaart.preparationnote'),
        ),
        migrations.AddField(
            model_name='programmeblock',
            name='goal',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='routekaart.goal'),
        ),
        migrations.AddField(
            model_name='programmeblock',
            name='people',
            field=models.ManyToManyField(related_name='+', through='routekaart.BlockPerson', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='programmeblock',
            name='study_day',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='blocks', to='routekaart.studyday'),
        ),
        migrations.AddField(
            model_name='blockperson',
            name='block',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='person_rows', to='routekaart.programmeblock'),
        ),
        migrations.AddField(
            model_name='scan',
            name='team',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scans', to='routekaart.team'),
        ),
        migrations.AddField(
            model_name='scananswer',
            name='scan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='routekaart.scan'),
        ),
        migrations.AddField(
            model_name='scanparticipation',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='scanparticipation',
            name='scan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='participations', to='routekaart.scan'),
        ),
        migrations.AddField(
            model_name='schoolcourse',
            name='added_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='schoolcourse',
            name='course',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='courses.course'),
        ),
        migrations.AddField(
            model_name='schoolcourse',
            name='school',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='own_courses', to='routekaart.school'),
        ),
        migrations.AddField(
            model_name='topic',
            name='block',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='topics', to='routekaart.programmeblock'),
        ),
        migrations.AddField(
            model_name='topic',
            name='goal',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='topics', to='routekaart.goal'),
        ),
        migrations.AddField(
            model_name='topic',
            name='study_day',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='topics', to='routekaart.studyday'),
        ),
        migrations.AddField(
            model_name='preparationnote',
            name='topic',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='notes', to='routekaart.topic'),
        ),
        migrations.AddField(
            model_name='topicvote',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='topicvote',
            name='topic',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='votes', to='routekaart.topic'),
        ),
        migrations.AddField(
            model_name='workgroup',
            name='goal',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='work_groups', to='routekaart.goal'),
        ),
        migrations.AddField(
            model_name='workgroup',
            name='routekaart',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='work_groups', to='routekaart.routekaart'),
        ),
        migrations.AddField(
            model_name='preparationnote',
            name='work_group',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='notes', to='routekaart.workgroup'),
        ),
        migrations.AddField(
            model_name='agreement',
            name='work_group',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='agreements', to='routekaart.workgroup'),
        ),
        migrations.AddField(
            model_name='workgroupmember',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='workgroupmember',
            name='work_group',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='member_rows', to='routekaart.workgroup'),
        ),
        migrations.AddField(
            model_name='workgroup',
            name='members',
            field=models.ManyToManyField(related_name='work_groups', through='routekaart.WorkGroupMember', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='advicedecision',
            constraint=models.UniqueConstraint(fields=('advice', 'course'), name='one_decision_per_item'),
        ),
        migrations.AddIndex(
            model_name='assignmentbatch',
            index=models.Index(fields=['routekaart', '-made_at'], name='batch_of_routekaart'),
        ),
        migrations.AddConstraint(
            model_name='assignmentrule',
            constraint=models.UniqueConstraint(fields=('goal', 'course', 'function'), name='one_rule_per_goal_course_function'),
        ),
        migrations.AddConstraint(
            model_name='batchitem',
            constraint=models.UniqueConstraint(fields=('batch', 'assignment', 'goal'), name='item_once_per_batch'),
        ),
        migrations.AddIndex(
            model_name='completion',
            index=models.Index(fields=['school', '-done_on'], name='completion_of_school'),
        ),
        migrations.AddConstraint(
            model_name='completion',
            constraint=models.UniqueConstraint(condition=models.Q(('revoked_at__isnull', True)), fields=('school', 'person', 'course', 'done_on'), name='one_completion_per_day'),
        ),
        migrations.AddConstraint(
            model_name='goaldecision',
            constraint=models.CheckConstraint(condition=models.Q(('verdict__in', ['go_on', 'adjust', 'stop'])), name='verdict_known'),
        ),
        migrations.AddConstraint(
            model_name='groupconfirmation',
            constraint=models.UniqueConstraint(fields=('group_completion', 'person'), name='one_confirmation_per_person'),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.UniqueConstraint(fields=('goal', 'name'), name='indicator_once_per_goal'),
        ),
        migrations.AddIndex(
            model_name='mailbatch',
            index=models.Index(fields=['school', '-made_at'], name='mail_batch_of_school'),
        ),
        migrations.AddIndex(
            model_name='mail',
            index=models.Index(condition=models.Q(('state__in', ['queued', 'sending'])), fields=['due_at'], name='mail_to_send'),
        ),
        migrations.AddIndex(
            model_name='mail',
            index=models.Index(fields=['school', '-made_at'], name='mail_of_school'),
        ),
        migrations.AddConstraint(
            model_name='mail',
            constraint=models.UniqueConstraint(fields=('person', 'key'), name='nobody_is_told_twice'),
        ),
        migrations.AddConstraint(
            model_name='mail',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'queued', 'sending', 'sent', 'failed', 'cancelled'])), name='mail_state_known'),
        ),
        migrations.AddConstraint(
            model_name='measurement',
            constraint=models.UniqueConstraint(fields=('indicator', 'measured_on'), name='one_measurement_per_day'),
        ),
        migrations.AddIndex(
            model_name='lessonvisit',
            index=models.Index(fields=['date', 'starts_at'], name='visits_by_date'),
        ),
        migrations.AddConstraint(
            model_name='lessonvisit',
            constraint=models.CheckConstraint(condition=models.Q(('visitor', models.F('host')), _negated=True), name='nobody_visits_oneself'),
        ),
        migrations.AddConstraint(
            model_name='plgcyclemember',
            constraint=models.UniqueConstraint(fields=('cycle', 'person'), name='once_in_a_plg'),
        ),
        migrations.AddConstraint(
            model_name='plgcycle',
            constraint=models.UniqueConstraint(fields=('routekaart', 'name'), name='plg_name_once_per_routekaart'),
        ),
        migrations.AddConstraint(
            model_name='plgmeeting',
            constraint=models.UniqueConstraint(fields=('cycle', 'date'), name='one_meeting_per_date'),
        ),
        migrations.AddConstraint(
            model_name='plganswer',
            constraint=models.UniqueConstraint(fields=('meeting', 'question'), name='one_answer_per_question'),
        ),
        migrations.AddConstraint(
            model_name='plganswer',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), ('not_answered_because', ''), _connector='XOR'), name='answer_or_reason'),
        ),
        migrations.AddIndex(
            model_name='microstep',
            index=models.Index(fields=['state', 'try_by'], name='steps_to_ask_about'),
        ),
        migrations.AddConstraint(
            model_name='noteversion',
            constraint=models.UniqueConstraint(fields=('note', 'revision'), name='note_version_once'),
        ),
        migrations.AddIndex(
            model_name='programmeblock',
            index=models.Index(fields=['study_day', 'starts_at'], name='blocks_of_day'),
        ),
        migrations.AddConstraint(
            model_name='blockperson',
            constraint=models.UniqueConstraint(fields=('block', 'person'), name='once_in_a_block'),
        ),
        migrations.AddConstraint(
            model_name='scan',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_on__isnull', True)), fields=('team', 'kind'), name='one_open_scan_per_team'),
        ),
        migrations.AddConstraint(
            model_name='scanparticipation',
            constraint=models.UniqueConstraint(fields=('scan', 'person'), name='one_answer_per_person'),
        ),
        migrations.AddConstraint(
            model_name='topicvote',
            constraint=models.UniqueConstraint(fields=('topic', 'person'), name='one_vote_per_topic'),
        ),
        migrations.AddIndex(
            model_name='preparationnote',
            index=models.Index(fields=['study_day', 'shared_at'], name='notes_of_day'),
        ),
        migrations.AddConstraint(
            model_name='preparationnote',
            constraint=models.CheckConstraint(condition=models.Q(('topic__isnull', True), ('shared_at__isnull', False), _connector='OR'), name='only_shared_notes_in_topics'),
        ),
        migrations.AddIndex(
            model_name='agreement',
            index=models.Index(fields=['state', 'check_on'], name='agreements_to_look_at'),
        ),
        migrations.AddConstraint(
            model_name='workgroupmember',
            constraint=models.UniqueConstraint(fields=('work_group', 'person'), name='once_in_a_work_group'),
        ),
        migrations.AddConstraint(
            model_name='workgroup',
            constraint=models.UniqueConstraint(fields=('routekaart', 'name'), name='work_group_name_once_per_routekaart'),
        ),
    ]
