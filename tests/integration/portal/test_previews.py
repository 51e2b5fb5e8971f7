"""Drafts over the API: for who holds a token of this very draft, for an hour, while its maker may edit the page."""

import datetime

import pytest
import time_machine
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from catalog_pages import previews
from catalog_pages.models import ContentPage, HomePage
from cms.organisations.actions import revoke_membership
from cms.organisations.models import Membership
from tests.factories.content import add_content_page
from tests.integration.portal.test_portal_editor import client, editors

__all__ = ["client", "editors"]


@pytest.fixture
def page(editors):
    """Return a published page with a draft that says something else."""
    page = add_content_page([{"type": "text", "value": "<p>Đã đăng</p>"}])
    page.title = "Bản nháp mới"
    page.save_revision(user=editors[0])
    return ContentPage.objects.get(pk=page.pk)


def read(page, token, **headers):
    return Client().get(f"/api/pages/{page.pk}/", {"preview": token}, headers=headers)


def test_a_token_opens_its_draft_and_nothing_else(page, editors):
    token = previews.make_token(editors[0], page)
    other = HomePage.objects.get().add_child(instance=ContentPage(title="Trang khác", live=False))
    other.save_revision()

    answer = read(page, token, origin="https://cong.example.gov.vn")
    assert answer.json()["title"] == "Bản nháp mới"
    assert answer["Cache-Control"] == "no-store, private"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert Client().get(f"/api/pages/{page.pk}/").json()["title"] == "Nội dung"
    assert read(other, token).status_code == 404
    assert Client().get("/api/pages/", {"preview": token}).status_code == 400
    assert Client().get(f"{page.url}?preview={token}").content.decode().count("Bản nháp mới") == 0


def test_a_page_that_was_never_published_is_previewed(editors):
    page = HomePage.objects.get().add_child(instance=ContentPage(title="Mới", live=False))
    page.save_revision()

    assert read(page, previews.make_token(editors[0], page)).json()["title"] == "Mới"
    assert Client().get(f"/api/pages/{page.pk}/").status_code == 404


def test_a_copied_token_expires(page, editors):
    with time_machine.travel(timezone.now() - datetime.timedelta(seconds=previews.SECONDS + 5), tick=False):
        old = previews.make_token(editors[0], page)
    with time_machine.travel(timezone.now() - datetime.timedelta(seconds=previews.SECONDS - 30), tick=False):
        young = previews.make_token(editors[0], page)

    assert read(page, old).status_code == 404
    assert read(page, young).status_code == 200


def test_a_draft_is_kept_by_no_memory(page, editors):
    caches["public"].clear()
    token = previews.make_token(editors[0], page)
    read(page, token)
    with time_machine.travel(timezone.now() + datetime.timedelta(seconds=previews.SECONDS + 5), tick=False):
        assert read(page, token).status_code == 404


def test_a_token_dies_with_the_rights_of_who_made_it(page, editors):
    token = previews.make_token(editors[0], page)
    revoke_membership(by=None, membership=Membership.objects.get(user=editors[0]))
    assert read(page, token).status_code == 404
    token = previews.make_token(editors[1], page)
    editors[1].is_active = False
    editors[1].save()
    assert read(page, token).status_code == 404


@pytest.mark.parametrize("token", ["", "x", "a:b:c", "\0", "W10:1:x", "9" * 600])
def test_made_up_tokens_open_nothing(page, token):
    assert read(page, token).status_code in (400, 404)


def test_an_editor_is_led_to_the_draft_as_data_or_at_the_front_end(client, page, settings):
    where = reverse("portal_preview", args=[page.pk])
    answer = client.get(where)
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["Location"].startswith(f"/api/pages/{page.pk}/?preview=")
    assert Client().get(answer["Location"]).json()["title"] == "Bản nháp mới"

    settings.THUOCDO_FRONT_END_URL = "https://cong.example.gov.vn/"
    location = client.get(where)["Location"]
    assert location.startswith("https://cong.example.gov.vn/?preview=")
    assert location.endswith(f"#/trang/{page.pk}")
    edit = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert where in edit
    assert "Xem thử ở trang ngoài" in edit


def test_who_may_not_edit_is_given_no_token(page, people):
    for name in ("uploader", "agency_head", "nobody"):
        with pytest.raises(previews.BadPreview):
            previews.make_token(people[name], page)
