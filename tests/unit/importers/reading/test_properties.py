from __future__ import annotations

import pathlib

import pytest

from importers.reading import FileRefused
from importers.reading.properties import LONGEST, MOST
from tests.unit.importers.reading.building import PACKAGE, RELATIONS, parts, read_in_child, zipped

KIND = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"


def book(inside: str) -> bytes:
    found = parts('<row r="1"><c r="A1"><v>1</v></c></row>')
    found["_rels/.rels"] = (
        f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/>'
        f'<Relationship Id="rId2" Type="{RELATIONS}/custom-properties" Target="docProps/custom.xml"/></Relationships>'
    )
    found["docProps/custom.xml"] = f'<Properties xmlns="{KIND}" xmlns:vt="{TYPES}">{inside}</Properties>'
    return zipped(found)


def prop(name: str, text: str) -> str:
    return f'<property fmtid="{{D5CDD505}}" pid="2" name="{name}"><vt:lpwstr>{text}</vt:lpwstr></property>'


def test_properties_are_read_by_name(tmp_path: pathlib.Path) -> None:
    found = read_in_child(tmp_path, book(prop("ThuocDo.MaMau", " TD1-a ") + prop("Tên", "một &amp; hai")))

    assert found.properties == {"ThuocDo.MaMau": "TD1-a", "Tên": "một & hai"}


def test_only_so_many_and_so_long(tmp_path: pathlib.Path) -> None:
    many = "".join(prop(f"n{number}", "x") for number in range(2 * MOST))

    found = read_in_child(tmp_path, book(prop("long", "x" * (LONGEST + 1)) + prop("", "x") + many))

    assert len(found.properties) == MOST
    assert not {"long", ""} & found.properties.keys()


@pytest.mark.parametrize("inside", ["<property name='a'>", "<a>" * 100 + "</a>" * 100])
def test_damaged_ones_cost_the_file(tmp_path: pathlib.Path, inside: str) -> None:
    with pytest.raises(FileRefused) as refused:
        read_in_child(tmp_path, book(inside))

    assert [problem.code for problem in refused.value.problems] == ["broken_part"]
