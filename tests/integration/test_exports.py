"""No export holds a text that a spreadsheet would run: every writer of ours, and every list and report of Wagtail's.

A new writer, or a new address that exports, fails here until it has a line.
"""

from __future__ import annotations

import csv
import datetime
import io
import itertools
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook, load_workbook
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.contrib.redirects.models import Redirect
from wagtail.coreutils import multigetattr
from wagtail.models import Page

from catalog_pages.actions import page_of
from cms.core.spreadsheets import harmless
from cms.core.table_files import csv_lines, xlsx_file, xlsx_file_in_child
from cms.core.text import starts_formula
from cms.core.workbooks import ExportTable
from cms.organisations import staff_table, workbooks
from cms.users.models import User
from importers.workbooks import tables
from importers.workbooks.book import make_template
from importers.workbooks.stamp import Stamp
from tests.authorisation.walker import Route, all_routes, view_class
from tests.unit.importers.returned.building import BAD, marked

ROOT = Path(__file__).resolve().parents[2]
EVIL = ("=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", "\r=1+1", "＝1+1", '=HYPERLINK("http://x")', "'=1+1", "'@x")
# Where cells are parted by semicolons or tabs, or a quotation mark inside a cell means nothing, a cell begins there.
EVIL_INSIDE = ("a;=1+1", "a;'=1+1", "a\t=1+1", "a\n=1+1\nb", "a\r\n@SUM(1)", "-5;=1+1", "a;＝1+1")
HONEST = ("- Báo cáo tháng", "-5", "-1.234,5", "A=B", "5-6")
TEXTS = (*EVIL, *EVIL_INSIDE, *HONEST)

# How code begins to write cells, whatever the library.
WRITES = re.compile(
    r"xlsxwriter\.Workbook\(|\bopenpyxl\.Workbook\(|\bWorkbook\(\)|csv\.(?:writer|DictWriter)\(|tablib\.|to_excel|to_csv\("
    r"|SpreadsheetExportMixin|summary_xml\("
)


def _of_tables() -> list[bytes]:
    tables_ = [ExportTable("A", TEXTS, [9] * len(TEXTS), [TEXTS]) for _kind in ("csv", "xlsx", "beside")]
    beside = xlsx_file_in_child(tables_[2]).read()
    return ["".join(csv_lines(tables_[0])).encode(), xlsx_file(tables_[1]).read(), beside]


def _of_staff() -> list[bytes]:
    texts = iter(itertools.cycle(TEXTS))
    rows = [
        [None if place in staff_table.DAYS else next(texts) for place in range(len(staff_table.HEADINGS))]
        for _row in range(3)
    ]
    return [staff_table.staff_file(rows).read()]


def _of_lists() -> list[bytes]:
    return [workbooks.write_rows("A", ["Mã"] * len(TEXTS), [TEXTS], {"Mã": HONEST})]


def _of_templates() -> list[bytes]:
    columns = [tables.Column(f"Cột {n}", choices=tables.Choices(TEXTS)) for n in range(len(TEXTS))]
    table = tables.Table("A", columns, [TEXTS, tables.SectionRow(EVIL[0])])
    guide = tables.Guide(EVIL[0], [(text, text) for text in TEXTS], TEXTS, [tables.Part("P", TEXTS, [TEXTS[:3]])])
    stamp = Stamp("catalog", "thong-ke", 2026, 1, 1, datetime.date(2026, 6, 1))
    lookups = [tables.Lookup("L", ["Mã"] * len(TEXTS), [9] * len(TEXTS), [TEXTS])]
    return [make_template(stamp, guide, table, lookups).read()]


def _of_marked_files() -> list[bytes]:
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([["Mã", "Hệ số", "Ghi chú"], *([text, "abc", "x"] for text in TEXTS)])
    return [marked(out.getvalue().encode(), {2: {2: BAD}}, name="a.csv", sheet="CSV")]


