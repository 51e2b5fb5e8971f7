"""Results of one division of the demo by Excel: its head fills in a workbook and sends it, as agencies do."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter
from django.core.files.base import ContentFile
from django.utils import timezone

from cms.assignments.actions import items_on
from cms.catalogs.models import CatalogItem
from cms.core.periods import CalendarPeriod
from cms.organisations.models import Agency, Posting
from cms.users.models import User
from importers import actions
from importers.demo.personal import DEPARTMENT, HEAD
from importers.enums import BatchState
from importers.kinds.results.check.layout import LAYOUT
from importers.models import ImportBatch

DIVISION = "stc-gcs"
_COLUMNS = (
    "code", "name", "item", "assigned", "completed", "given_on", "due_on", "done_on", "is_key", "result", "documents",
)  # fmt: skip
_EACH = 3


def load() -> Iterator[str]:
    """Send the division's month, once; yield a line when it was not sent yet."""
    if ImportBatch.objects.filter(kind="results").exists():
        return
    department, head = Agency.objects.get(code=DEPARTMENT), User.objects.get(username=HEAD)
    today = timezone.localdate()
    items = list(items_on(Agency.objects.get(code=DIVISION), today).in_order().select_related("version")[:12])
    people = list(Posting.objects.on(today).filter(agency__code=DIVISION).select_related("officer").order_by("pk"))
    batch = actions.upload(
        by=head, agency=department, file=ContentFile(_workbook(people, items, today)), name="ket-qua.stc-gcs.xlsx",
        kind="results", period=CalendarPeriod.around("month", today).code, wait=True,
    )  # fmt: skip
    if batch.state == BatchState.PREVIEWED:
        batch = actions.commit(by=head, batch=batch)
    yield f"Kết quả công việc bằng Excel: {batch.row_count} dòng, {batch.get_state_display().lower()}"


def _workbook(people: Sequence[Posting], items: Sequence[CatalogItem], today: datetime.date) -> bytes:
    """Return three rows a person: two done, one under way; each with a number of a document of its own."""
    out = BytesIO()
    headers = {column.key: column.header for column in LAYOUT.columns}
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "dd/mm/yyyy"}) as book:
        sheet = book.add_worksheet("KetQua")
        sheet.write_row(0, 0, [headers[key] for key in _COLUMNS])
        for place in range(len(people) * _EACH):
            person, item = people[place // _EACH], items[place % len(items)]
            for column, key in enumerate(_COLUMNS):
                value = _values(place, person, item, today)[key]
                write = sheet.write_datetime if isinstance(value, datetime.date) else sheet.write
                if value is not None:
                    write(place + 1, column, value)
    return out.getvalue()


def _values(place: int, person: Posting, item: CatalogItem, today: datetime.date) -> dict[str, Any]:
    month = CalendarPeriod.around("month", today)
    given_on = max(month.first_day, item.version.effective_from or today, person.valid_from)
    is_done = place % _EACH < _EACH - 1
    return {
        "code": person.officer.code, "name": person.officer.name, "item": item.code, "assigned": 2 + place % 3,
        "completed": 2 if is_done else 1, "given_on": given_on, "due_on": month.last_day,
        "done_on": today if is_done else None, "is_key": "Có" if place % 7 == 0 else "Không",
        "result": "Đã trình ký" if is_done else "Đang thực hiện",
        "documents": f"{100 + place}/BC-STC" if is_done else None,
    }  # fmt: skip
