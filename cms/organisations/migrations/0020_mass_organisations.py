from django.db import migrations, models

BLOCKS = [('government', 'Government'), ('party', 'Party'), ('front', 'Fatherland Front'), ('mass', 'Mass organisations')]


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0019_posting_facts'),
    ]

    operations = [
        migrations.AlterField(
            model_name='agency',
            name='block',
            field=models.CharField(choices=BLOCKS, default='government', max_length=12, verbose_name='block'),
        ),
        migrations.AlterField(
            model_name='authoritytable',
            name='block',
            field=models.CharField(choices=BLOCKS, max_length=12, verbose_name='block'),
        ),
        migrations.AlterField(
            model_name='membership',
            name='scope_block',
            field=models.CharField(blank=True, choices=BLOCKS, default='', max_length=12, verbose_name='over the block'),
        ),
    ]
