"""A decision that was carried out never changes, nor what it approved."""

from django.db import migrations

from cms.catalogs.triggers import DECISION_TRIGGERS
from cms.core.triggers import install_all


def install(apps, schema_editor):
    install_all(DECISION_TRIGGERS, schema_editor)


def remove(apps, schema_editor):
    for trigger in DECISION_TRIGGERS:
        trigger.remove(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("catalogs", "0321_decisions")]

    operations = [migrations.RunPython(install, remove)]
