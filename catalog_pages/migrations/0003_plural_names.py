from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('catalog_pages', '0002_site_and_workflow'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='agencycatalogpage',
            options={'verbose_name': 'agency catalog page', 'verbose_name_plural': 'agency catalog pages'},
        ),
        migrations.AlterModelOptions(
            name='catalogindexpage',
            options={'verbose_name': 'catalog index page', 'verbose_name_plural': 'catalog index pages'},
        ),
        migrations.AlterModelOptions(
            name='homepage',
            options={'verbose_name': 'home page', 'verbose_name_plural': 'home pages'},
        ),
    ]
