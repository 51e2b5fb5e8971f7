"""The workflow that carries criteria frameworks: one step, approval."""

from django.db import migrations


def add_workflow(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    task_type, _created = ContentType.objects.get_or_create(app_label="frameworks", model="frameworkapprovaltask")
    framework_type, _created = ContentType.objects.get_or_create(app_label="frameworks", model="criteriaframework")
    task = apps.get_model("frameworks", "FrameworkApprovalTask").objects.create(
        name="Duyệt khung tiêu chí", active=True, content_type=task_type
    )
    workflow = apps.get_model("wagtailcore", "Workflow").objects.create(name="Lãnh đạo Sở Nội vụ", active=True)
    apps.get_model("wagtailcore", "WorkflowTask").objects.create(workflow=workflow, task_id=task.pk, sort_order=0)
    apps.get_model("wagtailcore", "WorkflowContentType").objects.create(
        workflow=workflow, content_type=framework_type
    )


class Migration(migrations.Migration):
    dependencies = [
        ("catalog_pages", "0003_plural_names"),
        ("frameworks", "0003_approval_task"),
    ]

    operations = [migrations.RunPython(add_workflow, migrations.RunPython.noop)]
