"""Figures from outside, and the guards that keep them."""

import django.core.validators
import django.db.models.deletion
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models

from cms.core.triggers import install_all
from cms.evaluations.triggers import FIGURE_TRIGGERS


def install(apps, schema_editor):
    install_all(FIGURE_TRIGGERS, schema_editor)


def remove(apps, schema_editor):
    for trigger in FIGURE_TRIGGERS:
        trigger.remove(schema_editor)



class Migration(migrations.Migration):

    dependencies = [
        ('evaluations', '0022_applied'),
        ('organisations', '0022_result_is_read'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Figure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(allow_unicode=True, max_length=60, verbose_name='indicator code')),
                ('value', models.DecimalField(decimal_places=4, max_digits=11, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='figure')),
                ('measured_on', models.DateField(verbose_name='measured on')),
                ('source', models.CharField(max_length=300, verbose_name='source of the figure')),
                ('recorded_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_because', models.TextField(blank=True)),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='organisations.agency', verbose_name='agency')),
                ('officer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='organisations.officer', verbose_name='officer')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'figure from outside',
                'verbose_name_plural': 'figures from outside',
                'ordering': ['-measured_on', '-pk'],
                'indexes': [models.Index(fields=['code', 'measured_on'], name='figure_code_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('agency__isnull', True), ('officer__isnull', False)), models.Q(('agency__isnull', False), ('officer__isnull', True)), _connector='OR'), name='figure_of_one_subject'), models.CheckConstraint(condition=models.Q(('value__gte', 0)), name='figure_not_below_zero')],
            },
        ),
        migrations.RunPython(install, remove),
    ]
