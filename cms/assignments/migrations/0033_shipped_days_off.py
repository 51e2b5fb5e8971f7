"""Public holidays of 2026 and 2027, as data that an administrator edits."""

from django.db import migrations

from cms.assignments.shipped_days_off import SHIPPED


def ship(apps, schema_editor):
    day_off = apps.get_model("assignments", "DayOff")
    day_off.objects.bulk_create(day_off(day=day, name=name, is_working=is_working) for day, name, is_working in SHIPPED)


class Migration(migrations.Migration):
    dependencies = [("assignments", "0032_planning")]

    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]
