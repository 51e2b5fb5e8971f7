"""Agencies' versions published earlier: the version of their base that held on their day, of those there were by then."""

from django.db import migrations


def fill(apps, schema_editor):
    versions = apps.get_model("frameworks", "FrameworkVersion").objects
    for version in versions.filter(framework__base__isnull=False).select_related("framework"):
        known = versions.filter(framework_id=version.framework.base_id, published_at__lte=version.published_at)
        begun = known.filter(effective_from__lte=version.effective_from)
        base = begun.order_by("-number").first() or known.order_by("-number").first()
        if base is not None:
            versions.filter(pk=version.pk).update(base_version=base)


class Migration(migrations.Migration):

    dependencies = [
        ("frameworks", "0006_base_moves"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
