"""An issued authority table never changes."""

from django.db import migrations

from cms.core.triggers import install_all
from cms.organisations.triggers import AUTHORITY_TRIGGERS


def install(apps, schema_editor):
    install_all(AUTHORITY_TRIGGERS, schema_editor)


def remove(apps, schema_editor):
    for trigger in AUTHORITY_TRIGGERS:
        trigger.remove(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("organisations", "0012_authority")]

    operations = [migrations.RunPython(install, remove)]
