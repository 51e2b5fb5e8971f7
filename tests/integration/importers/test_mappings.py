"""An agency's own headings: matched once on a screen, read ever after, by every door, and forgotten again."""

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from cms.audit.models import AuditEvent
from cms.core.errors import NotAllowed, WrongState
from importers import actions
from importers.batches import packing
from importers.checking.columns import IGNORED
from importers.enums import BatchState
from importers.kinds import KINDS
from importers.mappings.layouts import layouts_for
from importers.mappings.models import ColumnMapping
from importers.mappings.table import table_of
from importers.models import ImportBatch
from tests.integration.importers.conftest import GOOD_ROW, HEADERS, workbook

Uploaded = Callable[..., ImportBatch]
OWN_HEADERS = ("Ký hiệu", "Đầu việc", "Kết quả giao nộp", "Tính theo", "Bậc", "HSQĐ", "Người lập")
OWN_ROWS = (
    ("TK.101", "Thẩm định hồ sơ trình lãnh đạo", "Báo cáo", "báo cáo", 1, 1.5, "Công chức 0001"),
    ("TK.102", "Tổng hợp số liệu của các phòng", "Báo cáo", "báo cáo", 2, 2.25, "Công chức 0002"),
)
WORDS = {
    "Ký hiệu": "code", "Đầu việc": "task", "Kết quả giao nộp": "output", "Tính theo": "unit", "Bậc": "group",
    "HSQĐ": "coefficient", "Người lập": IGNORED,
}  # fmt: skip


def own_workbook(*rows: tuple[Any, ...]) -> bytes:
    return workbook(*(rows or OWN_ROWS), headers=OWN_HEADERS)


@pytest.fixture
def refused(people, province, uploaded: Uploaded) -> ImportBatch:
    """Return an upload of the statistics office whose headings nobody knows."""
    return uploaded(people["uploader"], province.statistics, own_workbook())


@pytest.fixture
def match(django_capture_on_commit_callbacks: Any) -> Callable[..., ImportBatch]:
    """Return the matcher of tests: match(user, batch, words) has the columns matched and the file checked again."""

    def act(by, batch: ImportBatch, words: dict[str, str] = WORDS) -> ImportBatch:
        with django_capture_on_commit_callbacks(execute=True):
            actions.map_columns(by=by, batch=batch, words=words)
        return ImportBatch.objects.get(pk=batch.pk)

    return act


@pytest.fixture
def matched(people, refused: ImportBatch, match) -> ImportBatch:
    """Return that upload with its columns matched."""
    return match(people["uploader"], refused)


def screen(batch: ImportBatch) -> str:
    return reverse("importers:columns", args=[batch.pk])


def test_from_a_refusal_to_files_that_are_read_at_once(
    client: Client, people, province, refused, uploaded: Uploaded, django_capture_on_commit_callbacks
) -> None:
    client.force_login(people["uploader"])
    assert (refused.state, [p.code for p in refused.problems.all()]) == (BatchState.REFUSED, ["no_header"])
    page = client.get(reverse("importers:batch", args=[refused.pk])).content.decode()
    assert screen(refused) in page

    form = client.get(screen(refused)).context["form"]
    proposed = {field.label: field.initial for field in form.fields.values()}
    assert proposed == {f"“{heading}” là cột": key for heading, key in WORDS.items()}

    with django_capture_on_commit_callbacks(execute=True):
        sent = {name: field.initial for name, field in form.fields.items()} | {"sheet": "DanhMuc", "row": "1"}
        answer = client.post(screen(refused), sent)
    refused.refresh_from_db()
    assert (refused.state, refused.counts["new"]) == (BatchState.PREVIEWED, 2)
    assert [(p.severity, p.code, p.params["count"]) for p in refused.problems.all()] == [
        ("note", "column_passed_by", 2)
    ]
    verdict = client.get(answer.url).content.decode()
    assert "Cột “Người lập” không được đọc, theo lựa chọn của cơ quan; số ô có dữ liệu bên dưới: 2." in verdict
    assert "Đọc theo cách ghép cột của cơ quan" in verdict and "“Bậc” → Nhóm phức tạp (1-5)" in verdict

    again = uploaded(people["agency_head"], province.statistics, own_workbook(), "thang-sau.xlsx")
    assert (again.state, again.warning_count) == (BatchState.PREVIEWED, 0)
    other = uploaded(people["other_uploader"], province.office, own_workbook())
    assert other.state == BatchState.REFUSED


