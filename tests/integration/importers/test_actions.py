"""Upload, check, commit, drop: the promises of the import contract, kept through the actions."""

import datetime
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from unittest import mock

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.db import DatabaseError
from django.db.models import QuerySet
from django.utils import timezone

from catalog_pages import actions as pages
from cms.audit.models import AuditEvent
from cms.catalogs import actions as catalog_actions
from cms.catalogs.difference import compare_versions
from cms.catalogs.enums import VersionState
from cms.catalogs.errors import StaleEdition
from cms.catalogs.models import Catalog, CatalogItem, CatalogVersion
from cms.core.errors import NotAllowed, WrongState
from cms.users.models import User
from importers import actions
from importers.enums import BatchState, Verdict
from importers.models import ImportBatch
from tests.factories import catalogs
from tests.factories.agencies import Province
from tests.factories.people import make_member
from tests.integration.importers.conftest import GOOD_ROW, workbook

Uploaded = Callable[..., ImportBatch]


@pytest.fixture
def approved_v1(people: dict[str, User], province: Province, uploaded: Uploaded) -> CatalogVersion:
    """Return the approved version that thong-ke.v1.xlsx becomes."""
    batch = actions.commit(
        by=people["uploader"], batch=uploaded(people["uploader"], province.statistics, "thong-ke.v1.xlsx")
    )
    assert batch.catalog.committed_to
    version = catalogs.submit(batch.catalog.committed_to, people["uploader"])
    version = catalogs.accept(version, people["editor"])
    return catalogs.decide(version, people["provincial_approver"])


def test_the_handbook_layout_becomes_a_submitted_version(people, province, uploaded: Uploaded) -> None:
    batch = uploaded(people["other_uploader"], province.office, "van-phong.so-tay.xlsx")

    assert (batch.state, batch.counts) == (BatchState.PREVIEWED, {"new": 15, "changed": 0, "same": 0, "missing": 0})
    batch = actions.commit(by=people["other_uploader"], batch=batch)
    version = batch.catalog.committed_to
    assert version.item_count == 15
    assert len(version.summary["fields"]) == 3
    assert sorted(version.items.values_list("coefficient", flat=True))[:3] == [Decimal("0.8"), Decimal("0.8"), 1]
    assert version.items.get(unit_quantity=10)
    submitted = pages.submit(by=people["other_uploader"], page=pages.page_of(version))
    assert submitted.state == VersionState.SUBMITTED


def test_the_standard_unit_of_the_title_fills_a_first_version(people, province, uploaded: Uploaded) -> None:
    batch = uploaded(people["other_uploader"], province.office, "van-phong.so-tay.xlsx")
    batch.title = batch.title | {"standard_unit": "Báo cáo tuần"}
    batch.save()

    version = actions.commit(by=people["other_uploader"], batch=batch).catalog.committed_to

    assert version.standard_unit == "Báo cáo tuần"


def test_a_title_with_another_score_fills_nothing(people, province, uploaded: Uploaded) -> None:
    batch = uploaded(people["other_uploader"], province.office, "van-phong.so-tay.xlsx")
    batch.title = {"standard_unit": "Báo cáo tuần", "standard_score": "7"}
    batch.save()

    version = actions.commit(by=people["other_uploader"], batch=batch).catalog.committed_to

    assert version.standard_unit != "Báo cáo tuần"


def test_the_commune_form_is_read_with_warnings(people, province, uploaded: Uploaded) -> None:
    clerk = make_member("uploader", province.commune)

    batch = uploaded(clerk, province.commune, "xa.mau-ngan.xlsx")

    assert batch.verdict == Verdict.ACCEPT_WITH_WARNING
    assert batch.counts["new"] == 12
    assert actions.commit(by=clerk, batch=batch).catalog.committed_to.item_count == 12


def test_the_next_version_differs_as_its_preview_said(people, province, uploaded: Uploaded, approved_v1) -> None:
    batch = uploaded(people["uploader"], province.statistics, "thong-ke.v2.xlsx")

    assert batch.counts == {"new": 1, "changed": 2, "same": 5, "missing": 1}
    version = actions.commit(by=people["uploader"], batch=batch).catalog.committed_to
    assert (version.number, version.base) == (2, approved_v1)
    counts = compare_versions(approved_v1, version, columns=()).counts
    assert counts == {
        "new": 1,
        "changed": 2,
        "removed": 1,
        "same": 5,
    }
    assert version.items.get(code="TK.009").batch == batch.pk


