"""Which version of its base an agency's version was written against, and who confirmed it beside a later one."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cms.core.triggers import install_all
from cms.frameworks.triggers import framework_triggers


def guard_again(apps, schema_editor):
    # SQLite drops a table's triggers when a migration rebuilds the table. The new columns are guarded once filled.
    install_all(framework_triggers("backdating_reason"), schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ('frameworks', '0005_backdating'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='criteriaframework',
            name='confirm_by',
            field=models.DateField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='frameworkversion',
            name='base_version',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='frameworks.frameworkversion'),
        ),
        migrations.AddField(
            model_name='frameworkversion',
            name='confirm_by',
            field=models.DateField(editable=False, null=True, verbose_name='to be confirmed by'),
        ),
        migrations.CreateModel(
            name='BaseConfirmation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('confirmed_on', models.DateField()),
                ('confirmed_at', models.DateTimeField()),
                ('base_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='frameworks.frameworkversion')),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='base_confirmations', to='frameworks.frameworkversion')),
            ],
            options={
                'verbose_name': 'confirmation beside a later base',
                'verbose_name_plural': 'confirmations beside a later base',
                'constraints': [models.UniqueConstraint(fields=('version', 'base_version'), name='framework_version_confirmed_once')],
            },
        ),
        migrations.RunPython(guard_again, migrations.RunPython.noop),
    ]
