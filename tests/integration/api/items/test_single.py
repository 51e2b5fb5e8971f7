"""One item at a time: the rules and sentences of the workbench, and nobody overwrites what they have not seen."""

import json
import re
from decimal import Decimal

import pytest
from drf_spectacular.generators import SchemaGenerator

from catalog_pages.admin.forms import ItemForm
from cms.audit.models import AuditEvent
from cms.catalogs import actions
from cms.catalogs.models import CatalogItem, ItemRemark
from cms.curation import actions as curation_actions
from tests.factories import catalogs
from tests.integration.api.items.conftest import ITEMS, VERSION, address_of, body, codes, errors


def test_an_item_is_added_at_the_end(writer, draft):
    answer = writer.add(body(9, note="Theo  kế hoạch ", legal_basis="NĐ 335", hours="1.125"))

    reported = answer.json()
    assert (answer.status_code, answer["Location"]) == (201, reported["url"])
    assert (reported["code"], reported["note"], reported["legal_basis"], reported["hours"]) == (
        "TK.00009", "Theo kế hoạch", "NĐ 335", "1.1250",
    )  # fmt: skip
    assert writer.items()[-1] | {"warnings": []} == reported
    assert answer["ETag"] == writer.etag(reported["url"])
    draft.refresh_from_db()
    assert (draft.item_count, draft.edition) == (4, 2)
    assert AuditEvent.objects.order_by("sequence").last().action == "catalog_item.add"


def test_only_what_is_sent_is_changed(writer, draft):
    item = draft.items.in_order().first()
    before = writer.items()[0]

    answer = writer.change(item, {"coefficient": "2.5", "score": "12.5", "note": "Đã rà soát"})

    assert answer.status_code == 200
    changed = {"coefficient": "2.5000", "score": "12.5000", "note": "Đã rà soát"}
    assert answer.json() == before | changed | {"warnings": []}
    assert writer.change(item, {}).json() == answer.json()
    assert AuditEvent.objects.filter(action="catalog_item.edit").count() == 1


def test_an_item_is_removed(writer, draft):
    item = draft.items.in_order().first()

    answer = writer.remove(item)

    assert (answer.status_code, answer.content) == (204, b"")
    assert len(codes(draft)) == 2
    assert writer.remove(item).status_code == 404


@pytest.mark.parametrize(
    ("sent", "stored"),
    [("1.2345", "1.2345"), ("0.0001", "0.0001"), (3, "3"), ("12.345", "12.345"), ("1234", "1234"), ("7.50000", "7.5")],
)
def test_decimals_stay_what_was_written(writer, draft, sent, stored):
    item = draft.items.in_order().first()
    address = address_of(item)

    for text in (json.dumps(sent), str(sent)):
        raw = f'{{"hours": {text}}}'
        answer = writer.api.client(writer.people["uploader"]).generic(
            "PATCH", address, raw, "application/json", headers={"If-Match": "*"}
        )
        assert answer.status_code == 200, answer.content
        item.refresh_from_db()
        assert item.hours == Decimal(stored)


def test_what_an_item_is_like_is_a_warning_and_no_error(writer, draft, people, province):
    known = catalogs.make_version(people["other_uploader"], province.office, items=0)
    catalogs.make_items(
        known, 1, name="Soạn thảo báo cáo quý về cải cách hành chính", coefficient=Decimal("1.25"), score=None
    )
    catalogs.submit(known, people["other_uploader"])
    catalogs.decide(catalogs.accept(known, people["editor"]), people["provincial_approver"])
    curation_actions.ask_for_reading_of_all()
    list(curation_actions.read_waiting())

    added = writer.add(body(9, name="Dự thảo báo cáo quý về CCHC"))

    assert added.status_code == 201
    (warning,) = added.json()["warnings"]
    assert warning["list"] == "other" and warning["message"] == (
        "Văn phòng UBND tỉnh: Soạn thảo báo cáo quý về cải cách hành chính, hệ số 1,25"
    )
    item = draft.items.get(name="Dự thảo báo cáo quý về CCHC")
    assert writer.change(item, {"name": "Trồng cây xanh đô thị"}).json()["warnings"] == []
    repeated = writer.change(item, {"name": draft.items.in_order().first().name}).json()["warnings"]
    assert [each["list"] for each in repeated] == ["own"] and repeated[0]["message"].startswith("Danh mục của cơ quan")


