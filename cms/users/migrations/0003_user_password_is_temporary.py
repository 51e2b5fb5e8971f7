"""Passwords that somebody else chose are changed at the first sign-in."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("users", "0002_roles")]

    operations = [
        migrations.AddField("user", "password_is_temporary", models.BooleanField(default=False, editable=False)),
    ]
