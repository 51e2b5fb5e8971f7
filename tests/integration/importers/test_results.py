"""Results of work come in by the same way as catalogs: checked, previewed, written whole, taken back, sent again."""

import io
import json
import uuid
from datetime import date, timedelta
from decimal import Decimal
from unittest import mock

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from cms.assignments import actions as work_actions
from cms.assignments.models import Evidence, WorkAssignment
from cms.audit.models import AuditEvent
from cms.catalogs.errors import StaleEdition
from cms.catalogs.models import CatalogVersion
from cms.catalogs.models.versions import CatalogVersionQuerySet
from cms.core.errors import NotAllowed, WrongState
from cms.core.periods import CalendarPeriod
from cms.evaluations.models import Evaluation, Period
from cms.organisations.actions import start_posting
from cms.organisations.models import Agency
from importers import actions
from importers.batches.previews import rows_of
from importers.batches.report import row_json
from importers.demo import results as demo_results
from importers.enums import BatchState
from importers.errors import PeriodNeeded
from importers.kinds import KINDS
from importers.messages import render
from importers.models import ImportBatch
from tests.factories.officers import make_officer, values
from tests.factories.work import finish
from tests.integration.importers.conftest import workbook
from tests.integration.work.conftest import desk as desk  # noqa: F401 - the fixture

pytestmark = pytest.mark.django_db

HEADERS = (
    "STT", "Mã công chức", "Họ và tên", "Mã việc đã giao", "Mã sản phẩm/công việc", "Số lượng giao",
    "Số lượng hoàn thành", "Ngày giao", "Hạn hoàn thành", "Ngày hoàn thành", "Số lần không đạt chất lượng",
    "Số lần chậm tiến độ", "Trong kế hoạch", "Nhiệm vụ trọng tâm", "Kết quả", "Số, ký hiệu văn bản",
)  # fmt: skip
COLUMNS = (
    "no", "code", "name", "reference", "item", "assigned", "completed", "given_on", "due_on", "done_on",
    "quality_failures", "late_occurrences", "is_planned", "is_key", "result", "documents",
)  # fmt: skip


def today():
    return timezone.localdate()


def period():
    return CalendarPeriod.around("month", today())


@pytest.fixture
def row(desk):
    """Return the maker of rows: what a test does not care about is right."""

    def make(**changes):
        values = {
            "no": 1, "code": "CC-100", "name": "Công chức 0100", "item": desk.item.code, "assigned": 4, "completed": 4,
            "given_on": today(), "due_on": period().last_day, "done_on": today(), "result": "Đã gửi",
        } | changes  # fmt: skip
        return tuple(values.get(name) for name in COLUMNS)

    return make


@pytest.fixture
def send(people, province):
    """Return the sender: send(*rows) uploads results of this month for province.statistics."""

    def upload(*rows, by="uploader", agency=None, content=None, headers=HEADERS, code=None):
        content = content or workbook(*rows, headers=headers)
        return actions.upload(
            by=people[by], agency=agency or province.statistics, file=ContentFile(content), name="ket-qua.xlsx",
            kind="results", period=period().code if code is None else code, wait=True,
        )  # fmt: skip

    return upload


@pytest.fixture
def written(send, people):
    """Return the same, confirmed."""

    def upload(*rows, by="uploader", **more):
        return actions.commit(by=people[by], batch=send(*rows, by=by, **more))

    return upload


def errors(batch, severity="error"):
    return [(one.row, one.column, one.code) for one in batch.problems.filter(severity=severity)]


def template(agency: Agency, code: str = "") -> bytes:
    kind = KINDS["results"]
    return kind.template(agency, kind.offers[0], code or period().code).read()


