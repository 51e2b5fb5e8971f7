"""The province of a trial: an agency, its clerk, and a preview of 5,000 items; and what has become of them."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache

import xlsxwriter
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.audit.models import AuditEvent
from cms.catalogs.models import Catalog, CatalogItem, CatalogVersion
from cms.organisations.models import Agency
from cms.users.models import User
from importers import actions
from importers.batches.previews import rows_of
from importers.enums import BatchState
from importers.models import CHECK_PATIENCE, ImportBatch, ImportProblem
from tests.factories.agencies import make_province
from tests.factories.people import make_member

ROWS = 5_000
HEADERS = (
    "Mã sản phẩm/công việc", "Tên nhiệm vụ", "Công việc chi tiết", "Sản phẩm/công việc đầu ra", "Đơn vị tính",
    "Nhóm phức tạp (1-5)", "Hệ số quy đổi", "Lĩnh vực",
)  # fmt: skip


@dataclass(frozen=True)
class Addresses:
    """Where the clerk sends what, and the session in which."""

    session: str
    upload: str
    commit: str


def found() -> Addresses:
    """Make the province, and the preview that each round confirms."""
    call_command("migrate", verbosity=0)
    agency = make_province().statistics
    clerk = make_member("uploader", agency, "clerk")
    batch = upload_for(clerk, agency, wait=True)
    client = Client()
    client.force_login(clerk, backend="cms.organisations.backends.MembershipBackend")
    return Addresses(
        client.cookies["sessionid"].value,
        reverse("importers:upload", args=[agency.pk]), reverse("importers:commit", args=[batch.pk]),
    )  # fmt: skip


@cache
def list_of(rows: int) -> bytes:
    """Return a workbook of so many items."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("DanhMuc")
    sheet.write_row(0, 0, HEADERS)
    for number in range(1, rows + 1):
        work = f"Thẩm định hồ sơ số {number} trình cấp có thẩm quyền"
        sheet.write_row(number, 0, (
            f"TK.{number:05}", f"Nhiệm vụ {number // 20}", work, "Báo cáo", "báo cáo", number % 5 + 1, 1.5,
            f"Lĩnh vực {number % 12}",
        ))  # fmt: skip
    book.close()
    return out.getvalue()


def upload_for(clerk: User, agency: Agency, *, wait: bool = False) -> ImportBatch:
    """Upload the list of 5,000; whoever does the tasks will check it, or we do at once."""
    file = ContentFile(list_of(ROWS))
    return actions.upload(by=clerk, agency=agency, file=file, name="danh-muc.xlsx", wait=wait)


def clerk() -> User:
    """Return the person who uploads."""
    return User.objects.get(username="clerk")


def newest() -> ImportBatch:
    """Return the latest upload, as it is now."""
    return ImportBatch.objects.select_related("agency", "by").newest_first()[0]


def leave() -> None:
    """Close our connections, so that the database can be put aside."""
    connections.close_all()


def ledger_holds() -> bool:
    """Return what ``manage.py verify_audit`` says."""
    try:
        call_command("verify_audit", stdout=io.StringIO(), stderr=io.StringIO())
    except CommandError:
        return False
    return True


def what_a_commit_left() -> str:
    """Return ``all`` or ``nothing``, or in words what is half done."""
    batch = ImportBatch.objects.get(file_name="danh-muc.xlsx")
    versions = [(version.number, version.item_count, version.edition) for version in CatalogVersion.objects.all()]
    reported = AuditEvent.objects.filter(
        action__in=("import.commit", "catalog_version.upload", "catalog_version.start")
    )
    seen = (
        str(batch.state), versions, CatalogItem.objects.filter(batch=batch.pk).count(), CatalogItem.objects.count(),
        Catalog.objects.count(), reported.count(), len(list(rows_of(batch))), batch.catalog.committed_to is not None,
    )  # fmt: skip
    if seen == (BatchState.COMMITTED, [(1, ROWS, 1)], ROWS, ROWS, 1, 3, ROWS, True):
        return "all"
    return "nothing" if seen == (BatchState.PREVIEWED, [], 0, 0, 0, 0, ROWS, False) else f"HALF: {seen}"


def what_a_check_left(batch: ImportBatch) -> str:
    """Return ``all`` or ``nothing``, or in words what is half done."""
    reported = AuditEvent.objects.filter(action="import.check", subject_id=str(batch.pk)).count()
    rows, problems = len(list(rows_of(batch))), ImportProblem.objects.filter(batch=batch).count()
    seen = (str(batch.state), batch.counts.get("new", 0), rows, batch.packs.count(), reported)
    if seen == (BatchState.PREVIEWED, ROWS, ROWS, 1, 1):
        return "all"
    return "nothing" if (*seen, problems) == (BatchState.CHECKING, 0, 0, 0, 0, 0) else f"HALF: {seen}"


def check_again(batch: ImportBatch) -> None:
    """Do what the screen offers for a check that has not ended in time, as if that time were over."""
    ImportBatch.objects.filter(pk=batch.pk).update(queued_at=timezone.now() - CHECK_PATIENCE)
    actions.check_again(by=clerk(), batch=batch)
