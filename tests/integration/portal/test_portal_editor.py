"""The portal's editor writes the pages, keeps pictures and documents, and has no part in catalogs and accounts."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image as Drawing
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, Site
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from catalog_pages.models import (
    AgencyCatalogPage,
    CatalogIndexPage,
    ContentPage,
    HomePage,
    PortalSettings,
    TransparencyPage,
)
from cms.users.enums import Role
from tests.factories import catalogs
from tests.factories.people import make_member

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"


def signed_in(user):
    client = Client()
    client.force_login(user, backend="cms.organisations.backends.MembershipBackend")
    return client


@pytest.fixture
def editors(province):
    """Return two of the portal's editors."""
    return [make_member(Role.PORTAL_EDITOR, province.root, name) for name in ("portal_editor", "portal_editor_2")]


@pytest.fixture
def client(editors):
    """Return the browser of the first."""
    return signed_in(editors[0])


@pytest.fixture
def second_person(settings):
    """Have the province ask for a second person."""
    settings.THUOCDO_PORTAL_SECOND_PERSON = True


# What the browser sends of the English part of a form that nobody opened.
NOTHING_IN_ENGLISH = {"introduction_en": rich_text(""), "body_en": streamfield([]), "links_en": streamfield([])}


def home_form(**changes):
    home, index = HomePage.objects.get(), CatalogIndexPage.objects.get().pk
    words = {
        name: getattr(home, name)
        for name in ("title", "headline", "search_label", "search_hint", "links_heading", "count_label")
    }
    form = words | {
        "decisions_heading": home.decisions_heading, "introduction": rich_text("<p>Lời dẫn mới</p>"),
        "links": streamfield([("link", {"text": "Danh mục", "page": index, "address": ""})]),
        "body": streamfield([]), "seo_title": "", "search_description": "", "comments": _no_comments(),
    }  # fmt: skip
    return nested_form_data(NOTHING_IN_ENGLISH | form | changes)


def _no_comments():
    return {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}


def page_form(**changes):
    form = {
        "title": "Liên hệ", "introduction": rich_text("<p>Nơi tiếp dân</p>"), "body": streamfield([]), "seo_title": "",
        "search_description": "", "comments": _no_comments(),
    }  # fmt: skip
    return nested_form_data(NOTHING_IN_ENGLISH | form | changes)


def edit(client, page, form, act="publish"):
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form | {f"action-{act}": "1"})


def add_page(client, form, act="publish"):
    where = reverse("wagtailadmin_pages:add", args=["catalog_pages", "contentpage", HomePage.objects.get().pk])
    client.post(where, form | {f"action-{act}": "1"})
    return ContentPage.objects.get()


def library():
    return Collection.objects.get(name="Cổng thông tin")


def upload_document(client, name, content):
    form = {"title": name, "file": SimpleUploadedFile(name, content), "collection": library().pk, "tags": ""}
    client.post(reverse("wagtaildocs:add"), form)
    return get_document_model().objects.filter(title=name).first()


def upload_image(client, name, content):
    form = {
        "title": name, "description": "", "file": SimpleUploadedFile(name, content), "collection": library().pk,
        "tags": "",
        "focal_point_x": "", "focal_point_y": "", "focal_point_width": "", "focal_point_height": "",
    }  # fmt: skip
    client.post(reverse("wagtailimages:add"), form)
    return get_image_model().objects.filter(title=name).first()


def png():
    drawn = BytesIO()
    Drawing.new("RGB", (20, 10), "navy").save(drawn, "PNG")
    return drawn.getvalue()


def test_the_home_page_is_edited_and_published(client):
    edit(client, HomePage.objects.get(), home_form(headline="Cổng đánh giá của {tỉnh}"))

    html = Client().get("/").content.decode()
    assert "<h1>Cổng đánh giá của Tỉnh Sông Lam</h1>" in html
    assert "Lời dẫn mới</p>" in html


