"""An evaluation is of an officer or of an organisation."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cms.core.triggers import install_all
from cms.evaluations.triggers import EVALUATION_TRIGGERS


def install(apps, schema_editor):
    install_all(EVALUATION_TRIGGERS, schema_editor)


def remove(apps, schema_editor):
    for trigger in EVALUATION_TRIGGERS:
        trigger.remove(schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ('evaluations', '0002_guards'),
        ('frameworks', '0015_issuing_decisions'),
        ('organisations', '0022_result_is_read'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # SQLite makes the tables anew, which triggers of other tables ask about.
        migrations.RunPython(remove, install),
        migrations.AlterModelOptions(
            name='evaluation',
            options={'ordering': ['period', 'officer__code', 'organisation__code'], 'verbose_name': 'evaluation', 'verbose_name_plural': 'evaluations'},
        ),
        migrations.RemoveConstraint(
            model_name='period',
            name='period_once',
        ),
        migrations.AddField(
            model_name='evaluation',
            name='organisation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evaluations', to='organisations.agency', verbose_name='organisation'),
        ),
        migrations.AddField(
            model_name='period',
            name='subject_kind',
            field=models.CharField(choices=[('officer', 'Officers'), ('organisation', 'Organisations')], default='officer', max_length=12, verbose_name='of whom'),
        ),
        migrations.AlterField(
            model_name='evaluation',
            name='category',
            field=models.CharField(blank=True, max_length=16),
        ),
        migrations.AlterField(
            model_name='evaluation',
            name='officer',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evaluations', to='organisations.officer', verbose_name='officer'),
        ),
        migrations.AlterField(
            model_name='evaluation',
            name='position_group',
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AlterField(
            model_name='evaluation',
            name='posting',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.posting', verbose_name='posting'),
        ),
        migrations.AlterField(
            model_name='evaluation',
            name='role',
            field=models.CharField(choices=[('head', 'Head'), ('deputy', 'Deputy head'), ('staff', 'Holds no office'), ('organisation', 'The organisation itself')], max_length=12, verbose_name='role'),
        ),
        migrations.AddConstraint(
            model_name='evaluation',
            constraint=models.UniqueConstraint(fields=('period', 'organisation'), name='evaluation_of_organisation_once'),
        ),
        migrations.AddConstraint(
            model_name='evaluation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('officer__isnull', False), ('organisation__isnull', True), ('posting__isnull', False)), models.Q(('officer__isnull', True), ('organisation__isnull', False), ('posting__isnull', True), ('role', 'organisation')), _connector='OR'), name='evaluation_of_one_subject'),
        ),
        migrations.AddConstraint(
            model_name='period',
            constraint=models.UniqueConstraint(fields=('agency', 'kind', 'first_day', 'subject_kind'), name='period_once'),
        ),
        migrations.RunPython(install, remove),
    ]