# Modules that write cells, and how a test has them write.
WRITERS: dict[str, Callable[[], list[bytes]] | None] = {
    "cms/core/table_files.py": _of_tables,
    "cms/core/workbooks.py": _of_tables,
    "cms/organisations/staff_table.py": _of_staff,
    "cms/organisations/workbooks.py": _of_lists,
    "importers/workbooks/book.py": _of_templates,
    "importers/returned/rewrite.py": _of_marked_files,
    # Gives senders their own workbook back, their formulas too; what it adds is text (tests/unit/importers/returned).
    "importers/returned/xlsx.py": None,
    "importers/returned/summary.py": None,
    # Has Wagtail's lists and reports write harmlessly: they are all asked below.
    "cms/core/spreadsheets.py": None,
    # Makes the demo's uploads, which nobody downloads.
    "importers/demo/writing.py": None,
    "importers/demo/results.py": None,
}

LISTS = (
    "wagtailadmin_collections:index", "wagtailadmin_reports:page_types_usage", "wagtailadmin_workflows:index",
    "wagtailadmin_workflows:task_index", "wagtaildocs:index", "wagtailimages:index",
    "wagtailsnippets_frameworks_criteriaframework:list", "position_groups:index", "rounds:index", "columns:index",
    "wagtailsites:index", "wagtailusers_users:index", "wagtailusers_groups:index",
)  # fmt: skip
REPORTS = (
    "wagtailadmin_reports:aging_pages", "wagtailadmin_reports:locked_pages", "wagtailadmin_reports:site_history",
    "wagtailadmin_reports:workflow", "wagtailadmin_reports:workflow_tasks", "wagtailredirects:index",
)  # fmt: skip
# Accounts have screens of the platform's own; Wagtail's lead back to the front.
CLOSED = {"wagtailusers_users:index", "wagtailusers_groups:index"}


def in_csv(content: bytes, mark: str = ",") -> list[str]:
    """Return the cells of a csv as a program opens it for which this mark parts cells."""
    lines = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=mark)
    return [field for line in lines for field in line]


def runs(field: str) -> bool:
    return starts_formula(field) and not re.fullmatch(r"-[0-9.,]+", field)


def require_harmless(content: bytes) -> None:
    """Fail when a spreadsheet would run something of a csv or a workbook."""
    if not content.startswith(b"PK"):
        assert [field for field in in_csv(content) if runs(field)] == []
        for mark in (";", "\t"):
            # A line that begins with a number does so with the rest of it, up to the mark.
            found = [field for field in in_csv(content, mark) if runs(field) and not re.match(r"-[0-9]", field)]
            assert found == [], f"parted by {mark!r}"
        return
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        sheets = [parts.read(name) for name in parts.namelist() if name.startswith("xl/worksheets/")]
    assert [sheet for sheet in sheets if re.search(rb"<f[\s/>]", sheet)] == []
    cells = [cell for sheet in load_workbook(io.BytesIO(content)) for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if isinstance(cell.value, str)} <= {"s", "inlineStr"}


def test_every_module_that_writes_cells_is_known() -> None:
    rooms = (path for room in ("api", "catalog_pages", "cms", "importers") for path in (ROOT / room).rglob("*.py"))
    found = {str(path.relative_to(ROOT)) for path in rooms if WRITES.search(path.read_text("utf-8"))}

    assert found == set(WRITERS)


@pytest.mark.parametrize("module", [module for module, write in WRITERS.items() if write])
def test_what_we_write_runs_nowhere(module: str) -> None:
    for content in WRITERS[module]():  # type: ignore[misc]
        require_harmless(content)


def test_honest_text_stays_readable() -> None:
    assert [harmless(text) for text in HONEST] == ["'- Báo cáo tháng", "-5", "-1.234,5", "A=B", "5-6"]
    assert [harmless(text) for text in EVIL if text[0] not in "\t\r"] == [
        f"'{text}" for text in EVIL if text[0] not in "\t\r"
    ]
    assert [harmless(text) for text in ("\t=1+1", "\r=1+1")] == ["'\t'=1+1", "'\r'=1+1"]
    assert harmless("\n=1") == "'\n'=1"