WRONG = [
    ({"code": ""}, "code", "required"), ({"code": "x" * 65}, "code", "max_length"), ({"code": 5}, "code", "wrong_type"),
    ({"name": None}, "name", "wrong_type"), ({"task": "a\u202eb"}, "task", "dangerous_character"),
    ({"note": "a\x00b"}, "note", "dangerous_character"), ({"name": "\ud800"}, "name", "dangerous_character"),
    ({"coefficient": "0"}, "coefficient", "min_value"), ({"coefficient": "100000"}, "coefficient", "max_value"),
    ({"coefficient": "1.23456"}, "coefficient", "max_decimal_places"),
    ({"coefficient": None, "score": None}, "coefficient", "required"),
    ({"coefficient": "1,5"}, "coefficient", "not_a_number"), ({"hours": "1e5"}, "hours", "not_a_number"),
    ({"hours": True}, "hours", "not_a_number"), ({"hours": {}}, "hours", "not_a_number"),
    ({"score": "-1"}, "score", "min_value"), ({"score": "9" * 20}, "score", "number_too_large"),
    ({"group": 6}, "group", "invalid_choice"), ({"group": "1"}, "group", "wrong_type"),
    ({"unit_quantity": 0}, "unit_quantity", "min_value"), ({"unit_quantity": 1.0}, "unit_quantity", "wrong_type"),
    ({"extra": []}, "extra", "wrong_type"), ({"extra": {"khong_co": "x"}}, "extra.khong_co", "unknown_column"),
]  # fmt: skip


@pytest.mark.parametrize(("sent", "field", "code"), WRONG)
def test_what_the_form_refuses_is_refused_with_a_stable_code(writer, draft, sent, field, code):
    item = draft.items.in_order().first()
    before = writer.items()

    assert (field, code) in errors(writer.change(item, sent))
    assert (field, code) in errors(writer.add(body(9) | sent))
    assert writer.items() == before


def test_the_document_requires_of_a_new_item_what_cannot_be_left_out(writer, draft):
    described = SchemaGenerator().get_schema(request=None, public=True)["components"]["schemas"]["ItemValues"]
    whole = body(9, hours="1", note="Theo kế hoạch", legal_basis="NĐ 335", field="Thống kê")
    refused = set()
    for name in described["properties"]:
        answer = writer.add({key: value for key, value in whole.items() if key != name})
        if answer.status_code == 201:
            assert writer.remove(draft.items.order_by("-position").first()).status_code == 204
        else:
            assert (name, "required") in errors(answer)
            refused.add(name)

    assert refused == set(described["required"])


@pytest.mark.parametrize("sent", [{}, {"coefficient": None}])
def test_a_coefficient_follows_from_the_score_and_has_to_be_sent_without_one(writer, draft, sent):
    values = body(9)
    expected = values.pop("coefficient")
    answer = writer.add(values | sent)
    assert answer.status_code == 201
    assert Decimal(answer.json()["coefficient"]) == Decimal(expected)

    del values["score"]
    assert ("coefficient", "required") in errors(writer.add(values | sent | {"code": "TK.00010"}))


def test_every_error_comes_at_once_in_the_sentences_of_the_form(writer, draft):
    sent = {"code": "", "coefficient": "0", "group": 9, "hours": "-1", "name": ""}
    answer = writer.add(sent)

    form = ItemForm(version=draft, data={name: str(value) for name, value in sent.items()})
    said = {error["field"]: error["message"] for error in answer.json()["errors"]}
    assert said == {name: str(messages[0]) for name, messages in form.errors.items() if name != "unit_quantity"}


def test_a_code_of_another_item_is_refused_however_it_is_written(writer, draft):
    first, second, _third = draft.items.in_order()

    for taken in (first.code, first.code.lower(), f" {first.code} "):
        assert errors(writer.add(body(9, code=taken))) == [("code", "code_taken")]
        assert errors(writer.change(second, {"code": taken})) == [("code", "code_taken")]
    assert writer.change(first, {"code": first.code.lower()}).status_code == 200


def test_all_that_the_model_has_is_refused_but_what_may_be_written(writer, draft, approved_of_office):
    item = draft.items.in_order().first()
    allowed = {"legal": None} | dict.fromkeys(("code", "field", "task", "name", "output", "unit", "note"), "Mới")
    known = {*allowed, "unit_quantity", "group", "hours", "difficulty", "process", "coordination", "scope", "score"}
    known |= {"coefficient", "extra", "time_limit", "last_year_quantity", "positions"}
    stolen = {
        "version": approved_of_office.pk, "version_id": approved_of_office.pk, "id": 1, "pk": 1, "position": 0,
        "identity": str(approved_of_office.items.first().identity), "batch": str(item.identity), "sheet": "x", "row": 1,
        "code_key": "X", "search_text": "x", "remarks": [], "work": [], "state": "approved", "agency": "van-phong",
    }  # fmt: skip
    fields = {field.name for field in CatalogItem._meta.get_fields()} - known - {"legal"}
    assert fields <= stolen.keys()
    before = list(CatalogItem.objects.order_by("pk").values())

    for name, value in {**stolen, "legal": "x"}.items():
        assert errors(writer.change(item, {"note": "Mới", name: value})) == [(name, "unknown_field")]
        assert (name, "unknown_field") in errors(writer.add(body(9) | {name: value}))
    assert list(CatalogItem.objects.order_by("pk").values()) == before


