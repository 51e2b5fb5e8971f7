"""Files that are not edited in place are written anew, marked all the same."""

import datetime
import io

from importers.reading.contract import Row, Sheet, Special, Workbook
from importers.returned import Cell, Job
from importers.returned.job import COLOURS
from importers.returned.rewrite import rewrite
from tests.unit.importers.returned.building import BAD, LINE, WORDS, marked, opened


def test_a_csv_comes_back_as_a_marked_workbook() -> None:
    content = 'Mã;Hệ số;Ghi chú\nA1;abc;"=HYPERLINK(""x"")"\n007;;+84\n'.encode()

    book = opened(marked(content, {2: {2: BAD}, 3: {2: Cell("corrected", "", "1,5")}}, name="a.csv", sheet="CSV"))

    sheet = book["CSV"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows(max_col=3)] == [
        ["Mã", "Hệ số", "Ghi chú"], ["A1", "abc", '=HYPERLINK("x")'], ["007", "1,5", "+84"],
    ]  # fmt: skip
    assert {cell.data_type for row in sheet for cell in row if cell.value} == {"s"}
    assert (sheet["B2"].fill.fgColor.rgb, sheet["B2"].comment.text) == (COLOURS["error"], "không phải là số")
    assert sheet["B3"].fill.fgColor.rgb == COLOURS["corrected"]
    assert book["LoiCanSua"]["G5"].value == LINE.sentence


def test_values_of_every_kind_come_back_as_they_were() -> None:
    cells = ["chữ", 1.25, 3, True, datetime.date(2026, 6, 5), None, 0.5]
    sheet = Sheet("A", [Row(1, cells), Row(3, ["#REF!"])], merged=[(5, 1, 6, 2)], percent_cells={(1, 7)})
    sheet.specials = {(3, 1): Special("error_value", "#REF!")}
    out = io.BytesIO()

    rewrite(Workbook("ods", [sheet]), Job({"A": {3: {1: BAD}}}, [], WORDS), out)

    made = opened(out.getvalue())["A"]
    assert [cell.value for cell in made[1]] == ["chữ", 1.25, 3, True, datetime.datetime(2026, 6, 5), None, 0.5]
    assert (made["G1"].number_format, made["A3"].value, made["A3"].data_type) == ("0%", "#REF!", "s")
    assert str(made.merged_cells) == "A5:B6"
