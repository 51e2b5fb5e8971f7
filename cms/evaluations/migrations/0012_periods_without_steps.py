from django.db import migrations

from cms.core.triggers import install_all
from cms.evaluations.triggers import (
    EVALUATION_TRIGGERS,
    FIGURE_TRIGGERS,
    HEARING_TRIGGERS,
    ORGANISATION_TRIGGERS,
    PLAN_LOCK_TRIGGERS,
    PROCEDURE_TRIGGERS,
)


def install(apps, schema_editor):
    install_all([*EVALUATION_TRIGGERS, *PLAN_LOCK_TRIGGERS, *HEARING_TRIGGERS, *FIGURE_TRIGGERS, *ORGANISATION_TRIGGERS, *PROCEDURE_TRIGGERS], schema_editor)


def remove(apps, schema_editor):
    for trigger in PROCEDURE_TRIGGERS:
        trigger.remove(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("evaluations", "0011_steps_of_evaluations")]

    operations = [
        migrations.RemoveField(model_name="period", name="steps"),
        migrations.RunPython(install, remove),
    ]
