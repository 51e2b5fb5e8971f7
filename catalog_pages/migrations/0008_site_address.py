"""The Site that the first migration made has the address of the settings, unless somebody gave it another."""

from django.db import migrations


def set_address(apps, schema_editor):
    from catalog_pages.site_address import configured

    hostname, port = configured()
    untouched = apps.get_model("wagtailcore", "Site").objects.filter(hostname="localhost", port=80)
    untouched.update(hostname=hostname, port=port)


class Migration(migrations.Migration):

    dependencies = [
        ('catalog_pages', '0007_figures_drafts'),
        ('wagtailcore', '0001_initial'),
    ]

    operations = [migrations.RunPython(set_address, migrations.RunPython.noop)]
