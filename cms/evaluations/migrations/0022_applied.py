"""Each evaluation says which settings of its framework decided where it is made."""

from django.db import migrations, models

from cms.core.triggers import install_all
from cms.evaluations.triggers import EVALUATION_TRIGGERS, ORGANISATION_TRIGGERS, PLAN_LOCK_TRIGGERS

_ASK_ABOUT_EVALUATIONS = [*EVALUATION_TRIGGERS, *ORGANISATION_TRIGGERS, *PLAN_LOCK_TRIGGERS]


def install(apps, schema_editor):
    install_all(_ASK_ABOUT_EVALUATIONS, schema_editor)


def remove(apps, schema_editor):
    for trigger in _ASK_ABOUT_EVALUATIONS:
        trigger.remove(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("evaluations", "0021_organisation_facts")]

    operations = [
        # SQLite makes the table anew.
        migrations.RunPython(remove, install),
        migrations.AddField(
            model_name="evaluation",
            name="applied",
            field=models.TextField(blank=True, verbose_name="what was applied"),
        ),
        migrations.RunPython(install, remove),
    ]
