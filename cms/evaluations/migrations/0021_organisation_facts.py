"""Facts about organisations that their level hangs on, and the guards that keep them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cms.core.triggers import install_all
from cms.evaluations.triggers import ORGANISATION_TRIGGERS


def install(apps, schema_editor):
    install_all(ORGANISATION_TRIGGERS, schema_editor)


def remove(apps, schema_editor):
    for trigger in ORGANISATION_TRIGGERS:
        trigger.remove(schema_editor)



class Migration(migrations.Migration):

    dependencies = [
        ('evaluations', '0031_hearing_guards'),
        ('organisations', '0022_result_is_read'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ForceMajeure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reasoning', models.TextField(max_length=4000, verbose_name='circumstances, consequences and reasoning')),
                ('document', models.CharField(max_length=300, verbose_name='document')),
                ('decided_on', models.DateField(verbose_name='decided on')),
                ('recorded_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_because', models.TextField(blank=True)),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('evaluation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='force_majeure', to='evaluations.evaluation')),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'force majeure',
                'verbose_name_plural': 'force majeure',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('evaluation',), name='force_majeure_stands_once')],
            },
        ),
        migrations.CreateModel(
            name='Shortcoming',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(choices=[('evaluation', 'An earlier evaluation'), ('inspection', 'An inspection or audit')], max_length=12, verbose_name='found by')),
                ('words', models.TextField(max_length=2000, verbose_name='what was found')),
                ('document', models.CharField(max_length=300, verbose_name='document')),
                ('found_on', models.DateField(verbose_name='found on')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='to be remedied by')),
                ('recorded_at', models.DateTimeField()),
                ('remedied_on', models.DateField(blank=True, null=True, verbose_name='remedied on')),
                ('remedy', models.TextField(blank=True, max_length=2000, verbose_name='how it was remedied')),
                ('remedy_document', models.CharField(blank=True, max_length=300, verbose_name='document')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_because', models.TextField(blank=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shortcomings', to='organisations.agency', verbose_name='organisation')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('remedy_recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'shortcoming of an organisation',
                'verbose_name_plural': 'shortcomings of organisations',
                'ordering': ['-found_on', '-pk'],
                'indexes': [models.Index(fields=['organisation', 'found_on'], name='shortcoming_organisation')],
                'constraints': [models.CheckConstraint(condition=models.Q(('remedied_on', None), ('remedied_on__gte', models.F('found_on')), _connector='OR'), name='shortcoming_remedied_after'), models.CheckConstraint(condition=models.Q(('source__in', ['evaluation', 'inspection'])), name='shortcoming_source_known')],
            },
        ),
        migrations.RunPython(install, remove),
    ]
