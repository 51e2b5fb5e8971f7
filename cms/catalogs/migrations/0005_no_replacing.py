"""An approved version and its items are not replaced either."""

from django.db import migrations

from cms.catalogs.triggers import CATALOG_TRIGGERS
from cms.core.triggers import install_all


def install(apps, schema_editor):
    install_all(CATALOG_TRIGGERS, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("catalogs", "0004_proposed_changes")]

    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
