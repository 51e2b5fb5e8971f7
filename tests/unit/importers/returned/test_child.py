"""Marking in a child process: what goes wrong there costs that one download."""

import dataclasses
import io
from pathlib import Path

import pytest

from importers.reading.contract import Limits
from importers.returned import Job, NotMarked, mark
from tests.unit.importers.returned.building import BAD, LINE, WORDS, agency_book, as_bytes, opened


def job(**limits: int) -> Job:
    return Job({"DanhMuc": {2: {2: BAD}}}, [LINE], WORDS, dataclasses.asdict(Limits(**limits)))


def written(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "upload"
    path.write_bytes(content)
    return path


def test_the_marked_file_can_be_read_once_its_folder_is_gone(tmp_path: Path) -> None:
    with mark(written(tmp_path, as_bytes(agency_book())), "a.xlsx", job(), seconds=30) as file:
        book = opened(io.BytesIO(file.read()).getvalue())

    assert book["DanhMuc"]["B2"].comment.text == BAD.comment


@pytest.mark.parametrize(
    ("content", "limits", "seconds"),
    [(b"rubbish", {}, 30), (as_bytes(agency_book()), {"memory_bytes": 0}, 30), (as_bytes(agency_book()), {}, -5)],
    ids=["no workbook", "no memory", "no time"],
)
def test_a_child_that_fails_is_told_from_one_that_does_not(tmp_path: Path, content, limits, seconds) -> None:
    with pytest.raises(NotMarked):
        mark(written(tmp_path, content), "a.xlsx", job(**limits), seconds=seconds)
