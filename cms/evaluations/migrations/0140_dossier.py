"""Files of dossiers, and the guards that keep them."""

import cms.core.stored_files
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from cms.core.triggers import install_all
from cms.evaluations.triggers import DOSSIER_TRIGGERS


def install(apps, schema_editor):
    install_all(DOSSIER_TRIGGERS, schema_editor)


def remove(apps, schema_editor):
    for trigger in DOSSIER_TRIGGERS:
        trigger.remove(schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ('evaluations', '0100_clocks_after_results'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DossierFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('identity', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('self_assessment', 'Self-assessment report'), ('minutes', 'Minutes of the meeting'), ('document', 'Other document')], max_length=16, verbose_name='kind')),
                ('is_of_subject', models.BooleanField()),
                ('name', models.CharField(max_length=255, verbose_name='name')),
                ('file', models.FileField(max_length=255, storage=cms.core.stored_files.private_storage, upload_to='dossiers/%Y/%m')),
                ('media_type', models.CharField(max_length=100)),
                ('size', models.PositiveBigIntegerField(verbose_name='size')),
                ('sha256', models.CharField(max_length=64)),
                ('added_at', models.DateTimeField(auto_now_add=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_because', models.TextField(blank=True)),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('evaluation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dossier', to='evaluations.evaluation', verbose_name='evaluation')),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'file of a dossier',
                'verbose_name_plural': 'files of dossiers',
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['self_assessment', 'minutes', 'document'])), name='dossier_kind_known'), models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('evaluation', 'sha256'), name='dossier_file_stands_once')],
            },
        ),
        migrations.RunPython(install, remove),
    ]
