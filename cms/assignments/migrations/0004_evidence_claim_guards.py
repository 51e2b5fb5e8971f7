"""Evidence stays as it was brought, and a claim as it was decided; neither is deleted."""

from django.db import migrations

from cms.assignments.triggers import CLAIM_TRIGGERS, EVIDENCE_TRIGGERS
from cms.core.triggers import install_all


def install(apps, schema_editor):
    install_all([*EVIDENCE_TRIGGERS, *CLAIM_TRIGGERS], schema_editor)


def remove(apps, schema_editor):
    for trigger in [*EVIDENCE_TRIGGERS, *CLAIM_TRIGGERS]:
        trigger.remove(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("assignments", "0003_evidence_claims")]

    operations = [migrations.RunPython(install, remove)]
