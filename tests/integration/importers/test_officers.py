"""Lists of officers come in by the same way as catalogs: checked, previewed, written whole, taken back, sent again."""

import io
import json
from datetime import date, timedelta
from unittest import mock

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import DatabaseError
from django.urls import reverse
from django.utils import timezone

from cms.audit.models import AuditEvent
from cms.catalogs.errors import StaleEdition
from cms.core.errors import NotAllowed
from cms.organisations import actions as staff
from cms.organisations.models import Officer, Posting
from cms.organisations.staff_table import CATEGORIES, MAIN, ROLES, staff_file, staff_rows
from importers import actions
from importers.batches import packing
from importers.batches.previews import rows_of
from importers.enums import BatchState
from importers.kinds.officers.check import words
from tests.factories.officers import START, make_officer, make_position, make_posting, values
from tests.integration.importers.conftest import template, workbook

pytestmark = pytest.mark.django_db
HEADERS = ("Mã công chức", "Họ và tên", "Đối tượng", "Mã đơn vị", "Chức danh", "Vai trò", "Từ ngày", "Đến ngày")


def row(code="CC-1", agency="phong-tong-hop", role=None, start="01/01/2025", end=None, name=None):
    return (code, name or f"Công chức {code[3:]}", "Công chức", agency, "chuyen-vien", role, start, end)


@pytest.fixture(autouse=True)
def _positions(db):
    make_position()


@pytest.fixture
def send(people, province):
    """Return the sender: send(*rows) uploads a list for province.statistics and gives the checked batch."""

    def upload(*rows, by="uploader", agency=None, content=None, headers=HEADERS):
        content = content or workbook(*rows, headers=headers)
        return actions.upload(
            by=people[by], agency=agency or province.statistics, file=ContentFile(content), name="cong-chuc.xlsx",
            kind="officers", wait=True,
        )  # fmt: skip

    return upload


@pytest.fixture
def written(send, people):
    """Return the same, confirmed."""

    def upload(*rows, missing="remove", by="uploader", **more):
        return actions.commit(by=people[by], batch=send(*rows, by=by, **more), missing=missing)

    return upload


def record():
    """Return every posting as a list says it."""
    names = ("officer__code", "officer__name", "agency__code", "role", "valid_from", "valid_to", "identity")
    return list(Posting.objects.order_by("officer__code", "valid_from").values_list(*names))


def test_a_list_is_previewed_and_then_written(send, people):
    batch = send(row("CC-1", role="Người đứng đầu"), row("CC-2", "thong-ke", end="31/12/2030"))
    assert (batch.state, batch.counts["new"], Posting.objects.count()) == ("previewed", 2, 0)

    actions.commit(by=people["uploader"], batch=batch)

    first, second = Posting.objects.order_by("officer__code")
    assert (first.officer.name, first.agency.code, first.role) == ("Công chức 1", "phong-tong-hop", "head")
    assert (second.valid_from, second.valid_to) == (date(2025, 1, 1), date(2030, 12, 31))
    assert list(Officer.objects.search("cong chuc 2")) == [second.officer]
    event = AuditEvent.objects.get(action="officer.upload")
    assert (event.agency_code, event.after["added"]) == ("thong-ke", 2)


def test_the_same_file_again_changes_nothing_and_a_double_click_writes_once(written, send, people):
    batch = written(row("CC-1"), row("CC-2"))
    before, events = record(), AuditEvent.objects.filter(action="officer.upload").count()

    actions.commit(by=people["uploader"], batch=batch)
    again = written(row("CC-1"), row("CC-2"))

    assert again.counts == {"new": 0, "changed": 0, "same": 2, "missing": 0}
    assert (record(), AuditEvent.objects.filter(action="officer.upload").count()) == (before, events)


@pytest.mark.parametrize("missing", ["remove", "keep"])
def test_what_the_file_does_not_have_ends_today_or_stays(written, missing):
    written(row("CC-1"), row("CC-2"))

    written(row("CC-1"), missing=missing)

    gone = Posting.objects.get(officer__code="CC-2")
    assert gone.valid_to == (timezone.localdate() if missing == "remove" else None)
    again = written(row("CC-1"))
    assert again.counts["missing"] == (0 if missing == "remove" else 1)


