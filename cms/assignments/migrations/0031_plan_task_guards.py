"""Plan tasks are never deleted, and who gave them to whom never changes."""

from django.db import migrations

from cms.assignments.triggers import PLAN_TASK_TRIGGERS
from cms.core.triggers import install_all


def install(apps, schema_editor):
    install_all(PLAN_TASK_TRIGGERS, schema_editor)


def remove(apps, schema_editor):
    for trigger in PLAN_TASK_TRIGGERS:
        trigger.remove(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("assignments", "0030_plan_tasks")]

    operations = [migrations.RunPython(install, remove)]
