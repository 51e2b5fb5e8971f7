
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('importers', '0003_corrections_and_undo'),
        ('organisations', '0005_posting_guards'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='importbatch',
            name='mapped',
            field=models.JSONField(default=list),
        ),
        migrations.CreateModel(
            name='ColumnMapping',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=24)),
                ('header', models.CharField(max_length=255, verbose_name='heading in the file')),
                ('header_key', models.CharField(max_length=255)),
                ('column', models.CharField(max_length=64, verbose_name='read as')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='matched at')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='column_mappings', to='organisations.agency', verbose_name='agency')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='matched by')),
            ],
            options={
                'verbose_name': 'column mapping',
                'verbose_name_plural': 'column mappings',
                'ordering': ['kind', 'header_key'],
                'constraints': [models.UniqueConstraint(fields=('agency', 'kind', 'header_key'), name='column_mapping_once')],
            },
        ),
    ]
