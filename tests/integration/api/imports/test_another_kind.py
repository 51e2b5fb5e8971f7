"""A kind of upload that nothing knows but its folder and one line of the registry goes the whole way, by every door."""

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from openpyxl import load_workbook

from cms.audit.models import AuditEvent
from cms.organisations.models import PositionGroup
from importers import kinds
from importers.models import ImportBatch
from importers.returned.job import COLOURS
from tests.integration.importers.conftest import workbook

pytestmark = pytest.mark.one_database("walks screens and doors that other tests ask for on both")

HEADERS = ("STT", "Mã nhóm", "Tên nhóm")


@pytest.fixture(autouse=True)
def groups(monkeypatch, db):
    """Add the line, and have two groups on record."""
    monkeypatch.setattr(kinds, "PACKAGES", [*kinds.PACKAGES, "tests.integration.importers.groups"])
    PositionGroup.objects.create(code="van-thu", name="Văn thư")
    PositionGroup.objects.create(code="tong-hop", name="Tổng hợp")


def names() -> dict[str, str]:
    return dict(PositionGroup.objects.values_list("code", "name"))


@pytest.fixture
def screens(client, people, django_capture_on_commit_callbacks):
    """Return the browser of the uploader: what a POST begins is over when it returns."""
    client.force_login(people["uploader"])

    def ask(route, *arguments, **body):
        address = reverse(f"importers:{route}", args=arguments)
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(address, body, follow=True) if body else client.get(address)

    return ask


def test_the_screens_take_it_all_the_way(screens, province):
    agency = province.statistics.pk
    form = screens("upload_kind", agency, "groups").content.decode()
    assert "Upload the position groups of" in form and f"/{agency}/groups/template/" in form
    taken = b"".join(screens("template_kind", agency, "groups"))

    screens("upload_kind", agency, "groups", file=SimpleUploadedFile("nhom.xlsx", taken))
    same = ImportBatch.objects.get()
    assert (same.kind, same.layout, same.template[:11], same.error_count) == ("groups", "groups", "TD1-groups-", 0)
    assert same.counts == {"new": 0, "changed": 0, "same": 2, "missing": 0}

    bad = workbook(
        (1, "van-thu", "Văn thư, lưu trữ"), (2, "tong-hop", "Tổng hợp"), (3, "ke-toan", "ke-toan"), headers=HEADERS
    )
    screens("upload_kind", agency, "groups", file=SimpleUploadedFile("nhom.xlsx", bad))
    batch = ImportBatch.objects.exclude(pk=same.pk).get()
    page = screens("batch", batch.pk).content.decode()
    assert "says no more than the code" in page and "groups on record" in page

    marked = load_workbook(io.BytesIO(b"".join(screens("marked", batch.pk))))
    assert marked["DanhMuc"]["C4"].fill.fgColor.rgb == COLOURS["error"]
    screens("correct", batch.pk, sheet="DanhMuc", row="4", cell_3="Kế toán")
    screens("commit", batch.pk, missing="keep")
    assert names() == {"van-thu": "Văn thư, lưu trữ", "tong-hop": "Tổng hợp", "ke-toan": "Kế toán"}

    listed = screens("batch_list").content.decode()
    assert listed.count("Position groups") >= 3
    assert AuditEvent.objects.filter(after__upload_kind="groups", action="import.commit").exists()

    screens("undo", batch.pk, edition="3")
    assert names() == {"van-thu": "Văn thư", "tong-hop": "Tổng hợp"}


def test_the_api_takes_it_too(uploads):
    content = workbook((1, "ke-toan", "Kế toán"), headers=HEADERS)

    upload = uploads.sent(content, kind="groups", name="nhom.xlsx")
    rows = uploads.read(f"{upload['url']}rows/", change="new")["results"]
    answer = uploads.act(upload, "commit", {"seen": upload["checked_at"], "missing": "keep"})

    assert (upload["kind"], upload["base"], upload["report"]["changes"]["new"]) == ("groups", None, 1)
    assert [row["values"] for row in rows] == [{"code": "ke-toan", "name": "Kế toán"}]
    assert answer.status_code == 200 and names()["ke-toan"] == "Kế toán"
    assert uploads.read("imports/", kind="groups")["results"][0]["id"] == upload["id"]
    assert uploads.read("imports/", kind="catalog")["results"] == []


def test_the_command_takes_it_too(tmp_path, people):
    path, out = tmp_path / "nhom.xlsx", io.StringIO()
    path.write_bytes(workbook((1, "ke-toan", "ke-toan"), headers=HEADERS))

    with pytest.raises(SystemExit, match="1"):
        call_command("import_file", "groups", str(path), "--agency", "thong-ke", "--json", stdout=out)

    assert [error["code"] for error in json.loads(out.getvalue())["errors"]] == ["name_is_code"]
