"""The list of positions as a workbook: out, and in with a preview."""

import io
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from cms.organisations import actions
from cms.organisations.errors import InvalidPosition
from cms.organisations.models import Position
from cms.organisations.position_list import CODE, COLUMNS, DESCRIPTION, NAME, export_positions, plan_positions
from cms.organisations.workbooks import write_rows
from tests.factories.officers import make_position

pytestmark = pytest.mark.django_db
APPROVAL = ("7/QĐ-UBND", date(2025, 1, 1), date(2025, 2, 1))


@pytest.fixture
def position(province):
    """Return an approved position of the office, with a description of two lines."""
    position = make_position()
    actions.save_position(
        by=None, position=position, code="", name=position.name, kind=position.kind, group=position.group,
        agency=province.office, description="Tổng hợp\r\nBáo cáo", competency="Bậc 3",
    )  # fmt: skip
    number, approved_on, effective_from = APPROVAL
    actions.approve_position(
        by=None, position=position, number=number, approved_on=approved_on, effective_from=effective_from
    )
    return position


def listed(*more, **changed):
    """Return the export with cells of its first row changed, by column number, and rows added at its end."""
    rows = [list(row) for row in load_workbook(io.BytesIO(export_positions())).worksheets[0].values][1:]
    for column, value in changed.items():
        rows[0][COLUMNS.index(column)] = value
    return write_rows("Vị trí", COLUMNS, [*rows, *more], {})


def new(code, name, *approval, kind="Hỗ trợ, phục vụ", group, scope=""):
    return [code, name, kind, group, scope, "Việc", "Bậc 1", *(approval or ("", None, None))]


def test_the_downloaded_list_taken_back_changes_nothing(position):
    make_position("nhap", "Còn nháp")

    plan = plan_positions(export_positions())

    assert (plan.errors, plan.changes, plan.same) == ([], [], 2)


def test_what_the_preview_showed_is_written_with_its_approvals(client, people, position):
    client.force_login(people["editor"])
    group = position.group.code
    content = listed(
        new("moi", "Mới", *APPROVAL, group=group, scope="van-phong"), new("nhap", "Nháp", group=group),
        **{DESCRIPTION: "Tổng hợp\nBáo cáo quý"},
    )  # fmt: skip
    place = reverse("organisations:position_preview")

    client.post(reverse("organisations:position_upload"), {"file": SimpleUploadedFile("vi-tri.xlsx", content)})
    preview = client.get(place)
    plan = preview.context["plan"]
    assert (plan.errors, plan.new_count, plan.changed_count, plan.same) == ([], 2, 1, 0)
    assert not Position.objects.filter(code="moi").exists()
    client.post(place, {"seal": preview.context["seal"]})

    added = Position.objects.get(code="moi")
    assert (added.agency.code, added.version_on(date(2025, 2, 1)).approval_number) == ("van-phong", "7/QĐ-UBND")
    assert Position.objects.get(code="nhap").latest_version().approved_on is None
    assert [version.approved_on is None for version in position.versions.all()] == [True, False]
    assert position.latest_version().description == "Tổng hợp\nBáo cáo quý"
    assert plan_positions(export_positions()).changes == []


def test_every_error_is_named_and_nothing_is_written(position):
    group, tomorrow = position.group.code, timezone.localdate() + timedelta(1)
    content = listed(
        new("mot", "Một", kind="Hành tinh", group="khong-co", scope="khong-co"),
        new("hai", "Hai", "1/QĐ", None, None, group=group),
        new("ba ba", "Ba", group=group), new("bon", "Bốn", group=group), new("bon", "Bốn", group=group),
        new("nam", "", group=group), new("sau", "Sáu", "1", tomorrow, tomorrow, group=group),
    )  # fmt: skip

    plan = plan_positions(content)

    assert {(error.row, error.column) for error in plan.errors} == {
        (3, "Loại"), (3, "Mã nhóm"), (3, "Mã cơ quan (phạm vi)"), (4, "Ngày phê duyệt"), (4, "Có hiệu lực từ"),
        (5, ""), (6, CODE), (6, NAME), (7, CODE), (7, NAME), (8, NAME), (9, ""),
    }  # fmt: skip
    assert Position.objects.count() == 1


def test_a_list_is_written_as_a_whole_or_not_at_all(position, people):
    plan = plan_positions(listed(new("moi", "Mới", group=position.group.code), **{NAME: "Tên khác"}))
    make_position("chen-ngang", "Tên khác")

    with pytest.raises(InvalidPosition):
        actions.write_position_rows(by=people["editor"], rows=reversed(plan.rows))

    assert not Position.objects.filter(code="moi").exists()
