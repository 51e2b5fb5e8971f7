"""Groups of those who hold a role over a part of the province: they enter the admin and read a part of the ledger."""

from django.db import migrations

GROUPS = ("role:editor:part", "role:approver:part", "role:provincial_approver:part")
PERMISSIONS = (("wagtailadmin", "access_admin"), ("audit", "view_auditevent"))


def add_groups(apps, schema_editor):
    Permission = apps.get_model("auth", "Permission")
    permissions = [
        Permission.objects.get(content_type__app_label=app_label, codename=codename)
        for app_label, codename in PERMISSIONS
    ]
    for name in GROUPS:
        group, _created = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        group.permissions.add(*permissions)


class Migration(migrations.Migration):
    dependencies = [("catalog_pages", "0012_draft_disclosures"), ("organisations", "0016_membership_scope")]

    operations = [migrations.RunPython(add_groups, migrations.RunPython.noop)]
