"""The template of figures from outside: those of the period on record, with the codes to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO, Any

from django.utils import timezone, translation

from cms.core.dates import format_date_vi
from cms.core.numbers import format_decimal_vi
from cms.core.periods import CalendarPeriod
from cms.evaluations.models.periods import period_name
from cms.evaluations.scoring_inputs.figures import asked_indicators
from cms.organisations.models import Agency
from importers.kinds.contract import Offer
from importers.kinds.figures.check.layout import LAYOUT, MOST_VALUE
from importers.kinds.figures.compare import base_of, figures_of, main_postings
from importers.workbooks.book import make_template
from importers.workbooks.stamp import Stamp
from importers.workbooks.tables import Choices, Column, Guide, Lookup, Table

SHEET = "SoLieu"
# Codes to choose from. An upload passes these sheets over.
OFFICERS, AGENCIES, INDICATORS = "CongChuc", "DonVi", "ChiTieu"

# How to fill in each column of the layout: (key, width, kind, how, example); words of the file, in Vietnamese always.
_COLUMNS: tuple[tuple[str, int, Any, str, str], ...] = (
    ("officer", 14, "text", "Mã của công chức được đo (trang tính CongChuc); số liệu của cơ quan thì để trống.", ""),
    ("agency", 18, "text", "Mã của cơ quan, đơn vị được đo (trang tính DonVi); số liệu của người thì để trống.", ""),
    ("name", 36, "text", "Để đối chiếu với mã; có thể để trống.", ""),
    ("indicator", 20, "text", "Mã chỉ tiêu trong bộ tiêu chí (trang tính ChiTieu).", "muc-do-hai-long"),
    ("value", 12, "number", "Từ 0 trở lên, tối đa 4 chữ số thập phân.", "92,5"),
    ("measured_on", 13, "day", "Ngày đo hoặc ngày công bố, trong kỳ của mẫu.", "30/06/2026"),
    ("source", 44, "text", "Cuộc khảo sát hoặc văn bản công bố.", "Báo cáo khảo sát quý II"),
)  # fmt: skip
_HOW_TO = (
    f"Mỗi số liệu ghi một dòng ở trang tính {SHEET}: của một công chức hoặc của một cơ quan, đơn vị, không ghi cả hai.",
    "Số liệu khác của cùng chỉ tiêu, cùng người hoặc cơ quan, cùng ngày sẽ thay số liệu đang có; số liệu cũ vẫn lưu.",
    "Dòng không có trong tệp thì không thay đổi gì. Không ai ghi số liệu của chính mình hay của cơ quan mình.",
)


def write_template(agency: Agency, offer: Offer, code: str) -> IO[bytes]:
    """Return an .xlsx for the agency and a period: a guide, the figures on record, and the codes to choose from.

    Sent back untouched it changes nothing (the import contract, promise 7).
    """
    base = base_of(agency, code)
    period: CalendarPeriod = base.record
    today = timezone.localdate()
    stamp = Stamp(
        "figures", agency.code, year=period.first_day.year, version=period.number, edition=base.edition, day=today
    )  # fmt: skip
    lookups = [_officers(agency), _agencies(agency), _indicators(period)]
    rows = {each.identity: each.values() for each in figures_of(agency, period)}
    with translation.override("vi"):
        cells = ([values[key] for key, *_rest in _COLUMNS] for values in rows.values())
        table = Table(SHEET, _columns(lookups), cells)
        return make_template(stamp, _guide(agency, stamp, period), table, lookups)


def _guide(agency: Agency, stamp: Stamp, period: CalendarPeriod) -> Guide:
    named = period_name(period.kind, period.first_day)
    days = f"số liệu đo từ {format_date_vi(period.first_day)} đến {format_date_vi(period.last_day)}"
    facts = (
        ("Cơ quan", f"{agency.name} (mã {agency.code}), các đơn vị trực thuộc và công chức ở đó"),
        ("Kỳ", f"{named}: {days}"),
        ("Ngày lấy mẫu", format_date_vi(stamp.day)),
        ("Nhận biết mẫu", f"{stamp.line} (giữ nguyên dòng này)"),
    )
    return Guide("Hướng dẫn ghi số liệu bên ngoài", facts, _HOW_TO, ())


def _columns(lookups: Sequence[Lookup]) -> list[Column]:
    places = {
        key: Choices(place=(lookup.sheet, 2, len(lookup.rows) + 1))
        for key, lookup in zip(("officer", "agency", "indicator"), lookups, strict=True)
        if lookup.rows
    }
    columns = {column.key: column for column in LAYOUT.columns}
    return [
        Column(
            columns[key].header, kind=kind, width=width, meaning=how, example=example,
            must="Có" if columns[key].filled else "", choices=places.get(key),
            maximum=MOST_VALUE if key == "value" else None,
        )
        for key, width, kind, how, example in _COLUMNS
    ]  # fmt: skip


def _officers(agency: Agency) -> Lookup:
    rows = main_postings(agency).values_list("officer__code", "officer__name", "agency__name")
    return Lookup(OFFICERS, ("Mã", "Họ và tên", "Đơn vị"), (18, 32, 48), list(rows))


def _agencies(agency: Agency) -> Lookup:
    below = Agency.objects.active().filter(path__startswith=agency.path).order_by("path")
    return Lookup(AGENCIES, ("Mã", "Cơ quan, đơn vị"), (18, 60), list(below.values_list("code", "name")))


def _indicators(period: CalendarPeriod) -> Lookup:
    asked = asked_indicators(period.last_day)
    rows = [(code, title, format_decimal_vi(full)) for code, (title, full) in sorted(asked.items())]
    return Lookup(INDICATORS, ("Mã", "Chỉ tiêu", "Mức tính 100 %"), (24, 72, 16), rows)