@pytest.fixture
def approved_of_office(people, province):
    """Return a decided version of another agency."""
    return catalogs.make_approved(people, province.office, 1)


def test_items_of_others_are_not_there(writer, draft, people, province):
    office = catalogs.make_version(people["other_uploader"], province.office, 1).items.get()

    assert writer.change(office, {"note": "x"}).status_code == 404
    assert writer.remove(office).status_code == 404
    address = address_of(office).replace("thong-ke", "van-phong")
    assert writer.send("PATCH", address, {"note": "x"}).status_code == 404
    assert writer.send("PATCH", address, {"note": "x"}, by="approver").status_code == 403
    assert office.note == CatalogItem.objects.get(pk=office.pk).note == ""


def test_who_writes_says_which_state_is_meant(writer, draft):
    item, other, _third = draft.items.in_order()
    for answer in (
        writer.add(body(9), match=""), writer.change(item, {"note": "x"}, match=""), writer.remove(item, match="")
    ):  # fmt: skip
        assert (answer.status_code, answer.json()["code"]) == (428, "precondition_required")
    for answer in (
        writer.add(body(9), match='"alt"'), writer.change(item, {}, match='"alt"'), writer.remove(item, match='"alt"'),
        writer.change(item, {"note": "x"}, match=writer.etag(address_of(other))),
        writer.add(body(9), match=writer.etag(address_of(item))),
    ):  # fmt: skip
        assert (answer.status_code, answer.json()["code"]) == (412, "precondition_failed")
    assert writer.items()[0]["note"] == ""


def test_of_two_who_read_the_same_item_the_second_is_told(writer, draft):
    item, other, _third = draft.items.in_order()
    of_item, of_version = writer.etag(address_of(item)), writer.etag(VERSION)
    assert writer.change(other, {"note": "khác"}, match=of_version).status_code == 200

    first = writer.change(item, {"note": "một"}, match=of_item)
    second = writer.change(item, {"note": "hai"}, by="agency_head", match=of_item)
    late = writer.change(item, {"note": "ba"}, by="agency_head", match=of_version)

    assert [answer.status_code for answer in (first, second, late)] == [200, 412, 412]
    assert first["ETag"] == writer.etag(address_of(item)) != of_item
    assert writer.change(item, {"note": "bốn"}, match=first["ETag"]).status_code == 200


def test_a_decided_version_is_not_written(writer, approved):
    item = approved.items.first()

    for answer in (writer.add(body(9)), writer.change(item, {"note": "x"}), writer.remove(item)):
        assert (answer.status_code, answer.json()["code"]) == (409, "version_frozen")


def test_while_it_is_appraised_the_editor_says_why_and_the_agency_reads_it(writer, submitted):
    first, second, third = submitted.items.in_order()

    assert writer.change(first, {"note": "x"}).status_code == 403
    for answer in (
        writer.add(body(9), by="editor"), writer.change(first, {"note": "x"}, by="editor"),
        writer.remove(third, by="editor"),
    ):  # fmt: skip
        assert (answer.status_code, answer.json()["code"]) == (400, "reason_required")
    assert writer.add(body(9, reason="Bổ sung"), by="editor").status_code == 201
    assert writer.change(second, {"note": "x", "reason": "Chỉnh lại"}, by="editor").status_code == 200
    assert writer.remove(third, "?reason=Trùng", by="editor").status_code == 204

    assert list(ItemRemark.objects.order_by("pk").values_list("text", flat=True)) == ["Bổ sung", "Chỉnh lại", "Trùng"]


@pytest.fixture
def columns(people):
    """Return columns of each kind and audience."""
    make = lambda **fields: actions.save_column(by=people["editor"], **fields)  # noqa: E731
    return {
        column.key: column
        for column in (
            make(name="Mức ưu tiên", kind="choice", choices=["Cao", "Thấp"]),
            make(name="Hạn rà soát", kind="date"), make(name="Số lượt", kind="number"),
            make(name="Dịch vụ công", kind="yes_no"), make(name="Nơi lưu", kind="text", audience="offices"),
            make(name="Ghi chú nội bộ", kind="text", audience="appraisers"),
        )
    }  # fmt: skip


