"""Plan tasks of a locked period never change."""

from django.db import migrations

from cms.core.triggers import install_all
from cms.evaluations.triggers import PLAN_LOCK_TRIGGERS


def install(apps, schema_editor):
    install_all(PLAN_LOCK_TRIGGERS, schema_editor)


def remove(apps, schema_editor):
    for trigger in PLAN_LOCK_TRIGGERS:
        trigger.remove(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("evaluations", "0020_subjects"), ("assignments", "0031_plan_task_guards")]

    operations = [migrations.RunPython(install, remove)]
