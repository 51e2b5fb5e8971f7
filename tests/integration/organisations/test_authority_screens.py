"""The screens of authority: a table is chosen and issued, and gaps are listed page by page at the same cost."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.organisations import actions
from cms.organisations.models import AuthorityTable
from tests.factories.agencies import make_agency
from tests.factories.officers import make_officer

pytestmark = [pytest.mark.django_db, pytest.mark.one_database("screens of actions that run on both")]


@pytest.fixture
def draft(province):
    return actions.load_shipped_authority(by=None)


@pytest.fixture
def table(draft):
    day = timezone.localdate()
    return actions.issue_authority_table(by=None, table=draft, effective_from=day, decision_number="15/QĐ-UBND")


def edit_url(table):
    return reverse("organisations:authority_edit", args=[table.pk])


def test_an_editor_chooses_and_an_approver_issues(client, people, draft):
    client.force_login(people["editor"])
    page = client.get(edit_url(draft)).content.decode()
    chosen = {
        f"{row.agency_kind}-{row.subject}-{row.act}": row.post
        for row in draft.rows.all()
        if row.agency_kind != "commune"
    }  # fmt: skip
    saved = client.post(edit_url(draft), chosen | {"province-deputy-classify": "provincial_chair"}, follow=True)
    client.force_login(people["approver"])
    values = {"effective_from": f"{timezone.localdate():%d/%m/%Y}", "decision_number": "15/QĐ"}
    client.post(reverse("organisations:authority_issue", args=[draft.pk]), values)

    assert page.count("<select") == 80
    assert "IV.1.1.a" in page
    assert "Đã lưu bảng." in saved.content.decode()
    draft.refresh_from_db()
    assert (draft.issued_by, draft.decision_number) == (people["approver"], "15/QĐ")
    assert draft.rows.get(agency_kind="province").post == "provincial_chair"
    assert not draft.rows.filter(agency_kind="commune").exists()


def test_an_issued_table_is_read_and_a_new_version_begins_with_its_rows(client, people, table):
    client.force_login(people["editor"])

    assert "<select" not in client.get(edit_url(table)).content.decode()
    answer = client.post(reverse("organisations:authority_add"), {"block": "government"})

    new = AuthorityTable.objects.get(number=2)
    assert answer.url == edit_url(new)
    assert new.rows.count() == table.rows.count()
    refused = client.post(edit_url(table), {}).content.decode()
    assert "Bảng đã ban hành không sửa được nữa." in refused


def test_the_overview_counts_and_leads_to_who_and_why(client, people, province, table):
    make_officer(province.statistics, role="head")
    make_officer(province.division, name="Công chức 0005", code="CC-S")
    client.force_login(people["uploader"])

    overview = client.get(reverse("organisations:gap_list")).content.decode()
    detail = client.get(reverse("organisations:gap_agency", args=[province.statistics.pk])).content.decode()
    everything = client.get(
        reverse("organisations:gap_agency", args=[province.statistics.pk]), {"everything": "on"}
    ).content.decode()

    assert "Chi cục Thống kê" in overview
    assert "Xã Vĩnh Hòa" not in overview
    assert "Công chức 0005 (CC-S)" in detail
    assert "Phòng Tổng hợp không có người đứng đầu vào ngày này." in detail
    assert "(IV.1.2.b)" not in detail
    assert "(IV.1.2.b)" in everything


def test_an_agency_of_others_is_not_found(client, people, province, table):
    client.force_login(people["uploader"])

    assert client.get(reverse("organisations:gap_agency", args=[province.office.pk])).status_code == 404


def test_the_overview_costs_the_same_for_a_page_of_agencies(client, people, province, table):
    client.force_login(people["editor"])

    def queries():
        with CaptureQueriesContext(connection) as caught:
            assert client.get(reverse("organisations:gap_list")).status_code == 200
        return len(caught)

    make_officer(province.statistics, role="head")
    make_officer(province.division)
    queries()
    few = queries()
    for number in range(30):
        agency = make_agency(province.root, name=f"Cơ quan thêm {number}")
        make_officer(agency)

    assert queries() == few
    assert client.get(reverse("organisations:gap_list")).content.decode().count('aria-current="page"') <= 2


def test_the_command_shows_answers_and_counts_gaps(province, table, capsys):
    make_officer(province.office, role="head", code="CC-H")

    call_command("show_authority", "van-phong", "--gaps")

    out = capsys.readouterr().out
    assert "Văn phòng UBND tỉnh | Công chức" in out
    assert "Tỉnh Sông Lam không có người đứng đầu vào ngày này." in out
    assert "1 cơ quan, đơn vị; 4 câu trả lời; 4 chỗ trống" in out
