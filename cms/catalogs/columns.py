"""The columns of a catalog file that the platform writes, and a row's values under them.

The headings are those of the platform's own template, so that a file which was downloaded can be uploaded again with
nothing changed. Source: the import contract, "Catalog columns" and promise 7. Pure: plain values in, plain values out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cms.catalogs.extra import value_of
from cms.core.text import fold

SHEET_NAME = "DanhMuc"
# Files are Vietnamese, whatever the language of the reader's screens.
YES_NO = {True: "Có", False: "Không"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file: the item's field, its heading, and how wide it is in a workbook (in characters).

    ``kind`` says what stands in a column that the province added, whose ``key`` is its own.
    """

    key: str
    header: str
    width: int = 12
    kind: str = ""

    def value_in(self, item: Mapping[str, Any] | None) -> Any:
        """Return what stands in the item's row: text, number or day; None for nothing, as for no item at all."""
        if item is None:
            return None
        if self.kind:
            value: Any = value_of(self.kind, item["extra"].get(self.key, ""))
            return YES_NO[value] if isinstance(value, bool) else value
        value = unit_text(item["unit_quantity"], item["unit"]) if self.key == "unit" else item[self.key]
        return None if value == "" else value


COLUMNS: tuple[Column, ...] = (
    Column("no", "STT", 6),
    Column("code", "Mã sản phẩm/công việc", 16),
    Column("field", "Lĩnh vực", 24),
    Column("task", "Tên nhiệm vụ", 36),
    Column("name", "Công việc chi tiết", 40),
    Column("output", "Sản phẩm/công việc đầu ra", 32),
    Column("unit", "Đơn vị tính", 16),
    Column("group", "Nhóm phức tạp (1-5)", 11),
    Column("hours", "Thời gian chuẩn (giờ)", 12),
    Column("difficulty", "Độ khó, sáng tạo", 11),
    Column("process", "Quy trình, thời gian", 11),
    Column("coordination", "Phối hợp", 11),
    Column("scope", "Phạm vi áp dụng", 11),
    Column("score", "Điểm quy đổi", 11),
    Column("coefficient", "Hệ số quy đổi", 11),
    Column("legal", "Căn cứ pháp lý", 30),
    Column("note", "Ghi chú", 24),
)

# Folded words by which files call the platform's own columns; no column that the province adds may be called so.
RESERVED = frozenset(fold(column.header) for column in COLUMNS) | frozenset(
    (
        "tt", "so tt", "so thu tu", "no", "ma", "ma so", "ma cong viec", "ma san pham", "ma sp cv", "linh vuc cong tac",
        "nhom linh vuc", "ten nhiem vu cong viec", "nhiem vu", "nhiem vu cong viec", "ten cong viec",
        "ten cong viec chi tiet", "cong viec cu the", "chi tiet cong viec", "san pham dau ra", "ket qua dau ra",
        "dau ra", "dvt", "don vi", "nhom phuc tap", "nhom", "nhom 1 5", "muc do phuc tap", "nhom do phuc tap",
        "thoi gian chuan", "so gio chuan", "gio chuan", "diem do kho sang tao", "do kho", "diem quy trinh thoi gian",
        "diem phoi hop", "muc do phoi hop", "diem pham vi ap dung", "pham vi", "tong diem", "tong diem quy doi",
        "he so k", "he so", "k", "he so quy doi k", "co so phap ly", "can cu", "khung diem toi da", "khung diem",
        "diem toi da", "diem chuan", "diem chuan cua don vi chuan",
    )
)  # fmt: skip

HEADERS = {column.key: column.header for column in COLUMNS}
# Fields of an item from which a row is made.
ROW_FIELDS = (*(column.key for column in COLUMNS if column.key != "no"), "unit_quantity", "extra")


def unit_text(quantity: int, unit: str) -> str:
    """Return the unit as people write it: ``văn bản`` for one, ``10 văn bản`` for ten."""
    if quantity == 1 and unit and not unit[0].isdigit():
        return unit
    return f"{quantity:02d} {unit}".strip()


def row_values(number: int, item: Mapping[str, Any], added: Sequence[Column] = ()) -> list[Any]:
    """Return an item's values in the order of COLUMNS and added ones; ``number`` is its place, counted from 1."""
    return [number, *(column.value_in(item) for column in (*COLUMNS[1:], *added))]
