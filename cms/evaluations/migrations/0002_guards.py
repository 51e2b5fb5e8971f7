"""What was locked never changes, and neither does the work behind it."""

from django.db import migrations

from cms.core.triggers import install_all
from cms.evaluations.triggers import EVALUATION_TRIGGERS


def install(apps, schema_editor):
    install_all(EVALUATION_TRIGGERS, schema_editor)


def remove(apps, schema_editor):
    for trigger in EVALUATION_TRIGGERS:
        trigger.remove(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("evaluations", "0001_initial"), ("assignments", "0006_standing")]

    operations = [migrations.RunPython(install, remove)]
