"""Taking a written upload back: only what it wrote goes, and rows edited since are kept and named."""

from collections.abc import Callable
from decimal import Decimal
from unittest import mock

import pytest
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse

from catalog_pages import actions as pages
from cms.audit.models import AuditEvent
from cms.catalogs import actions as catalog_actions
from cms.catalogs.errors import StaleEdition
from cms.catalogs.models import CONTENT_FIELDS, CatalogVersion
from cms.core.errors import NotAllowed, WrongState
from importers import actions
from importers.enums import BatchState
from importers.models import ImportBatch
from tests.factories import catalogs
from tests.factories.people import make_member
from tests.integration.importers.conftest import GOOD_ROW, workbook

Uploaded = Callable[..., ImportBatch]
WHOLE = (*CONTENT_FIELDS, "identity", "position", "batch", "sheet", "row")


def contents(version: CatalogVersion) -> list[tuple]:
    """Return all that a version's items are, but for their keys in the database."""
    return list(version.items.order_by("position").values_list(*WHOLE))


def row(code: str, name: str = "Việc", coefficient: float = 1) -> tuple:
    return (code, name, "Báo cáo", "báo cáo", 1, coefficient)


@pytest.fixture
def first(people, province, uploaded: Uploaded) -> ImportBatch:
    """Return a first upload of four items, written."""
    rows = [row(f"TK.{number}", f"Việc {number}") for number in range(1, 5)]
    return actions.commit(
        by=people["uploader"], batch=uploaded(people["uploader"], province.statistics, workbook(*rows))
    )


@pytest.fixture
def second(people, province, uploaded: Uploaded, first) -> ImportBatch:
    """Return a second one: TK.1 the same but last, TK.2 changed, TK.3 and TK.4 gone, TK.5 and TK.6 new; written."""
    rows = [row("TK.2", "Việc 2", 9), row("TK.5", "Việc 5"), row("TK.6", "Việc 6"), row("TK.1", "Việc 1")]
    return actions.commit(
        by=people["uploader"], batch=uploaded(people["uploader"], province.statistics, workbook(*rows))
    )


def edit(people, version, code, **changes):
    catalog_actions.edit_items(
        by=people["uploader"], version=version, items=[version.items.get(code=code)], changes=changes
    )


def test_an_undone_upload_leaves_the_list_as_it_was(people, province, uploaded, first) -> None:
    version = first.catalog.committed_to
    before = contents(version)
    rows = [row("TK.2", "Việc 2", 9), row("TK.5"), row("TK.1", "Việc 1")]
    second = actions.commit(
        by=people["uploader"], batch=uploaded(people["uploader"], province.statistics, workbook(*rows))
    )
    assert contents(version) != before

    undone = actions.undo(by=people["uploader"], batch=second)

    assert contents(version) == before
    assert undone.state == BatchState.UNDONE
    assert undone.undo_result == {"removed": 1, "restored": 1, "returned": 2, "kept_count": 0, "kept": []}


def test_a_first_upload_takes_the_draft_away_that_it_began(client: Client, people, first) -> None:
    assert actions.plan_undo(first).discards == 1
    client.force_login(people["uploader"])
    page = client.get(reverse("importers:undo", args=[first.pk]))
    assert "Bỏ bản dự thảo số 1 do lần tải lên này mở" in page.content.decode()

    answer = client.post(reverse("importers:undo", args=[first.pk]), {"edition": page.context["plan"].edition})

    first.refresh_from_db()
    assert not CatalogVersion.objects.exists()
    assert (first.state, first.catalog.committed_to, first.undo_result["discarded"]) == (BatchState.UNDONE, None, 1)
    assert "Bản dự thảo số 1, nơi nội dung tải lên được ghi vào, đã được bỏ." in client.get(answer.url).content.decode()
    reported = AuditEvent.objects.filter(action__in=("catalog_version.discard", "import.undo")).order_by("sequence")
    assert [event.action for event in reported] == ["catalog_version.discard", "import.undo"]
    assert reported[0].before == {"number": 1, "items": 4}


def test_a_draft_that_an_upload_began_from_an_approved_version_goes_too(people, province, uploaded, first) -> None:
    version = catalogs.submit(first.catalog.committed_to, people["uploader"])
    approved = catalogs.decide(catalogs.accept(version, people["editor"]), people["provincial_approver"])
    before = contents(approved)
    second = uploaded(people["uploader"], province.statistics, workbook(row("TK.9"), row("TK.2", "Việc 2", 9)))
    other = uploaded(people["uploader"], province.statistics, workbook(row("TK.7")))
    second = actions.commit(by=people["uploader"], batch=second)
    assert second.catalog.committed_to.number == 2
    third = uploaded(people["uploader"], province.statistics, workbook(row("TK.9"), row("TK.8")))
    third = actions.commit(by=people["uploader"], batch=third)
    late = uploaded(people["uploader"], province.statistics, workbook(row("TK.7")))

    assert actions.undo(by=people["uploader"], batch=third).undo_result.get("discarded") is None
    assert actions.undo(by=people["uploader"], batch=second).undo_result["discarded"] == 2

    assert (CatalogVersion.objects.get(), contents(approved)) == (approved, before)
    # What was compared with the draft is out of date; what was compared with the approved version still holds.
    with pytest.raises(StaleEdition):
        actions.commit(by=people["uploader"], batch=late)
    assert actions.commit(by=people["uploader"], batch=other).catalog.committed_to.number == 2


