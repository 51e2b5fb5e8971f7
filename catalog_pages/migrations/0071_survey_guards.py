from functools import partial

from django.db import migrations

from catalog_pages.surveys.triggers import SURVEY_TRIGGERS
from cms.core.triggers import install_all


def install(apps, schema_editor):
    install_all(SURVEY_TRIGGERS, schema_editor)


def remove(apps, schema_editor):
    for trigger in SURVEY_TRIGGERS:
        trigger.remove(schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ('catalog_pages', '0070_surveys'),
    ]

    operations = [
        migrations.RunPython(install, remove),
    ]
