"""A clerk sends a large file: what is said before it goes, how far it has come, and what it comes to."""

import pytest
from django.core.cache import caches

from importers.batches.progress import ProgressReporter, Step
from importers.models import ImportBatch
from tests.browser.screens import WITH_ERRORS
from tests.browsing import PHONE

pytestmark = pytest.mark.browser

DROP = """([form, names]) => {
  const dropped = new DataTransfer();
  names.forEach((name) => dropped.items.add(new File(["x"], name)));
  form.dispatchEvent(new DragEvent("drop", { dataTransfer: dropped, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def form(live_browser, people, province):
    """Return a clerk's page with the form for a file."""
    page = live_browser.page(people["uploader"])
    page.goto(f"/admin/imports/agencies/{province.statistics.pk}/upload/")
    return page


def drop(page, *names: str) -> None:
    form = page.locator("[data-upload]").element_handle()
    page.evaluate(DROP, [form, list(names)])


def test_what_can_be_told_of_a_file_is_told_before_it_is_sent(form) -> None:
    drop(form, "ke-hoach.docx")
    assert "Không nhận loại tệp này." in form.locator("[data-errors]").inner_text()

    form.get_by_role("button", name="Tải lên và kiểm tra").click()
    assert "Không nhận loại tệp này." in form.locator("[data-errors]").inner_text()
    assert not ImportBatch.objects.exists()

    drop(form, "mot.xlsx", "hai.xlsx")
    assert "Mỗi lần chỉ tải lên một tệp" in form.locator("[data-errors]").inner_text()
    assert form.locator("[data-chosen]").inner_text().startswith("mot.xlsx")


def test_a_bar_moves_while_a_file_is_checked_and_ends_with_the_result(form, live_browser, people, province) -> None:
    batch = ImportBatch.objects.create(
        kind="catalog", by=people["uploader"], agency=province.statistics, file_name="lon.xlsx", size=9_000_000
    )
    form.goto(f"/admin/imports/{batch.pk}/")
    bar = form.locator("[data-running] progress")
    assert bar.evaluate("bar => bar.value") == 0

    ProgressReporter(batch)(Step.ROWS, 1, 2)
    form.get_by_text("Kiểm tra từng dòng: 40%").first.wait_for()
    assert bar.evaluate("bar => bar.value") == 40
    assert form.locator("[aria-current=step]").inner_text() == "Kiểm tra từng dòng"
    assert form.locator("[data-said]").text_content() == "Kiểm tra từng dòng: 40%"

    home = live_browser.page(people["uploader"], size=PHONE)
    home.goto("/admin/")
    home.get_by_text("Kiểm tra từng dòng: 40%").first.wait_for()

    ImportBatch.objects.filter(pk=batch.pk).update(state="previewed", counts={"new": 3}, row_count=3)
    form.get_by_role("heading", name="Tệp không có lỗi").wait_for()
    home.get_by_role("link", name="Xem kết quả").click()
    home.get_by_role("heading", name="Tệp không có lỗi").wait_for()
    caches["progress"].clear()


def test_without_a_script_the_page_of_progress_refreshes_itself(live_browser, people, province) -> None:
    batch = ImportBatch.objects.create(
        kind="catalog", by=people["uploader"], agency=province.statistics, file_name="lon.xlsx", size=len(WITH_ERRORS)
    )
    page = live_browser.page(people["uploader"], java_script_enabled=False)
    page.goto(f"/admin/imports/{batch.pk}/")

    ImportBatch.objects.filter(pk=batch.pk).update(state="previewed", counts={"new": 3}, row_count=3)

    page.get_by_role("heading", name="Tệp không có lỗi").wait_for()
