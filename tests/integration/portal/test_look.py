"""The portal's editor chooses name, logo, colour, an urgent notice and what stands in the menu."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction
from wagtail.test.utils.form_data import rich_text

from catalog_pages.models import ContentPage, HomePage, PortalSettings
from tests.integration.portal.test_portal_editor import client, editors, look_form, png, upload_image

__all__ = ["client", "editors"]


def test_name_logo_colour_and_an_urgent_notice_are_chosen(client):
    portal = PortalSettings.objects.get()
    where = reverse("wagtailsettings:edit", args=["catalog_pages", "portalsettings", portal.site_id])
    logo = upload_image(client, "quoc-huy.png", png())
    notice, today = rich_text("<p>Cổng bảo trì tối nay</p>"), timezone.localdate()
    look = {"name": "Cổng công vụ", "logo": logo.pk, "colour": "#7a1f2b", "notice": notice, "notice_until": f"{today}"}
    client.post(where, look_form(**look))

    html = Client().get("/").content.decode()
    assert "<strong>Cổng công vụ</strong>" in html
    assert 'class="brand-logo"' in html
    assert "Cổng bảo trì tối nay" in html
    assert "--navy: #7a1f2b; --navy-dark: #51141c;" in Client().get("/mau-sac.css").content.decode()
    assert '<link rel="stylesheet" href="/mau-sac.css?7a1f2b">' in html
    PortalSettings.objects.update(notice_until=today - datetime.timedelta(days=1))
    assert "Cổng bảo trì tối nay" not in Client().get("/danh-muc/").content.decode()


@pytest.mark.parametrize(
    ("colour", "sentence"),
    [("#9ec5ff", "độ tương phản 1,3 : 1; cần ít nhất 4,5 : 1"), ("red;}*{", "Màu viết bằng dấu #")],
)
def test_a_colour_on_which_nobody_can_read_is_refused(client, colour, sentence):
    portal = PortalSettings.objects.get()
    where = reverse("wagtailsettings:edit", args=["catalog_pages", "portalsettings", portal.site_id])
    answer = client.post(where, look_form(colour=colour))

    assert sentence in answer.content.decode()
    portal.refresh_from_db()
    assert portal.colour == "#14315c"


def test_a_page_is_put_into_the_menu_and_leaves_it_with_its_restriction(client):
    home = HomePage.objects.get()
    page = home.add_child(instance=ContentPage(title="Hỏi đáp", show_in_menus=True))
    home.add_child(instance=ContentPage(title="Lưu trữ", show_in_menus=False))

    menu = Client().get("/danh-muc/").content.decode().partition('class="mainmenu"')[2].partition("</nav>")[0]
    assert f'<li><a href="{page.url}">Hỏi đáp</a></li>' in menu
    assert "Lưu trữ" not in menu
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert "Hỏi đáp" not in Client().get("/danh-muc/").content.decode()
