"""An upload from its bytes to the written catalog: beside django-import-export, a second time, by size, with errors."""

import pathlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.core.files.base import ContentFile
from django.db import connection, transaction

from importers import actions
from importers.enums import BatchState
from importers.models import ImportBatch
from tests.benchmarks.importing import write
from tests.benchmarks.measure import Table, median_of
from tests.benchmarks.peer import Stock, Tuned, preview_and_commit
from tests.factories import catalogs

pytestmark = pytest.mark.django_db

ROWS, MANY, FEW = 10_000, 50_000, 1_000
# What the stock setting of the peer may be at most: each row is a handful of statements there.
OF_STOCK = {"sqlite": 0.06, "postgresql": 0.025}


@contextmanager
def taken_back() -> Iterator[None]:
    """Leave the database as it was, so that every round begins alike."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def ms(entry: Callable[[], object]) -> float:
    start = time.perf_counter()
    entry()
    return (time.perf_counter() - start) * 1000


@pytest.fixture
def send(people, province):
    """Return what uploads a file, waits for the check and commits it."""

    def upload_and_commit(path: pathlib.Path, commit: bool = True) -> ImportBatch:
        batch = actions.upload(
            by=people["uploader"], agency=province.statistics, file=ContentFile(path.read_bytes()), name=path.name,
            wait=True,
        )  # fmt: skip
        return actions.commit(by=people["uploader"], batch=batch) if commit else batch

    return upload_and_commit


@pytest.fixture
def empty(people, province):
    """Return an empty draft for the peer to write into."""
    return catalogs.make_version(people["other_uploader"], province.office, items=0)


def test_beside_django_import_export_and_again(send, empty, tmp_path):
    path, few = write(tmp_path / "a.xlsx", ROWS), write(tmp_path / "few.xlsx", FEW)
    first, again, tuned, stock = [], [], [], []
    for _round in range(3):
        with taken_back():
            first.append(ms(lambda: send(path)))
            again.append(ms(lambda: send(path)))
            batch = ImportBatch.objects.newest_first().first()
            assert batch and batch.counts == {"new": 0, "changed": 0, "same": ROWS, "missing": 0}
        with taken_back():
            tuned.append(ms(lambda: preview_and_commit(Tuned, empty, path)))
        with taken_back():
            stock.append(ms(lambda: preview_and_commit(Stock, empty, few)) * ROWS / FEW)
    table = Table(f"Upload, check, preview and commit of {ROWS:,} rows of 12 columns, reading the .xlsx included")
    table.compare("django-import-export, tuned", median_of(first), median_of(tuned), 0.3)
    table.compare("django-import-export, stock", median_of(first), median_of(stock), OF_STOCK[connection.vendor])
    table.compare("the same file a second time beside the first", median_of(again), median_of(first), 0.5)
    table.show()
    assert not table.missed


def test_by_size_and_with_errors(send, tmp_path):
    path, many = write(tmp_path / "a.xlsx", ROWS), write(tmp_path / "many.xlsx", MANY)
    wrong = write(tmp_path / "wrong.xlsx", ROWS, bad_rows=ROWS // 2)
    small, big, refused = [], [], []
    for _round in range(3):
        with taken_back():
            small.append(ms(lambda: send(path)))
        with taken_back():
            big.append(ms(lambda: send(many)))
        with taken_back():
            refused.append(ms(lambda: send(wrong, commit=False)))
            batch = ImportBatch.objects.newest_first().first()
            assert batch and batch.state == BatchState.REFUSED
            errors = batch.problems.filter(severity="error")
            assert set(errors.values_list("row", flat=True)) == set(range(2, ROWS // 2 + 2))
    table = Table(f"The same by size, and with errors in {ROWS // 2:,} of the {ROWS:,} rows, all kept")
    table.compare(f"{MANY:,} rows beside {ROWS:,}", median_of(big), median_of(small), 5.5)
    table.compare("refused, beside written", median_of(refused), median_of(small), 1)
    table.show()
    assert not table.missed