def test_a_page_is_made_with_an_address_of_its_own(client):
    page = add_page(client, page_form(title="Đơn vị phụ trách"))

    assert page.url == "/don-vi-phu-trach/"
    assert "Nơi tiếp dân" in Client().get(page.url).content.decode()
    page.title = "Tên khác"
    page.save()
    assert ContentPage.objects.get().url == "/don-vi-phu-trach/"


@pytest.mark.parametrize("title", ["API", "Khung tiêu chí", "Dữ liệu mở", "Admin", "Danh mục", "???"])
def test_no_page_takes_the_address_of_something_else(client, title):
    page = add_page(client, page_form(title=title))

    assert page.url not in ("/api/", "/khung-tieu-chi/", "/du-lieu-mo/", "/admin/", "/danh-muc/", "/")
    assert Client().get(page.url).status_code == 200


def test_pictures_and_documents_are_added_and_shown(client):
    picture, document = (
        upload_image(client, "tru-so.png", png()),
        upload_document(client, "ke-hoach.pdf", b"%PDF-1.7 x"),
    )
    body = streamfield([
        ("picture", {"image": {"image": picture.pk, "decorative": "", "alt_text": "Trụ sở"}, "caption": "Chú thích"}),
        ("documents", {"heading": "Tệp", "documents": streamfield_list([document.pk])}),
    ])  # fmt: skip
    page = add_page(client, page_form(body=body))

    html = Client().get(page.url).content.decode()
    assert 'alt="Trụ sở"' in html
    assert "Chú thích" in html
    assert document.url in html


def streamfield_list(values):
    form = {"count": str(len(values))}
    for number, value in enumerate(values):
        form[str(number)] = {"value": value, "deleted": "", "order": str(number), "type": "item"}
    return form


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.svg", SVG), ("a.html", HTML), ("a.pdf", HTML), ("a.txt", HTML), ("a.csv", SVG), ("a.docx", HTML),
        ("a.xlsx", b"%PDF-1.7"), ("a.exe", b"MZ"), ("a.pdf.html", HTML), ("a.txt", b"\x00\x01\x02"),
        ("a.txt", b"\xef\xbb\xbf  <SCRIPT>"), ("a.txt", "<html>".encode("utf-16")),
    ],
)  # fmt: skip
def test_documents_that_are_not_what_they_say_are_refused(client, name, content):
    assert upload_document(client, name, content) is None


@pytest.mark.parametrize(
    ("name", "content"), [("a.csv", "Mã;Tên\n1;Đất đai".encode()), ("b.docx", b"PK\x03\x04..."), ("c.txt", b"a < b")]
)
def test_documents_that_are_what_they_say_are_taken(client, name, content):
    assert upload_document(client, name, content)


@pytest.mark.parametrize(("name", "content"), [("a.svg", SVG), ("a.png", SVG), ("a.png", HTML), ("a.jpg", b"x")])
def test_pictures_that_a_browser_would_run_are_refused(client, name, content):
    assert upload_image(client, name, content) is None


def look_form(**changes):
    form = {
        "name": "Thước Đo", "logo": "", "colour": "#14315c", "notice": rich_text(""), "notice_until": "",
        "legal_line": "Theo Nghị định 335", "footer_note": "", "contact": rich_text(""),
        "notice_en": rich_text(""), "contact_en": rich_text(""),
    }  # fmt: skip
    return nested_form_data(form | changes)


def test_the_foot_of_pages_and_the_site_are_opened(client):
    site, texts = Site.objects.get(), PortalSettings.objects.get()
    where = reverse("wagtailsettings:edit", args=["catalog_pages", "portalsettings", site.pk])
    assert client.get(where).status_code == 200
    client.post(where, look_form(contact=rich_text("<p>Gọi 0123</p>")))

    texts.refresh_from_db()
    assert texts.legal_line == "Theo Nghị định 335"
    assert "Gọi 0123" in Client().get("/").content.decode()
    assert client.get(reverse("wagtailsites:edit", args=[site.pk])).status_code == 200