def _add_an_item(people, version) -> None:
    catalog_actions.add_item(by=people["uploader"], version=version, values=catalogs.item_values(77))


def _edit_an_item(people, version) -> None:
    edit(people, version, "TK.1", note="xem lại")


def _change_the_details(people, version) -> None:
    catalog_actions.edit_details(by=people["uploader"], version=version, legal_basis="Nghị định 335/2025/NĐ-CP")


def _submit_and_withdraw(people, version) -> None:
    catalogs.submit(version, people["uploader"])
    pages.withdraw(by=people["uploader"], page=pages.page_of(version))


def _submit_and_return(people, version) -> None:
    catalogs.submit(version, people["uploader"])
    pages.return_to_agency(by=people["editor"], page=pages.page_of(version), reason="thiếu")


@pytest.mark.parametrize(
    "act", [_add_an_item, _edit_an_item, _change_the_details, _submit_and_withdraw, _submit_and_return]
)
def test_a_draft_that_somebody_else_worked_on_stays(people, first, act) -> None:
    act(people, first.catalog.committed_to)

    undone = actions.undo(by=people["uploader"], batch=ImportBatch.objects.get(pk=first.pk))

    assert "discarded" not in undone.undo_result
    assert CatalogVersion.objects.get() == undone.catalog.committed_to


def test_a_draft_that_another_upload_is_written_in_stays(people, province, uploaded, first) -> None:
    rows = [row(f"TK.{number}", f"Việc {number}") for number in range(1, 5)]
    same = actions.commit(
        by=people["uploader"], batch=uploaded(people["uploader"], province.statistics, workbook(*rows))
    )

    actions.undo(by=people["uploader"], batch=first)

    same.refresh_from_db()
    assert (same.state, same.catalog.committed_to) == (BatchState.COMMITTED, CatalogVersion.objects.get())


def test_a_draft_that_was_there_before_stays_when_it_is_empty_again(people, province, uploaded) -> None:
    version = pages.open_version(by=people["uploader"], agency=province.statistics)
    batch = actions.commit(
        by=people["uploader"], batch=uploaded(people["uploader"], province.statistics, workbook(GOOD_ROW))
    )

    actions.undo(by=people["uploader"], batch=batch)

    assert (CatalogVersion.objects.get(), version.items.count()) == (version, 0)


def test_the_standard_unit_of_the_title_goes_back_too(people, province, uploaded) -> None:
    batch = uploaded(people["other_uploader"], province.office, "van-phong.so-tay.xlsx")
    batch.title = batch.title | {"standard_unit": "Báo cáo tuần"}
    batch.save()
    batch = actions.commit(by=people["other_uploader"], batch=batch)
    version = batch.catalog.committed_to
    assert actions.plan_undo(batch).discards == 1
    catalog_actions.add_item(by=people["other_uploader"], version=version, values=catalogs.item_values(77))

    actions.undo(by=people["other_uploader"], batch=batch)

    version.refresh_from_db()
    assert version.standard_unit == "Soạn thảo văn bản hành chính"


def test_rows_edited_since_are_kept_and_named(people, second) -> None:
    version = second.catalog.committed_to
    edit(people, version, "TK.2", coefficient=Decimal(7))
    edit(people, version, "TK.5", note="xem lại")
    catalog_actions.add_item(by=people["uploader"], version=version, values=catalogs.item_values(77))
    catalog_actions.add_item(by=people["uploader"], version=version, values=catalogs.item_values(78, code="tk.3"))

    plan = actions.plan_undo(second)
    assert [kept.code for kept in plan.left] == ["TK.2", "TK.5", "TK.3"]
    undone = actions.undo(by=people["uploader"], batch=second, edition=plan.edition)

    assert set(version.items.values_list("code", flat=True)) == {"TK.1", "TK.2", "TK.4", "TK.5", "TK.00077", "tk.3"}
    assert version.items.get(code="TK.2").coefficient == 7
    assert [name for name, *_rest in undone.undo_result["kept"]] == ["TK.2", "TK.5", "TK.3"]
    assert AuditEvent.objects.filter(action="import.undo").get().after["kept"] == ["TK.2", "TK.5", "TK.3"]


def test_a_changed_row_that_somebody_removed_since_stays_removed_and_is_named(people, second) -> None:
    version = second.catalog.committed_to
    catalog_actions.remove_items(by=people["uploader"], version=version, items=[version.items.get(code="TK.2")])

    undone = actions.undo(by=people["uploader"], batch=second)

    assert not version.items.filter(code="TK.2").exists()
    assert [code for code, *_rest in undone.undo_result["kept"]] == ["TK.2"]


