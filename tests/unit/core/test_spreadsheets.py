import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.core.spreadsheets import harmless
from cms.core.text import starts_formula, take_off_guards

# Much of what makes a difference, little of what does not.
TEXTS = st.text(alphabet="=+-@＝;\t\r\n' \"a5,.", max_size=12)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a;=1+1", "a;'=1+1"), ("a\t@SUM(1)", "a\t'@SUM(1)"), ("a\n=1+1\nb", "a\n'=1+1\nb"), ("a;'=1", "a;''=1"),
        (';"=', ";'\"="),
        ("=1;=2", "'=1;'=2"), ("-5;=1", "'-5;'=1"), ("-5", "-5"), ("-1.234,5", "-1.234,5"), ("\n=1", "'\n'=1"),
        ("Họp; báo cáo", "Họp; báo cáo"), ("Họp; - báo cáo", "Họp; - báo cáo"), ("a;b=c", "a;b=c"), ("", ""),
    ],
)  # fmt: skip
def test_formulas_get_an_apostrophe_wherever_a_cell_could_begin(text, written):
    assert harmless(text) == written


@given(TEXTS)
def test_what_was_written_comes_back_as_it_was(text):
    assert take_off_guards(harmless(text)) == text


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_no_program_finds_a_formula_however_it_parts_the_cells(texts):
    out = io.StringIO()
    csv.writer(out).writerow(["TK.001", *map(harmless, texts)])

    for mark in ",;\t":
        cells = [cell for line in csv.reader(io.StringIO(out.getvalue(), newline=""), delimiter=mark) for cell in line]
        assert [cell for cell in cells if _runs(cell.strip("\r\n\t"))] == []


def _runs(cell):
    return starts_formula(cell) and not re.fullmatch("-[0-9]+([.,][0-9]+)*", cell)