def test_the_command_line_reads_by_the_same_mapping(matched, province, tmp_path) -> None:
    path = tmp_path / "cua-chung-toi.xlsx"
    path.write_bytes(own_workbook())
    out = io.StringIO()

    call_command("import_catalog", path, agency=province.statistics.code, json=True, stdout=out)

    assert json.loads(out.getvalue())["verdict"] == "accept"


def test_a_heading_that_was_forgotten_is_not_known_any_more(
    client: Client, people, province, matched, uploaded: Uploaded
) -> None:
    client.force_login(people["editor"])
    mapping = ColumnMapping.objects.get(header="Bậc")
    address = reverse("importers:mappings", args=[province.statistics.pk])
    assert "“Bậc”" in client.get(address).content.decode()

    client.post(address, {"mapping": mapping.pk, "forget": "1"})

    batch = uploaded(people["uploader"], province.statistics, own_workbook())
    assert [(p.code, p.column) for p in batch.problems.filter(severity="error")] == [
        ("missing_column", "Nhóm phức tạp (1-5)")
    ]


def test_a_mapping_is_changed_on_the_agencys_screen(client: Client, people, province, matched) -> None:
    client.force_login(people["uploader"])
    mapping = ColumnMapping.objects.get(header="Người lập")
    address = reverse("importers:mappings", args=[province.statistics.pk])

    client.post(address, {"mapping": mapping.pk, "column": "note"})

    mapping.refresh_from_db()
    assert mapping.column == "note"
    assert client.post(address, {"mapping": mapping.pk, "column": "khong-co"}, follow=True).context["messages"]
    mapping.refresh_from_db()
    assert mapping.column == "note"


def test_one_column_is_not_chosen_twice(client: Client, people, refused) -> None:
    client.force_login(people["uploader"])
    form = client.get(screen(refused)).context["form"]
    sent = {name: field.initial for name, field in form.fields.items()} | {"column_7": "code"}

    answer = client.post(screen(refused), sent)

    assert answer.status_code == 400
    assert set(answer.context["form"].errors) == {"column_1", "column_7"}
    page = answer.content.decode()
    assert 'aria-describedby="id_column_7-error"' in page and 'id="id_column_7-error"' in page
    assert not ColumnMapping.objects.exists()


def test_a_required_column_is_not_left_out(client: Client, people, refused) -> None:
    client.force_login(people["uploader"])
    form = client.get(screen(refused)).context["form"]
    sent = {name: field.initial for name, field in form.fields.items()} | {"column_5": IGNORED}

    answer = client.post(screen(refused), sent)

    assert answer.status_code == 400
    assert "“Nhóm phức tạp (1-5)”" in answer.context["form"].non_field_errors()[0]


def test_what_is_known_by_itself_is_not_remembered(people, province, uploaded: Uploaded) -> None:
    batch = uploaded(
        people["uploader"], province.statistics,
        workbook((1, *GOOD_ROW, "x"), headers=("STT", *HEADERS[:4], "Bậc", HEADERS[5], "Khung điểm")),
    )  # fmt: skip
    table = table_of(batch)

    words = table.words({p.column.number: table.first_choice(p) for p in table.open_columns})

    assert {heading: key for heading, key in words.items() if key} == {"Bậc": "group"}


