"""A given opinion never changes."""

from django.db import migrations

from cms.catalogs.triggers import OPINION_TRIGGERS
from cms.core.triggers import install_all


def install(apps, schema_editor):
    install_all(OPINION_TRIGGERS, schema_editor)


def remove(apps, schema_editor):
    for trigger in OPINION_TRIGGERS:
        trigger.remove(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("catalogs", "0010_opinions")]

    operations = [migrations.RunPython(install, remove)]
