"""Figures are prepared as drafts and looked at before they are published; a place for results of evaluations."""

import json
import uuid

import django.db.models.deletion
import django.utils.timezone
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


RESULTS = {"figure": "ket-qua", "heading": "", "comment": "", "table_open": False}


def add_place_for_results(apps, schema_editor):
    """Put the figure last on the page, unless somebody has arranged the page already."""
    for page in apps.get_model("catalog_pages", "TransparencyPage").objects.filter(latest_revision=None):
        body = [*page.body.raw_data, {"type": "figure", "value": RESULTS, "id": str(uuid.uuid4())}]
        page.body = json.dumps(body)
        page.save(update_fields=["body"])


class Migration(migrations.Migration):

    dependencies = [
        ('catalog_pages', '0006_transparency'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='transparencypage',
            name='body',
            field=wagtail.fields.StreamField([('text', 0), ('figure', 5), ('milestones', 11), ('documents', 14)], blank=True, block_lookup={0: ('wagtail.blocks.RichTextBlock', (), {'description': 'Headings, paragraphs, lists and links.', 'features': ['h2', 'h3', 'bold', 'italic', 'ol', 'ul', 'link', 'document-link'], 'icon': 'pilcrow', 'label': 'Text'}), 1: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('tien-do', 'Tiến độ xây dựng danh mục'), ('thoi-han', 'Trình danh mục so với thời hạn'), ('bang-thoi-han', 'Thời điểm trình danh mục của từng cơ quan'), ('quy-mo-linh-vuc', 'Số mục theo lĩnh vực'), ('quy-mo-nhom', 'Số mục theo nhóm phức tạp'), ('he-so', 'Phân bố hệ số quy đổi'), ('thay-doi', 'Thay đổi ở các phiên bản được công bố gần đây'), ('khung-tieu-chi', 'Khung tiêu chí đang áp dụng'), ('ket-qua', 'Kết quả đánh giá, xếp loại theo cơ quan')], 'help_text': 'The page always shows it as it stands in the release published last.', 'label': 'Figure'}), 2: ('wagtail.blocks.CharBlock', (), {'help_text': 'Empty: the finding that the platform writes from the figures, which is new with every release.', 'label': 'Heading', 'max_length': 200, 'required': False}), 3: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ol', 'ul', 'link', 'document-link'], 'help_text': 'Stands above the chart. It stays when new figures are published, so check it then.', 'label': 'Comment', 'required': False}), 4: ('wagtail.blocks.BooleanBlock', (), {'default': False, 'help_text': 'Otherwise the reader opens it; in print it is always there.', 'label': 'Show the table opened', 'required': False}), 5: ('wagtail.blocks.StructBlock', [[('figure', 1), ('heading', 2), ('comment', 3), ('table_open', 4)]], {}), 6: ('wagtail.blocks.CharBlock', (), {'label': 'Heading', 'max_length': 200}), 7: ('wagtail.blocks.DateBlock', (), {'label': 'Day'}), 8: ('wagtail.blocks.CharBlock', (), {'label': 'What falls due', 'max_length': 300}), 9: ('wagtail.blocks.StructBlock', [[('day', 7), ('text', 8)]], {}), 10: ('wagtail.blocks.ListBlock', (9,), {'label': 'Days'}), 11: ('wagtail.blocks.StructBlock', [[('heading', 6), ('days', 10)]], {}), 12: ('wagtail.documents.blocks.DocumentChooserBlock', (), {}), 13: ('wagtail.blocks.ListBlock', (12,), {'label': 'Documents'}), 14: ('wagtail.blocks.StructBlock', [[('heading', 6), ('documents', 13)]], {})}, verbose_name='body'),
        ),
        migrations.CreateModel(
            name='PublishedUnit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('unit', models.CharField(max_length=100, unique=True)),
                ('people', models.TextField(editable=False)),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog_pages.transparencyrelease')),
            ],
            options={
                'verbose_name': 'unit with published results',
                'verbose_name_plural': 'units with published results',
                'ordering': ['unit'],
            },
        ),
        migrations.CreateModel(
            name='TransparencyDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content', models.TextField(editable=False)),
                ('content_hash', models.CharField(editable=False, max_length=64)),
                ('state', models.CharField(choices=[('counting', 'being counted'), ('ready', 'ready to be looked at'), ('failed', 'broke off')], default='counting', max_length=10)),
                ('done', models.PositiveSmallIntegerField(default=0)),
                ('after', models.PositiveIntegerField(default=0)),
                ('told', models.TextField(default='{}', editable=False)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'draft of figures',
                'verbose_name_plural': 'drafts of figures',
                'ordering': ['-pk'],
            },
        ),
        migrations.RunPython(add_place_for_results, migrations.RunPython.noop),
    ]
