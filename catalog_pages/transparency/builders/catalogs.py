"""How large the published catalogs are, what their items are worth, and what changed last."""

from __future__ import annotations

import datetime
from collections import Counter
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, F, IntegerField, QuerySet, Value, When

from catalog_pages import published, published_versions
from catalog_pages.presenters import summarize_changes
from catalog_pages.transparency.figures import Drawing, Figure, FigureColumn, format_share, percent
from cms.catalogs.models import CatalogItem, CatalogVersion, ExtraColumn
from cms.catalogs.wording import ItemWords
from cms.core.numbers import format_decimal_vi
from cms.core.text import fold

# Fields that are named one by one; the others are summed up.
MOST_FIELDS = 15
MOST_CHANGES = 50
_OTHERS = "Các lĩnh vực khác"
_NO_FIELD = "Chưa ghi lĩnh vực"
_BOUNDS = tuple(Decimal(text) for text in ("0.5", "1", "2", "5", "10", "20", "50"))
SOURCE = "Danh mục sản phẩm, công việc đã được phê duyệt và đang có hiệu lực, công khai tại trang Danh mục"
_UNIT = "Số mục (sản phẩm, công việc)"
_COEFFICIENT = (
    "Hệ số quy đổi",
    "Một mục bằng bao nhiêu đơn vị sản phẩm, công việc chuẩn; mục nặng hơn có hệ số lớn hơn.",
)
_ITEMS = FigureColumn("items", "Số mục", "number")
_SHARE = FigureColumn("share", "Tỷ lệ (%)", "decimal")


def in_effect(day: datetime.date) -> QuerySet[CatalogVersion]:
    """Return the published versions that hold on the day."""
    return CatalogVersion.objects.public().effective_on(day).filter(catalog__page__in=published.published_pages())


def by_field(day: datetime.date) -> Figure:
    """Count items by field of work, from the totals that versions keep; spellings that differ in case are one field."""
    counts: Counter[str] = Counter()
    names: dict[str, str] = {}
    agencies = 0
    for summary in in_effect(day).order_by("catalog__agency__path").values_list("summary", flat=True):
        agencies += 1
        for name, number in sorted(summary.get("fields", {}).items()):
            names.setdefault(fold(name), name or _NO_FIELD)
            counts[fold(name)] += number
    rows: list[tuple[Any, ...]] = [(names[key], number) for key, number in counts.most_common(MOST_FIELDS)]
    rest = sum(counts.values()) - sum(number for _, number in rows)
    if rest:
        rows.append((_OTHERS, rest))
    every = sum(counts.values())
    unnamed = counts.get(fold(""), 0)
    summary = f"{_vi(every)} mục của {agencies} cơ quan, thuộc {len(counts) - bool(unnamed)} lĩnh vực."
    if unnamed:
        summary += f" {_vi(unnamed)} mục chưa ghi lĩnh vực."
    largest = next((row for row in rows if row[0] not in (_NO_FIELD, _OTHERS)), None)
    headline = ""
    if largest:
        summary += f" Nhiều mục nhất là “{largest[0]}” ({format_share(largest[1], every)})."
        headline = f"Lĩnh vực nhiều mục nhất là “{largest[0]}”, chiếm {format_share(largest[1], every)}"
    if unnamed and unnamed >= (largest[1] if largest else 0):
        # The longest bar says what is to be done first.
        headline = f"{format_share(unnamed, every)} số mục chưa ghi lĩnh vực"
    return Figure(
        "quy-mo-linh-vuc", "Số mục theo lĩnh vực trong các danh mục đang có hiệu lực", summary,
        (FigureColumn("field", "Lĩnh vực"), _ITEMS), tuple(rows), Drawing("field", ("items",)),
        f"Nêu tên {MOST_FIELDS} lĩnh vực có nhiều mục nhất. Tên lĩnh vực chỉ khác chữ hoa hoặc dấu được tính là một.",
        headline=headline, unit=_UNIT, source=SOURCE,
    )  # fmt: skip


def by_group(day: datetime.date) -> Figure:
    """Count items by complexity group, from the totals that versions keep."""
    counts: Counter[int] = Counter()
    for summary in in_effect(day).values_list("summary", flat=True):
        for group, number in summary.get("groups", {}).items():
            counts[int(group)] += number
    every = sum(counts.values())
    rows = tuple((f"Nhóm {group}", counts[group], percent(counts[group], every)) for group in sorted(counts))
    summary = f"{_vi(every)} mục được xếp vào {len(rows)} nhóm phức tạp, từ nhóm 1 (đơn giản nhất)."
    largest = max(rows, key=lambda row: row[1], default=None)
    return Figure(
        "quy-mo-nhom", "Số mục theo nhóm phức tạp trong các danh mục đang có hiệu lực", summary,
        (FigureColumn("group", "Nhóm phức tạp"), _ITEMS, _SHARE), rows, Drawing("group", ("items",)),
        headline=f"{largest[0]} có nhiều mục nhất, chiếm {format_share(largest[1], every)}" if largest else "",
        unit=_UNIT, source=SOURCE,
        terms=(("Nhóm phức tạp", "Mức từ đơn giản đến phức tạp mà cơ quan xếp mỗi sản phẩm, công việc vào."),),
    )  # fmt: skip


