"""What an upload of a catalog has to do with versions moves to a table of that kind's own."""

import django.db.models.deletion
from django.db import migrations, models

TOGETHER = 2000


def copy_versions(apps, schema_editor):
    """Only catalogs have versions, so uploads of other kinds have nothing to copy."""
    batches = apps.get_model('importers', 'ImportBatch').objects.filter(kind='catalog')
    upload = apps.get_model('importers', 'CatalogUpload')
    rows = batches.values_list('pk', 'base_id', 'committed_to_id').iterator(chunk_size=TOGETHER)
    upload.objects.bulk_create((upload(pk=pk, base_id=base, committed_to_id=to) for pk, base, to in rows), TOGETHER)


def copy_back(apps, schema_editor):
    batches = apps.get_model('importers', 'ImportBatch').objects
    for upload in apps.get_model('importers', 'CatalogUpload').objects.iterator(chunk_size=TOGETHER):
        batches.filter(pk=upload.pk).update(base=upload.base_id, committed_to=upload.committed_to_id)


class Migration(migrations.Migration):

    dependencies = [
        ('catalogs', '0001_initial'),
        ('importers', '0009_matched_by'),
    ]

    operations = [
        migrations.CreateModel(
            name='CatalogUpload',
            fields=[
                (
                    'batch',
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='catalog',
                        serialize=False, to='importers.importbatch',
                    ),
                ),
                (
                    'base',
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+',
                        to='catalogs.catalogversion',
                    ),
                ),
                (
                    'committed_to',
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name='uploads',
                        to='catalogs.catalogversion',
                    ),
                ),
            ],
        ),
        migrations.RunPython(copy_versions, copy_back),
    ]
