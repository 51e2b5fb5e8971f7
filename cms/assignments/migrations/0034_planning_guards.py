"""What was proposed, handed over, dismissed or entered stays."""

from django.db import migrations

from cms.assignments.triggers import PLANNING_TRIGGERS
from cms.core.triggers import install_all


def install(apps, schema_editor):
    install_all(PLANNING_TRIGGERS, schema_editor)


def remove(apps, schema_editor):
    for trigger in PLANNING_TRIGGERS:
        trigger.remove(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("assignments", "0033_shipped_days_off")]

    operations = [migrations.RunPython(install, remove)]