def test_a_row_edited_and_edited_back_goes_back(people, second) -> None:
    edit(people, second.catalog.committed_to, "TK.5", note="xem lại")
    edit(people, second.catalog.committed_to, "TK.5", note="")

    assert actions.plan_undo(second).left == []


def test_kept_items_are_not_brought_back(people, province, uploaded, first) -> None:
    batch = uploaded(people["uploader"], province.statistics, workbook(row("TK.9")))
    batch = actions.commit(by=people["uploader"], batch=batch, missing="keep")

    actions.undo(by=people["uploader"], batch=batch)

    assert batch.catalog.committed_to.items.count() == 4


def test_undoing_twice_changes_nothing_more(people, second) -> None:
    actions.undo(by=people["uploader"], batch=second)
    after = contents(second.catalog.committed_to)

    again = actions.undo(by=people["uploader"], batch=second)

    assert again.state == BatchState.UNDONE
    assert contents(second.catalog.committed_to) == after
    assert AuditEvent.objects.filter(action="import.undo").count() == 1


def test_uploads_are_undone_from_the_last_on(people, first, second) -> None:
    with pytest.raises(WrongState, match="danh-muc.xlsx"):
        actions.undo(by=people["uploader"], batch=first)

    actions.undo(by=people["uploader"], batch=second)
    actions.undo(by=people["uploader"], batch=first)

    assert not first.catalog.committed_to.items.exists()


def test_a_submitted_version_is_left_alone(people, first) -> None:
    catalogs.submit(first.catalog.committed_to, people["uploader"])

    with pytest.raises(WrongState, match="Phiên bản 1 đã được trình"):
        actions.undo(by=people["uploader"], batch=first)

    assert first.catalog.committed_to.items.count() == 4


def test_an_upload_that_is_not_written_or_changed_nothing_is_not_undone(people, province, uploaded, first) -> None:
    rows = [row(f"TK.{number}", f"Việc {number}") for number in range(1, 5)]
    same = uploaded(people["uploader"], province.statistics, workbook(*rows))
    with pytest.raises(WrongState):
        actions.undo(by=people["uploader"], batch=same)
    same = actions.commit(by=people["uploader"], batch=same)
    with pytest.raises(WrongState):
        actions.undo(by=people["uploader"], batch=same)
    assert not actions.plan_undo(first).refusal


def test_an_undo_follows_a_plan_that_still_holds(people, second) -> None:
    plan = actions.plan_undo(second)
    edit(people, second.catalog.committed_to, "TK.5", note="xem lại")

    with pytest.raises(StaleEdition):
        actions.undo(by=people["uploader"], batch=second, edition=plan.edition)

    second.refresh_from_db()
    assert second.state == BatchState.COMMITTED


def test_nothing_is_half_undone_when_the_last_statement_fails(people, second) -> None:
    before = contents(second.catalog.committed_to)
    broken = mock.patch("importers.actions.undoing.write_down", side_effect=DatabaseError("connection lost"))

    with broken, pytest.raises(DatabaseError):
        actions.undo(by=people["uploader"], batch=second)

    second.refresh_from_db()
    assert (second.state, contents(second.catalog.committed_to)) == (BatchState.COMMITTED, before)


def test_who_may_not_confirm_may_not_undo(people, province, second) -> None:
    with pytest.raises(NotAllowed):
        actions.undo(by=make_member("uploader", province.statistics), batch=second)


def test_the_screen_names_what_stays_before_the_button_is_pressed(client: Client, people, second) -> None:
    edit(people, second.catalog.committed_to, "TK.5", note="xem lại")
    client.force_login(people["uploader"])
    address = reverse("importers:undo", args=[second.pk])

    page = client.get(address)
    assert [kept.code for kept in page.context["kept"]] == ["TK.5"]
    assert "Việc 5" in page.content.decode()
    answer = client.post(address, {"edition": page.context["plan"].edition})

    second.refresh_from_db()
    assert (answer.url, second.state) == (reverse("importers:batch", args=[second.pk]), BatchState.UNDONE)
    assert "trừ một số dòng" in client.get(answer.url).content.decode()


def test_the_same_file_may_be_sent_again_after_an_undo(people, province, uploaded, first) -> None:
    actions.undo(by=people["uploader"], batch=first)

    again = uploaded(people["uploader"], province.statistics, workbook(GOOD_ROW))

    assert actions.commit(by=people["uploader"], batch=again).catalog.committed_to.items.count() == 1


def test_the_totals_follow_uploads_edits_and_undoing(people, second) -> None:
    version = second.catalog.committed_to
    edit(people, version, "TK.5", field="Lĩnh vực khác", group=4)
    edit(people, version, "TK.1", field="Lĩnh vực khác")
    written = CatalogVersion.objects.get(pk=version.pk)
    assert written.summary == catalog_actions.recounted(written)

    actions.undo(by=people["uploader"], batch=second)
    left = CatalogVersion.objects.get(pk=version.pk)
    assert left.summary == catalog_actions.recounted(left) != written.summary
