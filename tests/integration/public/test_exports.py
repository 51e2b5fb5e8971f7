"""Files of versions and differences: complete, harmless, and good enough to be uploaded again."""

import csv
import io
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.test import Client

from catalog_pages.exports import difference_table
from cms.catalogs.columns import COLUMNS, unit_text
from cms.catalogs.difference import COMPARED, compare
from cms.catalogs.models import CatalogVersion
from cms.catalogs.wording import ItemWords
from cms.core.spreadsheets import harmless
from cms.core.table_files import csv_lines, xlsx_file
from cms.users.models import User
from importers.kinds.catalog.check import check
from importers.kinds.catalog.check.context import ITEM_FIELDS, BaseItem, Context
from importers.kinds.catalog.check.layouts import PLATFORM
from importers.kinds.catalog.check.units import read_unit
from importers.reading.child import read_in_child
from importers.reading.contract import Limits
from tests.factories.agencies import Province
from tests.integration.public.conftest import STATISTICS, TwoVersions, publish_items

FORMULAS = ["=1+1", "+84 24", "- một việc", "@SUM(A1)", "\t=1", "＝1+1", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x")']


def body(client: Client, address: str) -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def csv_rows(client: Client, address: str) -> list[dict[str, str]]:
    text = body(client, address).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def workbook(client: Client, address: str) -> Any:
    return openpyxl.load_workbook(io.BytesIO(body(client, address)))


def test_headings_are_those_of_the_platform_template() -> None:
    assert [(column.key, column.header) for column in COLUMNS] == [
        (column.key, column.header) for column in PLATFORM.columns
    ]


@pytest.mark.parametrize(("quantity", "unit"), [(1, "văn bản"), (10, "văn bản"), (1, ""), (12, ""), (2, "m²")])
def test_units_are_written_as_they_are_read(quantity: int, unit: str) -> None:
    assert read_unit(unit_text(quantity, unit)) == (quantity, unit)


def test_csv_is_utf8_with_a_mark_and_has_every_item(client: Client, two_versions: TwoVersions) -> None:
    raw = body(client, f"{STATISTICS}tai-ve/2/csv/")

    assert raw.startswith(b"\xef\xbb\xbf")
    rows = csv_rows(client, f"{STATISTICS}tai-ve/2/csv/")
    assert [row["Mã sản phẩm/công việc"] for row in rows] == ["TK.00001", "TK.00003", "TK.00009"]
    assert [row["Hệ số quy đổi"] for row in rows] == ["2.5000", "4", "10"]
    assert rows[0]["Sản phẩm/công việc đầu ra"] == "Tờ trình"


def test_xlsx_holds_numbers_as_numbers_and_says_what_it_is(client: Client, two_versions: TwoVersions) -> None:
    book = workbook(client, f"{STATISTICS}tai-ve/2/xlsx/")

    rows = list(book["DanhMuc"].values)
    assert rows[0] == tuple(column.header for column in COLUMNS)
    assert rows[1][14] == 2.5
    assert len(rows) == 4
    about = dict(book["ThongTin"].values)
    assert about["Số quyết định"] == "102/QĐ-UBND"
    assert about["Mã băm nội dung (SHA-256)"] == two_versions.second.content_hash


def test_files_are_named_and_attached(client: Client, two_versions: TwoVersions) -> None:
    answer = client.get(f"{STATISTICS}tai-ve/2/xlsx/")

    assert answer["Content-Disposition"] == 'attachment; filename="danh-muc-thong-ke-phien-ban-2.xlsx"'
    assert client.get(f"{STATISTICS}tai-ve/2/pdf/").status_code == 404


@pytest.mark.parametrize("text", FORMULAS)
def test_text_that_looks_like_a_formula_never_runs(
    client: Client, people: dict[str, User], province: Province, text: str
) -> None:
    publish_items(people, province, 1, name=text, task=text, output=text, field=text, note=text, legal=text, unit=text)

    with zipfile.ZipFile(io.BytesIO(body(client, f"{STATISTICS}tai-ve/1/xlsx/"))) as parts:
        sheets = "".join(parts.read(name).decode() for name in parts.namelist() if "worksheets" in name)
    assert "<f>" not in sheets and "<f " not in sheets
    cell = workbook(client, f"{STATISTICS}tai-ve/1/xlsx/")["DanhMuc"]["E2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)
    [row] = csv_rows(client, f"{STATISTICS}tai-ve/1/csv/")
    assert row["Công việc chi tiết"] == harmless(text)
    assert row["Công việc chi tiết"].startswith("'")
    assert [value for value in row.values() if value[:1] in set("=+-@\t＝")] == []


def test_difference_is_exported_field_by_field(client: Client, two_versions: TwoVersions) -> None:
    rows = csv_rows(client, f"{STATISTICS}so-sanh/1/2/csv/")

    changed = [(row["Cột"], row["Trước"], row["Sau"]) for row in rows if row["Thay đổi"] == "Sửa"]
    assert changed == [
        ("Sản phẩm/công việc đầu ra", "Báo cáo", "Tờ trình"),
        ("Điểm quy đổi", "10", "12.5000"),
        ("Hệ số quy đổi", "2", "2.5000"),
    ]
    new = {row["Cột"]: row["Sau"] for row in rows if row["Thay đổi"] == "Mới"}
    assert new["Công việc chi tiết"] == "Chuyển đổi số"
    assert {row["Mã sản phẩm/công việc"] for row in rows if row["Thay đổi"] == "Bỏ"} == {"TK.00002"}
    book = workbook(client, f"{STATISTICS}so-sanh/1/2/xlsx/")
    assert len(list(book["SoSanh"].values)) == len(rows) + 1


@pytest.mark.parametrize("text", FORMULAS)
def test_formula_like_text_never_runs_in_a_difference(text: str) -> None:
    before = dict.fromkeys(COMPARED, "") | {"identity": 1, "unit_quantity": 1, "name": text, "code": text}
    after = before | {"output": text}
    table = difference_table(compare([before], [after]), ItemWords())
    lines = list(table.rows)

    [row] = csv.reader(io.StringIO("".join(csv_lines(replace(table, headings=(), rows=lines))).lstrip("\ufeff\r\n")))
    book = openpyxl.load_workbook(xlsx_file(replace(table, rows=lines)))

    bare = harmless(text)
    assert bare.startswith("'")
    assert row == ["Sửa", bare, bare, "Sản phẩm/công việc đầu ra", "", bare]
    assert [cell.data_type for cell in book["SoSanh"][2] if cell.value == text] == ["s", "s", "s"]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_downloaded_file_comes_back_with_nothing_changed(
    client: Client, people: dict[str, User], province: Province, tmp_path: Path, kind: str
) -> None:
    version = publish_items(
        people, province, 30,
        hours=Decimal("1.234"), unit_quantity=10, legal="Nghị định số 335/2025/NĐ-CP", note="Ghi chú & <dấu> _x0041_",
        difficulty=Decimal("0.5"), process=None,
    )  # fmt: skip
    path = tmp_path / f"danh-muc.{kind}"
    path.write_bytes(body(client, f"{STATISTICS}tai-ve/1/{kind}/"))

    verdict = check(read_in_child(path, path.name, Limits()), context_of(version))

    assert verdict.errors == []
    assert verdict.counts == {"new": 0, "changed": 0, "same": 30, "missing": 0}


def context_of(version: CatalogVersion) -> Context:
    rows = version.items.values("identity", *ITEM_FIELDS)
    return Context(
        standard_score=version.divisor,
        group_frames=version.group_frames,
        base_items=[BaseItem(**row) for row in rows],
    )