def test_new_rows_give_work_and_report_it(send, row, people, desk):
    batch = send(
        row(documents="12/BC-TK; 13/BC-TK", is_key="Có", is_planned="Không"),
        row(no=2, assigned=3, completed=1, done_on=None, result=None),
        row(no=3, assigned=2, completed=None, done_on=None, result=None, due_on=today()),
    )
    assert (batch.state, batch.counts["new"], errors(batch)) == ("previewed", 3, [])
    assert not WorkAssignment.objects.exists()

    actions.commit(by=people["uploader"], batch=batch)

    done, begun, given = WorkAssignment.objects.order_by("-completed", "-assigned")
    assert (done.state, done.completed, done.done_on, done.result) == ("done", Decimal(4), today(), "Đã gửi")
    assert (done.is_key, done.is_planned, done.source, done.given_by) == (True, False, "excel", people["uploader"])
    assert (done.code, done.name, done.coefficient) == (desk.item.code, desk.item.name, desk.item.coefficient)
    assert (done.posting, done.officer, done.month) == (desk.posting, desk.officer, period().first_day)
    assert (begun.state, begun.completed, given.state, given.done_on) == ("in_progress", Decimal(1), "given", None)
    assert sorted(done.evidence.values_list("document_number", flat=True)) == ["12/BC-TK", "13/BC-TK"]
    assert WorkAssignment.objects.search(desk.item.code).count() == 3
    event = AuditEvent.objects.get(action="work.write_many")
    assert event.agency_code == "thong-ke" and len(event.after) == 5 and event.after["sha256"] == batch.sha256


def test_the_template_holds_the_work_and_comes_back_with_what_is_done(send, written, desk, province):
    work = desk.give(assigned=Decimal(4), due_on=period().last_day, instruction="Báo cáo quý")
    desk.give(assigned=Decimal(2), due_on=period().last_day)
    taken = template(province.statistics)

    untouched = send(content=taken)
    assert untouched.counts == {"new": 0, "changed": 0, "same": 2, "missing": 0}
    assert (untouched.error_count, untouched.warning_count) == (0, 0)

    book = load_workbook(io.BytesIO(taken))
    sheet = book["KetQua"]
    headings = {cell.value: cell.column for cell in sheet[1]}
    line = next(
        row for row in sheet.iter_rows(min_row=2) if row[headings["Mã việc đã giao"] - 1].value == str(work.identity)
    )
    for heading, value in (("Số lượng hoàn thành", 3), ("Ngày hoàn thành", today()), ("Kết quả", "Xong phần 1")):
        line[headings[heading] - 1].value = value
    out = io.BytesIO()
    book.save(out)
    batch = written(content=out.getvalue())

    assert batch.counts == {"new": 0, "changed": 1, "same": 1, "missing": 0}
    work.refresh_from_db()
    assert (work.state, work.completed, work.done_on, work.result) == ("done", Decimal(3), today(), "Xong phần 1")
    rules = [rule.sqref for rule in load_workbook(io.BytesIO(taken))["KetQua"].data_validations.dataValidation]
    assert len(rules) >= 6 and {"CongChuc", "SanPham"} <= set(book.sheetnames)


def test_the_same_file_again_changes_nothing(written, send, row):
    rows = (row(documents="1/BC"), row(no=2, documents="2/BC"), row(no=3, assigned=9, completed=1, done_on=None))
    written(*rows)

    again = send(*rows)

    assert again.counts == {"new": 0, "changed": 0, "same": 3, "missing": 0} and not again.error_count
    assert WorkAssignment.objects.count() == 3


def test_a_row_without_a_reference_reports_the_work_of_the_same_officer_item_and_days(written, row, desk):
    work = desk.give(assigned=Decimal(4), due_on=period().last_day)

    batch = written(row())

    assert batch.counts["changed"] == 1 and WorkAssignment.objects.count() == 1
    work.refresh_from_db()
    assert work.state == "done"


def test_what_is_not_in_the_file_is_shown_and_stays(written, row, desk):
    other = desk.give(assigned=Decimal(7), due_on=today())

    batch = written(row(due_on=period().last_day, documents="9/BC"))

    assert batch.counts["missing"] == 1 and batch.missing == "keep"
    other.refresh_from_db()
    assert other.state == "given"


def test_every_problem_comes_in_one_pass(send, row):
    late = period().last_day + timedelta(days=1)
    batch = send(
        row(code="CC-999"), row(name="Người khác"), row(item="XX.1"), row(assigned=0), row(assigned="hai"),
        row(done_on=today() - timedelta(days=1)), row(due_on=late), row(done_on=today() + timedelta(days=1)),
        row(completed=0), row(done_on=None, quality_failures=1, completed=1), row(reference="abc"),
        row(reference=str(uuid.uuid4())), row(quality_failures=1.5), row(is_key="có lẽ"), row(documents="x" * 101),
        row(due_on=today() - timedelta(days=1)), row(given_on=None), row(completed=-1),
    )  # fmt: skip
    found = [(place, code) for place, _column, code in errors(batch)]
    wanted = [
        (2, "officer_not_found"), (3, "officer_name_differs"), (4, "item_not_found"), (5, "not_positive"),
        (6, "not_a_number"), (7, "done_before_given"), (8, "outside_period"), (9, "done_in_future"),
        (10, "nothing_completed"), (11, "faults_without_done"), (12, "reference_wrong"), (13, "work_not_found"),
        (14, "not_whole"), (15, "not_yes_no"), (16, "document_too_long"), (17, "due_before_given"), (18, "required"),
        (19, "negative"),
    ]  # fmt: skip
    assert set(wanted) <= set(found) and batch.state == BatchState.REFUSED
    # Nothing else is said, but that a day before today may lie before the month.
    assert {one for one in found if one not in wanted} <= {(17, "outside_period")}


