"""Results of 10,000 pieces of work by Excel, from the bytes to what is written, beside django-import-export, tuned."""

from __future__ import annotations

import datetime
import pathlib
import time
import uuid
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
import tablib
import xlsxwriter
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from import_export import fields, resources, widgets
from import_export.formats.base_formats import XLSX

from cms.assignments.models import WorkAssignment
from cms.catalogs.models import CatalogItem
from cms.core.periods import CalendarPeriod
from cms.organisations.models import Officer, Posting
from importers import actions
from importers.models import ImportBatch
from importers.problems import FileRefused
from importers.reading import Limits, read
from tests.benchmarks.measure import Table, median_of
from tests.factories.catalogs import make_approved
from tests.factories.officers import START, make_position

pytestmark = pytest.mark.django_db

ROWS, PEOPLE, ITEMS = 10_000, 200, 50
HEADERS = (
    "Mã công chức", "Họ và tên", "Mã sản phẩm/công việc", "Số lượng giao", "Số lượng hoàn thành", "Ngày giao",
    "Hạn hoàn thành", "Ngày hoàn thành", "Số lần không đạt chất lượng", "Trong kế hoạch", "Kết quả",
)  # fmt: skip


class Name(widgets.CharWidget):
    """The name beside a code is the officer's."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        return str(super().clean(value, row, **kwargs) or "")


class Quantity(widgets.DecimalWidget):
    """A number of at least so much."""

    def __init__(self, least: Decimal) -> None:
        super().__init__()
        self.least = least

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Decimal:
        number = super().clean(format(value, ".15g") if isinstance(value, float) else value, row, **kwargs)
        if number is None or number < self.least:
            raise ValueError("The quantity is too small.")
        return round(number, 4)


class Day(widgets.DateWidget):
    """A day, as Excel keeps it."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> datetime.date:
        return value.date() if isinstance(value, datetime.datetime) else super().clean(value, row, **kwargs)


class Tuned(resources.ModelResource):
    """The rules of results with all that the package's manual has for speed; lists to look up are read once."""

    assigned = fields.Field("assigned", "Số lượng giao", Quantity(Decimal("0.0001")))
    completed = fields.Field("completed", "Số lượng hoàn thành", Quantity(Decimal(0)))
    given_on = fields.Field("given_on", "Ngày giao", Day())
    due_on = fields.Field("due_on", "Hạn hoàn thành", Day())
    done_on = fields.Field("done_on", "Ngày hoàn thành", Day())
    quality_failures = fields.Field("quality_failures", "Số lần không đạt chất lượng", widgets.IntegerWidget())
    result = fields.Field("result", "Kết quả", widgets.CharWidget())

    class Meta:
        model = WorkAssignment
        fields = ("identity", "assigned", "completed", "given_on", "due_on", "done_on", "quality_failures", "result")
        import_id_fields = ("identity",)
        use_bulk = True
        skip_diff = True
        use_transactions = True
        batch_size = 1000
        force_init_instance = True

    identity = fields.Field("identity", "identity", widgets.Widget())

    def __init__(self, month: CalendarPeriod) -> None:
        super().__init__()
        self.month = month
        self.postings = {one.officer.code: one for one in Posting.objects.select_related("officer", "agency")}
        self.items = {one.code: one for one in CatalogItem.objects.all()}
        self.seen: set[tuple[Any, ...]] = set()

    def before_import(self, dataset: tablib.Dataset, **kwargs: Any) -> None:
        dataset.append_col([uuid.uuid4() for _row in range(len(dataset))], header="identity")

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        posting, item = self.postings[row["Mã công chức"]], self.items[row["Mã sản phẩm/công việc"]]
        if posting.officer.name != row["Họ và tên"]:
            raise ValueError("The name is not that of the code.")
        key = (posting.pk, item.pk, row["Ngày giao"], row["Hạn hoàn thành"], row["Kết quả"])
        if key in self.seen:
            raise ValueError("The row stands twice.")
        self.seen.add(key)
        row["Số lần không đạt chất lượng"] = row["Số lần không đạt chất lượng"] or 0

    def before_save_instance(self, instance: WorkAssignment, row: Any, **kwargs: Any) -> None:
        posting, item = self.postings[row["Mã công chức"]], self.items[row["Mã sản phẩm/công việc"]]
        if not instance.given_on <= instance.due_on or instance.done_on < instance.given_on:
            raise ValueError("The days are out of order.")
        if not self.month.holds(instance.due_on) or not posting.is_on(instance.given_on):
            raise ValueError("The day is outside.")
        instance.officer, instance.posting, instance.agency, instance.item = (
            posting.officer, posting, posting.agency, item,
        )  # fmt: skip
        instance.item_identity, instance.code, instance.name = item.identity, item.code, item.name
        instance.unit, instance.coefficient, instance.state = item.unit, item.coefficient, "done"
        instance.month, instance.is_planned = instance.due_on.replace(day=1), row["Trong kế hoạch"] == "Có"


