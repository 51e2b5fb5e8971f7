"""The geometry of a chart: horizontal bars, one to a row of the table, each labelled with its own words. Pure.

Labels stand above their bars and never beside them, so that names of agencies fit and the drawing can shrink to a
phone. Every bar says its number; where a bar has several parts, parts differ in lightness and have a legend, and the
table beside gives every number. A drawing of its own (a file, embedded elsewhere) also says what it is of and whence.

Source: Government Analysis Function, "Data visualisation: charts" (bars begin at zero, direct labels, few colours).
"""

from __future__ import annotations

import datetime
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from catalog_pages.transparency.figures import Drawing, Figure, FigureColumn, Value
from cms.core.dates import format_date_vi

WIDTH = 360
# Rows that are drawn at most; the table has all.
MOST_BARS = 40
_BAR, _LINE, _GAP, _TOP = 18, 17, 14, 2
# Room to the right of the longest bar for its number, in the units of the drawing.
_ROOM = 58
_LETTERS = 50
# From light to dark: told apart in grey and by people who do not see colours.
SHADES = ("#e4ebf2", "#b3c6da", "#7ba0c4", "#3f74a6", "#123f6d")
_ONE = SHADES[3]
_EARLY, _LATE = SHADES[2], SHADES[4]
_EMPTY = "none"


@dataclass(frozen=True)
class BarPart:
    """A piece of a bar: where it begins, how wide it is, its shade, and its tooltip."""

    x: str
    width: str
    shade: str
    tooltip: str


@dataclass(frozen=True)
class Bar:
    """A row of the chart: the lines of its label with their heights, its parts, and the number at its end.

    ``anchor`` says which end of the number stands at ``end``, as SVG says it: a bar to the left has its number there.
    """

    label: tuple[tuple[int, str], ...]
    y: int
    parts: tuple[BarPart, ...]
    end: str
    number: str
    number_y: int
    anchor: str = "start"


@dataclass(frozen=True)
class Chart:
    """A drawing of ``height`` units; ``legend`` pairs shades with what they mean, empty where there is but one.

    ``zero`` is where the line of zero stands in a drawing to both sides; ``left_out`` how many rows are not drawn.
    """

    height: int
    bars: tuple[Bar, ...]
    legend: tuple[tuple[str, str], ...]
    zero: str = ""
    left_out: int = 0
    bar_height: int = _BAR
    width: int = WIDTH


@dataclass(frozen=True)
class _ChartRow:
    """What is drawn of a row: words above, parts as (place, length, shade, tooltip), words at the end."""

    label: str
    parts: tuple[tuple[Decimal, Decimal, str, str], ...]
    number: str
    below: str = ""


def draw_chart(figure: Figure) -> Chart | None:
    """Return the chart of a figure; None where it has none or nothing to draw."""
    drawing = figure.drawing
    if drawing is None or not figure.rows:
        return None
    rows = list({"bars": _bars, "signed": _signed, "spans": _spans}[drawing.form](figure, drawing))
    drawn = rows[:MOST_BARS]
    parts = [part for row in drawn for part in row.parts]
    least = min((place for place, _length, _shade, _tooltip in parts), default=Decimal(0))
    most = max((place + length for place, length, _shade, _tooltip in parts), default=Decimal(0))
    least, most = min(least, Decimal(0)), max(most, Decimal(0))
    if most == least:
        return None
    # Numbers of bars to the left stand to their left.
    left = _ROOM if least < 0 else 0
    scale = (WIDTH - _ROOM - left) / (most - least)
    bars, height = _lay_out(drawn, left - least * scale, scale)
    zero = _plain(left - least * scale) if drawing.form == "signed" else ""
    return Chart(height, bars, _legend(figure, drawing), zero, len(rows) - len(drawn))


def _bars(figure: Figure, drawing: Drawing) -> Iterator[_ChartRow]:
    columns = [figure.column(name) for name in drawing.values]
    shades = [shade for shade, _label in _legend(figure, drawing)] or [_ONE]
    for row in figure.rows:
        values = [_decimal(row[figure.column_index(name)]) for name in drawing.values]
        total = row[figure.column_index(drawing.total)] if drawing.total else _number(sum(values, Decimal(0)))
        parts = tuple(_stacked_parts(values, columns, shades, _decimal(total)))
        number = figure.column(drawing.total or drawing.values[0]).format_value(total)
        yield _ChartRow(str(row[figure.column_index(drawing.label)] or "–"), parts, number)


def _stacked_parts(
    values: Sequence[Decimal], columns: Sequence[FigureColumn], shades: Sequence[str], whole: Decimal
) -> Iterator[tuple[Decimal, Decimal, str, str]]:
    place = Decimal(0)
    for value, column, shade in zip(values, columns, shades, strict=False):
        if value:
            yield place, value, shade, f"{column.label}: {_number(value)}"
        place += value
    if whole > place:
        yield place, whole - place, _EMPTY, "Không công bố"