def test_rows_that_say_the_same_twice(send, row, desk):
    work = desk.give(due_on=period().last_day)
    named = row(reference=str(work.identity))
    batch = send(row(assigned=9), row(assigned=9), named, named, row(assigned=8, result="Khác"))

    assert errors(batch) == [(3, "Mã công chức", "duplicate_row"), (5, "Mã việc đã giao", "duplicate_reference")]
    assert (6, "Mã công chức", "similar_row") in errors(batch, "warning")


def test_more_than_assigned_and_a_holiday_are_said_and_kept(send, row):
    new_year = date(2027, 1, 1)
    batch = send(row(completed=5))
    assert errors(batch) == [] and (2, "Số lượng hoàn thành", "more_than_assigned") in errors(batch, "warning")

    january = send(row(due_on=new_year, done_on=None, completed=None), code="2027-01")
    assert (2, "Hạn hoàn thành", "due_on_day_off") in errors(january, "warning")
    tet = send(row(due_on=date(2027, 2, 6), done_on=None, completed=None), code="2027-02")
    assert errors(tet) == [] and (2, "Hạn hoàn thành", "due_on_day_off") in errors(tet, "warning")


def test_confirmed_work_is_not_changed_by_a_file(send, row, desk, people):
    work = finish(desk.give(due_on=period().last_day), desk.officer.account)
    work_actions.confirm_work(by=people["agency_head"], work=[work])
    same = {"reference": str(work.identity), "result": None}

    assert send(row(**same)).counts["same"] == 1
    batch = send(row(**same | {"completed": 2}))
    assert errors(batch) == [(2, "Số lượng hoàn thành", "work_confirmed")]
    # Other work of the same days, shown by a document of its own, is new.
    other = send(row(**same | {"reference": None, "completed": 2, "documents": "77/BC"}))
    assert errors(other) == [(2, "Số lượng hoàn thành", "work_confirmed"), (2, "Số, ký hiệu văn bản", "work_confirmed")]


def test_a_locked_month_is_refused_at_its_cells_and_when_locked_after_the_preview(send, row, desk, people):
    kept = send(row())
    now = timezone.now()
    of_month = Period.objects.create(
        agency=desk.posting.agency, kind="month", first_day=period().first_day, last_day=period().last_day,
        opened_at=now, lock_proposed_by=people["uploader"], lock_proposed_at=now, locked_by=people["agency_head"],
        locked_at=now,
    )  # fmt: skip
    Evaluation.objects.create(
        period=of_month, officer=desk.officer, posting=desk.posting, agency=desk.posting.agency, role="staff"
    )
    late = send(row(result="Gửi muộn"), row(completed=2, result="Gửi sau"))
    assert [code for _row, _column, code in errors(late)] == ["month_locked", "month_locked"]
    assert "đã khóa" in render(late.problems.filter(code="month_locked")[0])
    # The file stays to be read, with the cells marked, and what was previewed before stays a preview.
    assert late.state == BatchState.REFUSED and len(list(rows_of(late))) == 2
    with pytest.raises(WrongState, match="đã chốt"):
        actions.commit(by=people["uploader"], batch=kept)
    kept.refresh_from_db()
    assert kept.state == BatchState.PREVIEWED
    assert not WorkAssignment.objects.exists()


def test_nobody_confirms_by_a_file_what_is_their_own(written, row, desk, people):
    head = people["agency_head"]
    head_officer = make_officer(desk.posting.agency, code="CC-200", name="Công chức 0200")
    head_officer.account = head
    head_officer.save()

    written(row(code="CC-200", name="Công chức 0200"), by="agency_head")

    work = WorkAssignment.objects.get()
    assert (work.state, work.confirmed_by) == ("done", None)
    assert not WorkAssignment.objects.confirmable_by(head).exists()


