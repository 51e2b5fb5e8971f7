"""Columns that the province adds, and what items hold in them."""

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
        ('catalogs', '0002_guards_and_search'),
    ]

    operations = [
        migrations.CreateModel(
            name='ExtraColumn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(editable=False, max_length=40, unique=True)),
                ('name', models.CharField(help_text='As it stands above the column in Excel.', max_length=100, verbose_name='heading')),
                ('kind', models.CharField(choices=[('text', 'Text'), ('number', 'Number (0 or more, 4 decimals)'), ('choice', 'One of several choices'), ('yes_no', 'Yes or no'), ('date', 'Date')], default='text', max_length=8, verbose_name='what stands in it')),
                ('choices', models.JSONField(blank=True, default=list, verbose_name='choices')),
                ('required', models.BooleanField(default=False, verbose_name='must be filled in')),
                ('audience', models.CharField(choices=[('everyone', 'Everyone, on the public pages too'), ('offices', 'The agency itself and those who appraise'), ('appraisers', 'Only those who appraise')], default='everyone', max_length=12, verbose_name='who sees it')),
                ('help_text', models.CharField(blank=True, help_text="Said in the template and beside the field.", max_length=300, verbose_name='guidance')),
                ('position', models.PositiveSmallIntegerField(default=1, verbose_name='place among the added columns')),
                ('in_use', models.BooleanField(default=True, verbose_name='in use')),
            ],
            options={
                'verbose_name': 'extra column',
                'verbose_name_plural': 'extra columns',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='catalogitem',
            name='extra',
            field=models.JSONField(blank=True, default=dict, verbose_name='extra columns'),
        ),
        migrations.RunPython(guard_again, migrations.RunPython.noop),
    ]