def test_a_row_for_another_agency_is_an_error_of_its_row(send, province):
    batch = send(row("CC-1"), row("CC-2", "van-phong"))

    (problem,) = batch.problems.filter(severity="error")
    assert (problem.row, problem.code, batch.state) == (3, "agency_not_found", BatchState.REFUSED)


def test_an_officer_of_another_agency_is_neither_taken_nor_told_about(send, province):
    make_officer(province.office, code="CC-9", name="Công chức 9")

    batch = send(row("CC-9"))

    (problem,) = batch.problems.filter(severity="error")
    assert problem.code == "officer_elsewhere"
    assert "Văn phòng" not in str(problem.params)


def test_a_new_main_posting_in_the_file_transfers(written, send):
    written(row("CC-1", "thong-ke"))

    written(row("CC-1", "phong-tong-hop", start="01/03/2026"))

    assert [(line[2], line[5]) for line in record()] == [
        ("thong-ke", date(2026, 2, 28)), ("phong-tong-hop", None),
    ]  # fmt: skip


def test_all_rows_or_none(send, people):
    batch = send(*(row(f"CC-{number}") for number in range(20)))

    with (
        mock.patch.object(type(Posting.objects.all()), "bulk_create", side_effect=DatabaseError),
        pytest.raises(DatabaseError),
    ):
        actions.commit(by=people["uploader"], batch=batch)

    batch.refresh_from_db()
    assert (Officer.objects.count(), Posting.objects.count(), batch.state) == (0, 0, BatchState.PREVIEWED)


def test_a_preview_is_stale_once_somebody_has_written(send, people, province):
    batch = send(row("CC-1"))
    make_officer(province.division)

    with pytest.raises(StaleEdition):
        actions.commit(by=people["uploader"], batch=batch)
    batch.refresh_from_db()
    assert batch.state == BatchState.STALE


def test_a_clash_made_elsewhere_meanwhile_is_refused_whole(send, people, province):
    officer = make_officer(province.office, code="CC-1", name="Công chức 1", valid_to=date(2025, 12, 31))
    batch = send(row("CC-1", start="01/01/2026"), row("CC-2"))
    staff.start_posting(by=None, officer=officer, values=values(province.office, valid_from=date(2026, 2, 1)))

    with pytest.raises(staff_error()):
        actions.commit(by=people["uploader"], batch=batch)
    assert not Officer.objects.filter(code="CC-2").exists()


def staff_error():
    from cms.organisations.errors import InvalidPosting

    return InvalidPosting


@pytest.mark.parametrize("by", ["other_uploader", "approver", "technical_admin", "api_client"])
def test_others_send_nothing_for_the_agency(send, by):
    with pytest.raises(NotAllowed):
        send(row("CC-1"), by=by)


def test_personal_data_is_kept_nowhere_but_in_the_original(send):
    batch = send((*row("CC-1", start="sai"), "02/03/1980"), headers=(*HEADERS, "Ngày sinh"))

    kept = str(packing.stored(batch, packing.CELLS)) + str(list(batch.problems.values())) + str(list(rows_of(batch)))
    assert "1980" not in kept
    assert batch.problems.filter(code="personal_not_kept", severity="warning").exists()


# Taking it back


def test_an_undone_list_leaves_the_record_as_it_was(written, people):
    written(row("CC-1", "thong-ke"), row("CC-2"), row("CC-3"))
    before = record()
    second = written(row("CC-1", start="01/03/2026"), row("CC-2", role="Cấp phó", name="Công chức hai"), row("CC-4"))
    assert record() != before

    undone = actions.undo(by=people["uploader"], batch=second)

    assert record() == before
    assert undone.undo_result | {"kept": 0} == {
        "removed": 2, "restored": 2, "returned": 1, "kept_count": 0, "kept": 0,
    }  # fmt: skip
    assert not Officer.objects.filter(code="CC-4").exists()