def test_reported_failures_are_kept_when_many_are_confirmed(written, row, people):
    written(row(quality_failures=2, late_occurrences=1))

    work_actions.confirm_work(by=people["agency_head"], work=list(WorkAssignment.objects.all()))

    work = WorkAssignment.objects.get()
    assert (work.state, work.quality_failures, work.late_occurrences) == ("confirmed", 2, 1)


def test_work_of_another_officer_or_item_is_not_taken_over(send, row, desk):
    work = desk.give(due_on=period().last_day)
    make_officer(desk.posting.agency, code="CC-300", name="Công chức 0300")
    other = desk.item.version.items.in_order()[1]

    batch = send(
        row(reference=str(work.identity), code="CC-300", name="Công chức 0300"),
        row(reference=str(work.identity), item=other.code, given_on=today() - timedelta(days=1)),
    )

    assert {code for _row, _column, code in errors(batch)} == {
        "work_of_other_officer", "work_of_other_item", "given_on_fixed",
    }  # fmt: skip


def test_who_moved_in_mid_month_does_the_work_where_they_were_on_its_day(written, row, province, desk):
    yesterday = today() - timedelta(days=1)
    moved = make_officer(province.statistics, code="CC-400", name="Công chức 0400", valid_to=yesterday)
    start_posting(by=None, officer=moved, values=values(province.division, valid_from=today()))

    written(row(code="CC-400", name="Công chức 0400"))

    assert WorkAssignment.objects.get().agency == province.division


def test_who_left_or_comes_later_is_given_no_work(send, row, province, desk):
    yesterday, tomorrow = today() - timedelta(days=1), today() + timedelta(days=1)
    make_officer(province.statistics, code="CC-401", name="Công chức 0401", valid_to=yesterday)
    make_officer(province.statistics, code="CC-402", name="Công chức 0402", valid_from=tomorrow)

    batch = send(row(code="CC-401", name="Công chức 0401"), row(code="CC-402", name="Công chức 0402"))

    assert errors(batch) == [(2, "Ngày giao", "officer_left"), (3, "Ngày giao", "not_posted_on_day")]


def test_work_keeps_its_item_and_new_work_needs_one_that_holds_on_its_day(send, row, desk):
    work = desk.give(due_on=period().last_day)
    version = CatalogVersion.objects.filter(pk=desk.item.version_id)
    with mock.patch.object(CatalogVersionQuerySet, "frozen", lambda self: self.none()):
        superseded = send(row(reference=str(work.identity)), row(documents="4/BC", assigned=1, due_on=today()))
    assert errors(superseded) == [(3, "Mã sản phẩm/công việc", "item_not_found")]

    before = send(row(given_on=version.get().effective_from - timedelta(days=1), documents="4/BC"))
    assert errors(before) == [(2, "Mã sản phẩm/công việc", "item_not_on_day")]


def test_two_posts_at_once_ask_which(send, written, row, desk, province):
    start_posting(by=None, officer=desk.officer, values=values(province.division, is_main=False))

    batch = send(row())
    assert errors(batch) == [] and (2, "Mã công chức", "several_postings") in errors(batch, "warning")
    headers = (*HEADERS, "Mã cơ quan, đơn vị")
    chosen = written((*row(), province.division.code), headers=headers)
    assert not [one for one in errors(chosen, "warning") if one[2] == "several_postings"]
    assert WorkAssignment.objects.get().agency == province.division
    wrong = send((*row(assigned=8), "van-phong"), headers=headers)
    assert errors(wrong) == [(2, "Mã cơ quan, đơn vị", "agency_not_of_officer")]


def test_the_preview_is_stale_only_when_its_own_rows_moved(send, row, desk, people):
    work = desk.give(due_on=period().last_day)
    named, other = send(row(reference=str(work.identity))), send(row(assigned=9, due_on=today(), documents="5/BC"))

    work_actions.report_work(by=desk.officer.account, work=work, completed=Decimal(1))

    actions.commit(by=people["uploader"], batch=other)
    with pytest.raises(StaleEdition):
        actions.commit(by=people["uploader"], batch=named)
    named.refresh_from_db()
    assert named.state == BatchState.STALE
    assert WorkAssignment.objects.get(pk=work.pk).completed == 1


