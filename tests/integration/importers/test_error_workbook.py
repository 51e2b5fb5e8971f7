"""The workbook that comes back: marked by the problems of the upload, and clean once it is mended and sent again."""

import io
from collections.abc import Callable
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from importers import actions
from importers.batches import marked_workbook as error_workbook
from importers.batches.marked_workbook import job_for, marked_workbook
from importers.enums import BatchState
from importers.models import ImportBatch
from importers.returned import NotMarked
from importers.returned.job import COLOURS
from tests.integration.importers.conftest import GOOD_ROW, HEADERS, workbook

Uploaded = Callable[..., ImportBatch]
BAD_ROW = ("TK.102", "Việc", "", "báo cáo", "Nhóm 2", "abc")


@pytest.fixture
def batch(people, province, uploaded: Uploaded) -> ImportBatch:
    """Return an upload with two errors and a warning in row 3."""
    return uploaded(people["uploader"], province.statistics, workbook(GOOD_ROW, BAD_ROW))


def sheets(batch: ImportBatch):
    with marked_workbook(batch) as file:
        return load_workbook(io.BytesIO(file.read()))


def saved(book) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_each_bad_cell_is_coloured_and_says_what_is_wrong(batch) -> None:
    book = sheets(batch)

    row = book["DanhMuc"][3]
    assert [cell.fill.fgColor.rgb for cell in row[2:]] == [
        COLOURS["error"], "00000000", COLOURS["warning"], COLOURS["error"],
    ]  # fmt: skip
    assert row[2].comment.text == "Phải điền cột “Sản phẩm/công việc đầu ra”."
    assert "không phải là số" in row[5].comment.text
    lines = list(book["LoiCanSua"].iter_rows(min_row=5, values_only=True))
    assert [(line[1], line[3], line[4], line[5]) for line in lines] == [
        ("E3", "Nhóm phức tạp (1-5)", "Nhóm 2", "Cảnh báo"), ("F3", "Hệ số quy đổi", "abc", "Lỗi"),
        ("C3", "Sản phẩm/công việc đầu ra", None, "Lỗi"),
    ]  # fmt: skip
    assert book["LoiCanSua"]["A1"].value == "2 lỗi và 1 cảnh báo trong tệp danh-muc.xlsx"


def test_mended_and_sent_again_it_is_clean(people, province, uploaded: Uploaded, batch) -> None:
    book = sheets(batch)
    for cell, value in zip(book["DanhMuc"][3], ("TK.102", "Việc", "Báo cáo", "báo cáo", 2, 1.5), strict=True):
        cell.value = value

    again = uploaded(people["uploader"], province.statistics, saved(book))

    assert (again.state, again.verdict, again.sheets) == (BatchState.PREVIEWED, "accept", ["DanhMuc"])
    assert (again.counts["new"], again.problems.count()) == (2, 0)


def test_sent_again_as_it_is_it_has_the_same_problems(people, province, uploaded: Uploaded, batch) -> None:
    with marked_workbook(batch) as file:
        again = uploaded(people["uploader"], province.statistics, file.read())

    reported = [list(one.problems.values_list("row", "column_number", "code")) for one in (batch, again)]
    assert reported[0] == reported[1]


def test_what_was_mended_in_the_browser_stands_in_its_cell(people, batch, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        actions.correct(by=people["uploader"], batch=batch, sheet="DanhMuc", row=3, cells={3: "Tờ trình", 6: "x"})
    batch.refresh_from_db()

    row = sheets(batch)["DanhMuc"][3]

    assert (row[2].value, row[2].fill.fgColor.rgb) == ("Tờ trình", COLOURS["corrected"])
    assert (row[5].value, row[5].fill.fgColor.rgb) == ("x", COLOURS["error"])
    assert "“abc” thành “x”" in row[5].comment.text


def test_a_csv_comes_back_as_a_workbook_that_goes_in(people, province, uploaded: Uploaded) -> None:
    text = ";".join(HEADERS) + "\nTK.1;Việc;Báo cáo;báo cáo;1;abc\n"
    batch = uploaded(people["uploader"], province.statistics, text.encode(), "danh-muc.csv")
    book = sheets(batch)
    book["CSV"]["F2"] = 1.5

    again = uploaded(people["uploader"], province.statistics, saved(book))

    assert (again.verdict, again.counts["new"]) == ("accept", 1)


def test_problems_of_a_section_title_are_marked_where_it_stands(people, province, uploaded: Uploaded) -> None:
    section = (None, "I. LĨNH VỰC\u202eMẬT")
    batch = uploaded(people["uploader"], province.statistics, workbook(section, GOOD_ROW))

    (problem,) = batch.problems.filter(severity="error")

    assert (problem.row, problem.column_number, problem.code) == (2, 2, "dangerous_bidi")


def test_a_header_that_is_missing_is_said_at_the_header_row(people, province, uploaded: Uploaded) -> None:
    batch = uploaded(people["uploader"], province.statistics, workbook(GOOD_ROW[:5], headers=HEADERS[:5]))

    assert "Hệ số quy đổi" in sheets(batch)["DanhMuc"]["A1"].comment.text


def test_a_list_too_long_to_be_sent_again_is_cut_and_says_so(batch, settings) -> None:
    settings.THUOCDO_IMPORT_LIMITS = {"rows": 1}

    job = job_for(batch)
    assert (len(job.lines), job.words.more) == (3, "")

    problem = batch.problems.first()
    for position in range(100):
        problem.pk, problem.position = None, 1000 + position
        problem.save(force_insert=True)
    job = job_for(batch)
    assert (len(job.lines), job.words.more) == (100, "Còn 3 dòng nữa, xem trên màn hình của lần tải lên này.")


def test_the_file_is_downloaded_under_its_own_name(client: Client, people, batch) -> None:
    client.force_login(people["uploader"])

    answer = client.get(reverse("importers:marked", args=[batch.pk]))

    named = f"attachment; filename*=utf-8''{quote('danh-muc (ô cần sửa).xlsx')}"
    assert answer.headers["Content-Disposition"] == named
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert load_workbook(io.BytesIO(b"".join(answer.streaming_content))).sheetnames == ["DanhMuc", "LoiCanSua"]


def test_a_file_that_cannot_be_marked_is_said_in_a_sentence(client: Client, people, batch, monkeypatch) -> None:
    def broken(*args, **kwargs):
        raise NotMarked("too slow")

    monkeypatch.setattr(error_workbook, "mark", broken)
    client.force_login(people["uploader"])

    answer = client.get(reverse("importers:marked", args=[batch.pk]), follow=True)

    assert "Không tô màu được tệp này" in answer.content.decode()


def test_a_file_that_was_not_read_as_a_table_has_no_marked_copy(people, client, province, uploaded: Uploaded) -> None:
    batch = uploaded(people["uploader"], province.statistics, b"rubbish", "hong.xlsx")
    client.force_login(people["uploader"])

    assert client.get(reverse("importers:marked", args=[batch.pk])).status_code == 404
