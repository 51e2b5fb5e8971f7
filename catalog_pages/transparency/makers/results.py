"""Results of evaluations, summed up by unit and class: the one figure that is made of people, behind the rules."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from catalog_pages.transparency.figures import WITHHELD, Column, Drawing, Figure, Value
from catalog_pages.transparency.models import PublishedUnit
from catalog_pages.transparency.publication_rules import MIN_CELL, MIN_UNIT, ROUND, People, Row, publishable

CODE = "ket-qua"
_TITLE = "Kết quả đánh giá, xếp loại theo cơ quan"
_NONE = "Chưa có kết quả đánh giá nào được phê duyệt trên hệ thống; khi có, số liệu tổng hợp sẽ được công bố ở đây."
_UNIT = "Số người, làm tròn"
_WHY = {
    "small": f"Không công bố: dưới {MIN_UNIT} người",
    "few_changes": f"Không công bố: dưới {MIN_CELL} thay đổi so với lần công bố trước",
}
_NOTES = (
    f"Số người được làm tròn đến {ROUND}. {WITHHELD}: không công bố để không ai bị nhận ra. Đơn vị dưới {MIN_UNIT} "
    f"người không có số; số dưới {MIN_CELL} người, hoặc còn lại dưới {MIN_CELL} người, không được nêu; có thêm số được "
    "giữ lại để không tính ngược ra được. Kết quả được đính chính chỉ hiện ở bản công bố sau."
)


@dataclass(frozen=True)
class Results:
    """Approved results of one period.

    ``units`` maps the code of a unit to its people, each known by a key that stays theirs, and their classes; ``names``
    the code to what the public calls the unit; ``parents`` a unit to the one that it is a part of.
    """

    period: str
    classes: Sequence[str]
    units: Mapping[str, People]
    names: Mapping[str, str]
    parents: Mapping[str, str] = field(default_factory=dict)


def evaluated(day: datetime.date) -> Results | None:
    """Return the results that were approved last before the day; None: the platform keeps no evaluations yet."""
    return None


def published_before() -> dict[str, People]:
    """Return of whom each unit's results told when they were published last."""
    return {unit: json.loads(people) for unit, people in PublishedUnit.objects.values_list("unit", "people")}


def by_class(results: Results | None, before: Mapping[str, People]) -> tuple[Figure, dict[str, dict[str, str]]]:
    """Return the figure, and of each unit that it tells of its people; ``before`` are those of the last publication."""
    if results is None:
        return Figure(CODE, _TITLE, _NONE, _columns(()), (), None, _NOTES, unit=_UNIT), {}
    units = {code: {str(key): name for key, name in people.items()} for code, people in results.units.items()}
    rows = publishable(units, results.classes, parents=results.parents, before=before)
    return _figure(results, rows), {row.unit: units[row.unit] for row in rows if row.is_shown}


def _figure(results: Results, rows: Sequence[Row]) -> Figure:
    shown = sum(1 for row in rows if row.is_shown)
    columns = _columns(results.classes)
    return Figure(
        CODE, f"{_TITLE}, {results.period}", f"{shown} trên {len(rows)} đơn vị có số liệu được công bố.", columns,
        tuple(_values(results, row) for row in rows),
        Drawing("unit", tuple(column.name for column in columns[2:-1]), total="people"), _NOTES,
        headline=f"Kết quả xếp loại {results.period} của {shown} đơn vị", unit=_UNIT,
        source="Kết quả theo dõi, đánh giá, xếp loại đã được cấp có thẩm quyền phê duyệt",
        terms=(("Xếp loại", "Mức mà cấp có thẩm quyền quyết định cho mỗi người sau kỳ đánh giá."),),
    )  # fmt: skip


def _columns(classes: Sequence[str]) -> tuple[Column, ...]:
    return (
        Column("unit", "Đơn vị"), Column("people", "Số người", "number", guarded=True),
        *(Column(f"class_{place}", name, "number", guarded=True) for place, name in enumerate(classes, start=1)),
        Column("why", "Ghi chú"),
    )  # fmt: skip


def _values(results: Results, row: Row) -> tuple[Value, ...]:
    counts = [row.counts[name] for name in results.classes]
    return (results.names[row.unit], row.total, *counts, _WHY.get(row.why))
