"""Work is never deleted, and what was copied when it was given never changes."""

from django.db import migrations

from cms.assignments.triggers import WORK_TRIGGERS
from cms.core.triggers import install_all


def install(apps, schema_editor):
    install_all(WORK_TRIGGERS, schema_editor)


def remove(apps, schema_editor):
    for trigger in WORK_TRIGGERS:
        trigger.remove(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("assignments", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]
