"""Approved versions of positions never change."""

from django.db import migrations

from cms.core.triggers import install_all
from cms.organisations.triggers import POSITION_TRIGGERS


def install(apps, schema_editor):
    install_all(POSITION_TRIGGERS, schema_editor)


def remove(apps, schema_editor):
    for trigger in POSITION_TRIGGERS:
        trigger.remove(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("organisations", "0017_position_versions")]

    operations = [migrations.RunPython(install, remove)]
