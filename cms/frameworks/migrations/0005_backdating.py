"""Why a version was published for days that were over, and that an approver confirmed it."""

from django.db import migrations, models

from cms.core.triggers import install_all
from cms.frameworks.triggers import framework_triggers


def guard_again(apps, schema_editor):
    # The reason is guarded with the rest; and SQLite drops a table's triggers when a migration rebuilds the table.
    install_all(framework_triggers("backdating_reason"), schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ('frameworks', '0004_earlier_writers'),
    ]

    operations = [
        migrations.AddField(
            model_name='criteriaframework',
            name='backdating_confirmed',
            field=models.CharField(blank=True, editable=False, max_length=71),
        ),
        migrations.AddField(
            model_name='criteriaframework',
            name='backdating_reason',
            field=models.TextField(blank=True, help_text='Only for a day of effect in the past. It stays beside the version, on the public page too.', max_length=1000, verbose_name='why it holds for days that are over'),
        ),
        migrations.AddField(
            model_name='frameworkversion',
            name='backdating_reason',
            field=models.TextField(blank=True, editable=False, verbose_name='why it holds for days that were over'),
        ),
        migrations.RunPython(guard_again, migrations.RunPython.noop),
    ]
