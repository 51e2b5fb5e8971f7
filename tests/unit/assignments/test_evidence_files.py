"""Which files can be evidence: by their bytes, whatever they are called."""

import io
import zipfile

import pytest

from cms.assignments.errors import InvalidEvidence
from cms.core.checked_files import MOST_BYTES, media_type_of

# The harmless file by which scanners are tried, in two halves so that none takes this file for it.
VIRUS_TEST = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}" + rb"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
PDF = b"%PDF-1.7\n1 0 obj\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
JPEG = b"\xff\xd8\xff\xe0" + bytes(20)


def package(*names: str, label: str = "") -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        if label:
            archive.writestr("mimetype", label)
        for name in names:
            archive.writestr(name, "<x/>")
    return held.getvalue()


def found_type(content: bytes, size: int | None = None) -> str:
    return media_type_of(io.BytesIO(content), len(content) if size is None else size, InvalidEvidence)


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (PDF, "pdf"), (PNG, "png"), (JPEG, "jpeg"),
        (package("[Content_Types].xml", "word/document.xml"), "wordprocessingml.document"),
        (package("[Content_Types].xml", "xl/workbook.xml"), "spreadsheetml.sheet"),
        (package("[Content_Types].xml", "ppt/presentation.xml"), "presentationml.presentation"),
        (package("content.xml", label="application/vnd.oasis.opendocument.text"), "opendocument.text"),
        (package("content.xml", label="application/vnd.oasis.opendocument.spreadsheet"), "opendocument.spreadsheet"),
    ],
)  # fmt: skip
def test_what_offices_send_is_taken(content, ending):
    assert found_type(content).endswith(ending)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "rỗng"),
        (VIRUS_TEST, "loại khác"),
        (b"MZ" + bytes(200), "loại khác"),
        (b"\x7fELF" + bytes(200), "loại khác"),
        (b"<html><script>alert(1)</script></html>", "loại khác"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "loại khác"),
        (b"GIF89a" + bytes(40), "loại khác"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "loại khác"),
        (b"PK\x03\x04" + b"broken", "loại khác"),
        (package("a.txt"), "loại khác"),
        (package("[Content_Types].xml", "other/x.xml"), "loại khác"),
        (package("content.xml", label="application/x-msdownload"), "loại khác"),
        (package("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "macro"),
        (package("[Content_Types].xml", "word/document.xml", "word/embeddings/run.EXE"), "macro"),
    ],
)
def test_programs_pages_and_renamed_files_are_refused_in_a_sentence(content, sentence):
    with pytest.raises(InvalidEvidence, match=sentence):
        found_type(content)


def test_a_file_over_the_limit_is_refused_unread():
    class Unread(io.BytesIO):
        def read(self, *args):
            raise AssertionError("was read")

    with pytest.raises(InvalidEvidence, match="25 MiB"):
        media_type_of(Unread(), MOST_BYTES + 1, InvalidEvidence)


def test_the_file_stands_at_its_beginning_afterwards():
    for content in (PDF, package("[Content_Types].xml", "word/document.xml")):
        held = io.BytesIO(content)
        media_type_of(held, len(content), InvalidEvidence)
        assert held.tell() == 0
