"""What the guide of a catalog's template says. Words of the file: Vietnamese, whatever the language of the screen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from cms.catalogs.item_fields import FIELDS
from cms.catalogs.models import CatalogRound, CatalogVersion
from cms.core.dates import format_date_vi
from cms.core.numbers import format_decimal_vi
from cms.organisations.models import Agency
from importers.checking.columns import Layout
from importers.kinds.catalog.check.layouts import HANDBOOK
from importers.kinds.catalog.compare import round_of, rules_of
from importers.kinds.contract import Base
from importers.workbooks.book import LISTS_SHEET
from importers.workbooks.stamp import Stamp
from importers.workbooks.tables import Guide, Part

# By key of the column: how to fill it in, and an example.
COLUMNS: dict[str, tuple[str, str]] = {one.key: one.guide for one in FIELDS} | {
    "no": ("Số thứ tự. Hệ thống không đọc cột này.", "1"),
    "frame": ("Khung điểm tối đa của nhóm; có thể để trống.", "200"),
    "standard_score": ("Điểm của đơn vị chuẩn; có thể để trống.", "5"),
}
ALWAYS = "Có"
# A column that must be filled in only where another does not say the same.
WITHOUT_SCORE = "Có, nếu chưa có điểm quy đổi"

# How to fill in the kinds of columns that the province adds, and an example.
ADDED: dict[str, tuple[str, str]] = {
    "text": ("Nội dung chữ.", ""),
    "number": ("Một con số.", "1,5"),
    "choice": ("Chọn một giá trị trong danh sách.", ""),
    "yes_no": ("Chọn Có hoặc Không.", "Có"),
    "date": ("Ngày, tháng, năm.", "05/06/2026"),
}
YES_NO = ("Có", "Không")


def guide_for(agency: Agency, layout: Layout, base: Base, stamp: Stamp, sheet: str) -> Guide:
    """Return the guide of a template that was made from a base."""
    rules = rules_of(agency, base)
    return Guide(
        "Hướng dẫn điền danh mục sản phẩm, công việc",
        [
            ("Cơ quan", f"{agency.name} (mã {agency.code})"),
            *_round(round_of(agency, base)),
            ("Đơn vị chuẩn", f"{rules.standard_unit}: {format_decimal_vi(rules.standard_score)} điểm"),
            ("Số chia", f"{format_decimal_vi(rules.divisor)} (hệ số quy đổi = điểm quy đổi ÷ số chia)"),
            ("Có sẵn trong tệp", _standing(base.record, sheet)),
            ("Ngày lấy mẫu", format_date_vi(stamp.day)),
            ("Nhận biết mẫu", f"{stamp.line} (giữ nguyên dòng này)"),
        ],
        [*_how_to(layout, sheet)],
        [_frames(rules.group_frames)],
    )


def _round(current: CatalogRound | None) -> Iterable[tuple[str, str]]:
    if current is None:
        return
    yield "Đợt", current.name
    days = (current.submit_by, current.appraise_by, current.approve_by)
    submit, appraise, approve = map(format_date_vi, days)
    yield "Thời hạn", f"Cơ quan trình: {submit}; thẩm định: {appraise}; phê duyệt: {approve}"


def _standing(version: CatalogVersion | None, sheet: str) -> str:
    if version is None:
        return f"Cơ quan chưa có danh mục: trang tính {sheet} chỉ có dòng tiêu đề."
    state = str(version.get_state_display()).lower()
    return f"Trang tính {sheet} có sẵn {version.item_count} mục của phiên bản {version.number} ({state})."


def _how_to(layout: Layout, sheet: str) -> Iterable[str]:
    yield f"Mỗi sản phẩm, công việc ghi một dòng ở trang tính {sheet}. Ô tiêu đề nền vàng là cột phải điền."
    if layout.column("code"):
        yield "Mục tiếp tục dùng: giữ nguyên mã. Mục mới: thêm một dòng, đặt mã mới. Mục không dùng nữa: xóa cả dòng."
    else:
        yield (
            "Mẫu này không có cột mã: mục cũ được nhận ra theo tên, mục mới được hệ thống đặt mã. Mục không dùng nữa: "
            "xóa cả dòng."
        )
    if layout.code == HANDBOOK.code:
        yield "Dòng chia phần (I. …, II. …) là tên lĩnh vực; các mục bên dưới thuộc lĩnh vực đó."
    yield f"Cột có danh sách thì bấm mũi tên bên phải ô để chọn; các danh sách nằm ở trang tính {LISTS_SHEET}."
    yield "Số thập phân viết bằng dấu phẩy (1,5). Không ghi đơn vị hay dấu phần trăm cạnh con số."
    yield "Không để công thức, dòng tổng cộng hay phần chữ ký trong bảng; đó không phải là dữ liệu."


def _frames(frames: dict[int, Decimal]) -> Part:
    rows: list[Sequence[str]] = [("Nhóm", "Điểm tối đa")]
    rows += [(f"Nhóm {group}", format_decimal_vi(score)) for group, score in sorted(frames.items())]
    return Part("Nhóm phức tạp và khung điểm", rows=rows)
