"""The template of a catalog: the agency's current items in a layout, with what it takes to fill in more."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import chain
from typing import IO, Any

from django.db.models import Case, Count, When
from django.utils import timezone, translation

from cms.catalogs.columns import COLUMNS
from cms.catalogs.extra import PREFIX, value_of
from cms.catalogs.models import Catalog, CatalogItem, CatalogVersion, ExtraColumn
from cms.organisations.models import Agency
from importers.checking.columns import Column as Asked
from importers.checking.columns import Layout
from importers.kinds.catalog import guide
from importers.kinds.catalog.check.layouts import HANDBOOK
from importers.kinds.catalog.check.units import write_unit
from importers.kinds.catalog.compare import base_of, layouts, round_of, rules_of
from importers.kinds.contract import Offer
from importers.workbooks.book import MOST_WORDS, make_template
from importers.workbooks.stamp import Stamp
from importers.workbooks.tables import Choices, Column, SectionRow, Table

DATA_SHEET = "DanhMuc"

# What catalogs count in most; an agency's own units come before them.
COMMON_UNITS = (
    "văn bản", "báo cáo", "hồ sơ", "kế hoạch", "quyết định", "tờ trình", "công văn", "thông báo", "biên bản",
    "dự thảo văn bản", "đề án", "chương trình", "hướng dẫn", "quy chế", "bộ tài liệu", "ý kiến tham mưu", "phiếu trình",
    "cuộc họp", "hội nghị", "lớp tập huấn", "cuộc kiểm tra", "đoàn", "vụ việc", "đơn thư", "lượt", "lần", "tin, bài",
    "bản ghi", "bảng tổng hợp", "nhiệm vụ", "ngày",
)  # fmt: skip
_WIDTHS = {column.key: column.width for column in COLUMNS} | {f"{PREFIX}text": 28, f"{PREFIX}choice": 22}
_CHUNK = 2000


def write_template(agency: Agency, offer: Offer) -> IO[bytes]:
    """Return an .xlsx for the agency in the layout of an offer: a guide, its current items, the words to choose from.

    Sent back untouched it changes nothing, whatever the layout leaves out (the import contract, promise 7).
    """
    layout = next(layout for layout in layouts() if layout.code == offer.code)
    base = base_of(agency)
    rules, current = rules_of(agency, base), round_of(agency, base)
    stamp = Stamp(
        kind="catalog", agency=agency.code, year=current.year if current else 0,
        version=base.number, edition=base.edition, day=timezone.localdate(),
    )  # fmt: skip
    table = Table(DATA_SHEET, _columns(layout, base.record, rules), _rows(layout, base.record, rules))
    with translation.override("vi"):
        filled_guide = guide.guide_for(agency, layout, base, stamp, DATA_SHEET)
        return make_template(stamp, filled_guide, table)


# The columns


def _columns(layout: Layout, version: CatalogVersion | None, rules: CatalogVersion) -> list[Column]:
    offered = {
        "group": Choices([str(group) for group in sorted(rules.group_frames)], strict=True),
        "unit": Choices(_units(version)), "field": Choices(_fields(version)),
    }  # fmt: skip
    help_texts = {column.field_name: column.help_text for column in ExtraColumn.objects.in_files()}
    return [_column(asked, offered, help_texts.get(asked.key, "")) for asked in layout.columns]


def _column(asked: Asked, offered: dict[str, Choices], help_text: str) -> Column:
    added = asked.key.startswith(PREFIX)
    meaning, example = guide.ADDED[asked.kind] if added else guide.COLUMNS[asked.key]
    choices = offered.get(asked.key)
    if asked.kind in ("choice", "yes_no"):
        choices = Choices(asked.choices or guide.YES_NO, strict=True)
    return Column(
        asked.header, kind=_KINDS.get(asked.kind, "text"), must=_must(asked),
        width=_WIDTHS.get(f"{PREFIX}{asked.kind}" if added else asked.key, 12),
        meaning=f"{help_text.rstrip('. ')}. {meaning}" if help_text else meaning,
        example=asked.choices[0] if asked.choices else example,
        hint=help_text if added else meaning if choices else "",
        choices=choices, maximum=None if asked.kind == "ignored" else asked.maximum,
    )  # fmt: skip


_KINDS: dict[str, Any] = {
    "group": "number", "number": "number", "frame": "number", "standard_score": "number", "ignored": "number",
    "date": "day",
}  # fmt: skip


def _must(asked: Asked) -> str:
    if asked.key == "coefficient":
        return guide.WITHOUT_SCORE
    return guide.ALWAYS if asked.filled else ""


def _units(version: CatalogVersion | None) -> list[str]:
    """Return the agency's own units, the most used first, and the common ones; as they are written."""
    held = version.items.order_by() if version else CatalogItem.objects.none()
    counted = held.exclude(unit="").values_list("unit_quantity", "unit").annotate(count=Count("pk"))
    own = (write_unit(quantity, unit) for quantity, unit, _ in counted.order_by("-count", "unit")[:MOST_WORDS])
    return list(dict.fromkeys(chain(own, COMMON_UNITS)))[:MOST_WORDS]


def _fields(version: CatalogVersion | None) -> list[str]:
    """Return the agency's own fields of work, then those of the province's common list that everybody can read."""
    common = Catalog.objects.filter(agency__depth=1).first()
    public = common.versions.public().order_by("-number").first() if common else None
    held = [sorted(each.summary.get("fields", {})) for each in (version, public) if each]
    return [name for name in dict.fromkeys(chain.from_iterable(held)) if name][:MOST_WORDS]


# The rows


def _rows(
    layout: Layout, version: CatalogVersion | None, rules: CatalogVersion
) -> Iterator[Sequence[Any] | SectionRow]:  # fmt: skip
    """Yield the items; a layout that has no column for the field of work tells it in titles, as the handbook does."""
    items = version.items.order_by("position", "pk") if version else CatalogItem.objects.none()
    in_sections = layout.code == HANDBOOK.code
    if in_sections:
        # What has no field cannot stand below the title of one.
        items = items.order_by(Case(When(field="", then=0), default=1), "position", "pk")
    frames, field, sections = rules.group_frames, "", 0
    for number, item in enumerate(items.iterator(chunk_size=_CHUNK), start=1):
        if in_sections and item.field != field:
            field, sections = item.field, sections + 1
            yield SectionRow(f"{_roman(sections)}. {field}")
        made = {
            "no": number, "unit": write_unit(item.unit_quantity, item.unit), "frame": frames.get(item.group),
            "standard_score": rules.divisor,
        }  # fmt: skip
        yield [made[column.key] if column.key in made else _value(column, item) for column in layout.columns]


def _value(column: Asked, item: CatalogItem) -> str | Decimal | int | datetime.date | None:
    if not column.key.startswith(PREFIX):
        return getattr(item, column.key)
    value = value_of(column.kind, item.extra.get(column.key.removeprefix(PREFIX), ""))
    return guide.YES_NO[0 if value else 1] if isinstance(value, bool) else value


def _roman(number: int) -> str:
    """A section's number; after 399 sections they begin anew, as no reader knows larger ones."""
    text, rest = "", (number - 1) % 399 + 1
    signs = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    for value, sign in signs:
        text, rest = text + sign * (rest // value), rest % value
    return text