def test_taking_back_withdraws_what_was_new_and_restores_what_was_changed(written, row, desk, people):
    work = desk.give(due_on=period().last_day)
    batch = written(
        row(reference=str(work.identity), documents="1/BC"), row(assigned=9, documents="2/BC"),
        row(assigned=8, documents="3/BC"),
    )  # fmt: skip
    touched = WorkAssignment.objects.get(assigned=8)
    work_actions.confirm_work(by=people["agency_head"], work=[touched])

    plan = actions.plan_undo(batch)
    assert (plan.removed, plan.restored, [left.why for left in plan.left]) == (1, 1, ["Sau đó việc đã được xác nhận."])
    actions.undo(by=people["uploader"], batch=batch)

    work.refresh_from_db()
    assert (work.state, work.completed, work.done_on, work.result) == ("given", 0, None, "")
    gone = WorkAssignment.objects.get(assigned=9)
    assert gone.state == "withdrawn" and "ket-qua.xlsx" in gone.reason
    assert WorkAssignment.objects.get(pk=touched.pk).state == "confirmed"
    assert list(Evidence.objects.standing().values_list("document_number", flat=True)) == ["3/BC"]
    batch.refresh_from_db()
    assert batch.undo_result["kept"][0][0] == "CC-100"


def test_only_who_writes_for_the_agency_sends_and_sees(send, row, people, province):
    with pytest.raises(NotAllowed):
        send(row(), by="editor")
    with pytest.raises(NotAllowed):
        send(row(), by="other_uploader")
    with pytest.raises(NotAllowed):
        send(row(), by="api_client")
    batch = send(row())
    assert ImportBatch.objects.visible_to(people["uploader"]).filter(pk=batch.pk).exists()
    assert ImportBatch.objects.visible_to(people["agency_head"]).filter(pk=batch.pk).exists()
    for stranger in ("editor", "other_uploader", "approver"):
        assert not ImportBatch.objects.visible_to(people[stranger]).filter(pk=batch.pk).exists()


def test_a_file_is_of_a_period(send, row, province, people, desk):
    for wrong in ("", "2026-13", "2026-Q5", "thang 7"):
        with pytest.raises(PeriodNeeded):
            send(row(), code=wrong)
    before = CalendarPeriod.around("month", period().first_day - timedelta(days=1))
    batch = send(content=template(province.statistics, before.code))
    assert [code for _row, _column, code in errors(batch)][0] == "template_of_other_period"
    year = send(row(), code=f"{today().year}")
    assert errors(year) == []


def test_the_command_answers_in_the_shape_of_the_contract(tmp_path, row, desk):
    path, out = tmp_path / "ket-qua.xlsx", io.StringIO()
    path.write_bytes(workbook(row(), headers=HEADERS))
    asked = ("import_results", str(path), "--agency", "thong-ke", "--json")

    call_command(*asked, "--period", period().code, "--commit", stdout=out)
    answer = json.loads(out.getvalue())
    assert list(answer) == ["verdict", "sha256", "sheets", "rows", "changes", "committed", "errors", "warnings"]
    assert (answer["committed"], answer["changes"]["new"]) == (True, 1)

    path.write_bytes(workbook(row(item="XX"), headers=HEADERS))
    wrong = io.StringIO()
    with pytest.raises(SystemExit, match="1"):
        call_command(*asked, "--period", period().code, stdout=wrong)
    assert json.loads(wrong.getvalue())["errors"][0]["code"] == "item_not_found"
    for call in (("--period", "2026-99"), ()):
        with pytest.raises(CommandError) as refusal:
            call_command(*asked, *call)
        assert refusal.value.returncode in (1, 2)
    with pytest.raises(CommandError):
        call_command("import_file", "catalog", str(path), "--agency", "thong-ke", "--period", "2026-07")


def test_the_screens_take_it_all_the_way(client, people, province, row, django_capture_on_commit_callbacks):
    client.force_login(people["uploader"])
    form = reverse("importers:upload_kind", args=[province.statistics.pk, "results"])
    page = client.get(form, {"period": period().code}).content.decode()
    assert f'name="period" value="{period().code}"' in page and f"period={period().code}" in page
    taken = client.get(reverse("importers:template_kind", args=[province.statistics.pk, "results"]))
    assert taken.status_code == 200 and period().code in taken["Content-Disposition"]

    file = ContentFile(workbook(row(completed="x"), headers=HEADERS), name="ket-qua.xlsx")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(form, {"file": file, "period": period().code})
    batch = ImportBatch.objects.get()
    assert batch.period == period().code
    with django_capture_on_commit_callbacks(execute=True):
        client.post(
            reverse("importers:correct", args=[batch.pk]), {"sheet": "DanhMuc", "row": "2", "cell_7": "4"}, follow=True
        )
    shown = client.get(reverse("importers:batch", args=[batch.pk])).content.decode()
    assert "CC-100" in shown and "Chờ xác nhận" in shown
    client.post(reverse("importers:commit", args=[batch.pk]))
    assert WorkAssignment.objects.get().completed == 4

    client.force_login(people["editor"])
    assert client.get(form).status_code == 404
    assert client.get(reverse("importers:batch", args=[batch.pk])).status_code == 404


