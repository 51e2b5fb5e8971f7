"""A survey from its questions to its public results, as people do it in a browser."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from catalog_pages.models import HomePage, SurveyAnswer, SurveyPage
from cms.organisations.models import Agency
from cms.users.enums import Role
from tests.browsing import PHONE, LiveBrowser
from tests.factories.agencies import Province
from tests.factories.people import make_member

pytestmark = [pytest.mark.browser, pytest.mark.one_database("a look at screens")]


def test_an_editor_asks_and_somebody_answers_on_a_telephone(
    live_browser: LiveBrowser, province: Province, tmp_path: Path
) -> None:
    page = live_browser.page(make_member(Role.PORTAL_EDITOR, province.root, "portal_editor"))
    page.goto(f"/admin/pages/add/catalog_pages/surveypage/{HomePage.objects.get().pk}/")
    page.locator("#id_title").fill("Khảo sát hài lòng")
    page.locator("#id_closes_on").fill("31/12/2099")
    page.locator("#id_form_fields-0-label").fill("Mức độ hài lòng")
    page.get_by_role("button", name="Thêm Câu hỏi").click()
    page.locator("#id_form_fields-1-label").fill("Kênh đã dùng")
    page.locator("#id_form_fields-1-field_type").select_option("choice")
    page.locator("#id_form_fields-1-choices").fill("Trực tiếp\nTrực tuyến")
    page.get_by_role("button", name="Thao tác khác").click()
    page.get_by_role("button", name="Xuất bản").click()
    expect(page.get_by_text("Đã xuất bản trang").first).to_be_visible()

    page.goto(reverse("surveys:links", args=[SurveyPage.objects.get().pk]))
    page.get_by_label("Mã các cơ quan").fill(province.statistics.code)
    page.get_by_label("Tệp").select_option("csv")
    with page.expect_download() as download:
        page.get_by_role("button", name="Tạo và tải đường link về").click()
    download.value.save_as(tmp_path / "link.csv")
    with (tmp_path / "link.csv").open(encoding="utf-8-sig", newline="") as file:
        (address,) = [row["Đường link"] for row in csv.DictReader(file)]

    stranger = live_browser.page(size=PHONE)
    stranger.goto(address)
    stranger.get_by_role("button", name="Gửi trả lời").click()
    expect(stranger.get_by_role("alert")).to_be_visible()
    stranger.get_by_role("group", name="Mức độ hài lòng").get_by_label("4").check()
    stranger.get_by_label("Trực tuyến").check()
    stranger.get_by_role("button", name="Gửi trả lời").click()
    expect(stranger.get_by_text("Đã nhận câu trả lời")).to_be_visible()
    answer = SurveyAnswer.objects.get()
    assert answer.data == {"muc_do_hai_long": "4", "kenh_da_dung": "Trực tuyến"}
    assert answer.agency == Agency.objects.get(pk=province.statistics.pk)
