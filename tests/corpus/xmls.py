"""The parts: entities in any encoding, XML that breaks off, references that cannot be."""

from __future__ import annotations

import codecs
import io
import zipfile

from tests.corpus.kinds import WrongFile, accepted, at, rejected
from tests.corpus.making import (
    HEADERS,
    SHEETS,
    Xml,
    book,
    book_parts,
    good,
    relations_xml,
    row_xml,
    rows_xml,
    spoilt,
    with_parts,
    worksheet,
)
from tests.unit.importers.reading.building import MAIN, RELATIONS, STRICT, ods, xlsx, zipped

# What no answer may ever hold: the text of a file of the server that entities name.
CANARY = "/etc/hostname"
EXTERNAL = f'<!DOCTYPE a [<!ENTITY canary SYSTEM "file://{CANARY}">]>'
LAUGHS = "<!DOCTYPE a [<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10)
) + "]>"  # fmt: skip
ENTITY = Xml('<c r="{at}" t="inlineStr"><is><t>&canary;</t></is></c>')
ADDRESS = '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/canary.dtd">'
SHEET = "xl/worksheets/sheet1.xml"


def _sheet(text: str | bytes) -> bytes:
    return with_parts({SHEET: text})


def _rows(rows: str) -> bytes:
    return xlsx(row_xml(1, HEADERS) + rows, sheets=SHEETS)


def _declared(part: str, declaration: str, encoding: str = "utf-8", bom: bytes = b"") -> bytes:
    text = f'<?xml version="1.0" encoding="{encoding.removesuffix("-le").removesuffix("-be")}"?>{declaration}<a/>'
    return with_parts({part: bom + text.encode(encoding)})


def _entity(id: str, what: str, data: bytes) -> WrongFile:
    return rejected(id, what, lambda: data, "xml_declares_entities")


def _broken(id: str, what: str, rows: str) -> WrongFile:
    return rejected(id, what, lambda: _rows(rows), "broken_part")


def _outside() -> bytes:
    """Relations that point to an address and to a file of the server: pictures, links, another workbook."""
    outside = "".join(
        f'<Relationship Id="rId{number}" Type="{RELATIONS}/{kind}" Target="{target}" TargetMode="External"/>'
        for number, (kind, target) in enumerate(
            (("image", "http://127.0.0.1:9/canary.png"), ("hyperlink", f"file://{CANARY}"),
             ("externalLinkPath", "\\\\127.0.0.1\\canary.xlsx")), start=1)
    )  # fmt: skip
    return with_parts({"xl/worksheets/_rels/sheet1.xml.rels": relations_xml(outside)})


def outside_files(address: str, file: str) -> list[bytes]:
    """Files that would have a program call an address or read a file of the server, each in another way."""
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{RELATIONS}/{kind}" Target="{target}" TargetMode="External"/>'
        for number, (kind, target) in enumerate(
            ((kind, target) for kind in ("image", "hyperlink", "worksheet") for target in (address, file)), start=1
        )
    )
    drawing = '<drawing r:id="rId1" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/>'
    entities = [f'<!DOCTYPE a [<!ENTITY canary SYSTEM "{target}">]>' for target in (address, file)]
    entities += [
        f'<!DOCTYPE a SYSTEM "{address}a.dtd">',
        f'<!DOCTYPE a [<!ENTITY % canary SYSTEM "{address}b"> %canary;]>',
    ]
    return [
        with_parts({"xl/worksheets/_rels/sheet1.xml.rels": relations_xml(relations)}, after=drawing),
        with_parts({"xl/_rels/workbook.xml.rels": relations_xml(relations)}),
        book(good(coefficient=Xml(f'<c r="{{at}}"><f>WEBSERVICE("{address}")</f><v>1</v></c>'))),
        *(_sheet(entity + worksheet(rows_xml([HEADERS, good(task=ENTITY)]))) for entity in entities),
    ]


