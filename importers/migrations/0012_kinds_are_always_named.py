from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('importers', '0011_no_versions_in_uploads'),
    ]

    operations = [
        migrations.AlterField(
            model_name='importbatch',
            name='kind',
            field=models.CharField(editable=False, max_length=24),
        ),
    ]
