"""Reading an uploaded workbook: beside only parsing its XML, beside other readers, by its size, and its memory."""

import datetime
import os
import pathlib
import random
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

import openpyxl
import pytest
import python_calamine
import xlsxwriter

from importers.demo.works import SPECIAL, works_of
from importers.reading import Limits, read
from tests.benchmarks.measure import Table, median_ms
from tests.unit.importers.reading.building import xlsx

# Reading knows no database: once is enough.
pytestmark = pytest.mark.skipif("DATABASE_URL" in os.environ, reason="measured with SQLite")

SMALL, MIDDLE, BIG = 10_000, 50_000, 100_000
LIMITS = Limits(rows=BIG)
HEADERS = (
    "STT", "Mã sản phẩm/công việc", "Tên nhiệm vụ", "Công việc chi tiết", "Sản phẩm/công việc đầu ra", "Đơn vị tính",
    "Nhóm phức tạp (1-5)", "Thời gian chuẩn (giờ)", "Điểm quy đổi", "Hệ số quy đổi", "Lĩnh vực", "Ghi chú",
)  # fmt: skip
PHRASES = sorted(
    {
        text
        for agency in [*SPECIAL, "every"]
        for tasks in works_of(agency).values()
        for task, works in tasks
        for text in (task, *(name for name, *_rest in works))
    }
)
OUTPUTS = ["báo cáo", "văn bản", "báo cáo thẩm định", "hồ sơ", "giấy phép", "kế hoạch", "biên bản kiểm tra"]
# A process as the web has it: everything imported, then one upload read.
READER = (
    "import pathlib, sys, django; django.setup(); from importers.reading import read; "
    "book = read(pathlib.Path(sys.argv[1]), name='a.xlsx'); assert len(book.sheets[0].rows) > 50_000"
)


def catalog(count: int) -> Iterator[list[Any]]:
    """Yield ``count`` rows of 12 columns, as catalogs have them."""
    chance = random.Random(count)
    for number in range(1, count + 1):
        score = 5 * (1 + number % 20)
        yield [
            number, f"VP.{number:06}", chance.choice(PHRASES), f"{chance.choice(PHRASES)}, số {number}",
            chance.choice(OUTPUTS), "01 văn bản", 1 + number % 5, score * 1.5, score, score / 5 + number % 5 / 100,
            f"Lĩnh vực {number % 15}", None if number % 3 else "rà soát",
        ]  # fmt: skip


def write(path: pathlib.Path, count: int, **options: bool) -> pathlib.Path:
    """Write a workbook of plain values."""
    with xlsxwriter.Workbook(path, options) as book:
        sheet = book.add_worksheet("DanhMuc")
        sheet.write_row(0, 0, HEADERS)
        for place, row in enumerate(catalog(count), start=1):
            sheet.write_row(place, 0, row)
    return path


def write_formatted(path: pathlib.Path, count: int) -> pathlib.Path:
    """Write a workbook with borders around every cell, empty ones too, a date and a formula in each row."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("DanhMuc")
        plain, day = book.add_format({"border": 1}), book.add_format({"border": 1, "num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, HEADERS, plain)
        for place, row in enumerate(catalog(count), start=1):
            sheet.write_row(place, 0, row, plain)
            sheet.write_datetime(place, 7, datetime.datetime(2026, 1, 1 + place % 28), day)
            sheet.write_formula(place, 9, f"=I{place + 1}/5", plain, row[8] / 5)
    return path


def parse_bare(path: pathlib.Path) -> None:
    """Unzip and parse the sheet, and do nothing with what is met."""
    with zipfile.ZipFile(path) as archive:
        expat.ParserCreate().Parse(archive.read("xl/worksheets/sheet1.xml"), True)


def parse_with_empty_handlers(path: pathlib.Path) -> None:
    """Unzip and parse the sheet, calling Python for each tag."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, attributes: None
    parser.EndElementHandler = lambda name: None
    parser.CharacterDataHandler = lambda data: None
    with zipfile.ZipFile(path) as archive:
        parser.Parse(archive.read("xl/worksheets/sheet1.xml"), True)


def read_with_openpyxl(path: pathlib.Path) -> None:
    list(openpyxl.load_workbook(path, read_only=True).active.values)


