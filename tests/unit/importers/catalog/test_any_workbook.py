"""Properties of the way in: good rows come back however they are written; spoilt files get a verdict."""

from __future__ import annotations

import csv
import io
import pathlib
import random
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cms.core.numbers import input_decimal_vi
from importers.checking.columns import Layout
from importers.checking.verdict import Verdict
from importers.kinds.catalog.check import check
from importers.kinds.catalog.check.layouts import COMMUNE, HANDBOOK, PLATFORM
from importers.kinds.officers.check import check as check_officers
from importers.reading import FileRefused, Limits
from importers.reading.worker import read_here
from tests.unit.importers.catalog.building import context
from tests.unit.importers.officers.building import context as officers_context

SHARED = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
STANDARD = Decimal(5)

_WORDS = "soạn thảo văn bản hồ sơ kế hoạch thẩm định hòa giải hoà «quý» III 2026 <b> & % 1,5 (mới) đ/c -"
WORDS = st.sampled_from(_WORDS.split())
TEXTS = st.lists(WORDS, min_size=1, max_size=6).map(lambda words: "Việc " + " ".join(words))
NUMBERS = st.decimals(min_value="0.001", max_value="9999", places=3)


@dataclass(frozen=True)
class Item:
    """What a row says; the layouts leave out what they have no column for."""

    task: str
    name: str
    output: str
    quantity: int
    group: int
    coefficient: Decimal
    hours: Decimal | None
    note: str


ITEMS = st.lists(
    st.builds(
        Item, task=TEXTS, name=TEXTS, output=TEXTS, quantity=st.integers(1, 99), group=st.integers(1, 5),
        coefficient=NUMBERS, hours=st.none() | NUMBERS, note=st.just("") | TEXTS,
    ),
    min_size=1, max_size=6,
)  # fmt: skip


def table(layout: Layout, items: list[Item]) -> tuple[list[str], list[list[Any]], list[dict[str, Any]]]:
    """The header of the layout, its rows, and what must stand in the items that are read of them."""
    header = [column.header for column in layout.columns if column.key in _CELLS]
    rows, expected = [], []
    for number, item in enumerate(items, start=1):
        cells = {key: make(item, number) for key, make in _CELLS.items()}
        if layout is HANDBOOK:
            cells["output"] = f"{item.quantity:02d} văn bản"
        rows.append([cells[column.key] for column in layout.columns if column.key in _CELLS])
        expected.append(_expected(layout, item, number))
    return header, rows, expected


_CELLS: dict[str, Callable[[Item, int], Any]] = {
    "no": lambda _, number: number,
    "code": lambda _, number: f"TK.{number:03d}",
    "task": lambda item, number: f"{item.task} {number}",
    "name": lambda item, number: f"{item.name} {number}",
    "output": lambda item, _: item.output,
    "unit": lambda item, _: f"{item.quantity} văn bản",
    "group": lambda item, _: item.group,
    "hours": lambda item, _: item.hours,
    "score": lambda item, _: item.coefficient * STANDARD,
    "coefficient": lambda item, _: item.coefficient,
    "note": lambda item, _: item.note or None,
}


def _expected(layout: Layout, item: Item, number: int) -> dict[str, Any]:
    found = {"task": f"{item.task} {number}", "group": item.group, "coefficient": item.coefficient}
    if layout is PLATFORM:
        found |= {"hours": item.hours, "note": item.note, "output": item.output}
    if layout is not COMMUNE:
        found |= {"name": f"{item.name} {number}", "unit": "văn bản", "unit_quantity": item.quantity}
    if layout is not HANDBOOK:
        found["code"] = f"TK.{number:03d}"
    return found


