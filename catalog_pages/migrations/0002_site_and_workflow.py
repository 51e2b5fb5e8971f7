"""The first pages, the workflow that carries catalogs, and what each role may do in Wagtail's own screens."""

from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations

# Role -> (app label, codename) of model permissions.
MODEL_PERMISSIONS = {
    "uploader": [("wagtailadmin", "access_admin")],
    "agency_head": [("wagtailadmin", "access_admin")],
    "editor": [
        ("wagtailadmin", "access_admin"),
        ("catalogs", "add_cataloground"), ("catalogs", "change_cataloground"),
        ("organisations", "view_agency"), ("audit", "view_auditevent"),
    ],
    "approver": [
        ("wagtailadmin", "access_admin"),
        ("organisations", "view_agency"), ("organisations", "view_membership"), ("audit", "view_auditevent"),
    ],
    "provincial_approver": [
        ("wagtailadmin", "access_admin"), ("organisations", "view_agency"), ("audit", "view_auditevent"),
    ],
    "technical_admin": [
        ("wagtailadmin", "access_admin"),
        ("users", "view_user"), ("users", "add_user"), ("users", "change_user"),
        ("organisations", "view_agency"), ("organisations", "add_agency"), ("organisations", "change_agency"),
        ("organisations", "view_membership"), ("organisations", "add_membership"),
        ("organisations", "change_membership"),
        ("audit", "view_auditevent"),
    ],
}  # fmt: skip

# Role -> page permissions on the catalog index and all below it.
PAGE_PERMISSIONS = {
    "editor": ["change_page"],
    "approver": ["change_page", "publish_page"],
    "provincial_approver": ["publish_page"],
}


def make_permissions_exist(apps):
    for app_config in apps.get_app_configs():
        app_config.models_module = True
        create_permissions(app_config, apps=apps, verbosity=0)
        app_config.models_module = None


def add_pages(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    Locale = apps.get_model("wagtailcore", "Locale")
    HomePage = apps.get_model("catalog_pages", "HomePage")
    CatalogIndexPage = apps.get_model("catalog_pages", "CatalogIndexPage")

    locale, _created = Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    Site.objects.all().delete()
    Page.objects.filter(depth=2).delete()
    root = Page.objects.get(depth=1)
    home_type, _created = ContentType.objects.get_or_create(app_label="catalog_pages", model="homepage")
    index_type, _created = ContentType.objects.get_or_create(app_label="catalog_pages", model="catalogindexpage")
    home = HomePage.objects.create(
        title="Thước Đo", draft_title="Thước Đo", slug="trang-chu", path=f"{root.path}0001", depth=2, numchild=1,
        url_path="/trang-chu/", content_type=home_type, locale=locale, live=True, show_in_menus=True,
    )
    index = CatalogIndexPage.objects.create(
        title="Danh mục sản phẩm, công việc", draft_title="Danh mục sản phẩm, công việc", slug="danh-muc",
        path=f"{root.path}00010001", depth=3, numchild=0, url_path="/trang-chu/danh-muc/",
        content_type=index_type, locale=locale, live=True, show_in_menus=True,
    )
    root.numchild = 1
    root.save()
    Site.objects.create(hostname="localhost", port=80, site_name="Thước Đo", root_page=home, is_default_site=True)
    return index


def add_workflow(apps, index):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Workflow = apps.get_model("wagtailcore", "Workflow")
    WorkflowPage = apps.get_model("wagtailcore", "WorkflowPage")
    WorkflowTask = apps.get_model("wagtailcore", "WorkflowTask")

    WorkflowPage.objects.all().delete()
    Workflow.objects.update(active=False)
    workflow = Workflow.objects.create(name="Thẩm định và phê duyệt danh mục", active=True)
    steps = [("AppraisalTask", "Sở Nội vụ thẩm định"), ("DecisionTask", "Chủ tịch UBND tỉnh quyết định")]
    for order, (model, name) in enumerate(steps):
        content_type, _created = ContentType.objects.get_or_create(app_label="catalog_pages", model=model.lower())
        task = apps.get_model("catalog_pages", model).objects.create(name=name, active=True, content_type=content_type)
        WorkflowTask.objects.create(workflow=workflow, task_id=task.pk, sort_order=order)
    WorkflowPage.objects.create(workflow=workflow, page_id=index.pk)


def add_permissions(apps, index):
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    GroupPagePermission = apps.get_model("wagtailcore", "GroupPagePermission")

    Group.objects.filter(name__in=["Moderators", "Editors"]).delete()
    for role, wanted in MODEL_PERMISSIONS.items():
        group = Group.objects.get(name=f"role:{role}")
        for app_label, codename in wanted:
            group.permissions.add(Permission.objects.get(content_type__app_label=app_label, codename=codename))
    for role, codenames in PAGE_PERMISSIONS.items():
        group = Group.objects.get(name=f"role:{role}")
        for codename in codenames:
            permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
            GroupPagePermission.objects.create(group=group, page_id=index.pk, permission=permission)


def build(apps, schema_editor):
    make_permissions_exist(apps)
    index = add_pages(apps, schema_editor)
    add_workflow(apps, index)
    add_permissions(apps, index)


class Migration(migrations.Migration):
    dependencies = [
        ("catalog_pages", "0001_initial"),
        ("users", "0002_roles"),
        ("audit", "0002_append_only"),
        ("organisations", "0001_initial"),
        ("catalogs", "0002_guards_and_search"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailadmin", "0006_formstate"),
    ]

    operations = [migrations.RunPython(build, migrations.RunPython.noop)]
