"""Events are not replaced either, and the head only moves on."""

from django.db import migrations

from cms.audit.models import AUDIT_TRIGGERS
from cms.core.triggers import install_all


def install(apps, schema_editor):
    install_all(AUDIT_TRIGGERS, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_action_index")]

    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
