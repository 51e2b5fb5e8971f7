"""The template of results: the work of the period as it stands, with the officers and items to choose from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any

from django.utils import timezone, translation

from cms.core.dates import format_date_vi
from cms.core.numbers import format_decimal_vi
from cms.core.periods import CalendarPeriod
from cms.evaluations.models.periods import period_name
from cms.organisations.models import Agency, Posting
from importers.kinds.contract import Offer
from importers.kinds.results.check.context import BaseWork
from importers.kinds.results.check.layout import LAYOUT, MOST_QUANTITY, MOST_TIMES
from importers.kinds.results.compare import base_of, base_works, known_items, works_of
from importers.workbooks.book import make_template
from importers.workbooks.stamp import Stamp
from importers.workbooks.tables import Choices, Column, Guide, Lookup, Table

SHEET = "KetQua"
# Codes to choose from. An upload passes these sheets over.
OFFICERS, ITEMS = "CongChuc", "SanPham"
_YES, _NO = "Có", "Không"

# How to fill in each column of the layout: (key, width, kind, how, example); words of the file, in Vietnamese always.
_COLUMNS: tuple[tuple[str, int, Any, str, str], ...] = (
    ("code", 14, "text", "Mã của người thực hiện: chọn trong danh sách (trang tính CongChuc).", "CC-0001"),
    ("name", 24, "text", "Họ và tên, để đối chiếu với mã.", "Công chức 0001"),
    ("agency", 16, "text", "Chỉ ghi khi người đó giữ hai vị trí cùng lúc: mã đơn vị mà việc này thuộc về.", ""),
    ("reference", 20, "text", "Có sẵn ở những việc đã giao: giữ nguyên. Việc chưa có trên hệ thống thì để trống.", ""),
    ("item", 18, "text", "Mã trong danh mục có hiệu lực ngày giao: chọn ở danh sách (trang tính SanPham).", "TH-01"),
    ("item_name", 36, "text", "Ghi cho dễ đọc; hệ thống lấy theo mã.", "Báo cáo tuần"),
    ("unit", 12, "text", "Ghi cho dễ đọc; hệ thống lấy theo mã.", "báo cáo"),
    ("instruction", 30, "text", "Yêu cầu cụ thể khi giao việc.", ""),
    ("assigned", 11, "number", "Lớn hơn 0, theo đơn vị tính của danh mục.", "4"),
    ("completed", 11, "number", "Số lượng đã hoàn thành đến nay.", "4"),
    ("given_on", 13, "day", "Ngày giao việc. Việc đã giao thì không đổi ngày này.", "01/07/2026"),
    ("due_on", 13, "day", "Hạn hoàn thành, trong kỳ của mẫu.", "31/07/2026"),
    ("done_on", 13, "day", "Ngày hoàn thành; chưa xong thì để trống.", "30/07/2026"),
    ("quality_failures", 13, "number", "Số lần không đạt yêu cầu về chất lượng; không có thì để trống.", ""),
    ("late_occurrences", 13, "number", "Số lần chậm; để trống thì hệ thống tính theo hạn và ngày hoàn thành.", ""),
    ("is_planned", 11, "text", "Việc trong kế hoạch hay phát sinh.", "Có"),
    ("is_key", 11, "text", "Nhiệm vụ trọng tâm hay không.", "Không"),
    ("result", 36, "text", "Kết quả bằng lời.", ""),
    ("documents", 24, "text", "Số, ký hiệu văn bản làm minh chứng; nhiều văn bản thì cách nhau bằng dấu chấm phẩy (;).",
     "12/BC-STC"),
)  # fmt: skip
_HOW_TO = (
    f"Mỗi việc của một người ghi một dòng ở trang tính {SHEET}. Việc đã giao trong kỳ có sẵn: chỉ cần ghi số lượng "
    "hoàn thành, ngày hoàn thành, kết quả.",
    "Việc chưa có trên hệ thống: thêm dòng, để trống cột “Mã việc đã giao”, ghi đủ mã công chức, mã sản phẩm/công "
    "việc, số lượng giao, ngày giao, hạn hoàn thành.",
    "Có ngày hoàn thành thì việc chuyển sang chờ người quản lý xác nhận. Tệp không xác nhận thay ai.",
    "Ô để trống và dòng không có trong tệp thì không thay đổi gì. Việc đã xác nhận không sửa được bằng tệp.",
)


def write_template(agency: Agency, offer: Offer, code: str) -> IO[bytes]:
    """Return an .xlsx for the agency and a period: a guide, the work as it stands, officers and items to choose from.

    Sent back untouched it changes nothing (the import contract, promise 7).
    """
    base = base_of(agency, code)
    period: CalendarPeriod = base.record
    today = timezone.localdate()
    stamp = Stamp(
        "results", agency.code, year=period.first_day.year, version=period.number, edition=base.edition, day=today
    )  # fmt: skip
    lookups = [_officers(agency, period), _items(agency, period)]
    with translation.override("vi"):
        table = Table(SHEET, _columns(lookups), _rows(base_works(works_of(agency, period))))
        return make_template(stamp, _guide(agency, stamp, period), table, lookups)


def _guide(agency: Agency, stamp: Stamp, period: CalendarPeriod) -> Guide:
    named = period_name(period.kind, period.first_day)
    facts = (
        ("Cơ quan", f"{agency.name} (mã {agency.code}) và các đơn vị trực thuộc"),
        ("Kỳ", f"{named}: việc có hạn từ {format_date_vi(period.first_day)} đến {format_date_vi(period.last_day)}"),
        ("Có sẵn trong tệp", f"Trang tính {SHEET} có sẵn những việc của kỳ, như trên hệ thống trong ngày lấy mẫu."),
        ("Ngày lấy mẫu", format_date_vi(stamp.day)),
        ("Nhận biết mẫu", f"{stamp.line} (giữ nguyên dòng này)"),
    )
    return Guide("Hướng dẫn ghi kết quả công việc", facts, _HOW_TO, ())


def _columns(lookups: Sequence[Lookup]) -> list[Column]:
    places = {
        key: Choices(place=(lookup.sheet, 2, len(lookup.rows) + 1))
        for key, lookup in zip(("code", "item"), lookups, strict=True)
        if lookup.rows
    }
    words = {key: Choices((_YES, _NO), strict=True) for key in ("is_planned", "is_key")}
    most = {"assigned": MOST_QUANTITY, "completed": MOST_QUANTITY} | dict.fromkeys(
        ("quality_failures", "late_occurrences"), MOST_TIMES
    )
    columns = {column.key: column for column in LAYOUT.columns}
    return [
        Column(
            columns[key].header, kind=kind, width=width, meaning=how, example=example,
            must="Có" if columns[key].filled else "", choices=(places | words).get(key), maximum=most.get(key),
        )
        for key, width, kind, how, example in _COLUMNS
    ]  # fmt: skip


def _rows(works: Iterable[BaseWork]) -> Iterator[list[Any]]:
    for work in works:
        values = work.values() | {
            "reference": str(work.identity), "documents": "; ".join(work.documents), "agency": work.agency,
            "quality_failures": work.quality_failures or None, "late_occurrences": work.late_occurrences or None,
            "completed": work.completed or None,
        }  # fmt: skip
        yield [_cell(values[key]) for key, *_rest in _COLUMNS]


def _cell(value: Any) -> Any:
    return (_YES if value else _NO) if isinstance(value, bool) else value


def _officers(agency: Agency, period: CalendarPeriod) -> Lookup:
    held = Posting.objects.within(agency).overlapping(period.first_day, period.last_day).order_by("officer__code")
    rows = held.values_list("officer__code", "officer__name", "agency__name").distinct()
    unique = {code: (code, name, at) for code, name, at in rows}
    return Lookup(OFFICERS, ("Mã", "Họ và tên", "Đơn vị"), (18, 32, 48), list(unique.values()))


def _items(agency: Agency, period: CalendarPeriod) -> Lookup:
    rows = known_items(agency, period).values_list("code", "name", "unit", "coefficient")
    unique = {code: (code, name, unit, format_decimal_vi(number)) for code, name, unit, number in rows}
    return Lookup(ITEMS, ("Mã", "Sản phẩm, công việc", "Đơn vị tính", "Hệ số"), (18, 60, 18, 10), list(unique.values()))
