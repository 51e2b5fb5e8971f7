"""The home page's words and the foot of all pages become content, filled with what the code said until now."""

import json

import catalog_pages.models
import django.db.models.deletion
import wagtail.fields
from django.conf import settings
from django.db import migrations, models

LEAD = (
    "<p>Mỗi cơ quan lập danh mục sản phẩm, công việc mà công chức bàn giao, kèm hệ số quy đổi so với một đơn vị chuẩn. "
    "Sở Nội vụ thẩm định, Chủ tịch Ủy ban nhân dân tỉnh quyết định, và danh mục được công bố tại đây.</p>"
)
WORDS = {
    "headline": "Danh mục sản phẩm, công việc của các cơ quan thuộc {tỉnh}",
    "search_label": "Tìm sản phẩm, công việc của mọi cơ quan",
    "search_hint": "Gõ có dấu hoặc không dấu, ví dụ: bao cao thong ke",
    "links_heading": "Tra cứu",
    "count_label": "cơ quan đã công bố danh mục",
    "decisions_heading": "Quyết định mới nhất",
}


def links(apps):
    page_of = {
        name: apps.get_model("catalog_pages", name).objects.values_list("pk", flat=True).first()
        for name in ("CatalogIndexPage", "TransparencyPage")
    }
    ways = [
        ("Tất cả cơ quan và danh mục", page_of["CatalogIndexPage"], ""),
        ("Khung tiêu chí đánh giá, xếp loại cá nhân và cơ quan", None, "/khung-tieu-chi/"),
        ("Số liệu công khai", page_of["TransparencyPage"], ""),
        ("Dữ liệu mở: toàn bộ số liệu và danh mục dưới dạng tệp", None, "/du-lieu-mo/"),
        ("Đọc dữ liệu qua API", None, "/api/v1/docs/"),
    ]
    blocks = [
        {"type": "link", "value": {"text": text, "page": page, "address": address}}
        for text, page, address in ways
        if page or address
    ]
    return json.dumps(blocks)


def fill(apps, schema_editor):
    for site in apps.get_model("wagtailcore", "Site").objects.all():
        apps.get_model("catalog_pages", "PortalTexts").objects.create(site=site)
    home = apps.get_model("catalog_pages", "HomePage").objects.first()
    if home is None:
        return
    words = WORDS | {"introduction": home.introduction or LEAD, "links": links(apps)}
    for name, text in words.items():
        setattr(home, name, text)
    home.save(update_fields=list(words))
    # A draft that somebody left would bring back the empty fields when it is published.
    draft = apps.get_model("wagtailcore", "Revision").objects.filter(pk=home.latest_revision_id).first()
    if draft is not None:
        draft.content = words | draft.content | {"introduction": draft.content.get("introduction") or LEAD}
        draft.save(update_fields=["content"])


