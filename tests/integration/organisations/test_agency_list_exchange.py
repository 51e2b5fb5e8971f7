import datetime
import io

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from cms.audit.models import AuditEvent
from cms.organisations import actions
from cms.organisations.enums import Block
from cms.organisations.models import Agency
from cms.organisations.resources import COLUMNS, export_agencies, plan_import
from tests.factories.people import make_member

pytestmark = pytest.mark.django_db
NEW = ("y-te", "tinh", "Sở Y tế", "Sở, ngành", "Chính quyền", "YT", "H49.5; 000.05.00.H49", "")


def test_the_downloaded_list_taken_back_changes_nothing(province):
    actions.add_identifier_code(by=None, agency=province.office, value="H49.1", valid_from=datetime.date(2026, 1, 1))

    plan = plan_import(export_agencies())

    assert (plan.errors, plan.changes, plan.same) == ([], [], Agency.objects.count())


def test_new_and_changed_agencies_are_previewed_and_written_once(client, people, province):
    client.force_login(people["technical_admin"])
    content = changed_list({"Văn phòng UBND tỉnh": ("Tên cơ quan", "=Văn phòng")}, NEW, below("y-te", "y-te-1"))
    assert upload(client, content).url == reverse("organisations:agency_preview")

    preview = client.get(reverse("organisations:agency_preview"))
    plan = preview.context["plan"]
    assert (plan.new_count, plan.changed_count, plan.same) == (2, 1, Agency.objects.count() - 1)
    assert not Agency.objects.filter(code="y-te").exists()
    client.post(reverse("organisations:agency_preview"), {"seal": preview.context["seal"]})

    agency = Agency.objects.get(code="y-te-1").get_parent()
    assert set(agency.identifier_codes.values_list("value", flat=True)) == {"H49.5", "000.05.00.H49"}
    assert Agency.objects.get(code="van-phong").name == "=Văn phòng"
    actors = AuditEvent.objects.filter(action__startswith="agency.", agency_code__in=["y-te", "van-phong"])
    assert people["technical_admin"].pk in actors.values_list("actor_id", flat=True)
    assert plan_import(content).changes == []
    assert plan_import(export_agencies()).changes == []


@pytest.mark.parametrize("block", Block)
def test_every_block_is_read_by_its_vietnamese_name(client, people, province, block):
    client.force_login(people["technical_admin"])
    words = "Các tổ chức chính trị - xã hội" if block == Block.MASS else str(block.label)
    upload(client, changed_list({}, ("hpn", "tinh", "Hội Liên hiệp Phụ nữ", "Sở, ngành", words, "HPN", "", "")))
    preview = client.get(reverse("organisations:agency_preview"))
    client.post(reverse("organisations:agency_preview"), {"seal": preview.context["seal"]})

    assert Agency.objects.get(code="hpn").block == block
    assert plan_import(export_agencies()).changes == []


def test_every_error_of_the_file_is_named_by_row_and_column(province):
    content = changed_list(
        {"Chi cục Thống kê": ("Loại", "Hành tinh"), "Xã Vĩnh Hòa": ("Ngày giải thể", "31/02/2026")},
        ("x y", "khong-co", "", "Sở, ngành", "Chính quyền", "X", "abc", ""),
        ("y-te", "", "Sở Y tế", "Sở, ngành", "Chính quyền", "YT", "", ""),
        ("y-te", "tinh", "Sở Y tế", "Sở, ngành", "Chính quyền", "YT", "", ""),
    )

    plan = plan_import(content)

    places = {(error.row, error.column) for error in plan.errors}
    rows = {row["Tên cơ quan"]: number for number, row in enumerate(table(content), 2)}
    last = len(table(content)) + 1
    assert places == {
        (rows["Chi cục Thống kê"], "Loại"),
        (rows["Xã Vĩnh Hòa"], "Ngày giải thể"),
        (last - 2, "Mã cơ quan"),
        (last - 2, "Mã cơ quan cấp trên"),
        (last - 2, "Tên cơ quan"),
        (last - 2, "Mã định danh"),
        (last - 1, "Mã cơ quan"),
        (last - 1, "Mã cơ quan cấp trên"),
        (last, "Mã cơ quan"),
    }


