"""For which kinds of agency, blocks, subtrees and single agencies a framework is."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('frameworks', '0011_trial_changes'),
    ]

    operations = [
        migrations.AddField(
            model_name='criteriaframework',
            name='agencies',
            field=models.JSONField(blank=True, default=list, verbose_name='single agencies'),
        ),
        migrations.AddField(
            model_name='criteriaframework',
            name='blocks',
            field=models.JSONField(blank=True, default=list, verbose_name='blocks of agencies'),
        ),
        migrations.AddField(
            model_name='criteriaframework',
            name='kinds',
            field=models.JSONField(blank=True, default=list, verbose_name='kinds of agency'),
        ),
        migrations.AddField(
            model_name='criteriaframework',
            name='subtrees',
            field=models.JSONField(blank=True, default=list, verbose_name='agencies with all below them'),
        ),
    ]