class Migration(migrations.Migration):

    dependencies = [
        ('catalog_pages', '0009_no_replacing'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='ContentPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('introduction', wagtail.fields.RichTextField(blank=True, verbose_name='introduction')),
                ('body', wagtail.fields.StreamField([('text', 0), ('picture', 3), ('documents', 7), ('catalog', 9)], blank=True, block_lookup={0: ('wagtail.blocks.RichTextBlock', (), {'description': 'Headings, paragraphs, lists and links.', 'features': ['h2', 'h3', 'bold', 'italic', 'ol', 'ul', 'link', 'document-link'], 'icon': 'pilcrow', 'label': 'Text'}), 1: ('wagtail.images.blocks.ImageBlock', [], {'label': 'Picture'}), 2: ('wagtail.blocks.CharBlock', (), {'label': 'Caption', 'max_length': 300, 'required': False}), 3: ('wagtail.blocks.StructBlock', [[('image', 1), ('caption', 2)]], {}), 4: ('wagtail.blocks.CharBlock', (), {'label': 'Heading', 'max_length': 200}), 5: ('wagtail.documents.blocks.DocumentChooserBlock', (), {}), 6: ('wagtail.blocks.ListBlock', (5,), {'label': 'Documents'}), 7: ('wagtail.blocks.StructBlock', [[('heading', 4), ('documents', 6)]], {}), 8: ('wagtail.blocks.PageChooserBlock', (), {'label': 'Agency', 'page_type': ['catalog_pages.AgencyCatalogPage']}), 9: ('wagtail.blocks.StructBlock', [[('page', 8)]], {})}, verbose_name='body')),
            ],
            options={
                'verbose_name': 'content page',
                'verbose_name_plural': 'content pages',
            },
            bases=(catalog_pages.models.FoldedTitle, 'wagtailcore.page'),
        ),
        migrations.AddField(
            model_name='homepage',
            name='body',
            field=wagtail.fields.StreamField([('text', 0), ('picture', 3), ('documents', 7), ('catalog', 9)], blank=True, block_lookup={0: ('wagtail.blocks.RichTextBlock', (), {'description': 'Headings, paragraphs, lists and links.', 'features': ['h2', 'h3', 'bold', 'italic', 'ol', 'ul', 'link', 'document-link'], 'icon': 'pilcrow', 'label': 'Text'}), 1: ('wagtail.images.blocks.ImageBlock', [], {'label': 'Picture'}), 2: ('wagtail.blocks.CharBlock', (), {'label': 'Caption', 'max_length': 300, 'required': False}), 3: ('wagtail.blocks.StructBlock', [[('image', 1), ('caption', 2)]], {}), 4: ('wagtail.blocks.CharBlock', (), {'label': 'Heading', 'max_length': 200}), 5: ('wagtail.documents.blocks.DocumentChooserBlock', (), {}), 6: ('wagtail.blocks.ListBlock', (5,), {'label': 'Documents'}), 7: ('wagtail.blocks.StructBlock', [[('heading', 4), ('documents', 6)]], {}), 8: ('wagtail.blocks.PageChooserBlock', (), {'label': 'Agency', 'page_type': ['catalog_pages.AgencyCatalogPage']}), 9: ('wagtail.blocks.StructBlock', [[('page', 8)]], {})}, verbose_name='body'),
        ),
        migrations.AddField(
            model_name='homepage',
            name='count_label',
            field=models.CharField(blank=True, max_length=200, verbose_name='after the number of published catalogs'),
        ),
        migrations.AddField(
            model_name='homepage',
            name='decisions_heading',
            field=models.CharField(blank=True, max_length=200, verbose_name='heading of the latest decisions'),
        ),
        migrations.AddField(
            model_name='homepage',
            name='headline',
            field=models.CharField(blank=True, help_text="The province's name stands where {tỉnh} is written.", max_length=200, verbose_name='headline'),
        ),
        migrations.AddField(
            model_name='homepage',
            name='links',
            field=wagtail.fields.StreamField([('link', 3)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'label': 'Words', 'max_length': 200}), 1: ('wagtail.blocks.PageChooserBlock', (), {'label': 'Page', 'required': False}), 2: ('wagtail.blocks.RegexBlock', (), {'error_messages': {'invalid': 'An address begins with / or with https://.'}, 'help_text': 'Where there is no page to choose: /du-lieu-mo/, or another site beginning with https://.', 'label': 'Address', 'max_length': 500, 'regex': '^(/(?!/)|https://)[^\\s<>\\"]*$', 'required': False}), 3: ('wagtail.blocks.StructBlock', [[('text', 0), ('page', 1), ('address', 2)]], {})}, verbose_name='links'),
        ),
        migrations.AddField(
            model_name='homepage',
            name='links_heading',
            field=models.CharField(blank=True, max_length=200, verbose_name='heading of the links'),
        ),
        migrations.AddField(
            model_name='homepage',
            name='search_hint',
            field=models.CharField(blank=True, max_length=200, verbose_name='hint at the search'),
        ),
        migrations.AddField(
            model_name='homepage',
            name='search_label',
            field=models.CharField(blank=True, max_length=200, verbose_name='above the search'),
        ),
        migrations.AlterField(
            model_name='transparencypage',
            name='body',
            field=wagtail.fields.StreamField([('text', 0), ('figure', 5), ('milestones', 11), ('picture', 14), ('catalog', 16), ('documents', 19)], blank=True, block_lookup={0: ('wagtail.blocks.RichTextBlock', (), {'description': 'Headings, paragraphs, lists and links.', 'features': ['h2', 'h3', 'bold', 'italic', 'ol', 'ul', 'link', 'document-link'], 'icon': 'pilcrow', 'label': 'Text'}), 1: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('tien-do', 'Tiến độ xây dựng danh mục'), ('thoi-han', 'Trình danh mục so với thời hạn'), ('bang-thoi-han', 'Thời điểm trình danh mục của từng cơ quan'), ('quy-mo-linh-vuc', 'Số mục theo lĩnh vực'), ('quy-mo-nhom', 'Số mục theo nhóm phức tạp'), ('he-so', 'Phân bố hệ số quy đổi'), ('thay-doi', 'Thay đổi ở các phiên bản được công bố gần đây'), ('khung-tieu-chi', 'Khung tiêu chí đang áp dụng'), ('ket-qua', 'Kết quả đánh giá, xếp loại theo cơ quan')], 'help_text': 'The page always shows it as it stands in the release published last.', 'label': 'Figure'}), 2: ('wagtail.blocks.CharBlock', (), {'help_text': 'Empty: the finding that the platform writes from the figures, which is new with every release.', 'label': 'Heading', 'max_length': 200, 'required': False}), 3: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ol', 'ul', 'link', 'document-link'], 'help_text': 'Stands above the chart. It stays when new figures are published, so check it then.', 'label': 'Comment', 'required': False}), 4: ('wagtail.blocks.BooleanBlock', (), {'default': False, 'help_text': 'Otherwise the reader opens it; in print it is always there.', 'label': 'Show the table opened', 'required': False}), 5: ('wagtail.blocks.StructBlock', [[('figure', 1), ('heading', 2), ('comment', 3), ('table_open', 4)]], {}), 6: ('wagtail.blocks.CharBlock', (), {'label': 'Heading', 'max_length': 200}), 7: ('wagtail.blocks.DateBlock', (), {'label': 'Day'}), 8: ('wagtail.blocks.CharBlock', (), {'label': 'What falls due', 'max_length': 300}), 9: ('wagtail.blocks.StructBlock', [[('day', 7), ('text', 8)]], {}), 10: ('wagtail.blocks.ListBlock', (9,), {'label': 'Days'}), 11: ('wagtail.blocks.StructBlock', [[('heading', 6), ('days', 10)]], {}), 12: ('wagtail.images.blocks.ImageBlock', [], {'label': 'Picture'}), 13: ('wagtail.blocks.CharBlock', (), {'label': 'Caption', 'max_length': 300, 'required': False}), 14: ('wagtail.blocks.StructBlock', [[('image', 12), ('caption', 13)]], {}), 15: ('wagtail.blocks.PageChooserBlock', (), {'label': 'Agency', 'page_type': ['catalog_pages.AgencyCatalogPage']}), 16: ('wagtail.blocks.StructBlock', [[('page', 15)]], {}), 17: ('wagtail.documents.blocks.DocumentChooserBlock', (), {}), 18: ('wagtail.blocks.ListBlock', (17,), {'label': 'Documents'}), 19: ('wagtail.blocks.StructBlock', [[('heading', 6), ('documents', 18)]], {})}, verbose_name='body'),
        ),
        migrations.CreateModel(
            name='PortalTexts',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('legal_line', models.CharField(default='Danh mục sản phẩm, công việc của {tỉnh} theo Nghị định số 335/2025/NĐ-CP.', help_text="The province's name stands where {tỉnh} is written.", max_length=300, verbose_name='legal line')),
                ('footer_note', models.CharField(blank=True, default='Dữ liệu mở: mọi nội dung ở đây đều tải về được và đọc được qua API.', max_length=300, verbose_name='note below it')),
                ('contact', wagtail.fields.RichTextField(blank=True, help_text='Who answers for the portal: agency, address, telephone, e-mail.', verbose_name='contact')),
                ('site', models.OneToOneField(editable=False, on_delete=django.db.models.deletion.CASCADE, to='wagtailcore.site')),
            ],
            options={
                'verbose_name': 'words at the foot of pages',
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