def test_what_the_portal_stands_on_is_never_taken_away(client, province):
    for model in (HomePage, CatalogIndexPage, TransparencyPage):
        page = model.objects.get()
        for act in ("delete", "unpublish", "move"):
            client.post(reverse(f"wagtailadmin_pages:{act}", args=[page.pk]), {"next": "/"})
        client.post(f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'delete'])}?id={page.pk}")
        assert model.objects.live().count() == 1


def test_catalogs_accounts_and_agencies_are_not_theirs(client, people, province):
    draft = catalogs.make_version(people["uploader"], province.statistics)
    page = AgencyCatalogPage.objects.get(catalog=draft.catalog)
    for name in ("edit", "view_draft", "history", "delete", "unpublish"):
        assert client.get(reverse(f"wagtailadmin_pages:{name}", args=[page.pk])).status_code in (302, 404), name
    for name in (
        "catalogs:overview",
        "organisations:agency_list",
        "organisations:account_list",
        "importers:batch_list",
    ):
        assert client.get(reverse(name)).status_code in (302, 403), name
    rights = page.permissions_for_user(client.get("/admin/").wsgi_request.user)
    assert not rights.can_edit()
    assert not rights.can_publish()


def test_nobody_publishes_their_own_words_where_the_province_asks(client, editors, second_person):
    home = HomePage.objects.get()
    edit(client, home, home_form(headline="Lời của người viết"))
    assert "Lời của người viết" not in Client().get("/").content.decode()
    edit(client, home, home_form(headline="Lời của người viết"), "submit")
    home = HomePage.objects.get()
    assert home.workflow_in_progress
    approve = reverse(
        "wagtailadmin_pages:workflow_action", args=[home.pk, "approve", home.current_workflow_task_state.pk]
    )
    client.post(approve, {"comment": ""})
    assert "Lời của người viết" not in Client().get("/").content.decode()

    other = signed_in(editors[1])
    assert "Đăng với tư cách người thứ hai" in other.get(f"/admin/pages/{home.pk}/edit/").content.decode()
    other.post(approve, {"comment": ""})
    assert "<h1>Lời của người viết</h1>" in Client().get("/").content.decode()


def test_who_changes_a_draft_on_the_way_does_not_publish_it(client, editors, second_person):
    home = HomePage.objects.get()
    edit(client, home, home_form(headline="Lời của người viết"), "submit")
    other = signed_in(editors[1])

    for act in ("publish", "workflow-action"):
        form = home_form(headline="Lời của người thứ hai") | {"workflow-action-name": "approve"}
        edit(other, home, form, act)
        assert "Lời của" not in Client().get("/").content.decode(), act


def test_an_approver_is_a_second_person_and_their_own_words_wait_too(client, people, second_person):
    home = HomePage.objects.get()
    edit(client, home, home_form(headline="Lời của người viết"), "submit")
    home = HomePage.objects.get()
    approver = signed_in(people["approver"])
    state = home.current_workflow_task_state.pk
    approver.post(reverse("wagtailadmin_pages:workflow_action", args=[home.pk, "approve", state]), {"comment": ""})
    assert "Lời của người viết" in Client().get("/").content.decode()

    figures = page_form(title="Số liệu", introduction=rich_text("<p>Lời của người duyệt</p>"))
    edit(approver, TransparencyPage.objects.get(), figures)
    assert "Lời của người duyệt" in TransparencyPage.objects.get().get_latest_revision_as_object().introduction
    assert "Lời của người duyệt" not in Client().get("/minh-bach/").content.decode()


def test_a_page_made_in_one_go_waits_for_the_second_person(client, second_person):
    page = add_page(client, page_form())

    assert not page.live
    assert Client().get("/lien-he/").status_code == 404


def test_without_that_wish_the_editor_publishes_alone(client):
    assert add_page(client, page_form()).live
