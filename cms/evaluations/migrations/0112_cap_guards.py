"""What was decided and chosen about a cap stays as it was said."""

from django.db import migrations

from cms.core.triggers import install_all
from cms.evaluations.triggers import CAP_TRIGGERS


def install(apps, schema_editor):
    install_all(CAP_TRIGGERS, schema_editor)


def remove(apps, schema_editor):
    for trigger in CAP_TRIGGERS:
        trigger.remove(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("evaluations", "0111_caps")]

    operations = [migrations.RunPython(install, remove)]
