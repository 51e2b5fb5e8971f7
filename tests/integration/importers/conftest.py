"""What the tests of the way in share."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cms.catalogs import actions as catalog_actions
from cms.catalogs.models import ExtraColumn
from cms.organisations.models import Agency
from cms.users.models import User
from importers import actions
from importers.kinds import KINDS
from importers.models import ImportBatch

HEADERS = (
    "Mã sản phẩm/công việc", "Tên nhiệm vụ", "Sản phẩm/công việc đầu ra", "Đơn vị tính", "Nhóm phức tạp (1-5)",
    "Hệ số quy đổi",
)  # fmt: skip
GOOD_ROW = ("TK.101", "Thẩm định hồ sơ", "Báo cáo", "báo cáo", 1, 1.5)


def workbook(*rows: tuple[Any, ...], headers: tuple[str, ...] = HEADERS) -> bytes:
    """Return the bytes of a workbook with one sheet of these rows below the headers."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = "DanhMuc"
    for row in (headers, *rows):
        sheet.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture
def own_storage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Have the originals of this test in a folder of its own, and return it: tests that count files ask for it."""
    storage = ImportBatch._meta.get_field("original").storage
    for name in ("base_location", "location"):
        monkeypatch.setitem(vars(storage), name, str(tmp_path / "originals"))
    return tmp_path / "originals"


@pytest.fixture
def uploaded(samples: Path) -> Callable[..., ImportBatch]:
    """Return the uploader of tests: uploaded(user, agency, "sample.xlsx" or bytes) -> the checked batch."""

    def upload(by: User, agency: Agency, content: str | bytes, name: str = "danh-muc.xlsx") -> ImportBatch:
        if isinstance(content, str):
            name, content = content, (samples / content).read_bytes()
        return actions.upload(by=by, agency=agency, file=ContentFile(content), name=name, wait=True)

    return upload


@pytest.fixture
def send(client: Client, django_capture_on_commit_callbacks: Any) -> Callable[..., Any]:
    """Return the browser of tests: send(user, agency, content, name) uploads through the form and gives the answer."""

    def post(by: User, agency: Agency, content: bytes, name: str = "danh-muc.xlsx", **extra: Any) -> Any:
        client.force_login(by)
        file = SimpleUploadedFile(name, content)
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(reverse("importers:upload", args=[agency.pk]), {"file": file}, **extra)

    return post


@pytest.fixture
def every_file_large(settings: Any) -> None:
    """Have every file checked, and every upload written, by a task."""
    settings.THUOCDO_IMPORT_AT_ONCE_KIB = 0
    settings.THUOCDO_IMPORT_AT_ONCE_ROWS = 0


def template(agency: Agency, layout: str = "", kind: str = "catalog") -> bytes:
    """Return the bytes of an agency's template: the usual one of the kind, or that of a layout."""
    usual, *others = KINDS[kind].offers
    offer = next((other for other in others if other.code == layout), usual)
    return KINDS[kind].write_template(agency, offer).read()


@pytest.fixture
def added_columns(people: dict[str, User]) -> list[ExtraColumn]:
    """Return columns that the province added: one of every kind, some of them with guidance."""

    def add(name: str, **fields: Any) -> ExtraColumn:
        return catalog_actions.save_column(by=people["editor"], name=name, **fields)

    return [
        add("Mức ưu tiên", kind="choice", choices=["Cao", "Thấp, để sau"], required=True),
        add("Dịch vụ công", kind="yes_no", help_text="Mục có là thủ tục hành chính không"),
        add("Hạn rà soát", kind="date"),
        add("Số lượng năm trước", kind="number"),
        add("Người theo dõi", kind="text", help_text="Ghi tên phòng."),
    ]
