from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('api', '0004_webhooks'),
    ]

    operations = [
        migrations.RenameModel(old_name='KeptAnswer', new_name='StoredResponse'),
    ]
