"""What a version was written against and by when others are confirmed never changes; nor does a confirmation."""

from django.db import migrations

from cms.core.triggers import install_all
from cms.frameworks.triggers import FIRST_TRIGGERS


def guard(apps, schema_editor):
    install_all(FIRST_TRIGGERS, schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ("frameworks", "0007_written_against"),
    ]

    operations = [
        migrations.RunPython(guard, migrations.RunPython.noop),
    ]
