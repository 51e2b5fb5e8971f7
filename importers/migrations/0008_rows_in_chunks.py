"""The rows of previews move into packed chunks (ADR 14)."""

import json
import zlib
from itertools import groupby, islice

import django.db.models.deletion
from django.core.serializers.json import DjangoJSONEncoder
from django.db import migrations, models

ROWS_TOGETHER = 500


def pack(apps, schema_editor):
    row_model, chunk_model = apps.get_model('importers', 'ImportRow'), apps.get_model('importers', 'ImportChunk')
    rows = row_model.objects.order_by('batch_id', 'change', 'position').iterator(chunk_size=2000)
    for (batch, change), of_class in groupby(rows, key=lambda row: (row.batch_id, row.change)):
        while chunk := list(islice(of_class, ROWS_TOGETHER)):
            stored = {
                'positions': [row.position for row in chunk],
                'rows': [
                    {
                        'sheet': row.sheet, 'row': row.row, 'identity': row.identity, 'values': row.values,
                        'changes': row.changes,
                    }
                    for row in chunk
                ],
            }
            chunk_model.objects.create(
                batch_id=batch, change=change, first=chunk[0].position, last=chunk[-1].position,
                packed=zlib.compress(json.dumps(stored, cls=DjangoJSONEncoder).encode(), level=1),
            )


def unpack(apps, schema_editor):
    row_model, chunk_model = apps.get_model('importers', 'ImportRow'), apps.get_model('importers', 'ImportChunk')
    for chunk in chunk_model.objects.iterator(chunk_size=10):
        stored = json.loads(zlib.decompress(chunk.packed))
        row_model.objects.bulk_create(
            row_model(batch_id=chunk.batch_id, change=chunk.change, position=position, **row)
            for position, row in zip(stored['positions'], stored['rows'])
        )


class Migration(migrations.Migration):

    dependencies = [
        ('importers', '0007_stamps_of_templates'),
    ]

    operations = [
        migrations.CreateModel(
            name='ImportChunk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('change', models.CharField(choices=[('new', 'New'), ('changed', 'Changed'), ('same', 'Same'), ('missing', 'Not in the file')], max_length=8)),
                ('first', models.PositiveIntegerField()),
                ('last', models.PositiveIntegerField()),
                ('packed', models.BinaryField()),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='chunks', to='importers.importbatch')),
            ],
            options={
                'ordering': ['first'],
                'constraints': [models.UniqueConstraint(fields=('batch', 'change', 'first'), name='import_chunk_once')],
            },
        ),
        migrations.RunPython(pack, unpack),
        migrations.DeleteModel(name='ImportRow'),
    ]
