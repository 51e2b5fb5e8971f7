"""The guards that keep judgements."""

from django.db import migrations

from cms.core.triggers import install_all
from cms.curation.triggers import CURATION_TRIGGERS


def install(apps, schema_editor):
    install_all(CURATION_TRIGGERS, schema_editor)


def remove(apps, schema_editor):
    for trigger in CURATION_TRIGGERS:
        trigger.remove(schema_editor)


class Migration(migrations.Migration):

    dependencies = [('curation', '0001_initial')]

    operations = [migrations.RunPython(install, remove)]