def _plain(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else value


def by_openpyxl(rows: list[list[Any]]) -> bytes:
    book, file = openpyxl.Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet()
    for row in rows:
        sheet.append([_plain(value) for value in row])
    book.save(file)
    return file.getvalue()


def by_xlsxwriter(rows: list[list[Any]]) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"constant_memory": True, "in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, [_plain(value) for value in row])
    return file.getvalue()


def by_csv(rows: list[list[Any]], *, mark: str, encoding: str) -> bytes:
    file = io.StringIO()
    texts = ([input_decimal_vi(value) if isinstance(value, Decimal) else value for value in row] for row in rows)
    csv.writer(file, delimiter=mark).writerows(texts)
    return file.getvalue().encode(encoding)


WRITERS = st.one_of(
    st.just((by_openpyxl, "a.xlsx")),
    st.just((by_xlsxwriter, "a.xlsx")),
    st.tuples(st.sampled_from(",;\t"), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"])).map(
        lambda how: (lambda rows: by_csv(rows, mark=how[0], encoding=how[1]), "a.csv")
    ),
)


def verdict_on(folder: pathlib.Path, data: bytes, name: str) -> Verdict:
    """What reading and checking come to, in this process: a refusal to read is a verdict too."""
    path = folder / "upload"
    path.write_bytes(data)
    outcome = read_here(path, name, Limits())
    if isinstance(outcome, FileRefused):
        return Verdict(problems=outcome.problems)
    verdict = check(outcome, context(standard_score=STANDARD))
    check_officers(outcome, officers_context())
    return verdict


@pytest.mark.parametrize("layout", [PLATFORM, HANDBOOK, COMMUNE], ids=lambda layout: layout.code)
@settings(SHARED, max_examples=40)
@given(items=ITEMS, writer=WRITERS, data=st.data())
def test_good_rows_come_back_however_they_are_written(
    tmp_path: pathlib.Path, layout: Layout, items: list[Item], writer: Any, data: st.DataObject
) -> None:
    header, rows, expected = table(layout, items)
    order = data.draw(st.permutations(range(len(header))))
    write, name = writer

    verdict = verdict_on(tmp_path, write([[row[place] for place in order] for row in [header, *rows]]), name)

    assert verdict.errors == []
    assert verdict.layout == layout.code
    read = [{key: item.values[key] for key in values} for item, values in zip(verdict.items, expected, strict=True)]
    assert read == expected


def _good(writer: Callable[[list[list[Any]]], bytes]) -> bytes:
    item = Item("Soạn thảo", "Văn bản", "Báo cáo", 1, 1, Decimal("1.5"), None, "")
    header, rows, _ = table(PLATFORM, [item, item])
    return writer([header, *rows])


GOOD = {
    "openpyxl": (_good(by_openpyxl), "a.xlsx"),
    "xlsxwriter": (_good(by_xlsxwriter), "a.xlsx"),
    "csv": (_good(lambda rows: by_csv(rows, mark=";", encoding="utf-8")), "a.csv"),
}


def spoil(data: bytes, chance: random.Random) -> bytes:
    """The bytes with a few of them changed, cut out, or written twice."""
    spoilt = bytearray(data)
    for _ in range(chance.randint(1, 3)):
        start = chance.randrange(len(spoilt) + 1)
        end = min(len(spoilt), start + chance.choice((1, 1, 3, 40, 400)))
        piece = chance.choice((b"", spoilt[start:end] * 2, chance.randbytes(end - start), b"<", b'"', b"\0", b"&a;"))
        spoilt[start:end] = piece
    return bytes(spoilt)


def spoil_part(data: bytes, chance: random.Random) -> bytes:
    """A workbook one of whose parts is spoilt, lost, or another part's; its zip is whole."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice(sorted(parts))
    how = chance.randrange(5)
    if how == 0:
        del parts[name]
    elif how == 1:
        parts[name] = parts[chance.choice(sorted(parts))]
    else:
        parts[name] = spoil(parts[name], chance)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return file.getvalue()


@pytest.mark.parametrize("source", GOOD)
@settings(SHARED, max_examples=150)
@given(seed=st.integers(0, 10**9))
def test_a_good_file_that_is_spoilt_gets_a_verdict(tmp_path: pathlib.Path, source: str, seed: int) -> None:
    data, name = GOOD[source]
    chance = random.Random(seed)
    spoilt = spoil(data, chance) if name.endswith(".csv") or chance.random() < 0.3 else spoil_part(data, chance)

    verdict = verdict_on(tmp_path, spoilt, name)

    assert verdict.items or verdict.verdict == "reject"


@settings(SHARED, max_examples=200)
@given(
    data=st.binary(max_size=600) | st.text(max_size=300).map(str.encode),
    name=st.sampled_from(["a.csv", "a.xlsx", "a.xls", "a.ods", "a", ""]),
)
def test_any_bytes_get_a_verdict(tmp_path: pathlib.Path, data: bytes, name: str) -> None:
    verdict = verdict_on(tmp_path, data, name)

    assert verdict.items or verdict.verdict == "reject"
