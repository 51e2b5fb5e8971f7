from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('catalog_pages', '0011_portal_editor'),
    ]

    operations = [
        migrations.RenameField(model_name='transparencydraft', old_name='told', new_name='disclosures'),
    ]