def _outside_sheet() -> bytes:
    relation = f'<Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="file://{CANARY}" TargetMode="External"/>'
    return with_parts({"xl/_rels/workbook.xml.rels": relations_xml(relation)})


def _sheet_at(target: str, kind: str = "worksheet") -> bytes:
    relation = f'<Relationship Id="rId1" Type="{RELATIONS}/{kind}" Target="{target}"/>'
    return with_parts({"xl/_rels/workbook.xml.rels": relations_xml(relation)})


def _lost(part: str, **more: str) -> bytes:
    members = book_parts(good(), **more)
    del members[part]
    return zipped(members)


def _utf16_sheet() -> bytes:
    text = '<?xml version="1.0" encoding="UTF-16"?>' + worksheet(rows_xml([HEADERS, good()]))
    return _sheet(codecs.BOM_UTF16_LE + text.encode("utf-16-le"))


def _prefixed() -> bytes:
    text = worksheet(rows_xml([HEADERS, good()])).replace("xmlns=", "xmlns:x=")
    return _sheet(text.replace("</", "</x:").replace("<", "<x:").replace("<x:/x:", "</x:"))


def _ods_with(part: str, content: str) -> bytes:
    file = io.BytesIO(ods('<table:table table:name="A"/>'))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(part, content)
    return file.getvalue()


def _many_sheets() -> bytes:
    """Ten thousand sheets that are all one part."""
    names = "".join(f'<sheet name="S{number}" sheetId="{number}" r:id="rId1"/>' for number in range(1, 10_001))
    return xlsx(rows_xml([HEADERS, *(good(f"TK.{number}") for number in range(200))]), sheets=names)


_DEEP = "<a>" * 5000 + "</a>" * 5000

