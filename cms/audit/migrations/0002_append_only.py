"""The ledger only grows: the database refuses updates and deletions."""

from django.db import migrations

from cms.audit.models import AUDIT_TRIGGERS
from cms.core.triggers import install_all


def install(apps, schema_editor):
    install_all(AUDIT_TRIGGERS, schema_editor)


def remove(apps, schema_editor):
    for trigger in AUDIT_TRIGGERS:
        trigger.remove(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]