def test_what_was_edited_since_is_kept_and_named(written, people):
    batch = written(row("CC-1"), row("CC-2"))
    edited = Posting.objects.get(officer__code="CC-1")
    staff.edit_posting(by=people["uploader"], posting=edited, role="deputy")

    undone = actions.undo(by=people["uploader"], batch=batch)

    assert [kept[0] for kept in undone.undo_result["kept"]] == ["CC-1"]
    assert list(Officer.objects.values_list("code", flat=True)) == ["CC-1"]


def test_who_was_posted_anew_since_keeps_both_as_they_are(written, people, province):
    written(row("CC-1"))
    second = written(row("CC-2"))
    officer = Officer.objects.get(code="CC-1")
    tomorrow = timezone.localdate() + timedelta(days=1)
    staff.start_posting(by=None, officer=officer, values=values(province.office, valid_from=tomorrow))

    undone = actions.undo(by=people["uploader"], batch=second)

    assert [kept[0] for kept in undone.undo_result["kept"]] == ["CC-1"]
    assert officer.postings.count() == 2


def test_uploads_of_other_agencies_do_not_stand_in_the_way(written, people, province):
    first = written(row("CC-1"))
    written(row("CC-7", "van-phong"), by="other_uploader", agency=province.office)

    assert actions.plan_undo(first).refusal == ""


# Out and in again


def test_the_words_of_the_download_are_those_of_the_check():
    assert (CATEGORIES, ROLES) == (words.CATEGORIES, words.ROLES)
    assert [*MAIN.values()] == [*words.MAIN.values()]


@pytest.mark.parametrize("way", ["template", "download"])
def test_what_the_platform_wrote_comes_back_without_a_change(send, province, way):
    officer = make_officer(
        province.division, code="=CC-1", name="+Công chức", role="deputy", fields_in_charge=["A", "B"]
    )
    day = date(2025, 6, 1)
    staff.start_posting(by=None, officer=officer, values=values(province.statistics, valid_from=day, is_main=False))
    make_posting(province.statistics, role="head", valid_to=date(2090, 1, 1))
    make_posting(province.division, valid_from=date(2090, 1, 1))
    make_posting(province.office)
    if way == "template":
        content = template(province.statistics, kind="officers")
    else:
        postings = Posting.objects.within(province.statistics).on(timezone.localdate())
        content = staff_file(staff_rows(postings)).read()

    batch = send(content=content)

    assert batch.counts == {"new": 0, "changed": 0, "same": 3, "missing": 0}
    assert not batch.problems.exclude(code="formula_text").exists()


def test_the_command_line_gives_the_same_verdict(people, province, tmp_path, capsys):
    path = tmp_path / "cong-chuc.xlsx"
    path.write_bytes(workbook(row("CC-1"), headers=HEADERS))
    out = io.StringIO()

    call_command("import_officers", str(path), "--agency", "thong-ke", "--commit", "--json", stdout=out)

    answer = json.loads(out.getvalue())
    assert (answer["verdict"], answer["committed"], answer["changes"]["new"]) == ("accept", True, 1)
    assert Posting.objects.get().valid_from == START


def test_the_screens_of_an_upload_speak_of_officers(client, send, written, people, province):
    written(row("CC-1"), row("CC-2"))
    batch = send(row("CC-1", role="Cấp phó"))
    client.force_login(people["uploader"])

    preview = client.get(reverse("importers:batch", args=[batch.pk])).content.decode()
    form = client.get(reverse("importers:upload_kind", args=[province.statistics.pk, "officers"])).content.decode()
    template = client.get(reverse("importers:template_kind", args=[province.statistics.pk, "officers"]))

    shown = preview.split("<main")[1]
    assert "Cấp phó" in shown
    assert "Phòng Tổng hợp" in shown
    assert "danh mục" not in shown.lower()
    assert 'action="/admin/imports/agencies/' in form and "/officers/upload/" in form
    assert next(iter(template.streaming_content))[:2] == b"PK"
