"""Plan tasks thaw while the evaluation of their agency is opened again."""

from django.db import migrations

from cms.core.triggers import install_all
from cms.evaluations.triggers import PLAN_LOCK_TRIGGERS


def install(apps, schema_editor):
    install_all(PLAN_LOCK_TRIGGERS, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("evaluations", "0012_periods_without_steps")]

    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
