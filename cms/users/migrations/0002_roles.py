"""One group a role. What Wagtail permissions a group has is said where the things permitted live."""

from django.db import migrations

ROLES = [
    "uploader", "agency_head", "editor", "approver", "provincial_approver", "technical_admin", "api_client",
]  # fmt: skip


def add_groups(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    for role in ROLES:
        Group.objects.get_or_create(name=f"role:{role}")


def remove_groups(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=[f"role:{role}" for role in ROLES]).delete()


class Migration(migrations.Migration):
    dependencies = [("users", "0001_initial"), ("auth", "0012_alter_user_first_name_max_length")]

    operations = [migrations.RunPython(add_groups, remove_groups)]
