"""The stamp of a template: for whom, for which kind of upload and from which state of the data it was made. Pure.

It stands in the guide and above the lists for people to see, and among the properties of the workbook: programs that
drop the one keep the other. Its check digits tell a stamp from a mistyped one; they keep no secret.
"""

from __future__ import annotations

import base64
import datetime
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from importers.reading import Workbook

LABEL = "Mã mẫu"
PROPERTY = "ThuocDo.MaMau"
# Further down nothing but data is looked for.
FIRST_ROWS = 100

_EDITION = "TD1"
_PARTS = re.compile(
    rf"{_EDITION}-(?P<kind>[a-z_]+)-(?P<agency>[-\w]+)-(?P<year>\d{{4}})-(?P<version>\d{{1,6}})\.(?P<edition>\d{{1,9}})"
    r"-(?P<day>\d{8})-(?P<check>[A-Z2-7]{5})",
    re.ASCII,
)
_LABELLED = re.compile(rf"{LABEL}\s*:\s*(TD\d\S*)")


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a template says of itself. ``version`` and ``year`` are 0 where there is none."""

    kind: str
    agency: str
    year: int
    version: int
    edition: int
    day: datetime.date

    @property
    def text(self) -> str:
        """The stamp as it is written: ``TD1-catalog-thong-ke-2026-2.14-20261122-…``."""
        content = f"{_EDITION}-{self.kind}-{self.agency}-{self.year:04}-{self.version}.{self.edition}-{self.day:%Y%m%d}"
        return f"{content}-{_check_digits(content)}"

    @property
    def line(self) -> str:
        """The stamp with its label, as it stands in a cell."""
        return f"{LABEL}: {self.text}"


@dataclass(frozen=True, slots=True)
class Found:
    """A stamp in a file, and where it stands; ``stamp`` is None when it is none of ours or mistyped."""

    text: str
    stamp: Stamp | None
    sheet: str = ""
    row: int = 0


def read_stamp(text: str) -> Stamp | None:
    """The stamp that a text is, or None."""
    parts = _PARTS.fullmatch(text)
    if parts is None or parts["check"] != _check_digits(text.rpartition("-")[0]):
        return None
    try:
        day = datetime.datetime.strptime(parts["day"], "%Y%m%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None
    numbers = (int(parts["year"]), int(parts["version"]), int(parts["edition"]))
    return Stamp(parts["kind"], parts["agency"], *numbers, day)


def find_stamp(workbook: Workbook) -> Found | None:
    """The first stamp of a workbook: one that can be read before one that cannot, a visible one before the property."""
    found = list(_stamps(workbook))
    return next((each for each in found if each.stamp), found[0] if found else None)


def _stamps(workbook: Workbook) -> Iterator[Found]:
    for sheet in workbook.sheets:
        for row in sheet.rows:
            if row.number > FIRST_ROWS:
                break
            for value in row.cells:
                if type(value) is str and LABEL in value and (content := _LABELLED.search(value)):
                    yield Found(content[1], read_stamp(content[1]), sheet.name, row.number)
    if text := workbook.properties.get(PROPERTY):
        yield Found(text, read_stamp(text))


def _check_digits(content: str) -> str:
    return base64.b32encode(hashlib.sha256(content.encode()).digest())[:5].decode()
