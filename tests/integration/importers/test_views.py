"""The screens of uploads: who finds what, what they say, and what they let a person do."""

import datetime
import io
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from catalog_pages import actions as pages
from cms.catalogs import actions as catalog_actions
from cms.catalogs.models import CatalogVersion
from importers import actions
from importers.enums import BatchState
from importers.models import ImportBatch
from tests.factories.people import make_member
from tests.integration.importers.conftest import GOOD_ROW, workbook

Uploaded = Callable[..., ImportBatch]
HOSTILE = "<script>alert(1)</script>"
# Without a slash: what stands before one is taken for a folder, and not kept.
HOSTILE_NAME = "<img src=x onerror=alert(1)>"


@pytest.fixture
def batch(people, province, uploaded: Uploaded) -> ImportBatch:
    """Return a previewed upload of the statistics office."""
    return uploaded(people["uploader"], province.statistics, "thong-ke.v1.xlsx")


def open_batch(client: Client, user, batch: ImportBatch, query: str = ""):
    client.force_login(user)
    return client.get(reverse("importers:batch", args=[batch.pk]) + query)


def test_from_upload_to_submission_by_hand(client: Client, people, province, send, samples) -> None:
    answer = send(people["uploader"], province.statistics, (samples / "thong-ke.v1.xlsx").read_bytes())
    batch = ImportBatch.objects.get()
    assert answer.url == reverse("importers:batch", args=[batch.pk])
    preview = client.get(answer.url).content.decode()
    assert "Tệp không có lỗi" in preview and "Thu thập thông tin thống kê" in preview

    client.post(reverse("importers:commit", args=[batch.pk]))

    batch.refresh_from_db()
    assert batch.state == BatchState.COMMITTED
    assert "Đã ghi tệp vào danh mục" in client.get(answer.url).content.decode()
    version = pages.submit(by=people["uploader"], page=pages.page_of(batch.catalog.committed_to))
    assert version.state == "submitted"


def test_a_script_gets_the_address_to_go_to(client: Client, people, province, send) -> None:
    answer = send(
        people["uploader"], province.statistics, workbook(GOOD_ROW), headers={"X-Requested-With": "XMLHttpRequest"}
    )

    assert answer.json() == {"url": reverse("importers:batch", args=[ImportBatch.objects.get().pk])}


def test_no_file_is_said_in_a_sentence(client: Client, people, province) -> None:
    client.force_login(people["uploader"])

    answer = client.post(reverse("importers:upload", args=[province.statistics.pk]))

    assert answer.status_code == 400
    assert "Hãy chọn tệp trước." in answer.content.decode()


def test_the_form_is_guarded_against_forged_requests(people, province) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(people["uploader"])

    file = SimpleUploadedFile("a.xlsx", b"x")
    answer = client.post(reverse("importers:upload", args=[province.statistics.pk]), {"file": file})

    assert answer.status_code == 403
    assert not ImportBatch.objects.exists()


def test_a_body_over_the_limit_is_turned_away_by_its_length(client: Client, people, province, send, settings) -> None:
    settings.THUOCDO_IMPORT_LIMITS = {"file_bytes": 1000}

    answer = send(people["uploader"], province.statistics, b"x" * 200_000)

    batch = ImportBatch.objects.get()
    assert answer.url == reverse("importers:batch", args=[batch.pk])
    assert (batch.state, batch.problems.get().code, batch.original.name) == (BatchState.REFUSED, "file_too_large", "")


def test_errors_are_said_as_an_excel_user_finds_them(client: Client, people, province, uploaded: Uploaded) -> None:
    bad = ("TK.102", "Việc", "Báo cáo", "báo cáo", 1, "abc")
    batch = uploaded(people["uploader"], province.statistics, workbook(GOOD_ROW, bad))

    page = open_batch(client, people["uploader"], batch).content.decode()

    assert "Tệp có 1 lỗi nên chưa ghi gì" in page
    assert "Dòng 3" in page and "Hệ số quy đổi" in page and "không phải là số" in page
    assert reverse("importers:commit", args=[batch.pk]) not in page


def test_500_errors_are_shown_page_by_page(client: Client, people, province, uploaded: Uploaded) -> None:
    rows = [(f"TK.{n:03}", f"Việc {n}", "Báo cáo", "báo cáo", 1, "abc") for n in range(1, 501)]
    batch = uploaded(people["uploader"], province.statistics, workbook(*rows))
    seen, answer = [], open_batch(client, people["uploader"], batch, "?show=error")
    while True:
        seen += [line.row for line in answer.context["lines"]]
        if not answer.context["page"].next:
            break
        address = f"?show=error&after={answer.context['page'].next}"
        answer = open_batch(client, people["uploader"], batch, address)

    assert seen == list(range(2, 502))


