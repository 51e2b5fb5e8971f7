"""The workbook that comes back with its errors, beside nothing but unzipping its sheet and parsing that with expat."""

import dataclasses
import random
import resource
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.parsers import expat

import pytest

from importers.reading.contract import Limits
from importers.returned import Cell, Job, Line, Words
from importers.returned.child import mark
from tests.benchmarks.measure import Table, median_ms

ROWS = 100_000
HEADINGS = (
    "Mã sản phẩm/công việc", "Lĩnh vực", "Tên nhiệm vụ", "Công việc chi tiết", "Sản phẩm/công việc đầu ra",
    "Đơn vị tính", "Nhóm phức tạp (1-5)", "Thời gian chuẩn (giờ)", "Điểm quy đổi", "Hệ số quy đổi", "Căn cứ pháp lý",
    "Ghi chú",
)  # fmt: skip
NUMBERS = {6, 7, 8, 9}
COEFFICIENT = 10
WORDS = Words("LoiCanSua", "Lỗi", "Hãy sửa", ("Trang tính", "Ô", "Dòng", "Cột", "Giá trị", "Loại", "Câu"))
MOST_MIB = 350


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workbook of 100,000 rows of 12 columns, as a streaming writer makes it."""
    import xlsxwriter

    path = tmp_path_factory.mktemp("workbooks") / "danh-muc.xlsx"
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet("DanhMuc")
    for column, heading in enumerate(HEADINGS):
        sheet.write_string(0, column, heading)
    for row in range(1, ROWS + 1):
        for column, heading in enumerate(HEADINGS):
            if column in NUMBERS:
                sheet.write_number(row, column, 1 + row % 500 / 4)
            else:
                sheet.write_string(row, column, f"{heading} của việc số {row}")
    book.close()
    return path


def parse(path: Path) -> None:
    parser = expat.ParserCreate()
    with zipfile.ZipFile(path) as archive, archive.open("xl/worksheets/sheet1.xml") as sheet:
        while data := sheet.read(1 << 18):
            parser.Parse(data)
    parser.Parse(b"", True)


def job(bad: int) -> Job:
    """Return the marks of a file in which so many rows have an error."""
    said = "“abc” không phải là số. Hãy viết bằng chữ số, dấu phẩy cho phần thập phân, ví dụ 1,5."
    rows = sorted(random.Random(bad).sample(range(2, ROWS + 2), bad))
    marks = {row: {COEFFICIENT: Cell("error", said if count < 10_000 else "")} for count, row in enumerate(rows)}
    lines = [Line("DanhMuc", row, COEFFICIENT, "Hệ số quy đổi", "abc", "Lỗi", said) for row in rows]
    return Job({"DanhMuc": marks}, lines, WORDS, dataclasses.asdict(Limits()))


def marked(path: Path, wanted: Job) -> None:
    mark(path, path.name, wanted, seconds=60).close()


def test_marking_100_000_rows(workbook: Path) -> None:
    table = Table("The workbook with its errors, 100,000 rows of 12 columns, beside unzipping and parsing its sheet")
    for bad in (1_000, 10_000, 100_000):
        wanted = job(bad)
        bare, ours = median_ms(lambda: parse(workbook), lambda wanted=wanted: marked(workbook, wanted), rounds=3)
        table.compare(f"{bad:,} bad cells", ours, bare, 12)
    table.show()
    assert not table.missed


def test_marking_keeps_its_memory_small(workbook: Path, tmp_path: Path) -> None:
    (tmp_path / "job.json").write_text(job(10_000).dump())
    code = (
        "import sys; from pathlib import Path; from importers.returned.job import Job;"
        "from importers.returned.worker import mark_here;"
        "mark_here(Path(sys.argv[1]), 'a.xlsx', Job.load(Path(sys.argv[2]).read_text()), Path(sys.argv[3]))"
    )
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss

    files = (str(workbook), str(tmp_path / "job.json"), str(tmp_path / "out.xlsx"))
    subprocess.run([sys.executable, "-c", code, *files], check=True)

    peak = max(before, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1024
    print(f"\nPeak memory of marking: {peak:.0f} MiB (goal: under {MOST_MIB})")
    assert peak < MOST_MIB
