"""Published versions and sets of inputs never change."""

from django.db import migrations

from cms.core.triggers import install_all
from cms.frameworks.triggers import framework_triggers


def install(apps, schema_editor):
    install_all(framework_triggers(), schema_editor)


def remove(apps, schema_editor):
    for trigger in framework_triggers():
        trigger.remove(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("frameworks", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]