def test_a_circle_in_the_list_is_an_error_of_each_row_in_it(province):
    content = changed_list({}, below("b", "a"), below("a", "b"))

    plan = plan_import(content)

    assert [error.column for error in plan.errors] == ["Mã cơ quan cấp trên"] * 2


def test_a_whole_branch_is_dissolved_by_one_list(people, province):
    day = "01/07/2026"
    lone = plan_import(changed_list({"Chi cục Thống kê": ("Ngày giải thể", day)}))
    assert [error.column for error in lone.errors] == ["Ngày giải thể"]

    plan = plan_import(
        changed_list({"Chi cục Thống kê": ("Ngày giải thể", day), "Phòng Tổng hợp": ("Ngày giải thể", day)})
    )
    actions.write_agency_rows(by=people["technical_admin"], rows=plan.rows)

    assert plan.errors == []
    assert not Agency.objects.active().filter(code__in=["thong-ke", "phong-tong-hop"]).exists()


def test_a_list_with_errors_cannot_be_confirmed(client, people, province):
    client.force_login(people["technical_admin"])
    upload(client, changed_list({"Chi cục Thống kê": ("Loại", "Hành tinh")}, NEW))
    seal = client.get(reverse("organisations:agency_preview")).context["seal"]

    client.post(reverse("organisations:agency_preview"), {"seal": seal})

    assert not Agency.objects.filter(code="y-te").exists()


def test_what_changed_since_the_preview_is_previewed_again(client, people, province):
    client.force_login(people["technical_admin"])
    upload(client, changed_list({}, NEW))
    seal = client.get(reverse("organisations:agency_preview")).context["seal"]

    upload(client, changed_list({}, NEW[:2] + ("Sở khác",) + NEW[3:]))
    client.post(reverse("organisations:agency_preview"), {"seal": seal})
    assert not Agency.objects.filter(code="y-te").exists()

    upload(client, changed_list({}, NEW))
    actions.edit_agency(by=None, agency=province.office, name="Tên mới trong lúc chờ")
    client.post(reverse("organisations:agency_preview"), {"seal": seal})
    assert not Agency.objects.filter(code="y-te").exists()


def test_a_list_is_confirmed_once(client, people, province):
    client.force_login(people["technical_admin"])
    upload(client, changed_list({}, NEW))
    seal = client.get(reverse("organisations:agency_preview")).context["seal"]

    for _time in range(2):
        client.post(reverse("organisations:agency_preview"), {"seal": seal})

    assert Agency.objects.filter(code="y-te").count() == 1
    assert not storages["private"].exists(f"agency-lists/{people['technical_admin'].pk}.xlsx")


def test_another_administrator_does_not_see_the_list_that_waits(client, people, province):
    client.force_login(people["technical_admin"])
    upload(client, changed_list({}, NEW))

    client.force_login(make_member("technical_admin", province.root))

    assert client.get(reverse("organisations:agency_preview")).status_code == 302


@pytest.mark.parametrize("role", ["uploader", "agency_head", "editor", "approver", "provincial_approver"])
def test_only_administrators_upload(client, people, province, role):
    client.force_login(people[role])

    assert upload(client, changed_list({}, NEW)).url == reverse("wagtailadmin_home")
    assert not storages["private"].exists(f"agency-lists/{people[role].pk}.xlsx")


def upload(client, content):
    file = SimpleUploadedFile("co-quan.xlsx", content)
    return client.post(reverse("organisations:agency_upload"), {"file": file})


def below(parent, code):
    return (code, parent, f"Phòng {code}", "Phòng, ban", "Chính quyền", "P", "", "")


def table(content):
    rows = list(load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def changed_list(changes, *more):
    """Return the export with cells changed, {name: (column, value)}, and rows added at its end."""
    book = load_workbook(io.BytesIO(export_agencies()))
    sheet = book.worksheets[0]
    for row in sheet.iter_rows(min_row=2):
        column, value = changes.get(row[2].value, (None, None))
        if column:
            cell = row[COLUMNS.index(column)]
            cell.value = value
            cell.data_type = "s"
    for row in more:
        sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
