"""Results of evaluations, summed up by unit and class: the one figure that is made of people, behind the rules."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from catalog_pages.transparency.figures import WITHHELD, Drawing, Figure, FigureColumn, Value
from catalog_pages.transparency.models import PublishedUnit
from catalog_pages.transparency.publication_rules import (
    BASE,
    FEW,
    Disclosure,
    People,
    UnitRow,
    choose_disclosures,
    unit_rows,
)

CODE = "ket-qua"
_TITLE = "Kết quả đánh giá, xếp loại theo cơ quan"
_NONE = "Chưa có kết quả đánh giá nào được phê duyệt trên hệ thống; khi có, số liệu tổng hợp sẽ được công bố ở đây."
_UNIT = "Số người, làm tròn theo chục"
_REASONS = {
    "sum": "Tổng các đơn vị trực thuộc",
    "part": "Tính vào đơn vị cấp trên",
    "small": f"Không công bố: dưới {BASE} người",
    "waits": f"Đơn vị mới, dưới {FEW} kết quả mới",
}
_NOTES = (
    "Số người được làm tròn theo chục: mỗi loại nhận đủ số chục người của mình, các chục còn lại về loại có phần dư "
    f"lớn nhất. Mỗi số của một đơn vị lệch dưới {BASE} người so với số thật; 0 không có nghĩa là không có ai. "
    f"{WITHHELD}: không công bố. Số của đơn vị cấp trên là tổng các số đã làm tròn của đơn vị trực thuộc, nên thường "
    "thấp hơn thực tế, nhất là ở loại có ít người; riêng tổng chung được cộng thêm phần bị làm tròn khi phần đó đủ "
    "lớn. Số người còn lại trong tổng không nêu được loại. Mỗi kỳ được "
    "công bố một lần, đính chính kết quả của từng người không làm đổi số của kỳ; sang kỳ mới, số của một đơn vị giữ "
    f"nguyên nếu có dưới {FEW} người đến, đi hoặc đổi loại. Nhờ vậy, dù đối chiếu mọi bản công bố cũng không nhận ra "
    "được ai."
)


@dataclass(frozen=True)
class Results:
    """Approved results of one period, complete: a period is published once, and never after a later one.

    ``units`` maps the code of a unit to its people, each known by a key that stays theirs, and their classes; ``names``
    the code to what the public calls the unit; ``parents`` a unit to the one that it is a part of.
    """

    period: str
    classes: Sequence[str]
    units: Mapping[str, People]
    names: Mapping[str, str]
    parents: Mapping[str, str] = field(default_factory=dict)


def latest_results(day: datetime.date) -> Results | None:
    """Return the results that were approved last before the day; None: the platform keeps no evaluations yet."""
    return None


def last_disclosures() -> dict[str, Disclosure]:
    """Return the people whom each unit's results counted when they were published last, the latest last."""
    stored = PublishedUnit.objects.order_by("release__number", "unit").values_list("unit", "people")
    return {unit: Disclosure(**json.loads(people)) for unit, people in stored}


def by_class(results: Results | None, before: Mapping[str, Disclosure]) -> tuple[Figure, dict[str, Disclosure]]:
    """Return the figure, and for each unit with a row of its own the people that it counts: ``choose_disclosures``."""
    if results is None:
        return Figure(CODE, _TITLE, _NONE, _columns(()), (), None, _NOTES, unit=_UNIT), {}
    units = {code: {str(key): name for key, name in people.items()} for code, people in results.units.items()}
    disclosures = choose_disclosures(units, period=results.period, parents=results.parents, before=before)
    return _figure(
        results, unit_rows(units, results.classes, parents=results.parents, disclosures=disclosures)
    ), disclosures


def _figure(results: Results, rows: Sequence[UnitRow]) -> Figure:
    published = sum(1 for row in rows if row.is_published)
    columns = _columns(results.classes)
    return Figure(
        CODE, f"{_TITLE}, {results.period}", f"{published} trên {len(rows)} đơn vị có số liệu được công bố.", columns,
        tuple(_values(results, row) for row in rows),
        Drawing("unit", tuple(column.name for column in columns[2:-1]), total="people"), _NOTES,
        headline=f"Kết quả xếp loại {results.period} của {published} đơn vị", unit=_UNIT,
        source="Kết quả theo dõi, đánh giá, xếp loại đã được cấp có thẩm quyền phê duyệt",
        terms=(("Xếp loại", "Mức mà cấp có thẩm quyền quyết định cho mỗi người sau kỳ đánh giá."),),
    )  # fmt: skip


def _columns(classes: Sequence[str]) -> tuple[FigureColumn, ...]:
    return (
        FigureColumn("unit", "Đơn vị"), FigureColumn("people", "Số người", "number", guarded=True),
        *(FigureColumn(f"class_{place}", name, "number", guarded=True) for place, name in enumerate(classes, start=1)),
        FigureColumn("why", "Ghi chú"),
    )  # fmt: skip


def _values(results: Results, row: UnitRow) -> tuple[Value, ...]:
    counts = [row.counts.get(name) for name in results.classes]
    return (results.names[row.unit], row.total, *counts, _REASONS.get(row.reason))