def test_a_warning_leads_to_the_screen_too(client: Client, people, province, uploaded: Uploaded, match) -> None:
    batch = uploaded(
        people["uploader"], province.statistics, workbook((*GOOD_ROW, "x"), headers=(*HEADERS, "Người lập"))
    )
    assert (batch.state, batch.warning_count) == (BatchState.PREVIEWED, 1)
    client.force_login(people["uploader"])
    assert screen(batch) in client.get(reverse("importers:batch", args=[batch.pk])).content.decode()

    batch = match(people["uploader"], batch, {"Người lập": IGNORED})

    assert (batch.warning_count, batch.mapped) == (0, [["Người lập", ""]])


def test_a_column_of_ours_cannot_be_chosen_to_be_passed_by(
    client: Client, people, province, uploaded: Uploaded
) -> None:
    file = workbook((*GOOD_ROW, "x", "y"), headers=(*HEADERS, "Người lập", "Ghi chú"))
    batch = uploaded(people["uploader"], province.statistics, file)
    client.force_login(people["uploader"])
    form = client.get(screen(batch)).context["form"]
    by_label = {field.label: name for name, field in form.fields.items()}
    sent = {name: field.initial for name, field in form.fields.items()}
    sent |= {"sheet": "DanhMuc", "row": "1", by_label["“Ghi chú” là cột"]: IGNORED}

    errors = client.post(screen(batch), sent).context["form"].errors

    assert list(errors) == [by_label["“Ghi chú” là cột"]]
    assert "luôn được đọc" in str(errors)


def test_the_ledger_tells_who_matched_what(people, province, matched) -> None:
    event = AuditEvent.objects.filter(action="import.map_columns").get()

    assert (event.actor_name, event.agency_code) == (str(people["uploader"]), province.statistics.code)
    assert event.after["Bậc"] == "Nhóm phức tạp (1-5)"
    actions.forget_mapping(by=people["agency_head"], mapping=ColumnMapping.objects.get(header="Bậc"))
    event = AuditEvent.objects.filter(action="import.map_columns").latest("sequence")
    assert (event.before, event.after["Bậc"]) == ({"Bậc": "Nhóm phức tạp (1-5)"}, "")


def test_only_who_may_upload_teaches(people, refused, matched) -> None:
    mapping = ColumnMapping.objects.first()

    for person in (people["other_uploader"], people["approver"], people["technical_admin"]):
        with pytest.raises(NotAllowed):
            actions.map_columns(by=person, batch=refused, words={"Bậc": "note"})
        with pytest.raises(NotAllowed):
            actions.change_mapping(by=person, mapping=mapping, column="note")
        with pytest.raises(NotAllowed):
            actions.forget_mapping(by=person, mapping=mapping)


@pytest.mark.parametrize(
    "words", [{"Bậc": "khong-co"}, {"***": "group"}, {"B" * 300: "group"}, {"Bậc": "group", "BẬC": "note"}]
)
def test_what_cannot_be_remembered_is_refused(people, refused, words) -> None:
    with pytest.raises(WrongState):
        actions.map_columns(by=people["uploader"], batch=refused, words=words)

    assert not ColumnMapping.objects.exists()


def test_an_agency_has_so_many_mappings_and_no_more(people, refused, monkeypatch) -> None:
    monkeypatch.setattr("importers.actions.mapping.MOST_REMEMBERED", 3)

    with pytest.raises(WrongState):
        actions.map_columns(by=people["uploader"], batch=refused, words=WORDS)


def test_cells_under_matched_headings_are_marked_and_mended(
    client: Client, people, province, matched, uploaded: Uploaded, django_capture_on_commit_callbacks
) -> None:
    bad = ("TK.103", "Kiểm tra hồ sơ", "Báo cáo", "báo cáo", 9, 1, "")
    batch = uploaded(people["uploader"], province.statistics, own_workbook(*OWN_ROWS, bad))
    (problem,) = batch.problems.filter(severity="error")
    assert (problem.column, problem.row, problem.column_number) == ("Bậc", 4, 5)
    client.force_login(people["uploader"])

    marked = client.get(reverse("importers:marked", args=[batch.pk]))
    cell = load_workbook(io.BytesIO(b"".join(marked.streaming_content)))["DanhMuc"]["E4"]
    assert cell.comment is not None

    with django_capture_on_commit_callbacks(execute=True):
        actions.correct(by=people["uploader"], batch=batch, sheet="DanhMuc", row=4, cells={5: "3"})
    batch.refresh_from_db()
    assert (batch.state, batch.counts["new"]) == (BatchState.PREVIEWED, 3)