def test_missing_items_can_be_kept(people, province, uploaded: Uploaded, approved_v1) -> None:
    batch = uploaded(people["uploader"], province.statistics, "thong-ke.v2.xlsx")

    version = actions.commit(by=people["uploader"], batch=batch, missing="keep").catalog.committed_to

    counts = compare_versions(approved_v1, version, columns=()).counts
    assert counts == {
        "new": 1,
        "changed": 2,
        "removed": 0,
        "same": 6,
    }


def test_the_same_file_again_changes_nothing(people, province, uploaded: Uploaded) -> None:
    first = uploaded(people["uploader"], province.statistics, "thong-ke.v1.xlsx")
    version = actions.commit(by=people["uploader"], batch=first).catalog.committed_to
    edition = CatalogVersion.objects.get(pk=version.pk).edition

    again = uploaded(people["uploader"], province.statistics, "thong-ke.v1.xlsx")
    again = actions.commit(by=people["uploader"], batch=again)

    assert again.counts == {"new": 0, "changed": 0, "same": 8, "missing": 0}
    assert again.state == BatchState.COMMITTED
    assert CatalogVersion.objects.get(pk=version.pk).edition == edition


def test_the_file_of_an_approved_version_starts_no_new_one(people, province, uploaded: Uploaded, approved_v1) -> None:
    batch = uploaded(people["uploader"], province.statistics, "thong-ke.v1.xlsx")

    batch = actions.commit(by=people["uploader"], batch=batch)

    assert batch.catalog.committed_to == approved_v1
    assert approved_v1.catalog.versions.count() == 1


def test_a_second_commit_has_no_effect(people, province, uploaded: Uploaded) -> None:
    batch = uploaded(people["uploader"], province.statistics, "thong-ke.v1.xlsx")
    first = actions.commit(by=people["uploader"], batch=batch)
    before = (AuditEvent.objects.count(), CatalogVersion.objects.get().edition)

    second = actions.commit(by=people["uploader"], batch=batch)

    assert second.committed_at == first.committed_at
    assert (AuditEvent.objects.count(), CatalogVersion.objects.get().edition) == before


def test_a_preview_of_an_edited_version_is_stale(people, province, uploaded: Uploaded, draft: CatalogVersion) -> None:
    batch = uploaded(people["uploader"], province.statistics, "thong-ke.v1.xlsx")
    catalog_actions.edit_items(
        by=people["agency_head"], version=draft, items=[draft.items.first()], changes={"note": "sửa"}
    )

    with pytest.raises(StaleEdition):
        actions.commit(by=people["uploader"], batch=batch)

    batch.refresh_from_db()
    assert batch.state == BatchState.STALE
    assert draft.items.count() == 3


def test_a_preview_is_stale_once_a_new_version_is_open(people, province, uploaded: Uploaded, approved_v1) -> None:
    batch = uploaded(people["uploader"], province.statistics, "thong-ke.v2.xlsx")
    catalog_actions.start_version(by=people["agency_head"], catalog=approved_v1.catalog)

    with pytest.raises(StaleEdition):
        actions.commit(by=people["uploader"], batch=batch)


def test_a_preview_runs_out_after_a_week(people, province, uploaded: Uploaded) -> None:
    long_ago = timezone.now() - datetime.timedelta(days=8)
    people["uploader"].memberships.update(valid_from=long_ago.date())
    with time_machine.travel(long_ago, tick=False):
        batch = uploaded(people["uploader"], province.statistics, "thong-ke.v1.xlsx")

    with pytest.raises(StaleEdition):
        actions.commit(by=people["uploader"], batch=batch)


def test_a_stale_upload_can_be_checked_again(
    people, province, uploaded: Uploaded, draft, django_capture_on_commit_callbacks
) -> None:
    batch = uploaded(people["uploader"], province.statistics, "thong-ke.v1.xlsx")
    catalog_actions.remove_items(by=people["agency_head"], version=draft, items=[draft.items.first()])
    with pytest.raises(StaleEdition):
        actions.commit(by=people["uploader"], batch=batch)

    with django_capture_on_commit_callbacks(execute=True):
        actions.check_again(by=people["uploader"], batch=batch)

    batch.refresh_from_db()
    assert (batch.state, batch.counts["missing"]) == (BatchState.PREVIEWED, 2)
    assert actions.commit(by=people["uploader"], batch=batch).state == BatchState.COMMITTED


def test_a_submitted_version_is_not_uploaded_over(people, province, uploaded: Uploaded, submitted) -> None:
    batch = uploaded(people["uploader"], province.statistics, "thong-ke.v1.xlsx")

    with pytest.raises(NotAllowed):
        actions.commit(by=people["uploader"], batch=batch)

    assert submitted.items.count() == 3


