"""Extra columns are saved through the action, their choices one a line, and never deleted."""

import pytest

from cms.audit.models import AuditEvent
from cms.catalogs import actions
from cms.catalogs.models import ExtraColumn

COLUMN = {
    "name": "Mức ưu tiên", "kind": "choice", "choices": "Cao\r\n\r\n Thấp ", "audience": "everyone", "in_use": "on",
    "required": "on", "help_text": "Theo chỉ đạo của Chủ tịch", "position": "",
}  # fmt: skip


def added(client, **fields):
    return client.post("/admin/columns/new/", COLUMN | fields)


def test_an_editor_adds_columns_one_after_the_other(client_of, people):
    client = client_of(people["editor"])
    added(client)
    added(client, name="Ghi chú nội bộ", kind="text", audience="appraisers", choices="", required="")

    first, second = ExtraColumn.objects.all()
    assert (first.key, first.choices, first.required, first.position) == ("muc_uu_tien", ["Cao", "Thấp"], True, 1)
    assert (second.audience, second.required, second.position) == ("appraisers", False, 2)
    assert AuditEvent.objects.filter(action="column.add").count() == 2
    listed = client.get("/admin/columns/").content.decode()
    assert listed.index("Mức ưu tiên") < listed.index("Ghi chú nội bộ")


@pytest.mark.parametrize(
    ("field", "fields"),
    [
        ("name", {"name": "Hệ số quy đổi"}),
        ("choices", {"choices": "Cao"}),
        ("name", {"name": ""}),
        ("position", {"position": "0"}),
    ],
)
def test_what_is_wrong_is_said_at_its_field(client_of, people, field, fields):
    response = added(client_of(people["editor"]), **fields)

    assert response.status_code == 200
    assert set(response.context["form"].errors) == {field}
    assert not ExtraColumn.objects.exists()


def test_a_change_keeps_key_and_kind_whatever_is_sent(client_of, people):
    client = client_of(people["editor"])
    added(client)
    column = ExtraColumn.objects.get()

    changes = COLUMN | {
        "name": "Độ ưu tiên",
        "kind": "text",
        "choices": "Cao\nVừa\nThấp",
        "in_use": "",
        "position": "7",
    }
    assert client.post(f"/admin/columns/edit/{column.pk}/", changes).status_code == 302

    column.refresh_from_db()
    assert (column.key, column.kind, column.name) == ("muc_uu_tien", "choice", "Độ ưu tiên")
    assert (column.choices, column.in_use, column.position) == (["Cao", "Vừa", "Thấp"], False, 7)
    event = AuditEvent.objects.get(action="column.edit")
    assert (event.before["name"], event.after["name"]) == ("Mức ưu tiên", "Độ ưu tiên")


def test_the_screen_shows_where_the_column_stands_in_the_template(client_of, people):
    column = actions.save_column(by=None, name="Mức ưu tiên", kind="choice", choices=["Cao", "Thấp"])
    hidden = actions.save_column(by=None, name="Ghi chú nội bộ", audience="appraisers")
    client = client_of(people["editor"])

    assert 'class="td-here">Mức ưu tiên' in client.get(f"/admin/columns/edit/{column.pk}/").content.decode()
    assert "td-here" not in client.get(f"/admin/columns/edit/{hidden.pk}/").content.decode()


def test_a_column_is_not_deleted(client_of, people):
    column = actions.save_column(by=None, name="Mức ưu tiên")

    client_of(people["editor"]).post(f"/admin/columns/delete/{column.pk}/")

    assert ExtraColumn.objects.filter(pk=column.pk).exists()


@pytest.mark.parametrize("role", ["uploader", "approver", "provincial_approver", "technical_admin"])
def test_columns_are_the_editors(client_of, people, role):
    client = client_of(people[role])

    assert client.get("/admin/columns/").status_code == 302
    added(client)
    assert not ExtraColumn.objects.exists()
