"""The figures that there are. A new one is a function here; what it counts is fixed, and never a person.

Words are Vietnamese, as on the pages that are published; names of columns are for programs.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from catalog_pages.transparency.builders import catalogs, progress, results, rules
from catalog_pages.transparency.figures import Figure
from catalog_pages.transparency.publication_rules import Disclosure

BUILDERS: dict[str, Callable[[datetime.date], Figure]] = {
    "tien-do": progress.by_state,
    "thoi-han": progress.by_timeliness,
    "bang-thoi-han": progress.submission_ranking,
    "quy-mo-linh-vuc": catalogs.by_field,
    "quy-mo-nhom": catalogs.by_group,
    "he-so": catalogs.by_coefficient,
    "thay-doi": catalogs.last_changes,
    "khung-tieu-chi": rules.in_force,
}
# What an editor chooses from.
TITLES = {
    "tien-do": "Tiến độ xây dựng danh mục",
    "thoi-han": "Trình danh mục so với thời hạn",
    "bang-thoi-han": "Thời điểm trình danh mục của từng cơ quan",
    "quy-mo-linh-vuc": "Số mục theo lĩnh vực",
    "quy-mo-nhom": "Số mục theo nhóm phức tạp",
    "he-so": "Phân bố hệ số quy đổi",
    "thay-doi": "Thay đổi ở các phiên bản được công bố gần đây",
    "khung-tieu-chi": "Khung tiêu chí đang áp dụng",
    results.CODE: "Kết quả đánh giá, xếp loại theo cơ quan",
}


@dataclass(frozen=True)
class CountedFigures:
    """Every figure, and for the next publication the people whose results they count, by unit with a row of its own."""

    figures: tuple[Figure, ...]
    disclosures: dict[str, Disclosure]


def count_all(day: datetime.date, report_progress: Callable[[int], object]) -> CountedFigures:
    """Count every figure as it stands on a day; ``report_progress`` gets the number of those done after each."""
    figures = []
    for build in BUILDERS.values():
        figures.append(build(day))
        report_progress(len(figures))
    last, disclosures = results.by_class(results.latest_results(day), results.last_disclosures())
    return CountedFigures((*figures, last), disclosures)
