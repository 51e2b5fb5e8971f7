"""The criteria frameworks by which people and agencies are judged now."""

from __future__ import annotations

import datetime

from catalog_pages.transparency.figures import Drawing, Figure, FigureColumn
from cms.frameworks.models import FrameworkVersion


def in_force(day: datetime.date) -> Figure:
    """List the versions of frameworks that hold on the day."""
    versions = FrameworkVersion.objects.effective_on(day).select_related("framework__agency").order_by("name", "pk")
    rows = tuple(
        (
            version.name, version.number, version.effective_from.isoformat(),
            version.effective_to.isoformat() if version.effective_to else None,
        )
        for version in versions.defer("content")
    )  # fmt: skip
    columns = (
        FigureColumn("framework", "Khung tiêu chí"), FigureColumn("version", "Phiên bản", "number"),
        FigureColumn("effective_from", "Áp dụng từ", "date"), FigureColumn("effective_to", "Đến", "date"),
    )  # fmt: skip
    return Figure(
        "khung-tieu-chi", "Khung tiêu chí đang áp dụng", f"{len(rows)} khung tiêu chí đang được áp dụng.", columns,
        rows, Drawing("framework", ("effective_from", "effective_to"), "spans"),
        "Mỗi phiên bản có địa chỉ và mã băm không đổi, đọc được ở mục Khung tiêu chí.",
        headline=f"{len(rows)} khung tiêu chí đang được áp dụng" if rows else "", unit="Thời gian áp dụng",
        source="Các khung tiêu chí đã được phê duyệt, công khai tại trang Khung tiêu chí",
        terms=(("Khung tiêu chí", "Bộ tiêu chí, cách tính điểm và ngưỡng xếp loại dùng để theo dõi, đánh giá."),),
    )  # fmt: skip