def test_a_page_of_rows_costs_the_same_for_many_rows(client: Client, people, province, uploaded: Uploaded) -> None:
    small = uploaded(people["uploader"], province.statistics, workbook(GOOD_ROW))
    rows = [(f"TK.{n:03}", f"Việc {n}", "Báo cáo", "báo cáo", 1, 1) for n in range(1, 200)]
    large = uploaded(people["agency_head"], province.statistics, workbook(*rows))
    open_batch(client, people["agency_head"], small)
    with CaptureQueriesContext(connection) as few:
        open_batch(client, people["agency_head"], small)
    with CaptureQueriesContext(connection) as many:
        open_batch(client, people["agency_head"], large)

    assert len(many) == len(few)


def test_changes_are_shown_field_by_field(client: Client, people, province, uploaded: Uploaded) -> None:
    first = uploaded(people["uploader"], province.statistics, "thong-ke.v1.xlsx")
    actions.commit(by=people["uploader"], batch=first)
    second = uploaded(people["uploader"], province.statistics, "thong-ke.v2.xlsx")

    page = open_batch(client, people["uploader"], second, "?show=changed")

    changed = {line.cells[0].text: [(c.before, c.after) for c in line.changes] for line in page.context["lines"]}
    assert changed["TK.001"] == [("18", "18,5")]
    assert set(changed) == {"TK.001", "TK.003"}
    counts = {tab.key: tab.count for tab in page.context["tabs"]}
    assert counts == {"new": 1, "changed": 2, "same": 5, "missing": 1}


def test_hostile_names_are_shown_as_text(client: Client, people, province, uploaded: Uploaded) -> None:
    row = ("TK.101", HOSTILE, HOSTILE, HOSTILE, 1, HOSTILE)
    refused = uploaded(people["uploader"], province.statistics, workbook(row), f"{HOSTILE_NAME}.xlsx")
    good = workbook(("TK.1", *row[1:5], 1))
    accepted = uploaded(people["uploader"], province.statistics, good, f"{HOSTILE_NAME}.xlsx")
    client.force_login(people["uploader"])

    addresses = [reverse("importers:batch", args=[one.pk]) for one in (refused, accepted)]
    for address in (*addresses, reverse("importers:batch_list"), f"{addresses[1]}?show=new"):
        page = client.get(address).content.decode()
        assert HOSTILE not in page
        assert HOSTILE_NAME not in page
        assert "&lt;img src=x onerror=alert(1)&gt;.xlsx" in page
    assert "&lt;script&gt;alert(1)" in client.get(f"{addresses[1]}?show=new").content.decode()


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("uploader", 200), ("agency_head", 200), ("editor", 200), ("approver", "no"), ("provincial_approver", "no"),
        ("technical_admin", "no"), ("other_uploader", 404), ("other_agency_head", 404), ("nobody", "no"),
    ],
)  # fmt: skip
def test_who_sees_a_preview_follows_the_matrix(client: Client, people, batch: ImportBatch, role, status) -> None:
    client.force_login(people[role])
    for name in ("batch", "original"):
        answer = client.get(reverse(f"importers:{name}", args=[batch.pk]))
        assert answer.status_code == status if status != "no" else answer.status_code in (302, 403, 404)
    if status != 200:
        for name in ("commit", "abandon", "check_again"):
            assert client.post(reverse(f"importers:{name}", args=[batch.pk])).status_code in (302, 403, 404)
    batch.refresh_from_db()
    assert batch.state == BatchState.PREVIEWED


def test_anothers_agency_and_no_agency_look_the_same(client: Client, people, province, batch: ImportBatch) -> None:
    client.force_login(people["other_uploader"])

    for name, theirs, nobodys in (
        ("upload", province.statistics.pk, 999_999), ("template", province.statistics.pk, 999_999),
        ("batch", batch.pk, "00000000-0000-0000-0000-000000000000"),
    ):  # fmt: skip
        foreign = client.get(reverse(f"importers:{name}", args=[theirs]))
        missing = client.get(reverse(f"importers:{name}", args=[nobodys]))
        assert (foreign.status_code, foreign.content) == (404, missing.content)
    assert client.get(reverse("importers:batch_list"), {"agency": province.statistics.pk}).status_code == 404


def test_a_colleague_sees_a_preview_but_cannot_confirm_it(client: Client, people, province, batch: ImportBatch) -> None:
    colleague = make_member("uploader", province.statistics)

    page = open_batch(client, colleague, batch).content.decode()
    client.post(reverse("importers:commit", args=[batch.pk]))

    assert reverse("importers:commit", args=[batch.pk]) not in page
    assert not CatalogVersion.objects.exists()


def test_a_stale_preview_says_so_and_offers_another_check(client: Client, people, province, batch, samples) -> None:
    page = pages.open_page(by=None, agency=province.statistics)
    catalog_actions.start_version(by=people["agency_head"], catalog=page.catalog)

    client.force_login(people["uploader"])
    answer = client.post(reverse("importers:commit", args=[batch.pk]), follow=True)

    assert "Danh mục đã thay đổi" in answer.content.decode()
    assert reverse("importers:check_again", args=[batch.pk]) in answer.content.decode()


