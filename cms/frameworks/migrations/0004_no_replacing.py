"""Published versions and sets of inputs are not replaced either."""

from django.db import migrations

from cms.core.triggers import install_all
from cms.frameworks.triggers import FRAMEWORK_TRIGGERS


def install(apps, schema_editor):
    install_all(FRAMEWORK_TRIGGERS, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("frameworks", "0003_approval_task")]

    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
