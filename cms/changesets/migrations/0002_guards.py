"""The guards of change sets that were decided."""

from django.db import migrations

from cms.changesets.triggers import CHANGE_SET_TRIGGERS
from cms.core.triggers import install_all


def install(apps, schema_editor):
    install_all(CHANGE_SET_TRIGGERS, schema_editor)


def remove(apps, schema_editor):
    for trigger in CHANGE_SET_TRIGGERS:
        trigger.remove(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("changesets", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]