def by_coefficient(day: datetime.date) -> Figure:
    """Count items by ranges of their coefficient; the database counts, whatever the number of items."""
    ranges = [When(coefficient__lte=bound, then=Value(index)) for index, bound in enumerate(_BOUNDS)]
    keys = list(in_effect(day).values_list("pk", flat=True))
    counted = (
        CatalogItem.objects.filter(version__in=keys)
        .order_by()
        .values_list(Case(*ranges, default=Value(len(_BOUNDS)), output_field=IntegerField()))
        .annotate(number=Count("pk"))
    )
    counts = dict(counted)
    every = sum(counts.values())
    rows = tuple(
        (label, counts.get(index, 0), percent(counts.get(index, 0), every))
        for index, label in enumerate(_range_labels())
    )
    light = counts.get(0, 0) + counts.get(1, 0)
    summary = f"{format_share(light, every)} số mục có hệ số không quá 1, tức không nặng hơn đơn vị chuẩn."
    return Figure(
        "he-so", "Phân bố hệ số quy đổi trong các danh mục đang có hiệu lực", summary,
        (FigureColumn("range", "Hệ số"), _ITEMS, _SHARE), rows, Drawing("range", ("items",)),
        "Hệ số 1 là một đơn vị sản phẩm, công việc chuẩn. Cận trên thuộc về khoảng đó.",
        headline=f"{format_share(light, every)} số mục không nặng hơn một đơn vị chuẩn" if every else "",
        unit=_UNIT, source=SOURCE, terms=(_COEFFICIENT,),
    )  # fmt: skip


def _range_labels() -> list[str]:
    bounds = [format_decimal_vi(bound) for bound in _BOUNDS]
    between = [f"Trên {low} đến {high}" for low, high in zip(bounds, bounds[1:], strict=False)]
    return [f"Đến {bounds[0]}", *between, f"Trên {bounds[-1]}"]


def last_changes(day: datetime.date) -> Figure:
    """Count for the versions published last how many items are new, changed and removed against the one before."""
    latest = list(
        in_effect(day)
        .select_related("catalog__agency")
        .order_by(F("published_at").desc(nulls_first=True), "-pk")[:MOST_CHANGES]
    )  # fmt: skip
    item_texts = ItemWords(ExtraColumn.objects.public())
    versions = published_versions.versions_by_catalog([version.catalog_id for version in latest])
    rows = []
    for version in latest:
        difference = summarize_changes(version, versions[version.catalog_id], item_texts)
        counts = difference.counts if difference else {"new": version.item_count, "changed": 0, "removed": 0}
        day_of = version.effective_from.isoformat() if version.effective_from else None
        name = version.catalog.agency.name
        rows.append((name, version.number, day_of, counts["new"], counts["changed"], counts["removed"]))
    columns = (
        FigureColumn("agency", "Cơ quan"), FigureColumn("version", "Phiên bản", "number"),
        FigureColumn("effective_from", "Hiệu lực từ", "date"), FigureColumn("new", "Mục mới", "number"),
        FigureColumn("changed", "Mục sửa", "number"), FigureColumn("removed", "Mục bỏ", "number"),
    )  # fmt: skip
    changed = sum(1 for row in rows if row[1] != 1)
    headline = f"{changed} trên {len(rows)} danh mục công bố gần đây thay thế phiên bản trước"
    if not changed:
        headline = "Chưa danh mục nào được thay bằng phiên bản mới"
    summary = f"{len(rows)} phiên bản được công bố gần đây nhất, trong đó {changed} phiên bản thay thế phiên bản trước."
    notes = f"Nhiều nhất {MOST_CHANGES} phiên bản. Ở phiên bản đầu tiên của một cơ quan, mọi mục đều là mục mới."
    return Figure(
        "thay-doi", "Thay đổi ở các phiên bản danh mục được công bố gần đây", summary, columns, tuple(rows),
        Drawing("agency", ("new", "changed", "removed")), notes,
        headline=headline if rows else "", unit=_UNIT, source=SOURCE,
        terms=(
            ("Mục mới", "Có ở phiên bản này mà phiên bản trước chưa có."),
            ("Mục sửa", "Có ở cả hai phiên bản, khác ít nhất một nội dung."),
            ("Mục bỏ", "Có ở phiên bản trước, không còn ở phiên bản này."),
        ),
    )  # fmt: skip


def _vi(number: int) -> str:
    return format_decimal_vi(Decimal(number))
