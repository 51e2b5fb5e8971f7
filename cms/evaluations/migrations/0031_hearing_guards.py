"""What was objected, complained of and cancelled stays as it was said."""

from django.db import migrations

from cms.core.triggers import install_all
from cms.evaluations.triggers import HEARING_TRIGGERS


def install(apps, schema_editor):
    install_all(HEARING_TRIGGERS, schema_editor)


def remove(apps, schema_editor):
    for trigger in HEARING_TRIGGERS:
        trigger.remove(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("evaluations", "0030_hearings")]

    operations = [migrations.RunPython(install, remove)]