XMLS = [
    _entity("entity-file", "an entity that names a file of the server",
            _sheet(EXTERNAL + worksheet(rows_xml([HEADERS, good(task=ENTITY)])))),
    _entity("entity-laughs", "a billion laughs in the shared strings",
            zipped(book_parts(good(), strings="") | {"xl/sharedStrings.xml": f'{LAUGHS}<sst xmlns="{MAIN}"/>'})),
    _entity("entity-address", "a document type at an address", _declared("docProps/core.xml", ADDRESS)),
    _entity("entity-utf16-le", "a document type in a UTF-16 part",
            _declared("customXml/item1.xml", EXTERNAL, "utf-16-le", codecs.BOM_UTF16_LE)),
    _entity("entity-utf16-be", "the same with the big end first",
            _declared("customXml/item1.xml", EXTERNAL, "utf-16-be", codecs.BOM_UTF16_BE)),
    _entity("entity-other-name", "a document type in a part that is not called .xml",
            _declared("xl/media/image1.svg", EXTERNAL)),
    _entity("entity-utf16-other-name", "the same in UTF-16",
            _declared("xl/printerSettings/a.bin", EXTERNAL, "utf-16-le", codecs.BOM_UTF16_LE)),
    rejected("entity-ods", "a document type in the styles of an .ods",
             lambda: _ods_with("styles.xml", f"{EXTERNAL}<a/>"), "xml_declares_entities", name="danh-muc.ods"),
    accepted("outside-relations", "pictures and links that lie outside: nobody asks for them", _outside, rows=1),
    rejected("outside-sheet", "a sheet that is a file of the server", _outside_sheet, "broken_part"),
    rejected("sheet-breaks-off", "a sheet that stops being XML after good rows",
             lambda: _sheet(worksheet(rows_xml([HEADERS, good()]))[:-40]), "broken_part"),
    rejected("sheet-not-xml", "a sheet of bytes", lambda: _sheet(bytes(range(256))), "broken_part"),
    rejected("sheet-empty-part", "a sheet of no bytes", lambda: _sheet(b""), "broken_part"),
    rejected("sheet-wrong-root", "a sheet that is a table of a web page",
             lambda: _sheet("<html><body/></html>"), "broken_part"),
    rejected("sheet-missing", "a sheet that is not there", lambda: _lost(SHEET), "missing_part"),
    rejected("workbook-missing", "no workbook part", lambda: _lost("xl/workbook.xml"), "missing_part"),
    rejected("types-missing", "no list of content types", lambda: _lost("[Content_Types].xml"), "not_a_workbook"),
    rejected("theme-broken", "a theme that breaks off", lambda: with_parts({"xl/theme/theme1.xml": "<a><b></a>"}),
             "broken_part"),
    rejected("nesting", "5,000 elements in each other",
             lambda: with_parts({"customXml/item1.xml": _DEEP}), "broken_part"),
    rejected("nesting-sheet", "5,000 elements in a sheet", lambda: _sheet(worksheet("", after=_DEEP)), "broken_part"),
    rejected("strings-missing", "shared strings that are not there",
             lambda: _lost("xl/sharedStrings.xml", strings="<si><t>a</t></si>"), "missing_part"),
    rejected("sheet-upwards", "a sheet ../../../etc/passwd", lambda: _sheet_at("../../../etc/passwd"), "missing_part"),
    rejected("chart-alone", "a workbook of one chart", lambda: _sheet_at("chartsheets/sheet1.xml", "chartsheet"),
             "no_sheet"),
    _broken("string-index", "a shared string that is not there",
            row_xml(2, [Xml('<c r="{at}" t="s"><v>7</v></c>'), *good()[1:]])),
    _broken("cell-other-row", "a cell that says it stands in another row", '<row r="2"><c r="A3"><v>1</v></c></row>'),
    _broken("cell-beyond", "a cell in column XFE", '<row r="2"><c r="XFE2"><v>1</v></c></row>'),
    _broken("cell-twice", "one cell twice", '<row r="2"><c r="A2"><v>1</v></c><c r="A2"><v>2</v></c></row>'),
    _broken("row-twice", "one row twice", row_xml(2, good()) + row_xml(2, good("TK.002"))),
    _broken("row-zero", "row 0", '<row r="0"><c r="A0"><v>1</v></c></row>'),
    _broken("row-beyond", "row 1,048,577", '<row r="1048577"><c r="A1048577"><v>1</v></c></row>'),
    _broken("number-nonsense", "a number that is none", '<row r="2"><c r="A2"><v>một</v></c></row>'),
    _broken("cell-type-unknown",
             "a cell of a type that does not exist", '<row r="2"><c r="A2" t="zzz"><v>1</v></c></row>'),
    rejected("style-unknown", "a style that is not there",
             lambda: book(good(coefficient=Xml('<c r="{at}" s="99"><v>1</v></c>')),
                          styles='<cellXfs><xf numFmtId="0"/></cellXfs>'), "broken_part"),
    rejected("cell-too-long", "a cell of 32,768 characters", spoilt(code="a" * 32_768),
             at("cell_too_long", 2, "A")),
    rejected("many-sheets", "10,000 sheets that are one part", _many_sheets, "too_many_rows"),
    accepted("rows-unordered", "rows out of their order",
             lambda: _rows(row_xml(3, good("TK.002")) + row_xml(2, good())), rows=2),
    accepted("utf16-sheet", "a sheet in UTF-16", _utf16_sheet, kept={2: {"code": "TK.001"}}),
    accepted("prefixes", "a sheet whose elements have prefixes", _prefixed, kept={2: {"code": "TK.001"}}),
    accepted("strict", "Strict Open XML", lambda: xlsx(rows_xml([HEADERS, good()]), sheets=SHEETS, namespace=STRICT),
             "old_format", kept={2: {"code": "TK.001"}}),
    accepted("comment-row", "a row inside an XML comment is no row",
             lambda: _rows(f"<!--{row_xml(2, good())}-->" + row_xml(2, good("TK.002"))), rows=1,
             kept={2: {"code": "TK.002"}}),
]  # fmt: skip
