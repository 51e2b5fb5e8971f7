"""The steps move from periods to each evaluation, with who does them. The guards come back with the next migration."""

from django.db import migrations


ACTORS = {"assess": "self", "mark": "evaluate", "decide": "classify"}


def move_steps(apps, schema_editor):
    evaluations = apps.get_model("evaluations", "Evaluation").objects
    for period in apps.get_model("evaluations", "Period").objects.iterator():
        steps = [
            {"step": each, "name": "", "actor": ACTORS[each], "due": None, "remind": None, "numbered": False}
            for each in period.steps
        ]
        own = evaluations.filter(period=period)
        own.update(steps=steps)
        for step, actor in ACTORS.items():
            own.filter(awaits=step).update(awaits_actor=actor)
        if period.locked_at:
            own.exclude(level="").update(notified_on=period.locked_at.date())


class Migration(migrations.Migration):
    dependencies = [("evaluations", "0010_procedures")]

    operations = [migrations.RunPython(move_steps, migrations.RunPython.noop)]
