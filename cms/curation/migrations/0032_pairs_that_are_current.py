from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("curation", "0031_lists_of_each_agency")]

    operations = [migrations.RenameField("likepair", "is_said", "is_current")]
