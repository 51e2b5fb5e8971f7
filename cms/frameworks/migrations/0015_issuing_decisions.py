"""Decisions by which versions are issued; versions of before hold on, marked as without a recorded decision."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cms.core.triggers import install_all
from cms.frameworks.triggers import DECISION_TRIGGERS


def mark_earlier(apps, schema_editor):
    decisions = apps.get_model("frameworks", "IssuingDecision")
    earlier = apps.get_model("frameworks", "FrameworkVersion").objects.filter(framework__agency=None)
    decisions.objects.bulk_create(
        decisions(version_id=pk, effective_from=first, recorded_at=published_at)
        for pk, first, published_at in earlier.values_list("pk", "effective_from", "published_at")
    )


def guard(apps, schema_editor):
    install_all(DECISION_TRIGGERS, schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ('frameworks', '0014_contract_staff'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='IssuingDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(blank=True, max_length=100, verbose_name='number')),
                ('signed_on', models.DateField(null=True, verbose_name='date')),
                ('signer', models.CharField(blank=True, max_length=200, verbose_name='signed by')),
                ('effective_from', models.DateField(verbose_name='day of effect')),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='frameworks.frameworkversion')),
            ],
            options={
                'verbose_name': 'issuing decision',
                'verbose_name_plural': 'issuing decisions',
                'ordering': ['-recorded_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('number', ''), ('signed_on__isnull', True), ('signer', '')), models.Q(models.Q(('number', ''), _negated=True), ('signed_on__isnull', False), models.Q(('signer', ''), _negated=True)), _connector='OR'), name='issuing_decision_whole_or_none')],
            },
        ),
        migrations.RunPython(mark_earlier, migrations.RunPython.noop),
        migrations.RunPython(guard, migrations.RunPython.noop),
    ]
