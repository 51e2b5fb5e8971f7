"""Makers of the corpus's files: a small good catalog, to be spoilt in one place."""

from __future__ import annotations

import datetime
import io
import re
import struct
import zipfile
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from tests.corpus.kinds import SHEET
from tests.unit.importers.reading.building import RELATIONS, parts, zipped

CODE, TASK, OUTPUT, UNIT, GROUP, K = HEADERS = (
    "Mã sản phẩm/công việc", "Tên nhiệm vụ", "Sản phẩm/công việc đầu ra", "Đơn vị tính", "Nhóm phức tạp (1-5)",
    "Hệ số quy đổi",
)  # fmt: skip
KEYS = ("code", "task", "output", "unit", "group", "coefficient")
SHEETS = f'<sheet name="{SHEET}" sheetId="1" r:id="rId1"/>'


# What XML cannot hold, Open XML writes by its number.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f]")


class Xml(str):
    """A cell as XML; ``{at}`` in it becomes its reference."""

    __slots__ = ()


def good(code: Any = "TK.001", **cells: Any) -> list[Any]:
    """A good row under HEADERS; name a cell by its key to change it."""
    number = "".join(character for character in str(code or "") if character.isdigit()) or "1"
    row = {
        "code": code, "task": f"Nhiệm vụ {number}", "output": "Báo cáo", "unit": "báo cáo", "group": 1,
        "coefficient": 1.5,
    }  # fmt: skip
    return list((row | cells).values())


def letters(column: int) -> str:
    """The letters of a column counted from 1."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def cell(value: Any, reference: str) -> str:
    """A cell as a streaming writer writes it: text inline, nothing shared."""
    if isinstance(value, Xml):
        return value.replace("{at}", reference)
    if value is None:
        return ""
    if isinstance(value, bool):
        return f'<c r="{reference}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, (int, float)):
        return f'<c r="{reference}"><v>{value!r}</v></c>'
    text = _CONTROLS.sub(lambda found: f"_x{ord(found[0]):04X}_", escape(str(value)))
    return f'<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def row_xml(number: int, cells: Iterable[Any], attributes: str = "") -> str:
    """A row of a worksheet."""
    inside = "".join(cell(value, f"{letters(place)}{number}") for place, value in enumerate(cells, start=1))
    return f'<row r="{number}"{attributes}>{inside}</row>'


def rows_xml(rows: Iterable[Sequence[Any]], first: int = 1) -> str:
    """Rows one below the other."""
    return "".join(row_xml(number, cells) for number, cells in enumerate(rows, start=first))


def book_parts(*rows: Sequence[Any], header: Sequence[Any] = HEADERS, **more: Any) -> dict[str, str | bytes]:
    """The parts of a workbook whose header stands in row 1 and whose data begin in row 2."""
    return parts(rows_xml([header, *rows]), **({"sheets": SHEETS} | more))


def book(*rows: Sequence[Any], **more: Any) -> bytes:
    """A workbook of ``book_parts``."""
    return zipped(book_parts(*rows, **more))


def quickly_zipped(members: dict[str, str | bytes]) -> bytes:
    """A zip of large members, packed as fast as can be."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def spoilt(**cells: Any) -> Callable[[], bytes]:
    """The maker of a workbook with a good row in row 3 and above it one with these cells."""
    return lambda: book(good(**cells), good("TK.900"))


def with_parts(members: dict[str, str | bytes], *rows: Sequence[Any], **more: Any) -> bytes:
    """A good workbook with more parts, or with others in place of its own."""
    return zipped({**book_parts(*(rows or [good()]), **more), **members})


def styled(code: str = "", number: int = 164) -> str:
    """The inside of a styles part: style 1 shows numbers in this format."""
    formats = f'<numFmts count="1"><numFmt numFmtId="{number}" formatCode={quoteattr(code)}/></numFmts>' if code else ""
    return f'{formats}<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="{number}"/></cellXfs>'


def several(**sheets: str) -> dict[str, str | bytes]:
    """The parts of a workbook with these sheets, each the inside of its data; a name may end in ``_hidden``."""
    names, relations, found = [], [], {}
    for number, (name, rows) in enumerate(sheets.items(), start=1):
        state = ' state="hidden"' if name.endswith("_hidden") else ""
        names.append(f'<sheet name="{name.removesuffix("_hidden")}" sheetId="{number}"{state} r:id="rId{number}"/>')
        target = f"worksheets/sheet{number}.xml"
        relations.append(f'<Relationship Id="rId{number}" Type="{RELATIONS}/worksheet" Target="{target}"/>')
        found[f"xl/{target}"] = worksheet(rows)
    base = parts("", sheets="".join(names))
    base["xl/_rels/workbook.xml.rels"] = relations_xml(*relations)
    return base | found


def worksheet(rows: str, before: str = "", after: str = "") -> str:
    """A worksheet part."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{main}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def relations_xml(*relations: str) -> str:
    """A part of relations."""
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{package}">{"".join(relations)}</Relationships>'


def csv_text(*rows: Sequence[Any], header: Sequence[Any] = HEADERS, mark: str = ",", end: str = "\r\n") -> str:
    """Rows below a header as the text of a CSV, the decimal comma with them."""
    return "".join(mark.join(_field(value, mark) for value in cells) + end for cells in (header, *rows))


def _field(value: Any, mark: str) -> str:
    text = str(value).replace(".", ",") if isinstance(value, float) else "" if value is None else str(value)
    return '"' + text.replace('"', '""') + '"' if any(c in text for c in f'{mark}"\r\n') else text


def rezipped(change: Callable[[zipfile.ZipFile], None], data: bytes | None = None) -> bytes:
    """A good workbook to whose zip something was added."""
    file = io.BytesIO(data or book(good()))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        change(archive)
    return file.getvalue()


def directory_changed(data: bytes, part: str, offset: int, value: int) -> bytes:
    """A zip whose directory says something else at ``offset`` of the entry of ``part`` (16 CRC, 24 real size)."""
    changed, place = bytearray(data), data.rfind(part.encode()) - 46
    assert data[place : place + 4] == b"PK\x01\x02"
    struct.pack_into("<L", changed, place + offset, value)
    return bytes(changed)


def staff(*rows: Sequence[Any]) -> bytes:
    """A workbook with a list of officers of the agency with the code ``thong-ke``."""
    return book(*rows, header=STAFF_HEADERS)


STAFF_HEADERS = (
    "Mã công chức", "Họ và tên", "Đối tượng", "Mã đơn vị", "Chức danh", "Vai trò", "Từ ngày", "Đến ngày",
)  # fmt: skip


def officer(code: str = "CC-1", first: Any = "01/01/2025", last: Any = None, **cells: Any) -> list[Any]:
    """A good row of that list."""
    row = {
        "code": code, "name": f"Công chức {code[3:]}", "category": "Công chức", "agency": "thong-ke",
        "position": "chuyen-vien", "role": "Không giữ chức vụ", "first": first, "last": last,
    }  # fmt: skip
    return list((row | cells).values())


def serial(day: datetime.date, epoch: datetime.date = datetime.date(1899, 12, 30)) -> int:
    """The number by which Excel stores a day."""
    return (day - epoch).days
