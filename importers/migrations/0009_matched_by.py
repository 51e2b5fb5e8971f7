"""Whoever sent an upload, mended its cells or matched its columns is a writer of what it was written into."""

from django.conf import settings
from django.db import migrations, models


def add_writers(apps, schema_editor):
    """Versions that are still to be decided; of earlier uploads it is not known by whose match a heading was read."""
    decided = ('approved', 'superseded')
    batches = apps.get_model('importers', 'ImportBatch').objects.filter(committed_to__isnull=False, state='committed')
    for batch in batches.exclude(committed_to__state__in=decided).select_related('committed_to').iterator():
        mended = batch.corrections.values_list('by', flat=True)
        matched = apps.get_model('importers', 'ColumnMapping').objects.filter(agency=batch.agency_id, kind=batch.kind)
        authors = {batch.by_id, *mended, *(matched.values_list('by', flat=True) if batch.mapped else ())}
        batch.committed_to.writers.add(*authors)


class Migration(migrations.Migration):

    dependencies = [
        ('catalogs', '0003_extra_columns'),
        ('importers', '0008_rows_in_chunks'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='importbatch',
            name='matched_by',
            field=models.ManyToManyField(related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.RunPython(add_writers, migrations.RunPython.noop),
    ]