def test_reading_beside_only_parsing(tmp_path):
    table = Table(f"Reading {BIG:,} rows of 12 columns beside unzipping and parsing its sheet with expat")
    files = {
        "shared strings": write(tmp_path / "shared.xlsx", BIG),
        "inline strings": write(tmp_path / "inline.xlsx", BIG, constant_memory=True),
        "borders, dates and formulas": write_formatted(tmp_path / "formatted.xlsx", BIG),
    }
    calling = Table("The same beside a parse that calls an empty Python function for each tag")
    for what, path in files.items():
        ours, bare, empty = median_ms(
            lambda p=path: read(p, name="a.xlsx", limits=LIMITS),
            lambda p=path: parse_bare(p),
            lambda p=path: parse_with_empty_handlers(p),
            rounds=5,
        )
        table.compare(what, ours, bare, 3 if "strings" in what else 4)
        calling.compare(what, ours, empty, 1.5)
    table.show()
    calling.show()
    assert not table.missed


def test_reading_by_size_and_beside_other_readers(tmp_path):
    small, middle = write(tmp_path / "small.xlsx", SMALL), write(tmp_path / "middle.xlsx", MIDDLE)
    sizes = Table(f"Reading {MIDDLE:,} rows beside {SMALL:,}")
    first, fifth = median_ms(
        lambda: read(small, name="a.xlsx", limits=LIMITS), lambda: read(middle, name="a.xlsx", limits=LIMITS), rounds=7
    )
    sizes.compare("shared strings", fifth, first, 5.5)
    readers = Table(f"Reading {SMALL:,} rows, ours (in a child process, everything checked) beside other readers")
    ours, calamine, other = median_ms(
        lambda: read(small, name="a.xlsx", limits=LIMITS),
        lambda: python_calamine.load_workbook(str(small)).get_sheet_by_index(0).to_python(),
        lambda: read_with_openpyxl(small),
        rounds=3,
    )
    readers.compare("python-calamine (values only)", ours, calamine, 3)
    readers.compare("openpyxl, read only", ours, other, 0.25)
    sizes.show()
    readers.show()
    assert not sizes.missed + readers.missed


def test_memory_of_all_processes(tmp_path):
    for what, options in {"shared strings": {}, "inline strings": {"constant_memory": True}}.items():
        path = write(tmp_path / "middle.xlsx", MIDDLE, **options)

        peak = peak_of([sys.executable, "-c", READER, str(path)])

        print(f"\nPeak memory of all processes, {MIDDLE:,} rows, {what}: {peak} MB (goal: at most 350)")
        assert peak <= 350


def peak_of(command: list[str]) -> int:
    """Return the most megabytes that a command and its children held at one time."""
    most = 0
    with subprocess.Popen(command) as process:
        while process.poll() is None:
            most = max(most, sum(map(resident, [process.pid, *children_of(process.pid)])))
            time.sleep(0.005)
    assert process.returncode == 0
    return most // 1024


def children_of(process: int) -> list[int]:
    try:
        return [int(child) for child in pathlib.Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except OSError:
        return []


def resident(process: int) -> int:
    """Return the kilobytes that a process holds now; 0 when it is gone."""
    try:
        lines = pathlib.Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS:")), 0)


def test_files_that_are_much_and_hold_little(tmp_path):
    wide = "".join(f'<c r="{name}{{0}}" s="0"/>' for name in "ABCDEFGH")
    row = f'<row r="{{0}}" ht="15" customHeight="1">{wide}</row>'
    files = {
        "a million formatted rows": "".join(row.format(number) for number in range(1, 1_000_001)),
        "50,000 rows no two of which are written alike": "".join(
            f'<row r="{n}"><c r="A{n}" s="{n % 997}"><v>1</v></c><c s="{n % 991}"><v>2</v></c></row>'
            for n in range(1, 50_001)
        ),
    }
    for what, rows in files.items():
        path = tmp_path / "much.xlsx"
        path.write_bytes(xlsx(rows, styles="<cellXfs>" + '<xf numFmtId="0"/>' * 1000 + "</cellXfs>"))
        start = time.perf_counter()

        read(path, name="a.xlsx")

        taken = time.perf_counter() - start
        print(f"\n{what}, {path.stat().st_size // 1024} KB: {taken:.1f} s (goal: at most 30)")
        assert taken <= 30
