"""Editors add columns to catalogs, as they add rounds."""

from django.db import migrations


def grant(apps, schema_editor):
    # The permissions themselves are otherwise made only after the last migration.
    Permission = apps.get_model("auth", "Permission")
    ContentType = apps.get_model("contenttypes", "ContentType")
    group = apps.get_model("auth", "Group").objects.get(name="role:editor")
    model, _created = ContentType.objects.get_or_create(app_label="catalogs", model="extracolumn")
    for verb in ("add", "change"):
        permission, _created = Permission.objects.get_or_create(
            content_type=model, codename=f"{verb}_extracolumn", defaults={"name": f"Can {verb} extra column"}
        )
        group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("catalog_pages", "0004_framework_workflow"),
        ("catalogs", "0003_extra_columns"),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