def test_500_wrong_rows_give_500_rows_of_errors(people, province, uploaded: Uploaded) -> None:
    rows = [(f"TK.{n:03}", f"Việc {n}", "Báo cáo", "báo cáo", 1, "abc") for n in range(1, 501)]

    batch = uploaded(people["uploader"], province.statistics, workbook(*rows))

    assert (batch.state, batch.row_count) == (BatchState.REFUSED, 500)
    errors = batch.problems.filter(severity="error")
    assert sorted(errors.values_list("row", flat=True)) == list(range(2, 502))
    assert set(errors.values_list("code", "column", "value")) == {("not_a_number", "Hệ số quy đổi", "abc")}


def test_a_refused_file_is_never_committed(people, province, uploaded: Uploaded) -> None:
    batch = uploaded(people["uploader"], province.statistics, workbook(("TK.1", "Việc", "Báo cáo", "báo cáo", 9, 1)))

    with pytest.raises(WrongState):
        actions.commit(by=people["uploader"], batch=batch)

    assert not Catalog.objects.filter(agency=province.statistics).exists()


def test_nothing_is_half_written_when_a_statement_fails(people, province, uploaded: Uploaded) -> None:
    batch = uploaded(people["uploader"], province.statistics, "thong-ke.v1.xlsx")
    before = AuditEvent.objects.count()

    broken = mock.patch.object(QuerySet, "bulk_create", side_effect=DatabaseError("disk full"))
    with broken, pytest.raises(DatabaseError):
        actions.commit(by=people["uploader"], batch=batch)

    batch.refresh_from_db()
    assert batch.state == BatchState.PREVIEWED
    assert not CatalogVersion.objects.exists()
    assert not Catalog.objects.exists()
    assert AuditEvent.objects.count() == before


def test_nothing_is_half_written_when_the_last_statement_fails(people, province, uploaded: Uploaded) -> None:
    batch = uploaded(people["uploader"], province.statistics, "thong-ke.v1.xlsx")

    broken = mock.patch("importers.actions.deciding.write_down", side_effect=DatabaseError("connection lost"))
    with broken, pytest.raises(DatabaseError):
        actions.commit(by=people["uploader"], batch=batch)

    batch.refresh_from_db()
    assert batch.state == BatchState.PREVIEWED
    assert not CatalogItem.objects.exists()


def test_a_failed_record_leaves_no_bytes_behind(people, province, samples: Path) -> None:
    stored: list[str] = []
    storage = ImportBatch._meta.get_field("original").storage
    deleting = mock.patch.object(storage, "delete", side_effect=stored.append)

    broken = mock.patch("importers.actions.sending.write_down", side_effect=DatabaseError)

    with broken, deleting, pytest.raises(DatabaseError):
        actions.upload(
            by=people["uploader"], agency=province.statistics, file=ContentFile(b"x"), name="a.xlsx", wait=True
        )

    assert len(stored) == 1
    assert not ImportBatch.objects.exists()


def test_a_check_that_breaks_ends_in_a_verdict(people, province, uploaded: Uploaded) -> None:
    with mock.patch("importers.batches.check.judge_in_child", side_effect=RuntimeError("boom")):
        batch = uploaded(people["uploader"], province.statistics, workbook(GOOD_ROW))

    assert batch.state == BatchState.REFUSED
    assert batch.problems.get().code == "check_failed"


def test_every_attempt_is_in_the_ledger(people, province, uploaded: Uploaded) -> None:
    good = uploaded(people["uploader"], province.statistics, workbook(GOOD_ROW), "tốt.xlsx")
    bad = uploaded(people["uploader"], province.statistics, b"rubbish", "hỏng.xlsx")
    with pytest.raises(NotAllowed):
        uploaded(people["uploader"], province.office, b"PK", "lạ.xlsx")

    events = AuditEvent.objects.filter(action__startswith="import.").order_by("sequence")
    seen = [(e.action, e.actor_id, e.agency_code, e.after["file"], e.after["verdict"]) for e in events]
    clerk = people["uploader"].pk
    assert seen == [
        ("import.upload", clerk, "thong-ke", "tốt.xlsx", ""),
        ("import.check", clerk, "thong-ke", "tốt.xlsx", "accept"),
        ("import.upload", clerk, "thong-ke", "hỏng.xlsx", ""),
        ("import.check", clerk, "thong-ke", "hỏng.xlsx", "reject"),
        ("import.refuse", clerk, "van-phong", "lạ.xlsx", "reject"),
    ]
    assert [e.after["sha256"] for e in events[1:4:2]] == [good.sha256, bad.sha256]


