from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalogs', '0008_positions_of_items'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='cataloground',
            name='round_current_once',
        ),
        migrations.AddField(
            model_name='cataloground',
            name='block',
            field=models.CharField(blank=True, choices=[('government', 'Government'), ('party', 'Party'), ('front', 'Fatherland Front'), ('mass', 'Mass organisations')], default='', max_length=12, verbose_name='for the block'),
        ),
        migrations.AddConstraint(
            model_name='cataloground',
            constraint=models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('block',), name='round_current_once_a_block', violation_error_message='There is already a current round.'),
        ),
    ]