def test_the_template_is_read_beside_a_mapping(people, province, matched, uploaded: Uploaded) -> None:
    batch = uploaded(people["uploader"], province.statistics, "thong-ke.v1.xlsx")

    assert (batch.state, batch.mapped) == (BatchState.PREVIEWED, [])


def test_lists_of_officers_are_matched_by_the_same_screen(
    client: Client, people, province, position_of_officers, django_capture_on_commit_callbacks
) -> None:
    text = (
        "Số hiệu;Họ tên đầy đủ;Căn cước công dân;Công việc đảm nhiệm;Thời điểm bắt đầu\n"
        f"CC-1;Công chức 0001;012345678901;{position_of_officers};01/01/2026\n"
        f"CC-2;Công chức 0002;012345678902;{position_of_officers};01/02/2026\n"
    )
    file = ContentFile(text.encode())
    batch = actions.upload(
        by=people["uploader"], agency=province.statistics, file=file, name="cc.csv", kind="officers", wait=True
    )
    assert batch.state == BatchState.REFUSED
    client.force_login(people["uploader"])
    form = client.get(screen(batch)).context["form"]
    sent = {name: field.initial for name, field in form.fields.items()}
    assert list(sent.values()) == ["code", "name", IGNORED, "position_name", "valid_from"]

    with django_capture_on_commit_callbacks(execute=True):
        client.post(screen(batch), sent)

    batch.refresh_from_db()
    assert (batch.state, batch.counts["new"]) == (BatchState.PREVIEWED, 2)
    assert layouts_for(province.statistics, KINDS["catalog"]) == KINDS["catalog"].layouts()


@pytest.fixture
def position_of_officers(db) -> str:
    """Return the name of a position."""
    from tests.factories.officers import make_position

    return make_position().name


def test_what_is_kept_to_match_by_is_small_and_without_personal_data(people, province) -> None:
    rows = "".join(f"CC-{n};Công chức {n:04};0123456789{n:02};Nữ\n" for n in range(99))
    file = ContentFile(f"Số hiệu;Họ tên đầy đủ;Căn cước công dân;Phái\n{rows}".encode())

    batch = actions.upload(
        by=people["uploader"], agency=province.statistics, file=file, name="cc.csv", kind="officers", wait=True
    )

    (sheet,) = packing.stored(batch, packing.HEADINGS)["sheets"]
    assert len(sheet["rows"]) == 50
    kept = json.dumps(sheet, ensure_ascii=False)
    assert "Công chức 0001" in kept and "0123456789" not in kept


def test_a_good_file_keeps_nothing_to_match_by(client: Client, people, province, uploaded: Uploaded) -> None:
    batch = uploaded(people["uploader"], province.statistics, workbook(GOOD_ROW))
    client.force_login(people["uploader"])

    assert packing.stored(batch, packing.HEADINGS) is None
    assert client.get(screen(batch)).url == reverse("importers:batch", args=[batch.pk])


def test_the_screens_ask_the_database_as_often_for_many(client: Client, people, province, matched) -> None:
    client.force_login(people["uploader"])
    address = reverse("importers:mappings", args=[province.statistics.pk])
    client.get(address)

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    few = queries()
    for number in range(60):
        ColumnMapping.objects.create(
            agency=province.statistics, kind="catalog", header=f"Cột {number}", header_key=f"cột{number}",
            column=IGNORED, by=people["agency_head"],
        )  # fmt: skip
    assert queries() <= few
    assert client.get(address).context["page"].next
