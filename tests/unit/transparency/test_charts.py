"""Charts and figures: the drawing, the table and the files say the same."""

from __future__ import annotations

import json
import re
from decimal import Decimal

from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from catalog_pages.transparency.charts import WIDTH, draw_chart, frame_chart
from catalog_pages.transparency.figures import (
    Drawing,
    Figure,
    FigureColumn,
    count_by_range,
    format_share,
    parse_figure,
    records,
)

COLUMNS = (
    FigureColumn("field", "Lĩnh vực"),
    FigureColumn("done", "Xong", "number"),
    FigureColumn("open", "Chưa xong", "number"),
)


def figure(*rows, values=("done", "open")):
    return Figure("thu", "Tên", "Câu", COLUMNS, rows, Drawing("field", values))


def test_bars_are_as_long_as_their_numbers():
    chart = draw_chart(figure(("A", 30, 10), ("B", 0, 20), ("C", 0, 0)))

    lengths = [[Decimal(part.width) for part in bar.parts] for bar in chart.bars]
    assert lengths[0][0] == 3 * lengths[0][1]
    assert lengths[1] == [2 * lengths[0][1]]
    assert lengths[2] == []
    assert [bar.number for bar in chart.bars] == ["40", "20", "0"]
    assert [label for _shade, label in chart.legend] == ["Xong", "Chưa xong"]
    assert chart.bars[0].parts[1].x == chart.bars[0].parts[0].width


def test_numbers_are_vietnamese_and_labels_break():
    chart = draw_chart(figure(("Ban Quản lý các khu công nghiệp và khu kinh tế tỉnh, Phòng Tổng hợp", 1234567, 0)))

    assert chart.bars[0].number == "1.234.567"
    assert len(chart.bars[0].label) == 2


def test_words_of_a_legend_end_before_the_next_square():
    chart = draw_chart(figure(("A", 30, 10)))
    (first, _y, _shade, label), (second, *_rest) = frame_chart(figure(("A", 30, 10)), chart, "Nguồn").legend

    # The widest of usual fonts writes a letter of 13 units about 8 wide; the square takes 19.
    assert second - first >= 19 + 8 * len(label)


def days(*rows):
    return Figure("thu", "Tên", "Câu", COLUMNS, rows, Drawing("field", ("done",), "signed"))


def test_what_is_early_stands_with_its_number_on_the_early_side():
    early, on_time, late = draw_chart(days(("A", -3, 0), ("B", 0, 0), ("C", 1, 0))).bars
    zero = Decimal(draw_chart(days(("A", -3, 0), ("C", 1, 0))).zero)

    assert Decimal(early.parts[0].x) + Decimal(early.parts[0].width) == zero
    assert (early.number, early.anchor) == ("-3", "end")
    assert 0 < Decimal(early.end) < Decimal(early.parts[0].x)
    assert (late.number, late.anchor) == ("+1", "start")
    assert Decimal(late.parts[0].x) == zero
    assert zero < Decimal(late.parts[0].x) + Decimal(late.parts[0].width) < Decimal(late.end) < WIDTH
    assert (on_time.number, on_time.anchor) == ("0", "start")


def test_the_line_of_zero_crosses_no_name():
    one = days(("Sở Giáo dục và Đào tạo, phòng Tổ chức cán bộ, bộ phận chuyên môn", -3, 0), ("Sở Nội vụ", 1, 0))
    drawn = render_to_string("catalog_pages/transparency/_bars.svg", {"chart": draw_chart(one)})

    lines = [tuple(map(int, found)) for found in re.findall(r'<line [^>]*y1="(\d+)" y2="(\d+)"', drawn)]
    names = [int(found) for found in re.findall(r'<text x="0" y="(\d+)"', drawn)]
    assert len(lines) == 2 and len(names) == 3
    # A letter of 13 units reaches 10 above its line and 4 below it.
    assert all(bottom < name - 10 or name + 4 < top for top, bottom in lines for name in names)


def test_there_is_no_chart_of_nothing():
    assert draw_chart(figure()) is None
    assert draw_chart(figure(("A", 0, 0))) is None


@given(st.lists(st.tuples(st.text(max_size=200), st.integers(0, 10**9), st.integers(0, 10**9)), max_size=30))
def test_nothing_stands_outside_the_drawing(rows):
    chart = draw_chart(figure(*rows))
    for bar in chart.bars if chart else ():
        assert bar.y + chart.bar_height <= chart.height
        assert all(0 < y <= chart.height for y, _line in bar.label)
        assert sum(Decimal(part.width) for part in bar.parts) <= WIDTH
        assert 0 <= Decimal(bar.end) < WIDTH


def test_a_figure_comes_back_from_json_as_it_was():
    one = figure(("A", 1, None))
    assert parse_figure(json.loads(json.dumps(one.as_json()))) == one
    assert records(one) == [{"field": "A", "done": 1, "open": None}]
    assert [text for _column, text in one.display_rows()[0]] == ["A", "1", "–"]


def test_days_and_decimals_are_shown_as_people_write_them():
    assert FigureColumn("day", "Ngày", "date").format_value("2026-06-05") == "05/06/2026"
    assert FigureColumn("k", "Hệ số", "decimal").format_value("1234.50") == "1.234,5"
    assert format_share(1, 3) == "33,3 %"
    assert format_share(0, 0) == "–"


def test_values_fall_into_ranges_that_take_in_their_upper_bound():
    assert count_by_range([(-9, 1), (-8, 2), (-1, 4), (0, 8), (7, 16), (8, 32)], (-8, -1, 0, 7)) == [3, 4, 8, 16, 32]
