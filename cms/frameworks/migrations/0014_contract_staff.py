"""Whether an agency's contract staff are judged: the agency's own choice, never changed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cms.core.triggers import install_all
from cms.frameworks.triggers import CONTRACT_STAFF_TRIGGERS


def guard(apps, schema_editor):
    install_all(CONTRACT_STAFF_TRIGGERS, schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ('frameworks', '0013_overlaps_have_a_winner'),
        ('organisations', '0009_officer_reads'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ContractStaffChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('covered', models.BooleanField(verbose_name='contract staff are judged by the framework')),
                ('valid_from', models.DateField(verbose_name='from')),
                ('document', models.CharField(help_text="Number and date of the agency's decision.", max_length=300, verbose_name='document')),
                ('decided_at', models.DateTimeField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.agency', verbose_name='agency')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'choice on contract staff',
                'verbose_name_plural': 'choices on contract staff',
                'ordering': ['-decided_at', '-pk'],
            },
        ),
        migrations.RunPython(guard, migrations.RunPython.noop),
    ]
