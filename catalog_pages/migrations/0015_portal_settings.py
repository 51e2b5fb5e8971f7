"""Words at the foot of pages become settings of the whole site, with the rights of those who held them."""

from django.db import migrations


def rename_permissions(apps, schema_editor):
    for permission in apps.get_model("auth", "Permission").objects.filter(codename__endswith="_portaltexts"):
        permission.codename = permission.codename.replace("_portaltexts", "_portalsettings")
        permission.save(update_fields=["codename"])


class Migration(migrations.Migration):

    dependencies = [
        ('catalog_pages', '0014_step_names'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('wagtailimages', '0027_image_description'),
    ]

    operations = [
        migrations.RenameModel('PortalTexts', 'PortalSettings'),
        migrations.RunPython(rename_permissions, migrations.RunPython.noop),
    ]
