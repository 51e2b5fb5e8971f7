"""Properties: any bytes give a workbook or a refusal; any table that is written is read back."""

from __future__ import annotations

import datetime
import io
import pathlib
import random
from functools import partial

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from importers.reading import FileRefused, Limits, Workbook
from importers.reading.worker import read_here
from tests.unit.importers.reading import test_xls as biff
from tests.unit.importers.reading.building import ods, parts, read_bytes, read_in_child, saved, xlsx, zipped

NAMES = st.sampled_from(["a.xlsx", "a.csv", "a.xls", "a.ods"])
STARTS = st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe", b"<", b"sep=;\n"])
BINARY = biff.compound(biff.book(biff.number(0, 0, 1.0) + biff.failure(1, 1, 7)))
SHARED = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), min_size=1, max_size=30
).filter(lambda text: not text.startswith(("=", "#")) and "_x" not in text)
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    TEXTS,
    st.integers(-(10**15), 10**15),
    # openpyxl writes 16 digits of a float.
    st.floats(-1e12, 1e12).map(lambda number: float(f"{number:.15g}")),
    st.dates(datetime.date(1900, 3, 1), datetime.date(2100, 1, 1)),
)


@settings(SHARED, max_examples=300)
@given(start=STARTS, data=st.binary(max_size=400), name=NAMES)
def test_any_bytes_give_a_workbook_or_a_refusal(tmp_path: pathlib.Path, start: bytes, data: bytes, name: str) -> None:
    path = tmp_path / "upload"
    path.write_bytes(start + data)

    assert isinstance(read_here(path, name, Limits()), Workbook | FileRefused)


@settings(SHARED, max_examples=300)
@given(seed=st.integers(0, 10**9), source=st.sampled_from(["xlsx", "ods", "xls"]), stored=st.booleans())
def test_a_good_file_with_wrong_bytes_gives_a_workbook_or_a_refusal(
    tmp_path: pathlib.Path, seed: int, source: str, stored: bool
) -> None:
    rows = '<row r="1"><c r="A1" s="0" t="s"><v>0</v></c><c r="B1"><f>A1</f><v>1.5</v></c></row>'
    method = 0 if stored else 8
    good = {
        "xlsx": zipped(
            parts(rows, strings="<si><t>a</t></si>", styles='<cellXfs><xf numFmtId="0"/></cellXfs>'), method
        ),
        "ods": ods('<table:table table:name="A"><table:table-row><table:table-cell/></table:table-row></table:table>'),
        "xls": BINARY,
    }[source]
    data, chance = bytearray(good), random.Random(seed)
    for _ in range(chance.randint(1, 4)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    path = tmp_path / "upload"
    path.write_bytes(data)

    assert isinstance(read_here(path, f"a.{source}", Limits()), Workbook | FileRefused)


@settings(SHARED, max_examples=300)
@given(rows=st.text(st.sampled_from('<>/="& rcvfts1A0' + "\n"), max_size=60))
def test_any_text_between_the_rows_gives_a_workbook_or_a_refusal(tmp_path: pathlib.Path, rows: str) -> None:
    path = tmp_path / "upload"
    path.write_bytes(xlsx(f'<row r="1"><c r="A1"><v>1</v></c></row>{rows}<row r="3"/>'))

    assert isinstance(read_here(path, "a.xlsx", Limits()), Workbook | FileRefused)


def written_by_openpyxl(table: list[list[object]]) -> bytes:
    def fill(book: openpyxl.Workbook) -> None:
        for number, cells in enumerate(table, start=1):
            for column, value in enumerate(cells, start=1):
                book.active.cell(number, column, value)

    return saved(fill)


def written_by_xlsxwriter(table: list[list[object]], **options: bool) -> bytes:
    file = io.BytesIO()
    options |= {"strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(file, {"default_date_format": "dd/mm/yyyy", **options}) as book:
        sheet = book.add_worksheet()
        for number, cells in enumerate(table):
            sheet.write_row(number, 0, cells)
    return file.getvalue()


WRITERS = {
    "openpyxl": written_by_openpyxl,
    "shared strings": written_by_xlsxwriter,
    "inline strings": partial(written_by_xlsxwriter, constant_memory=True),
}


@pytest.mark.parametrize("writer", WRITERS)
@settings(SHARED, max_examples=40)
@given(table=st.lists(st.lists(VALUES, min_size=1, max_size=6), max_size=8))
def test_any_table_that_is_written_is_read_back(tmp_path: pathlib.Path, writer: str, table: list[list[object]]) -> None:
    data = WRITERS[writer](table)

    found = {row.number: row.cells for row in read_bytes(tmp_path, data).sheets[0].rows}

    for number, cells in enumerate(table, start=1):
        while cells and cells[-1] is None:
            cells = cells[:-1]
        assert found.get(number, []) == cells


@settings(SHARED, max_examples=15)
@given(start=STARTS, data=st.binary(max_size=100), name=NAMES)
def test_any_bytes_come_through_the_child(tmp_path: pathlib.Path, start: bytes, data: bytes, name: str) -> None:
    try:
        outcome = read_in_child(tmp_path, start + data, name)
    except FileRefused:
        return

    assert isinstance(outcome, Workbook)