def test_a_file_being_checked_shows_progress(client: Client, people, province, every_file_large) -> None:
    file = SimpleUploadedFile("cho.xlsx", workbook(GOOD_ROW))
    batch = actions.upload(by=people["uploader"], agency=province.statistics, file=file, name=file.name)

    page = open_batch(client, people["uploader"], batch).content.decode()

    assert "Tệp đang được kiểm tra" in page
    assert 'http-equiv="refresh"' in page


def test_an_editor_sees_that_the_version_lies_with_somebody_else(
    client: Client, people, province, uploaded: Uploaded, submitted
) -> None:
    batch = uploaded(people["uploader"], province.statistics, "thong-ke.v1.xlsx")

    page = open_batch(client, people["uploader"], batch).content.decode()

    assert "đang được thẩm định" in page
    assert reverse("importers:commit", args=[batch.pk]) not in page


def test_the_original_is_only_ever_downloaded(client: Client, people, province, uploaded: Uploaded) -> None:
    content = workbook(GOOD_ROW)
    batch = uploaded(people["uploader"], province.statistics, content, 'tệp "lạ"\r\nX: y.xlsx')
    client.force_login(people["uploader"])

    answer = client.get(reverse("importers:original", args=[batch.pk]))

    assert b"".join(answer.streaming_content) == content
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/octet-stream"
    assert "sandbox" in answer["Content-Security-Policy"]


def test_the_template_is_downloaded(client: Client, people, province) -> None:
    client.force_login(people["uploader"])

    answer = client.get(reverse("importers:template", args=[province.statistics.pk]))

    assert answer["Content-Disposition"] == 'attachment; filename="danh-muc.thong-ke.xlsx"'
    assert load_workbook(io.BytesIO(b"".join(answer.streaming_content))).sheetnames[:2] == ["HuongDan", "DanhMuc"]


def test_uploads_are_found_without_diacritics(client: Client, people, province, uploaded: Uploaded) -> None:
    wanted = uploaded(people["uploader"], province.statistics, workbook(GOOD_ROW), "Thẩm định quý I.xlsx")
    uploaded(people["uploader"], province.statistics, b"x", "khác.xlsx")
    uploaded(people["other_uploader"], province.office, workbook(GOOD_ROW), "Thẩm định.xlsx")
    client.force_login(people["uploader"])

    for query in ("tham dinh", "quy I", wanted.sha256[:20]):
        answer = client.get(reverse("importers:batch_list"), {"q": query})
        assert answer.context["page"].rows == [wanted]


def test_uploads_are_narrowed_by_agency_person_state_and_day(client: Client, people, province, uploaded) -> None:
    good = uploaded(people["uploader"], province.statistics, workbook(GOOD_ROW), "a.xlsx")
    bad = uploaded(people["other_uploader"], province.office, b"x", "b.xlsx")
    today, yesterday = timezone.localdate(), timezone.localdate() - datetime.timedelta(days=1)
    ImportBatch.objects.filter(pk=bad.pk).update(at=timezone.now() - datetime.timedelta(days=1))
    client.force_login(people["editor"])

    def found(**query):
        return client.get(reverse("importers:batch_list"), query).context["page"].rows

    assert found(q="van phong ubnd") == found(state="refused") == found(last=f"{yesterday:%d/%m/%Y}") == [bad]
    assert found(q=str(people["uploader"])) == found(state="previewed") == found(first=f"{today:%d/%m/%Y}") == [good]
    assert found(state="refused", q="thong ke") == []
    assert found(first="hôm nay", state="?") == [good, bad]


def test_the_list_of_uploads_leads_to_older_ones(
    client: Client, people, province, uploaded: Uploaded, monkeypatch
) -> None:
    monkeypatch.setattr("importers.screens.batches.ROWS", 2)
    made = [uploaded(people["uploader"], province.statistics, b"x", f"{n}.xlsx") for n in range(5)]
    client.force_login(people["uploader"])
    seen, older = [], ""
    for _ in range(3):
        page = client.get(reverse("importers:batch_list"), {"older": older}).context["page"]
        seen, older = seen + page.rows, page.older

    assert seen == made[::-1]
    assert older == ""


def test_a_garbled_page_key_gives_the_first_page(client: Client, people, province, batch: ImportBatch) -> None:
    client.force_login(people["uploader"])

    assert client.get(reverse("importers:batch_list"), {"older": "x~y"}).context["page"].rows == [batch]


def test_who_uploads_for_one_agency_need_not_choose(client: Client, people, province) -> None:
    client.force_login(people["uploader"])

    answer = client.get(reverse("importers:choose_agency"))

    assert answer.url == reverse("importers:upload_kind", args=[province.statistics.pk, "catalog"])


def test_an_editor_chooses_the_agency(client: Client, people, province) -> None:
    client.force_login(people["editor"])

    answer = client.get(reverse("importers:choose_agency"), {"q": "thong ke"})

    assert answer.context["page"].rows == [province.statistics]