def test_a_file_over_the_limit_is_refused_unread(people, province, settings) -> None:
    settings.THUOCDO_IMPORT_LIMITS = {"file_bytes": 10}
    file = ContentFile(b"x" * 11)

    with mock.patch.object(file, "chunks", side_effect=AssertionError("read")):
        batch = actions.upload(by=people["uploader"], agency=province.statistics, file=file, name="to.xlsx", wait=True)

    assert (batch.state, batch.problems.get().code) == (BatchState.REFUSED, "file_too_large")
    assert not batch.original
    assert AuditEvent.objects.filter(action="import.check", after__verdict="reject").count() == 1


def test_the_original_is_kept_under_a_name_of_ours(people, province, uploaded: Uploaded) -> None:
    content = workbook(GOOD_ROW)

    batch = uploaded(people["uploader"], province.statistics, content, "../../etc/passwd.xlsx")

    assert batch.original.name.endswith(batch.pk.hex)
    assert batch.original.read() == content


def test_an_agency_has_one_file_checked_at_a_time(people, province, samples: Path, every_file_large) -> None:
    content = ContentFile((samples / "thong-ke.v1.xlsx").read_bytes())
    actions.upload(by=people["uploader"], agency=province.statistics, file=content, name="a.xlsx")

    with pytest.raises(WrongState):
        actions.upload(by=people["agency_head"], agency=province.statistics, file=content, name="b.xlsx")


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        ("uploader", True), ("agency_head", True), ("editor", True), ("approver", False), ("api_client", True),
        ("provincial_approver", False), ("technical_admin", False), ("other_uploader", False), ("nobody", False),
    ],
)  # fmt: skip
def test_who_uploads_follows_the_matrix(people, province, uploaded: Uploaded, role: str, allowed: bool) -> None:
    if not allowed:
        with pytest.raises(NotAllowed):
            uploaded(people[role], province.statistics, workbook(GOOD_ROW))
        return
    assert uploaded(people[role], province.statistics, workbook(GOOD_ROW)).on_behalf == (role == "editor")


def test_a_division_keeps_no_catalog_of_its_own(people, province, uploaded: Uploaded) -> None:
    with pytest.raises(NotAllowed):
        uploaded(people["uploader"], province.division, workbook(GOOD_ROW))


@pytest.mark.parametrize(
    ("role", "allowed"),
    [("agency_head", True), ("editor", True), ("approver", False), ("other_agency_head", False), ("nobody", False)],
)
def test_who_confirms_anothers_upload_follows_the_matrix(
    people, province, uploaded: Uploaded, role: str, allowed: bool
) -> None:
    batch = uploaded(people["uploader"], province.statistics, workbook(GOOD_ROW))

    if allowed:
        assert actions.commit(by=people[role], batch=batch).committed_by == people[role]
    else:
        with pytest.raises(NotAllowed):
            actions.commit(by=people[role], batch=batch)


def test_one_clerk_does_not_confirm_what_another_uploaded(people, province, uploaded: Uploaded) -> None:
    colleague = make_member("uploader", province.statistics)
    batch = uploaded(people["uploader"], province.statistics, workbook(GOOD_ROW))

    with pytest.raises(NotAllowed):
        actions.commit(by=colleague, batch=batch)


def test_an_abandoned_upload_is_not_committed(people, province, uploaded: Uploaded) -> None:
    batch = uploaded(people["uploader"], province.statistics, workbook(GOOD_ROW))
    actions.abandon(by=people["uploader"], batch=batch)

    with pytest.raises(WrongState):
        actions.commit(by=people["uploader"], batch=batch)


def test_a_code_given_once_is_never_given_again(people, province, uploaded: Uploaded) -> None:
    headers = ("TT", "Tên nhiệm vụ", "Công việc chi tiết", "Sản phẩm đầu ra", "Nhóm", "Điểm quy đổi", "Hệ số quy đổi")
    first, second, third = ((n, "Văn thư", name, "văn bản", "Nhóm 1", 5, 1) for n, name in enumerate("ABC", start=1))

    def commit(*rows: tuple) -> ImportBatch:
        batch = uploaded(people["uploader"], province.statistics, workbook(*rows, headers=headers))
        return actions.commit(by=people["uploader"], batch=batch)

    approved = _approve(people, commit(first, second))
    commit(first)
    latest = commit(first, third).catalog.committed_to

    assert list(approved.items.order_by("code").values_list("code", flat=True)) == ["TK.001", "TK.002"]
    assert latest.items.get(name="C").code == "TK.003"


def _approve(people: dict[str, User], batch: ImportBatch) -> CatalogVersion:
    version = catalogs.submit(batch.catalog.committed_to, people["uploader"])
    return catalogs.decide(catalogs.accept(version, people["editor"]), people["provincial_approver"])