def preview_and_commit(month: CalendarPeriod, path: pathlib.Path) -> int:
    """Read and try the file, then read and write it, as the package's own admin does."""
    for dry_run in (True, False):
        dataset = XLSX().create_dataset(path.read_bytes())
        result = Tuned(month).import_data(dataset, dry_run=dry_run, raise_errors=False, use_transactions=True)
        assert not result.has_errors() and not result.has_validation_errors(), result.row_errors()[:1]
    return len(dataset)


def ms(entry: Callable[[], object]) -> float:
    start = time.perf_counter()
    entry()
    return (time.perf_counter() - start) * 1000


def write(path: pathlib.Path, items: list[CatalogItem], today: datetime.date, due: datetime.date) -> pathlib.Path:
    with xlsxwriter.Workbook(path) as book:
        sheet, day = book.add_worksheet("KetQua"), book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, HEADERS)
        for number in range(ROWS):
            person, item = number % PEOPLE, items[number // PEOPLE % len(items)]
            sheet.write_row(number + 1, 0, (f"CC-{person:05}", f"Công chức {person:05}", item.code, 1 + number % 7))
            sheet.write_number(number + 1, 4, 1 + number % 7)
            for column, value in ((5, today), (6, due), (7, today)):
                sheet.write_datetime(number + 1, column, value, day)
            sheet.write_row(number + 1, 8, (number % 3, "Có" if number % 5 else "Không", f"Kết quả số {number}"))
    return path


@pytest.fixture
def desk(people, province):
    items = list(make_approved(people, province.statistics, items=ITEMS).items.in_order())
    names = [(f"CC-{number:05}", f"Công chức {number:05}") for number in range(PEOPLE)]
    officers = Officer.objects.bulk_create([Officer(code=code, name=name) for code, name in names])
    position = make_position()
    Posting.objects.bulk_create(
        Posting(officer=officer, agency=province.statistics, position=position, valid_from=START)
        for officer in officers
    )
    return items


def test_results_beside_django_import_export(desk, people, province, tmp_path):
    today = timezone.localdate()
    month = CalendarPeriod.around("month", today)
    path = write(tmp_path / "ket-qua.xlsx", desk, today, month.last_day)

    def send() -> ImportBatch:
        batch = actions.upload(
            by=people["uploader"], agency=province.statistics, file=ContentFile(path.read_bytes()), name=path.name,
            kind="results", period=month.code, wait=True,
        )  # fmt: skip
        return actions.commit(by=people["uploader"], batch=batch)

    ours, again, peer, reading = [], [], [], []
    for _round in range(3):
        with transaction.atomic():
            ours.append(ms(send))
            assert WorkAssignment.objects.filter(state="done").count() == ROWS
            again.append(ms(send))
            assert WorkAssignment.objects.count() == ROWS
            transaction.set_rollback(True)
        with transaction.atomic():
            peer.append(ms(lambda: preview_and_commit(month, path)))
            assert WorkAssignment.objects.count() == ROWS
            transaction.set_rollback(True)
        reading.append(ms(lambda: _read(path)))
    table = Table(f"Results of {ROWS:,} rows of {len(HEADERS)} columns: upload, check, preview and commit")
    table.compare("django-import-export, tuned", median_of(ours), median_of(peer), 0.3)
    table.compare("the same file a second time, beside the first", median_of(again), median_of(ours), 1)
    table.compare("of which reading the .xlsx in its own process", median_of(reading), median_of(ours), 1)
    table.show()
    assert not table.missed


def _read(path: pathlib.Path) -> None:
    outcome = read(path, name=path.name, limits=Limits())
    assert not isinstance(outcome, FileRefused)
