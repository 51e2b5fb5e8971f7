"""The front page and the pages right below it say in English what they were shipped to say in Vietnamese."""

import json

from django.db import migrations

HOME = {
    "headline_en": "Products and works of the agencies of {tỉnh}",
    "introduction_en": "<p>Each agency lists the products and works that its officials hand over, each weighed by a coefficient against "
    "one standard unit. The Department of Home Affairs appraises the list, the Chairman of the People's Committee decides, and it is "
    "published here.</p>",
    "search_label_en": "Find a product or work of any agency",
    "search_hint_en": "In Vietnamese, with or without diacritics: bao cao thong ke",
    "links_heading_en": "Where to go",
    "count_label_en": "agencies have a published catalog",
    "decisions_heading_en": "Latest decisions",
}
LINKS = {
    "Tất cả cơ quan và danh mục": "All agencies and their catalogs",
    "Khung tiêu chí đánh giá, xếp loại cá nhân và cơ quan": "Criteria by which officials and agencies are assessed",
    "Số liệu công khai": "Public figures",
    "Dữ liệu mở: toàn bộ số liệu và danh mục dưới dạng tệp": "Open data: all figures and catalogs as files",
    "Đọc dữ liệu qua API": "Read the data over the API",
}
PAGES = {
    "CatalogIndexPage": {"title_en": "Catalogs of products and works"},
    "TransparencyPage": {
        "title_en": "Transparency",
        "introduction_en": "<p>How far the agencies are, what their catalogs hold, and which criteria apply. Totals alone are published, "
        "nothing about a person.</p>",
    },
}


def fill(apps, schema_editor):
    for name, words in PAGES.items():
        for page in apps.get_model("catalog_pages", name).objects.all():
            _write(apps, page, words)
    home = apps.get_model("catalog_pages", "HomePage").objects.first()
    if home is not None:
        raw = [block for block in home.links.raw_data if block["value"].get("text") in LINKS]
        links = [{"type": "link", "value": block["value"] | {"text": LINKS[block["value"]["text"]]}} for block in raw]
        _write(apps, home, HOME | {"links_en": json.dumps(links)})


def _write(apps, page, words):
    for name, text in words.items():
        setattr(page, name, text)
    page.save(update_fields=list(words))
    # A draft that somebody left would bring back the empty fields when it is published.
    draft = apps.get_model("wagtailcore", "Revision").objects.filter(pk=page.latest_revision_id).first()
    if draft is not None:
        draft.content = draft.content | words
        draft.save(update_fields=["content"])


class Migration(migrations.Migration):

    dependencies = [
        ('catalog_pages', '0080_english_words'),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
