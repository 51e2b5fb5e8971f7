"""The shared table of uploads knows nothing of catalogs any more; 0010 has copied what it knew."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('importers', '0010_catalog_uploads'),
    ]

    operations = [
        migrations.RemoveField(model_name='importbatch', name='base'),
        migrations.RemoveField(model_name='importbatch', name='committed_to'),
    ]
