"""Published releases are not replaced either."""

from django.db import migrations

from catalog_pages.transparency.triggers import RELEASE_TRIGGERS
from cms.core.triggers import install_all


def install(apps, schema_editor):
    install_all(RELEASE_TRIGGERS, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("catalog_pages", "0008_site_address")]

    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
