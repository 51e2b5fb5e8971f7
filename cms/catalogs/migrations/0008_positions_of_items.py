"""The positions that do an item."""

from django.db import migrations, models

from cms.catalogs.triggers import CATALOG_TRIGGERS
from cms.core import search
from cms.core.triggers import install_all


def guard_again(apps, schema_editor):
    # SQLite drops a table's triggers when a migration rebuilds the table.
    if schema_editor.connection.vendor == "sqlite":
        install_all(CATALOG_TRIGGERS, schema_editor)
        search.install(schema_editor, "catalogs_catalogitem")


class Migration(migrations.Migration):

    dependencies = [
        ('catalogs', '0007_time_limit_and_last_year'),
    ]

    operations = [
        migrations.AddField(
            model_name='catalogitem',
            name='positions',
            field=models.TextField(blank=True, default='', verbose_name='positions that do it'),
        ),
        migrations.RunPython(guard_again, migrations.RunPython.noop),
    ]
