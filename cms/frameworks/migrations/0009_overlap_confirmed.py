"""An approver's word that a framework is meant beside others for the same people."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('frameworks', '0008_guard_base_moves'),
    ]

    operations = [
        migrations.AddField(
            model_name='criteriaframework',
            name='overlap_confirmed',
            field=models.CharField(blank=True, editable=False, max_length=71),
        ),
    ]
