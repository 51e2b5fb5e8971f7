"""Published versions and their differences as tables, which ``cms.core.table_files`` writes as files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from cms.catalogs.columns import COLUMNS, COMMON_COLUMN, HEADERS, ROW_FIELDS, SHEET_NAME, Column, row_values
from cms.catalogs.difference import Difference, Row
from cms.catalogs.models import CatalogVersion
from cms.catalogs.wording import ItemWords
from cms.core.dates import format_date_vi
from cms.core.workbooks import ExportTable
from cms.curation.common import CommonItem, CommonItems, common_code
from cms.curation.link_changes import LinkChange

# Rises when the files themselves are written otherwise, so that caches let go of what they hold.
FORMAT = 4
_CHUNK = 2000


def items_table(version: CatalogVersion, words: ItemWords, common: CommonItems) -> ExportTable:
    """Return every item of a version under the headings of the platform's template; rows are read while written.

    The added columns that the reader sees stand last, and then, where there are any, codes of the common list.
    """
    added = [column.for_files() for column in words.in_version(version)]
    items = version.items.order_by("position", "pk").values(*ROW_FIELDS, "identity").iterator(chunk_size=_CHUNK)
    rows = (
        [*row_values(number, item, added), *([common_code(common, item["identity"])] if common else [])]
        for number, item in enumerate(items, start=1)
    )
    columns = (*COLUMNS, *added, *([COMMON_COLUMN] if common else []))
    return ExportTable(SHEET_NAME, [column.header for column in columns], [column.width for column in columns], rows)


def about_table(version: CatalogVersion) -> ExportTable:
    """Return what the version is: whose, by which decision, from when, measured by what."""
    facts = (
        ("Cơ quan", version.catalog.agency.name),
        ("Phiên bản", version.number),
        ("Năm", version.year),
        ("Số quyết định", version.decision_number),
        ("Ngày quyết định", _day(version.decision_date)),
        ("Hiệu lực từ ngày", _day(version.effective_from)),
        ("Hiệu lực đến ngày", _day(version.effective_to)),
        ("Đơn vị sản phẩm/công việc chuẩn", version.standard_unit),
        ("Điểm của đơn vị chuẩn", version.standard_score),
        ("Số chia", version.divisor),
        ("Số mục", version.item_count),
        ("Mã băm nội dung (SHA-256)", version.content_hash),
    )
    return ExportTable("ThongTin", ("Thông tin", "Giá trị"), (34, 70), facts)


def difference_table(difference: Difference, words: ItemWords, links: Sequence[LinkChange] = ()) -> ExportTable:
    """Return a difference in rows: one for each field of an item that is new, changed or removed.

    Behind them stands, for each item whose link changed, which item of the common list it was and is, by codes.
    """
    columns = (*COLUMNS[1:], *(column.for_files() for column in words.columns.values()))
    headings = ("Thay đổi", HEADERS["code"], HEADERS["name"], "Cột", "Trước", "Sau")
    new = (("Mới", item, None, item) for item in difference.new)
    changed = (("Sửa", pair.after, pair.before, pair.after) for pair in difference.changed)
    removed = (("Bỏ", item, item, None) for item in difference.removed)
    rows = (
        (kind, item["code"], item["name"], *line)
        for kind, item, before, after in chain(new, changed, removed)
        for line in _field_lines(columns, before, after)
    )
    linked = (
        ("Liên kết", row.item.code, row.item.name, COMMON_COLUMN.header, *map(_code, (row.before, row.after)))
        for row in links
    )
    return ExportTable("SoSanh", headings, (10, 16, 40, 26, 40, 40), chain(rows, linked))


def _code(common: CommonItem | None) -> str:
    return common.item.code if common else ""


def _field_lines(columns: Sequence[Column], before: Row | None, after: Row | None) -> Iterator[tuple[str, Any, Any]]:
    for column in columns:
        was, now = column.value_in(before), column.value_in(after)
        if was != now:
            yield column.header, was, now


def _day(day: Any) -> str:
    return format_date_vi(day) if day else ""
