"""Small files, right and wrong, for the reading room's tests."""

from __future__ import annotations

import io
import pathlib
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest

from importers.reading import FileRefused, Limits, Workbook, read
from importers.reading.worker import read_here

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def parts(
    rows: str = "",
    *,
    before: str = "",
    after: str = "",
    sheet: str | bytes | None = None,
    strings: str | None = None,
    styles: str | None = None,
    sheets: str = '<sheet name="A" sheetId="1" r:id="rId1"/>',
    properties: str = "",
    content_type: str = SHEET_TYPE,
    namespace: str = MAIN,
) -> dict[str, str | bytes]:
    """The parts of a one-sheet workbook around ``rows`` (the inside of sheetData), or around a whole ``sheet``."""
    whole = sheet
    if whole is None:
        whole = f'<worksheet xmlns="{namespace}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'
    relations = f'<Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
    found: dict[str, str | bytes] = {"xl/worksheets/sheet1.xml": whole}
    if strings is not None:
        found["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{strings}</sst>'
        relations += f'<Relationship Id="rId2" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
    if styles is not None:
        found["xl/styles.xml"] = f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>'
        relations += f'<Relationship Id="rId3" Type="{RELATIONS}/styles" Target="styles.xml"/>'
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        f'<Override PartName="/xl/workbook.xml" ContentType="{content_type}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{namespace}" xmlns:r="{RELATIONS}">{properties}'
        f"<sheets>{sheets}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>',
        **found,
    }


def zipped(members: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of the members."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def xlsx(*args: Any, **kwargs: Any) -> bytes:
    """The bytes of a workbook made by ``parts``."""
    return zipped(parts(*args, **kwargs))


def ods(table: str, styles: str = "") -> bytes:
    """The bytes of an .ods whose spreadsheet holds ``table``."""
    names = "".join(
        f' xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"'
        for prefix in ("office", "table", "text", "style", "calcext")
    )
    content = (
        f"<office:document-content{names}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped({"mimetype": ODS_TYPE, "content.xml": content})


def saved(fill: Callable[[openpyxl.Workbook], None]) -> bytes:
    """The bytes of a workbook that openpyxl wrote."""
    book, file = openpyxl.Workbook(), io.BytesIO()
    fill(book)
    book.save(file)
    return file.getvalue()


def read_bytes(folder: pathlib.Path, data: bytes, name: str = "a.xlsx", limits: Limits | None = None) -> Workbook:
    """Read ``data`` as an upload called ``name``, in this process: starting a child takes longer."""
    path = folder / "upload"
    path.write_bytes(data)
    outcome = read_here(path, name, limits or Limits())
    if isinstance(outcome, FileRefused):
        raise outcome
    return outcome


def codes_of(folder: pathlib.Path, data: bytes, name: str = "a.xlsx", limits: Limits | None = None) -> list[str]:
    """The codes for which reading ``data`` is refused."""
    with pytest.raises(FileRefused) as refused:
        read_bytes(folder, data, name, limits)
    return [problem.code for problem in refused.value.problems]


def read_in_child(folder: pathlib.Path, data: bytes, name: str = "a.xlsx", limits: Limits | None = None) -> Workbook:
    """Read ``data`` the way the application does."""
    path = folder / "upload"
    path.write_bytes(data)
    return read(path, name=name, limits=limits or Limits())


def values(book: Workbook, sheet: int = 0) -> list[list[Any]]:
    """The cells of a sheet's rows."""
    return [row.cells for row in book.sheets[sheet].rows]
