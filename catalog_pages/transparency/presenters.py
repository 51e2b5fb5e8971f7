"""A figure as pages and programs read it: with its chart, its files, the orders of its table, its source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from django.conf import settings
from django.utils import timezone

from catalog_pages.transparency.charts import Chart, draw_chart
from catalog_pages.transparency.figures import Figure, FigureColumn, records
from catalog_pages.transparency.models import TransparencyRelease
from cms.core.dates import format_date_vi


@dataclass(frozen=True)
class ColumnHeading:
    """A column's heading, the order that its link asks for, and how the table is in order by it."""

    column: FigureColumn
    order: str
    sorted: Literal["", "ascending", "descending"]


@dataclass(frozen=True)
class FigurePresentation:
    """A figure as a page shows it; ``table`` is the figure with its rows in the order that was asked for."""

    figure: Figure
    table: Figure
    chart: Chart | None
    files: tuple[tuple[str, str], ...]
    headings: tuple[ColumnHeading, ...]


def present_figure(figure: Figure, *, table: Figure | None = None, order: str = "") -> FigurePresentation:
    """Return a figure with what stands beside it."""
    chart = draw_chart(figure)
    files = [("csv", "CSV"), ("xlsx", "Excel"), ("json", "JSON"), *([("svg", "SVG")] if chart else [])]
    headings = tuple(_heading(column, order) for column in figure.columns)
    return FigurePresentation(figure, table or figure, chart, tuple(files), headings)


def _heading(column: FigureColumn, order: str) -> ColumnHeading:
    if order == column.name:
        return ColumnHeading(column, f"-{column.name}", "ascending")
    return ColumnHeading(column, column.name, "descending" if order == f"-{column.name}" else "")


def source_line(release: TransparencyRelease, figure: Figure) -> str:
    """Return where a figure is from and as which day it stands, in a line for a drawing of its own."""
    source = f"Nguồn: {figure.source}. " if figure.source else ""
    number, day = release.number, format_date_vi(release.as_of)
    return f"{source}Số liệu đến ngày {day}, bản công bố số {number}, {settings.THUOCDO_PROVINCE_NAME}."


def source_rows(release: TransparencyRelease, figure: Figure, address: str) -> list[tuple[str, str]]:
    """Return what a table says of itself off its page: from where, as of which day, how it was counted."""
    rows = (
        ("Tên", figure.title), ("Kết quả chính", figure.headline), ("Tóm tắt", figure.summary),
        ("Đơn vị tính", figure.unit), ("Cách tính", figure.notes), *figure.terms, ("Nguồn", figure.source),
        ("Số liệu đến ngày", format_date_vi(release.as_of)), ("Nơi công bố", settings.THUOCDO_PROVINCE_NAME),
        ("Bản công bố số", str(release.number)), ("SHA-256 của bản công bố", release.content_hash),
        ("Địa chỉ", address),
    )  # fmt: skip
    return [(name, text) for name, text in rows if text]


def figure_json(release: TransparencyRelease, figure: Figure) -> dict[str, Any]:
    """Return a figure as programs read it, with the release that it is of; rows as objects by names of columns."""
    return {
        "release": release.number, "published_at": timezone.localtime(release.published_at).isoformat(),
        "sha256": release.content_hash,
        "counted_on": release.as_of.isoformat(), "code": figure.code, "title": figure.title,
        "headline": figure.headline, "summary": figure.summary, "notes": figure.notes, "unit": figure.unit,
        "source": figure.source, "terms": [{"term": term, "meaning": meaning} for term, meaning in figure.terms],
        "columns": [
            {"name": column.name, "label": column.label, "kind": column.kind, "guarded": column.guarded}
            for column in figure.columns
        ],
        "rows": records(figure),
    }  # fmt: skip
