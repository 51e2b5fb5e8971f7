import django.core.validators
from django.db import migrations, models

_DAYS = [django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(31)]


class Migration(migrations.Migration):
    dependencies = [("evaluations", "0112_cap_guards")]

    operations = [
        migrations.RemoveConstraint(model_name="yearclock", name="year_clock_days_in_order"),
        migrations.AddField(
            model_name="yearclock",
            name="days_after",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, validators=_DAYS, verbose_name="days after a result"
            ),
        ),
        migrations.AlterField(
            model_name="yearclock",
            name="first_day",
            field=models.PositiveSmallIntegerField(blank=True, null=True, validators=_DAYS, verbose_name="from day"),
        ),
        migrations.AlterField(
            model_name="yearclock",
            name="last_day",
            field=models.PositiveSmallIntegerField(blank=True, null=True, validators=_DAYS, verbose_name="to day"),
        ),
        migrations.AlterField(
            model_name="yearclock",
            name="months",
            field=models.JSONField(blank=True, default=list, verbose_name="months"),
        ),
        migrations.AddConstraint(
            model_name="yearclock",
            constraint=models.CheckConstraint(
                condition=models.Q(("first_day", None), ("last_day__gte", models.F("first_day")), _connector="OR"),
                name="year_clock_days_in_order",
                violation_error_message="The last day is before the first.",
            ),
        ),
        migrations.AddConstraint(
            model_name="yearclock",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("days_after", None), ("first_day__isnull", False), ("last_day__isnull", False)),
                    models.Q(("days_after__isnull", False), ("first_day", None), ("last_day", None)),
                    _connector="OR",
                ),
                name="year_clock_one_kind",
                violation_error_message="Give either both days of the months, or the days after a result.",
            ),
        ),
    ]
