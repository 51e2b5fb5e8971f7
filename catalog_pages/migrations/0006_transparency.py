"""The transparency page, its releases, and the database's guard over them."""

import json
import string

import catalog_pages.models
import catalog_pages.transparency.routes
import django.db.models.deletion
import wagtail.contrib.routable_page.models
import wagtail.fields
from django.conf import settings
from django.db import migrations, models
from treebeard.numconv import NumConv

from cms.core.triggers import install_all
from catalog_pages.transparency.triggers import RELEASE_TRIGGERS

TITLE = "Công khai, minh bạch"
INTRODUCTION = (
    "<p>Các cơ quan làm đến đâu, danh mục có những gì và áp dụng những khung tiêu chí nào. "
    "Chỉ công bố số liệu tổng hợp, không công bố thông tin về cá nhân.</p>"
)
FIGURES = ("tien-do", "thoi-han", "bang-thoi-han", "quy-mo-linh-vuc", "quy-mo-nhom", "he-so", "thay-doi", "khung-tieu-chi")
PAGE_PERMISSIONS = {"editor": ["change_page"], "approver": ["change_page", "publish_page"]}


def body():
    blocks = [
        {"type": "figure", "value": {"figure": code, "heading": "", "comment": "", "table_open": False}}
        for code in FIGURES
    ]
    return json.dumps(blocks)


def add_page(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Page = apps.get_model("wagtailcore", "Page")
    TransparencyPage = apps.get_model("catalog_pages", "TransparencyPage")
    home = apps.get_model("catalog_pages", "HomePage").objects.first()
    if home is None:
        return
    last = Page.objects.filter(depth=home.depth + 1, path__startswith=home.path).order_by("-path").first()
    step = NumConv(string.digits + string.ascii_uppercase).int2str(int(last.path[-4:], 36) + 1 if last else 1).rjust(4, "0")
    content_type, _created = ContentType.objects.get_or_create(app_label="catalog_pages", model="transparencypage")
    page = TransparencyPage.objects.create(
        title=TITLE, draft_title=TITLE, slug="minh-bach", path=f"{home.path}{step}", depth=home.depth + 1, numchild=0,
        url_path=f"{home.url_path}minh-bach/", content_type=content_type, locale=home.locale, live=True,
        show_in_menus=True, introduction=INTRODUCTION, body=body(),
    )
    Page.objects.filter(pk=home.pk).update(numchild=home.numchild + 1)
    for role, codenames in PAGE_PERMISSIONS.items():
        group = apps.get_model("auth", "Group").objects.get(name=f"role:{role}")
        for codename in codenames:
            permission = apps.get_model("auth", "Permission").objects.get(
                content_type__app_label="wagtailcore", codename=codename
            )
            apps.get_model("wagtailcore", "GroupPagePermission").objects.create(
                group=group, page_id=page.pk, permission=permission
            )


def guard(apps, schema_editor):
    install_all(RELEASE_TRIGGERS, schema_editor)


def unguard(apps, schema_editor):
    for trigger in RELEASE_TRIGGERS:
        trigger.remove(schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ('catalog_pages', '0005_extra_columns'),
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='TransparencyPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('introduction', wagtail.fields.RichTextField(blank=True, verbose_name='introduction')),
                ('body', wagtail.fields.StreamField([('text', 0), ('figure', 5), ('milestones', 11), ('documents', 14)], blank=True, block_lookup={0: ('wagtail.blocks.RichTextBlock', (), {'features': ['h2', 'h3', 'bold', 'italic', 'ol', 'ul', 'link', 'document-link'], 'icon': 'pilcrow', 'label': 'Text'}), 1: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('tien-do', 'Tiến độ xây dựng danh mục'), ('thoi-han', 'Trình danh mục so với thời hạn'), ('bang-thoi-han', 'Thời điểm trình danh mục của từng cơ quan'), ('quy-mo-linh-vuc', 'Số mục theo lĩnh vực'), ('quy-mo-nhom', 'Số mục theo nhóm phức tạp'), ('he-so', 'Phân bố hệ số quy đổi'), ('thay-doi', 'Thay đổi ở các phiên bản được công bố gần đây'), ('khung-tieu-chi', 'Khung tiêu chí đang áp dụng')], 'label': 'Figure'}), 2: ('wagtail.blocks.CharBlock', (), {'help_text': "Empty: the figure's own title.", 'label': 'Heading', 'max_length': 200, 'required': False}), 3: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ol', 'ul', 'link', 'document-link'], 'label': 'Comment', 'required': False}), 4: ('wagtail.blocks.BooleanBlock', (), {'default': False, 'label': 'Show the table opened', 'required': False}), 5: ('wagtail.blocks.StructBlock', [[('figure', 1), ('heading', 2), ('comment', 3), ('table_open', 4)]], {}), 6: ('wagtail.blocks.CharBlock', (), {'label': 'Heading', 'max_length': 200}), 7: ('wagtail.blocks.DateBlock', (), {'label': 'Day'}), 8: ('wagtail.blocks.CharBlock', (), {'label': 'What falls due', 'max_length': 300}), 9: ('wagtail.blocks.StructBlock', [[('day', 7), ('text', 8)]], {}), 10: ('wagtail.blocks.ListBlock', (9,), {'label': 'Days'}), 11: ('wagtail.blocks.StructBlock', [[('heading', 6), ('days', 10)]], {}), 12: ('wagtail.documents.blocks.DocumentChooserBlock', (), {}), 13: ('wagtail.blocks.ListBlock', (12,), {'label': 'Documents'}), 14: ('wagtail.blocks.StructBlock', [[('heading', 6), ('documents', 13)]], {})}, verbose_name='body')),
            ],
            options={
                'verbose_name': 'transparency page',
                'verbose_name_plural': 'transparency pages',
            },
            bases=(catalog_pages.models.FoldedTitle, catalog_pages.transparency.routes.TransparencyRoutes, wagtail.contrib.routable_page.models.RoutablePageMixin, 'wagtailcore.page'),
        ),
        migrations.CreateModel(
            name='TransparencyRelease',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(unique=True, verbose_name='release')),
                ('content', models.TextField(editable=False)),
                ('content_hash', models.CharField(editable=False, max_length=64)),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='note')),
                ('published_at', models.DateTimeField(verbose_name='published at')),
                ('published_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'release of figures',
                'verbose_name_plural': 'releases of figures',
                'ordering': ['-number'],
            },
        ),
        migrations.RunPython(add_page, migrations.RunPython.noop),
        migrations.RunPython(guard, unguard),
    ]
