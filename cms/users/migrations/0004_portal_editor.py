"""The group of the portal's editors."""

from django.db import migrations


def add_group(apps, schema_editor):
    apps.get_model("auth", "Group").objects.get_or_create(name="role:portal_editor")


def remove_group(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name="role:portal_editor").delete()


class Migration(migrations.Migration):
    dependencies = [("users", "0003_own_passwords_and_search")]

    operations = [migrations.RunPython(add_group, remove_group)]