def test_how_many_rows_are_taken_is_a_setting(settings, send, row):
    settings.THUOCDO_IMPORT_LIMITS = {"rows": 2}
    batch = send(row(documents="1"), row(documents="2"), row(documents="3"))
    assert "too_many_rows" in [code for _row, _column, code in errors(batch)]


def test_what_only_the_store_reads_is_not_shown(send, row):
    batch = send(row())
    reported = row_json(next(rows_of(batch)), KINDS["results"].show(batch.by, batch.agency))
    assert reported["values"]["code"] == "CC-100" and not {"posting", "item_key"} & set(reported["values"])


WRONG_CELLS = {
    "error value": ({"completed": "#REF!"}, "error_value"),
    "code as a number": ({"code": 100}, "code_is_number"),
    "month first": ({"done_on": "07/25/2026"}, "date_month_first"),
    "no such day": ({"done_on": "31/02/2026"}, "date_impossible"),
    "percent": ({"completed": "80%"}, "number_percent"),
    "unit": ({"assigned": "4 báo cáo"}, "number_unit"),
    "ambiguous": ({"assigned": "1.234"}, "number_ambiguous"),
    "over the most": ({"assigned": 1_000_001}, "number_over_maximum"),
    "turned text": ({"result": "kết quả \u202egnod"}, "dangerous_bidi"),
    "look-alike in a code": ({"item": "ТК.1"}, "lookalike_in_code"),
}  # fmt: skip


@pytest.mark.parametrize(("changes", "code"), WRONG_CELLS.values(), ids=WRONG_CELLS)
def test_a_wrong_cell_is_named(send, row, changes, code):
    found = errors(send(row(**changes)))

    assert code in [one for _row, _column, one in found] and all(place == 2 for place, _column, _code in found)


def test_text_that_looks_like_a_formula_stays_text(written, row):
    batch = written(row(result="+84 báo cáo"))
    assert (2, "Kết quả", "formula_text") in errors(batch, "warning")
    assert WorkAssignment.objects.get().result == "+84 báo cáo"


@pytest.mark.parametrize("content", [b"", b"<html><table></table></html>", b"PK\x03\x04broken", b"\x00" * 500])
def test_what_is_no_workbook_is_refused(send, content):
    batch = send(content=content)
    assert batch.state == BatchState.REFUSED and batch.error_count


def test_a_workbook_cut_anywhere_is_refused_whole(send, row):
    whole = workbook(row(), row(assigned=3), headers=HEADERS)
    for part in (3, 5, 9):
        batch = send(content=whole[: len(whole) * part // 10])
        assert batch.state == BatchState.REFUSED and not WorkAssignment.objects.exists()


def test_headings_in_any_order_and_some_left_out(send, row, desk):
    order = ("item", "code", "due_on", "given_on", "assigned")
    headings = dict(zip(COLUMNS, HEADERS, strict=True))
    values = dict(zip(COLUMNS, row(), strict=True))
    content = workbook(tuple(values[key] for key in order), headers=tuple(headings[key].upper() for key in order))
    assert send(content=content).counts["new"] == 1

    without = workbook(tuple(values[key] for key in order[1:]), headers=tuple(headings[key] for key in order[1:]))
    assert "missing_column" in [code for _row, _column, code in errors(send(content=without))]


def test_the_demo_sends_a_divisions_month_by_this_way(monkeypatch, desk, province):
    for name, value in {"DEPARTMENT": "thong-ke", "DIVISION": province.division.code, "HEAD": "agency_head"}.items():
        monkeypatch.setattr(demo_results, name, value)
    make_officer(province.division, code="CC-500", name="Công chức 0500")

    lines = list(demo_results.load())

    batch = ImportBatch.objects.get()
    assert (batch.state, batch.counts["new"], batch.error_count) == ("committed", 3, 0) and len(lines) == 1
    assert list(demo_results.load()) == []