def _signed(figure: Figure, drawing: Drawing) -> Iterator[_ChartRow]:
    """Draw what is below zero to the left, what is above to the right; rows without a value are left to the table."""
    name = drawing.values[0]
    for row in figure.rows:
        value = row[figure.column_index(name)]
        if value is not None:
            length = _decimal(value)
            shade = _LATE if length > 0 else _EARLY
            formatted = figure.column(name).format_value(value)
            part = (min(length, Decimal(0)), abs(length), shade, f"{figure.column(name).label}: {formatted}")
            yield _ChartRow(
                str(row[figure.column_index(drawing.label)] or "–"),
                (part,),
                f"+{formatted}" if length > 0 else formatted,
            )


def _spans(figure: Figure, drawing: Drawing) -> Iterator[_ChartRow]:
    """Draw from day to day; what has no last day reaches to the end of the drawing."""
    first, last = (figure.column_index(name) for name in drawing.values)
    days = [_day(row[place]) for row in figure.rows for place in (first, last) if row[place]]
    begin, end = min(days), max(days)
    # A year more, so that what goes on is seen to go on.
    end = max(end + datetime.timedelta(30), begin + datetime.timedelta(365))
    for row in figure.rows:
        start, until = _day(row[first]), row[last]
        length = (_day(until) if until else end) - start
        tooltip = f"từ {format_date_vi(start)}" + (f" đến {format_date_vi(_day(until))}" if until else "")
        part = (Decimal((start - begin).days), Decimal(max(length.days, 1)), _ONE, tooltip)
        yield _ChartRow(str(row[figure.column_index(drawing.label)] or "–"), (part,), "" if until else "…", tooltip)


def _lay_out(rows: Iterable[_ChartRow], zero: Decimal, scale: Decimal) -> tuple[tuple[Bar, ...], int]:
    bars, y = [], _TOP
    for row in rows:
        lines = textwrap.wrap(row.label, _LETTERS)[:2] or ["–"]
        lines += [row.below] if row.below else []
        top = y + _LINE * len(lines)
        first = min((place for place, _length, _shade, _tooltip in row.parts), default=Decimal(0))
        last = max((place + length for place, length, _shade, _tooltip in row.parts), default=Decimal(0))
        end, anchor = (first * scale - 6, "end") if first < 0 else (max(last, Decimal(0)) * scale + 6, "start")
        bars.append(
            Bar(
                label=tuple((y + _LINE * number - 5, line) for number, line in enumerate(lines, start=1)),
                y=top, number=row.number, number_y=top + 14, end=_plain(zero + end), anchor=anchor,
                parts=tuple(
                    BarPart(_plain(zero + place * scale), _plain(length * scale), shade, tooltip)
                    for place, length, shade, tooltip in row.parts
                ),
            )
        )  # fmt: skip
        y = top + _BAR + _GAP
    return tuple(bars), y - _GAP + _TOP


def _legend(figure: Figure, drawing: Drawing) -> tuple[tuple[str, str], ...]:
    if drawing.form == "signed":
        return ((_EARLY, "Sớm hoặc đúng hạn"), (_LATE, "Trễ hạn"))
    columns = [figure.column(name) for name in drawing.values]
    if drawing.form == "spans" or len(columns) == 1:
        return ()
    shades = SHADES[-len(columns) :]
    legend = tuple(zip(shades, (column.label for column in columns), strict=True))
    return (*legend, (_EMPTY, "Không công bố")) if drawing.total else legend


# ---- A drawing of its own --------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class FramedChart:
    """What stands around a chart in a file of its own: lines of text with their heights, the legend, where bars begin.

    ``lines`` are (height, text, is bold); ``legend`` (x, height, shade, label).
    """

    chart: Chart
    lines: tuple[tuple[int, str, bool], ...]
    legend: tuple[tuple[int, int, str, str], ...]
    shift: int
    height: int


def frame_chart(figure: Figure, chart: Chart, source: str) -> FramedChart:
    """Return the chart with its headline, what is counted, the legend, and below the source."""
    lines: list[tuple[int, str, bool]] = []
    y = 4
    unit = f"Đơn vị tính: {figure.unit}" if figure.unit else ""
    for text, bold in ((figure.headline, True), (figure.title, not figure.headline), (unit, False)):
        for line in textwrap.wrap(text, _LETTERS - 4 if bold else _LETTERS):
            y += _LINE
            lines.append((y, line, bold))
    legend, y = _legend_lines(chart, y + 6)
    shift, y = y + 8, y + 8 + chart.height
    for line in textwrap.wrap(source, _LETTERS):
        y += _LINE
        lines.append((y, line, False))
    return FramedChart(chart, tuple(lines), legend, shift, y + 8)


def _legend_lines(chart: Chart, y: int) -> tuple[tuple[tuple[int, int, str, str], ...], int]:
    placed, x = [], 0
    if chart.legend:
        y += _LINE
    for shade, label in chart.legend:
        # The square, the words as wide as the widest of usual fonts writes them, and room between.
        width = 19 + 8 * len(label) + 10
        if x and x + width > WIDTH:
            x, y = 0, y + _LINE + 3
        placed.append((x, y, shade, label))
        x += width
    return tuple(placed), y


def _day(value: Value) -> datetime.date:
    return datetime.date.fromisoformat(str(value))


def _decimal(value: Value | Decimal) -> Decimal:
    return Decimal(str(value or 0))


def _plain(length: Decimal) -> str:
    return format(length.quantize(Decimal("0.1")), "f")


def _number(value: Value | Decimal) -> str:
    return format(_decimal(value).normalize(), "f")