def exporting() -> Iterator[Route]:
    for route in all_routes():
        view = view_class(route.view)
        if isinstance(view, type) and issubclass(view, SpreadsheetExportMixin):
            yield route


def test_every_address_of_wagtail_that_exports_is_known() -> None:
    known = {name + more for name in (*LISTS, *REPORTS) for more in ("", "_results")}

    assert {route.name for route in exporting()} <= known
    assert {*REPORTS, *LISTS} <= {route.name for route in exporting()}
    guarded = (
        "preprocess_field_value",
        "generate_xlsx_row",
        "get_heading",
        "write_csv_row",
        "write_xlsx",
        "stream_csv",
    )
    views = {view_class(route.view) for route in exporting()}
    assert [
        (view, name)
        for view in views
        for name in guarded
        if getattr(view, name) is not vars(SpreadsheetExportMixin)[name]
    ] == []


@pytest.fixture
def administrator(client: Client, people: dict[str, User]) -> Client:
    """Sign in somebody who may see everything: Wagtail's own screens ask for more than any role has."""
    User.objects.filter(pk=people["editor"].pk).update(is_superuser=True)
    user = User.objects.get(pk=people["editor"].pk)
    client.force_login(user, backend="cms.organisations.backends.MembershipBackend")
    return client


@pytest.fixture
def something_everywhere(submitted: Any, people: dict[str, User], monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a row in every report, and a text that would run in each of its cells and headings."""
    page = page_of(submitted)
    published = {"live": True, "last_published_at": timezone.now()}
    Page.objects.filter(pk=page.pk).update(locked=True, locked_by=people["editor"], **published)
    Redirect.add_redirect("/cu", "/moi")
    texts = itertools.cycle(TEXTS)

    def planted(item: Any, field: str) -> Any:
        # Kinds of content and of acts are shown by words of Wagtail's own.
        return multigetattr(item, field) if field.endswith(("content_type", "action")) else next(texts)

    monkeypatch.setattr("wagtail.admin.views.mixins.multigetattr", planted)
    monkeypatch.setattr("wagtail.admin.views.mixins.label_for_field", lambda *_field: EVIL[0])


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_wagtail_writes_runs_nowhere(administrator: Client, something_everywhere: None, kind: str) -> None:
    empty, closed = [], []
    for route in exporting():
        answer: Any = administrator.get(reverse(route.name), {"export": kind})
        if answer.status_code == 302:
            closed.append(route.name.removesuffix("_results"))
            continue
        assert answer.status_code == 200, route.name
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        require_harmless(content)
        below = _below_headings(content) if kind == "csv" else _below_headings_in_sheet(content)
        if not {*TEXTS, *map(harmless, TEXTS)} & set(below):
            empty.append(route.name.removesuffix("_results"))
    assert set(closed) <= CLOSED
    assert set(empty) <= set(LISTS)


def _below_headings(content: bytes) -> list[str]:
    lines = list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))
    return [field for line in lines[1:] for field in line]


def _below_headings_in_sheet(content: bytes) -> list[str]:
    rows = load_workbook(io.BytesIO(content)).active.iter_rows(min_row=2)
    cells = [cell for row in rows for cell in row if cell.value]
    assert all(cell.quotePrefix for cell in cells if starts_formula(str(cell.value)))
    return [str(cell.value) for cell in cells]


def test_what_runs_would_be_seen() -> None:
    with pytest.raises(AssertionError):
        require_harmless("Tên\r\n=1+1\r\n".encode())
    book, content = Workbook(), io.BytesIO()
    book.active["A1"] = "=1+1"
    book.save(content)
    with pytest.raises(AssertionError):
        require_harmless(content.getvalue())
