"""Main postings of one officer never overlap."""

from django.db import migrations

from cms.core.triggers import install_all
from cms.organisations.triggers import POSTING_TRIGGERS


def install(apps, schema_editor):
    install_all(POSTING_TRIGGERS, schema_editor)


def remove(apps, schema_editor):
    for trigger in POSTING_TRIGGERS:
        trigger.remove(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("organisations", "0004_officers")]

    operations = [migrations.RunPython(install, remove)]
