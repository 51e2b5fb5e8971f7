"""Approved versions never change, versions do not overlap, and items are found without diacritics."""

from django.db import migrations

from cms.catalogs.triggers import CATALOG_TRIGGERS
from cms.core import search
from cms.core.triggers import install_all


def install(apps, schema_editor):
    install_all(CATALOG_TRIGGERS, schema_editor)
    search.install(schema_editor, "catalogs_catalogitem")


def remove(apps, schema_editor):
    for trigger in CATALOG_TRIGGERS:
        trigger.remove(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("catalogs", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]
