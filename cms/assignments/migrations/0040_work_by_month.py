"""Work lies in one partition a month on PostgreSQL; what points at it is guarded by triggers on both databases."""

import datetime

import django.db.models.deletion
from django.db import migrations, models

from cms.assignments.triggers import CLAIM_TRIGGERS, EVIDENCE_TRIGGERS, OUTSIDE_TRIGGERS, WORK_TRIGGERS
from cms.core.partitions import months_between, partition, unite
from cms.core.triggers import install_all

_WORK = "assignments_workassignment"


def install(apps, schema_editor):
    install_all([*EVIDENCE_TRIGGERS, *CLAIM_TRIGGERS, *OUTSIDE_TRIGGERS, *WORK_TRIGGERS], schema_editor)


def cut(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        today = datetime.date.today()
        ahead = months_between(today.replace(month=1, day=1), today + datetime.timedelta(days=365))
        partition(schema_editor.connection, _WORK, "month", ahead)


def make_whole(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        unite(schema_editor.connection, _WORK, "month")


class Migration(migrations.Migration):
    dependencies = [("assignments", "0031_plan_task_guards")]

    operations = [
        migrations.AlterField(
            model_name="claim",
            name="work",
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="claims", to="assignments.workassignment", verbose_name="work"),
        ),
        migrations.AlterField(
            model_name="evidence",
            name="work",
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="evidence", to="assignments.workassignment", verbose_name="work"),
        ),
        migrations.AlterField(
            model_name="outsidework",
            name="work",
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="outside", to="assignments.workassignment", verbose_name="work"),
        ),
        migrations.AlterField(
            model_name="outsidemessage",
            name="work",
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="assignments.workassignment", verbose_name="work"),
        ),
        migrations.RemoveConstraint(model_name="workassignment", name="work_outside_id_once"),
        migrations.RunPython(install, migrations.RunPython.noop),
        migrations.RunPython(cut, make_whole),
    ]
