"""Overlaps are no longer confirmed: one framework wins, or publishing is refused."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('frameworks', '0012_applies_to_agencies'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='criteriaframework',
            name='overlap_confirmed',
        ),
    ]
