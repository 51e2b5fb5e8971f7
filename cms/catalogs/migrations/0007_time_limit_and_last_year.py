"""By when an item has to be done, and how many of it were done in the year before."""

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
        ('catalogs', '0006_notes_that_are_closed'),
    ]

    operations = [
        migrations.AddField(
            model_name='catalogitem',
            name='last_year_quantity',
            field=models.DecimalField(blank=True, decimal_places=4, max_digits=12, null=True, verbose_name="last year's quantity"),
        ),
        migrations.AddField(
            model_name='catalogitem',
            name='time_limit',
            field=models.CharField(blank=True, default='', max_length=500, verbose_name='time limit'),
        ),
        migrations.RunPython(guard_again, migrations.RunPython.noop),
    ]
