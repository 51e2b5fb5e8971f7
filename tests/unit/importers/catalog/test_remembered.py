"""What was read once is remembered for its column; that may never hide what is odd about another cell."""

import copy
import random

import pytest

from importers.checking.cells import CellReader
from importers.reading.contract import Special
from tests.unit.importers.catalog.building import PLATFORM_HEADER, check_platform, codes, platform_row


def test_true_is_no_one():
    rows = [platform_row("TK.001", group=1), platform_row("TK.002", group=True), platform_row("TK.003", group=1.0)]
    assert codes(check_platform(*rows)) == [("number_boolean", 3)]


def test_an_error_is_told_each_time():
    rows = [platform_row(f"TK.{n:03}", coefficient="abc") for n in range(1, 4)]
    assert codes(check_platform(*rows)) == [("not_a_number", row) for row in (2, 3, 4)]


def test_a_warning_is_told_each_time():
    rows = [platform_row(f"TK.{n:03}", group="III") for n in range(1, 4)]
    assert codes(check_platform(*rows)) == [("read_as", row) for row in (2, 3, 4)]


def test_a_cell_that_is_a_formula_says_so_though_its_value_is_known():
    rows = [platform_row(f"TK.{n:03}") for n in range(1, 4)]
    found = check_platform(
        *rows, specials={(3, 8): Special("formula", "=1+0.5"), (4, 8): Special("error_value", "#REF!")}
    )
    assert codes(found) == [("formula_value_used", 3), ("error_value", 4)]


def test_a_percentage_is_no_number_though_its_value_is_known():
    rows = [platform_row(f"TK.{n:03}") for n in range(1, 3)]
    assert codes(check_platform(*rows, percent_cells={(3, 8)})) == [("number_percent", 3)]


ODD = [
    None, "", " ", "abc", "1,5", "1.5", "1.500", "-1", "0", 0, -0.0, 0.0, 1, 1.0, True, 1.5, 99999, "III", "Nhóm 2",
    "Báo  cáo", "Báo cáo ", "=1+1", "#REF!", "Err:502", "e", "Bao\u200bcao", "Thẩm định", "Thẩm đi\u0323nh", "Вáo cáo",
    "x" * 300, "x" * 6000, "ho\u00e0", "10 văn bản", "00 văn bản", "\u202eabc", "TK.001", "tk.001", "½", "²", "§ 5",
]  # fmt: skip


@pytest.mark.parametrize("seed", range(12))
def test_remembering_changes_no_verdict(seed, monkeypatch):
    chance = random.Random(seed)
    rows = []
    for number in range(120):
        row = platform_row(f"TK.{number:03}")
        for index in range(1, len(PLATFORM_HEADER)):
            if chance.random() < 0.15:
                row[index] = chance.choice(ODD)
        rows.append(row)
    quick = check_platform(*copy.deepcopy(rows))

    def one_by_one(self, number, cells):
        self.bad = set()
        return {
            column.key: self.read(column, number, index, cells[index] if index < len(cells) else None)
            for column, index in self._columns
        }

    monkeypatch.setattr(CellReader, "read_row", one_by_one)
    monkeypatch.setattr("importers.checking.cells.is_usual", lambda text: False)
    monkeypatch.setattr("importers.checking.rows.RowSorter._is_surely_item", lambda self, row: False)
    slow = check_platform(*copy.deepcopy(rows))

    assert quick.problems == slow.problems
    assert quick.notes == slow.notes
    assert quick.items == slow.items
