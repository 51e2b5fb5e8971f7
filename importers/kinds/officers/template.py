"""The template of a list of officers: the postings that hold today, with the codes to choose from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import IO

from django.utils import timezone, translation

from cms.core.dates import format_date_vi
from cms.organisations.models import Agency, Position, Posting
from cms.organisations.staff_table import CHOICES, DAYS, HEADINGS, SHEET_NAME, WIDTHS, staff_rows
from importers.kinds.contract import Offer
from importers.kinds.officers.check.layout import LAYOUT
from importers.kinds.officers.compare import base_of
from importers.workbooks.book import make_template
from importers.workbooks.stamp import Stamp
from importers.workbooks.tables import Choices, Column, Guide, Lookup, Table

# Codes to choose from. An upload passes these sheets over.
AGENCIES, POSITIONS = "CoQuan", "ViTri"

# How to fill in each of HEADINGS, and an example; words of the file, in Vietnamese on every screen.
_MEANINGS = (
    ("Mã riêng của từng người trong toàn tỉnh. Giữ nguyên mã; không cấp lại cho người khác.", "CC-0001"),
    ("Họ, chữ đệm và tên.", "Công chức 0001"),
    ("Chọn trong danh sách.", "Công chức"),
    ("Mã của cơ quan, đơn vị nơi công tác: chọn trong danh sách (trang tính CoQuan).", ""),
    ("Tên cơ quan, đơn vị. Đã ghi mã thì để trống cũng được.", ""),
    ("Mã vị trí việc làm: chọn trong danh sách (trang tính ViTri).", ""),
    ("Tên vị trí việc làm. Đã ghi mã thì để trống cũng được.", ""),
    ("Nhóm của vị trí việc làm. Đã ghi mã vị trí thì để trống cũng được.", ""),
    ("Người đứng đầu, cấp phó hay không giữ chức vụ: chọn trong danh sách.", "Cấp phó"),
    ("Vị trí chính hay kiêm nhiệm: chọn trong danh sách.", "Chính"),
    ("Ngày đầu tiên ở vị trí này.", "01/01/2026"),
    ("Ngày cuối cùng ở vị trí này; còn đang giữ thì để trống.", ""),
    ("Chỉ ghi cho cấp phó: các lĩnh vực, đơn vị phụ trách, cách nhau bằng dấu chấm phẩy (;).", "Tổng hợp; Tài chính"),
)
_HOW_TO = (
    f"Mỗi vị trí công tác ghi một dòng ở trang tính {SHEET_NAME}: ai, ở đâu, làm gì, từ ngày nào. "
    "Người giữ hai vị trí thì ghi hai dòng.",
    f"Cơ quan, đơn vị và vị trí việc làm ghi bằng mã có trong hai trang tính {AGENCIES} và {POSITIONS}.",
    "Người chuyển sang vị trí khác: giữ dòng cũ, thêm một dòng với ngày bắt đầu ở vị trí mới. Ngày kết thúc ở dòng cũ "
    "ghi ngày liền trước; để trống thì hệ thống tự lấy ngày đó và báo lại.",
    "Không ghi ngày sinh, số căn cước, số điện thoại: hệ thống không lưu các dữ liệu này.",
)


def write_template(agency: Agency, offer: Offer) -> IO[bytes]:
    """Return an .xlsx for the agency: a guide, the postings that hold today, the agencies and positions to choose from.

    Sent back untouched it changes nothing (the import contract, promise 7).
    """
    today = timezone.localdate()
    stamp = Stamp("officers", agency.code, year=0, version=0, edition=base_of(agency).edition, day=today)
    lookups = _lookups(agency)
    rows = staff_rows(Posting.objects.within(agency).on(today))
    with translation.override("vi"):
        return make_template(stamp, _guide(agency, stamp), Table(SHEET_NAME, _columns(lookups), rows), lookups)


def _guide(agency: Agency, stamp: Stamp) -> Guide:
    facts = (
        ("Cơ quan", f"{agency.name} (mã {agency.code}) và các đơn vị trực thuộc"),
        ("Có sẵn trong tệp", f"Trang tính {SHEET_NAME} có sẵn những vị trí đang giữ trong ngày lấy mẫu."),
        ("Ngày lấy mẫu", format_date_vi(stamp.day)),
        ("Nhận biết mẫu", f"{stamp.line} (giữ nguyên dòng này)"),
    )
    return Guide("Hướng dẫn điền danh sách công chức", facts, _HOW_TO, ())


def _columns(lookups: Sequence[Lookup]) -> list[Column]:
    asked = {column.header: column for column in LAYOUT.columns}
    codes = {
        f"Mã {name}": Choices(place=(lookup.sheet, 2, len(lookup.rows) + 1))
        for name, lookup in zip(("cơ quan, đơn vị", "vị trí việc làm"), lookups, strict=True)
        if lookup.rows
    }
    return [
        Column(
            heading, kind="day" if index in DAYS else "text", width=width, meaning=meaning, example=example,
            must="Có" if asked[heading].filled or asked[heading].required else "",
            choices=Choices(CHOICES[index]) if index in CHOICES else codes.get(heading),
        )
        for index, (heading, width, (meaning, example)) in enumerate(zip(HEADINGS, WIDTHS, _MEANINGS, strict=True))
    ]  # fmt: skip


def _lookups(agency: Agency) -> list[Lookup]:
    agencies = Agency.objects.filter(path__startswith=agency.path).active().order_by("path")
    positions = Position.objects.order_by("group__name", "name")
    return [
        _lookup(AGENCIES, ("Mã", "Tên"), agencies.values_list("code", "name")),
        _lookup(POSITIONS, ("Mã", "Tên", "Nhóm"), positions.values_list("code", "name", "group__name")),
    ]


def _lookup(sheet: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Lookup:
    return Lookup(sheet, headings, (22, 48, 40)[: len(headings)], list(rows))