FILLED = {
    "muc_uu_tien": "Cao", "han_ra_soat": "2026-06-05", "so_luot": "1.125", "dich_vu_cong": "yes", "noi_luu": "Kho A",
}  # fmt: skip


def test_added_columns_are_written_one_by_one(writer, draft, columns):
    item = draft.items.in_order().first()

    assert writer.change(item, {"extra": FILLED}).json()["extra"] == FILLED
    assert writer.change(item, {"extra": {"so_luot": None, "noi_luu": ""}}).json()["extra"] == {
        key: text for key, text in FILLED.items() if key not in ("so_luot", "noi_luu")
    }
    for key, raw, code in (
        ("muc_uu_tien", "Vừa", "invalid_choice"), ("han_ra_soat", "05/06/2026", "not_a_date"),
        ("han_ra_soat", "2026-02-30", "date_impossible"), ("so_luot", "-1", "min_value"),
        ("so_luot", "x", "not_a_number"),
        ("dich_vu_cong", "Có", "invalid_choice"), ("noi_luu", 5, "wrong_type"),
    ):  # fmt: skip
        assert errors(writer.change(item, {"extra": {key: raw}})) == [(f"extra.{key}", code)]


def test_a_choice_that_went_may_stay(writer, draft, columns, people):
    item = draft.items.in_order().first()
    writer.change(item, {"extra": {"muc_uu_tien": "Cao"}})
    actions.save_column(by=people["editor"], column_id=columns["muc_uu_tien"].pk, choices=["Thấp", "Vừa"])

    assert writer.change(item, {"note": "x", "extra": {"muc_uu_tien": "Cao"}}).status_code == 200
    assert errors(writer.add(body(9, extra={"muc_uu_tien": "Cao"}))) == [("extra.muc_uu_tien", "invalid_choice")]


def test_hidden_columns_are_neither_written_nor_read_nor_told_of(writer, draft, columns, people):
    item = draft.items.in_order().first()
    actions.edit_items(by=people["editor"], version=draft, items=[item], changes={"extra.ghi_chu_noi_bo": "lời kín"})
    etag = writer.etag(address_of(item))
    hidden = writer.change(item, {"extra": {"ghi_chu_noi_bo": "đè"}})
    missing = writer.change(item, {"extra": {"khong_co_cot": "đè"}})

    reported = [
        re.sub("ghi_chu_noi_bo|khong_co_cot|[0-9a-f]{32}", "", one.content.decode()) for one in (hidden, missing)
    ]
    assert reported[0] == reported[1]
    assert "lời kín" not in writer.change(item, {"note": "x"}, match=etag).content.decode()
    etag = writer.etag(address_of(item))
    actions.edit_items(by=people["editor"], version=draft, items=[item], changes={"extra.ghi_chu_noi_bo": "lời khác"})
    assert writer.etag(address_of(item)) == etag != writer.etag(address_of(item), by="editor")
    item.refresh_from_db()
    assert item.extra == {"ghi_chu_noi_bo": "lời khác"}
    assert (
        writer.change(item, {"extra": {"ghi_chu_noi_bo": "mới"}}, by="editor").json()["extra"]["ghi_chu_noi_bo"]
        == "mới"
    )


def test_a_key_counts_once(writer, draft):
    item = draft.items.in_order().first()

    first = writer.add(body(9), Idempotency_Key="mot")
    again = writer.add(body(9), Idempotency_Key="mot")
    other = writer.add(body(10), Idempotency_Key="mot")
    gone = [writer.remove(item, Idempotency_Key="hai") for _ in range(2)]

    assert (again.status_code, again.content, again["ETag"]) == (201, first.content, first["ETag"])
    assert (again["Idempotent-Replayed"], other.status_code) == ("true", 422)
    assert [(answer.status_code, answer.content) for answer in gone] == [(204, b"")] * 2
    assert codes(draft)[-1] == "TK.00009" and len(codes(draft)) == 3


def test_a_client_needs_the_scope_for_writing(writer, draft, province):
    from django.utils import timezone

    from api.clients.actions import add_client
    from api.clients.models import Scope

    def status(*scopes):
        last = timezone.localdate()
        secret = add_client(by=None, name="Máy", agency=province.statistics, scopes=list(scopes), last_day=last)[1]
        headers = {"Authorization": f"Bearer {secret}", "If-Match": "*"}
        sent = json.dumps(body(9))
        return writer.api.client().generic("POST", ITEMS, sent, "application/json", headers=headers).status_code

    assert [status(Scope.CATALOGS_READ), status(Scope.CATALOGS_READ, Scope.CATALOGS_WRITE)] == [403, 201]
