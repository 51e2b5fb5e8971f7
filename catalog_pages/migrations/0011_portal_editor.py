"""What the portal's editors may do, where they keep pictures and files, and the step in which a second person publishes."""

import string

import django.db.models.deletion
from django.contrib.auth.management import create_permissions
from django.db import migrations, models
from treebeard.numconv import NumConv

ROLE = "role:portal_editor"
COLLECTION = "Cổng thông tin"
LIBRARY = [f"{verb}_{kind}" for kind in ("image", "document") for verb in ("add", "change", "choose")]
# Those who write a text of some page may show there what the portal's editors have added.
CHOOSING = ("role:uploader", "role:agency_head", "role:editor", "role:approver")


def permission(apps, app_label, codename):
    return apps.get_model("auth", "Permission").objects.get(content_type__app_label=app_label, codename=codename)


def add_library(apps, group):
    Collection = apps.get_model("wagtailcore", "Collection")
    root = Collection.objects.filter(depth=1).first()
    if root is None:
        return
    last = Collection.objects.filter(depth=2).order_by("-path").first()
    step = NumConv(string.digits + string.ascii_uppercase).int2str(int(last.path[-4:], 36) + 1 if last else 1)
    library = Collection.objects.create(name=COLLECTION, path=f"{root.path}{step.rjust(4, '0')}", depth=2, numchild=0)
    Collection.objects.filter(pk=root.pk).update(numchild=root.numchild + 1)
    GroupCollectionPermission = apps.get_model("wagtailcore", "GroupCollectionPermission")
    groups = {group: LIBRARY}
    for name in CHOOSING:
        groups[apps.get_model("auth", "Group").objects.get(name=name)] = ["choose_image", "choose_document"]
    for holder, codenames in groups.items():
        for codename in codenames:
            app_label = "wagtailimages" if codename.endswith("image") else "wagtaildocs"
            GroupCollectionPermission.objects.create(
                group=holder, collection=library, permission=permission(apps, app_label, codename)
            )


def add_workflow(apps, home):
    ContentType = apps.get_model("contenttypes", "ContentType")
    task_type, _created = ContentType.objects.get_or_create(app_label="catalog_pages", model="secondpersontask")
    task = apps.get_model("catalog_pages", "SecondPersonTask").objects.create(
        name="Người thứ hai đọc và đăng", active=True, content_type=task_type
    )
    workflow = apps.get_model("wagtailcore", "Workflow").objects.create(name="Đăng trang của cổng", active=True)
    apps.get_model("wagtailcore", "WorkflowTask").objects.create(workflow=workflow, task_id=task.pk, sort_order=0)
    apps.get_model("wagtailcore", "WorkflowPage").objects.create(workflow=workflow, page_id=home.pk)


def build(apps, schema_editor):
    for app_config in apps.get_app_configs():
        app_config.models_module = True
        create_permissions(app_config, apps=apps, verbosity=0)
        app_config.models_module = None
    group = apps.get_model("auth", "Group").objects.get(name=ROLE)
    for app_label, codename in (
        ("wagtailadmin", "access_admin"), ("wagtailcore", "change_site"), ("catalog_pages", "change_portaltexts"),
    ):
        group.permissions.add(permission(apps, app_label, codename))
    home = apps.get_model("catalog_pages", "HomePage").objects.first()
    if home is None:
        return
    for codename in ("add_page", "change_page", "publish_page"):
        apps.get_model("wagtailcore", "GroupPagePermission").objects.create(
            group=group, page_id=home.pk, permission=permission(apps, "wagtailcore", codename)
        )
    # Who publishes the catalogs' pages may be the second person for every page.
    approver = apps.get_model("auth", "Group").objects.get(name="role:approver")
    apps.get_model("wagtailcore", "GroupPagePermission").objects.create(
        group=approver, page_id=home.pk, permission=permission(apps, "wagtailcore", "publish_page")
    )
    add_library(apps, group)
    add_workflow(apps, home)


class Migration(migrations.Migration):

    dependencies = [
        ('catalog_pages', '0010_portal_words'),
        ('wagtailcore', '0098_apitoken'),
        ('users', '0004_portal_editor'),
        ('wagtailimages', '0027_image_description'),
        ('wagtaildocs', '0014_alter_document_file_size'),
    ]

    operations = [
        migrations.CreateModel(
            name='SecondPersonTask',
            fields=[
                ('task_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.task')),
            ],
            options={
                'verbose_name': 'publishing by a second person',
                'verbose_name_plural': 'publishing by second persons',
            },
            bases=('wagtailcore.task',),
        ),
        migrations.RunPython(build, migrations.RunPython.noop),
    ]
