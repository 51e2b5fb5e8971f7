"""Many items by one act: each that can be written, or all of them and else none."""

import uuid

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cms.audit.models import AuditEvent
from cms.catalogs import actions
from cms.catalogs.models import CatalogItem, ItemRemark
from tests.factories import catalogs
from tests.integration.api.items.conftest import (
    BULK,
    ITEMS,
    VERSION,
    add,
    address_of,
    body,
    change,
    codes,
    errors,
    remove,
)

BROKEN = [
    (5, "", "wrong_type"), ({}, "op", "required"), ({"op": "xoa"}, "op", "invalid_choice"),
    ({"op": ["add"]}, "op", "invalid_choice"), ({"op": "add"}, "values", "required"),
    ({"op": "change", "values": {}}, "identity", "required"), ({"op": "remove"}, "identity", "required"),
    ({"op": "remove", "identity": "1"}, "identity", "invalid"),
    ({"op": "remove", "identity": 1}, "identity", "invalid"),
    ({"op": "remove", "identity": str(uuid.uuid4())}, "identity", "unknown_item"),
    ({"op": "add", "values": []}, "values", "wrong_type"),
    ({"op": "add", "values": body(9), "x": 1}, "x", "unknown_field"),
    ({"op": "add", "values": body(9), "identity": str(uuid.uuid4())}, "identity", "not_taken"),
    ({"op": "add", "values": body(9, group=9)}, "values.group", "invalid_choice"),
    ({"op": "add", "values": body(9, version=1)}, "values.version", "unknown_field"),
    ({"op": "add", "values": body(9, reason="x")}, "values.reason", "unknown_field"),
    ({"op": "add", "values": body(9), "id": "\ud800"}, "id", "invalid"),
    ({"op": "add", "values": body(9), "id": "x" * 101}, "id", "invalid"),
    ({"op": "add", "values": body(9) | {"\ud800": 1}}, "values.?", "unknown_field"),
]  # fmt: skip


def results(answer):
    assert answer.status_code == 200, answer.content
    return [(one["status"], [error["code"] for error in one["errors"]]) for one in answer.json()["results"]]


def test_each_writes_what_can_be_written_and_says_what_could_not(writer, draft):
    first, second, third = draft.items.in_order()
    answer = writer.bulk(
        [
            add(9) | {"id": "moi"}, change(first, note="x"), change(second, coefficient="0"), remove(third),
            add(9), change(first, note="x"), change(third, note="x"),
        ],
        match="",
    )  # fmt: skip

    assert results(answer) == [
        ("added", []), ("changed", []), ("refused", ["min_value"]), ("removed", []), ("refused", ["code_taken"]),
        ("unchanged", []), ("refused", ["unknown_item"]),
    ]  # fmt: skip
    reported = answer.json()
    assert reported["counts"] == {"added": 1, "changed": 1, "unchanged": 1, "removed": 1, "refused": 3}
    assert codes(draft) == [first.code, second.code, "TK.00009"]
    added, edited, refused, removed = reported["results"][:4]
    assert (added["id"], added["code"], edited["id"], refused["errors"][0]["field"]) == (
        "moi", "TK.00009", None, "values.coefficient",
    )  # fmt: skip
    assert (added["etag"], edited["etag"], removed["etag"], refused["etag"]) == (
        writer.etag(f"{ITEMS}{added['identity']}/"), writer.etag(address_of(first)), None, None,
    )  # fmt: skip
    assert answer["ETag"] == writer.etag(VERSION)


def test_all_writes_everything_by_one_act(writer, draft, people):
    first, second, third = draft.items.in_order()
    etag, before = writer.etag(VERSION), AuditEvent.objects.count()

    answer = writer.bulk([change(first, note="x"), remove(second), add(9), add(10)], "all", match=etag)

    assert [status for status, _codes in results(answer)] == ["changed", "removed", "added", "added"]
    draft.refresh_from_db()
    assert (draft.edition, draft.item_count, AuditEvent.objects.count() - before) == (2, 4, 1)
    event = AuditEvent.objects.order_by("sequence").last()
    assert (event.action, event.before[first.code], event.after[first.code]) == (
        "catalog_item.write_many", {"note": ""}, {"note": "x"},
    )  # fmt: skip
    assert event.before[second.code]["name"] == second.name
    assert event.after["TK.00010"]["coefficient"] == "11"
    assert draft.writers.filter(pk=people["uploader"].pk).exists()
    assert writer.bulk([add(11)], "all", match=etag).status_code == 412


def test_all_tells_every_error_of_every_operation_and_writes_nothing(writer, draft):
    first, second, _third = draft.items.in_order()
    before = (writer.items(), AuditEvent.objects.count())
    broken = [raw for raw, _field, _code in BROKEN]

    answer = writer.bulk([add(9), change(first, code=second.code, note="x"), *broken, add(10, name="", group=7)], "all")

    assert errors(answer) == [
        ("operations[1].values.code", "code_taken"),
        *((f"operations[{place}]{'.' * bool(name)}{name}", code) for place, (_raw, name, code) in enumerate(BROKEN, 2)),
        (f"operations[{len(BROKEN) + 2}].values.name", "required"),
        (f"operations[{len(BROKEN) + 2}].values.group", "invalid_choice"),
    ]
    assert (writer.items(), AuditEvent.objects.count()) == before


def test_each_refuses_broken_operations_alone(writer, draft):
    answer = writer.bulk([*(raw for raw, _field, _code in BROKEN), add(9)])

    reported = answer.json()["results"]
    assert [[(one["field"], one["code"]) for one in result["errors"]] for result in reported] == [
        *([(name, code)] for _raw, name, code in BROKEN), [],
    ]  # fmt: skip
    assert reported[-1]["status"] == "added"


def test_what_writes_nothing_counts_no_write(writer, draft):
    first = draft.items.in_order().first()

    answer = writer.bulk([change(first, code=first.code), change(first, group=9)])

    assert [status for status, _codes in results(answer)] == ["unchanged", "refused"]
    draft.refresh_from_db()
    assert draft.edition == 1
    assert not AuditEvent.objects.filter(action="catalog_item.write_many").exists()


@pytest.mark.parametrize(
    "sent",
    [
        {}, [], {"mode": "each"}, {"mode": "each", "operations": []}, {"mode": "both", "operations": [{}]},
        {"mode": "each", "operations": {}}, {"mode": "each", "operations": [{}], "reason": "x" * 2001},
        {"mode": "each", "operations": [{}] * 1001}, {"mode": "each", "operations": [{}], "dry_run": True},
    ],
)  # fmt: skip
def test_what_is_no_bulk_is_refused_as_a_whole(writer, draft, sent):
    assert errors(writer.send("POST", BULK, sent))


def test_all_demands_if_match_and_each_takes_it(writer, draft):
    assert writer.bulk([add(9)], "all", match="").status_code == 428
    assert writer.bulk([add(9)], "each", match='"alt"').status_code == 412
    assert writer.bulk([add(9)], "each", match="").status_code == 200


def test_an_item_that_somebody_changed_since_is_left_alone(writer, draft):
    first, second, _third = draft.items.in_order()
    tags = [writer.etag(address_of(item)) for item in (first, second)]
    writer.change(first, {"note": "của người khác"})

    answer = writer.bulk([change(item, tag, note="x") for item, tag in zip((first, second), tags, strict=True)])

    assert results(answer) == [("refused", ["precondition_failed"]), ("changed", [])]
    again = answer.json()["results"][1]["etag"]
    assert results(writer.bulk([change(second, again, note="y"), change(second, again, note="z")])) == [
        ("changed", []), ("refused", ["precondition_failed"]),
    ]  # fmt: skip


def test_codes_move_from_item_to_item(writer, draft):
    first, second, third = draft.items.in_order()
    swapped = [change(first, code="TẠM"), change(second, code=first.code), change(first, code=second.code)]

    answer = writer.bulk([*swapped, remove(third), add(9, code=third.code)], "all")

    assert {status for status, _codes in results(answer)} == {"changed", "removed", "added"}
    assert codes(draft) == [second.code, first.code, third.code]
    assert draft.items.with_code(first.code).get().pk == second.pk
    assert sorted(AuditEvent.objects.order_by("sequence").last().before) == sorted(
        ["TẠM", first.code, second.code, third.code]
    )


def test_items_of_others_are_not_there(writer, draft, people, province):
    office = catalogs.make_version(people["other_uploader"], province.office, 1).items.get()

    answer = writer.bulk([change(office, note="x"), remove(office)])

    assert results(answer) == [("refused", ["unknown_item"])] * 2
    assert CatalogItem.objects.get(pk=office.pk).note == ""
    assert writer.send("POST", BULK.replace("thong-ke", "van-phong"), {}).status_code == 404


def test_while_it_is_appraised_each_change_is_a_remark_with_the_one_reason(writer, submitted, people):
    actions.save_column(by=people["editor"], name="Ghi chú nội bộ", kind="text", audience="appraisers")
    first, second, third = submitted.items.in_order()
    operations = [
        change(first, note="x"), change(first, note="y"), change(second, extra={"ghi_chu_noi_bo": "kín"}),
        change(third, note="z"), remove(third), add(9),
    ]  # fmt: skip
    assert writer.bulk([add(9)]).status_code == 403
    assert writer.bulk(operations, by="editor").json()["code"] == "reason_required"

    assert writer.bulk(operations, by="editor", reason="Chỉnh lý").status_code == 200

    remarks = list(ItemRemark.objects.order_by("pk").values_list("item__code", "item_code", "changes", "text"))
    assert sorted(remarks, key=str) == sorted(
        [
            (first.code, first.code, {"note": ["", "x"]}, "Chỉnh lý"),
            (first.code, first.code, {"note": ["x", "y"]}, "Chỉnh lý"),
            (None, third.code, {"note": ["", "z"]}, "Chỉnh lý"),
            (None, third.code, {"removed": [third.name, None]}, "Chỉnh lý"),
            ("TK.00009", "TK.00009", {"added": [None, body(9)["name"]]}, "Chỉnh lý"),
        ],
        key=str,
    )


def test_hidden_columns_are_unknown(writer, draft, people):
    actions.save_column(by=people["editor"], name="Ghi chú nội bộ", kind="text", audience="appraisers")
    first = draft.items.in_order().first()

    answer = writer.bulk([change(first, extra={"ghi_chu_noi_bo": "x"}), add(9, extra={"ghi_chu_noi_bo": "x"})])

    assert results(answer) == [("refused", ["unknown_column"])] * 2
    assert results(writer.bulk([change(first, extra={"ghi_chu_noi_bo": "x"})], by="editor")) == [("changed", [])]
    assert "ghi_chu_noi_bo" not in writer.bulk([change(first, note="x")]).content.decode()


def test_a_key_counts_once(writer, draft):
    first, again = (writer.bulk([add(9)], "each", Idempotency_Key="mot") for _ in range(2))

    assert (again.content, again["Idempotent-Replayed"]) == (first.content, "true")
    assert codes(draft).count("TK.00009") == 1


def test_queries_do_not_grow_with_the_operations(writer, draft):
    def queries(count, start):
        mine = catalogs.make_items(draft, count, start)
        operations = [change(item, note="x", code=f"{item.code}-x") for item in mine[::2]]
        operations += [remove(item) for item in mine[1::2]] + [add(start + 5000 + n) for n in range(count)]
        with CaptureQueriesContext(connection) as captured:
            answer = writer.bulk(operations)
        assert {status for status, _codes in results(answer)} == {"changed", "removed", "added"}
        return len(captured)

    few, many = queries(4, 100), queries(60, 1000)

    # SQLite takes a statement for some dozens of changed rows, and so many more for their values.
    assert many <= few + 2


OPERATIONS = st.lists(
    st.tuples(
        st.sampled_from(["add", "change", "remove", "match"]), st.integers(0, 3), st.integers(0, 4),
        st.sampled_from(["", "x", None]),
    ),
    min_size=1, max_size=8,
)  # fmt: skip


def _operation(draw, items, etags):
    """Return an operation on one of three items, or on none that is there."""
    kind, place, code, note = draw
    identity = str(items[place].identity) if place < 3 else str(uuid.UUID(int=place))
    values = {"code": f"TK.{code:05}"} | ({} if note is None else {"note": note})
    if kind == "add":
        return {"op": "add", "values": body(9) | values}
    if kind == "remove":
        return {"op": "remove", "identity": identity}
    match = {"if_match": etags[place % 3]} if kind == "match" else {}
    return {"op": "change", "identity": identity, "values": values} | match


def _one_by_one(writer, operations):
    """Send operations alone, and return the status of each."""
    statuses = []
    for one in operations:
        if one["op"] == "add":
            answer = writer.add(one["values"])
        else:
            method, sent = ("DELETE", None) if one["op"] == "remove" else ("PATCH", one["values"])
            address = f"{ITEMS}{one['identity']}/"
            answer = writer.send(method, address, sent, match=one.get("if_match", "*"))
        statuses.append(answer.status_code < 300)
    return statuses


def _content(writer):
    """Return what a version says in order; an item that was added has an identity and a place of its own."""
    return [{**row, "identity": "", "url": "", "position": 0} for row in writer.items()]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None)
@given(draws=OPERATIONS)
def test_a_bulk_of_operations_is_the_same_operations_one_by_one(writer, draft, draws):
    items = list(draft.items.in_order())
    etags = [writer.etag(address_of(item)) for item in items]
    operations = [_operation(draw, items, etags) for draw in draws]
    came = []
    for act in ("alone", "together"):
        with transaction.atomic():
            if act == "alone":
                statuses = _one_by_one(writer, operations)
            else:
                statuses = [status != "refused" for status, _codes in results(writer.bulk(operations, match=""))]
            came.append((statuses, _content(writer)))
            transaction.set_rollback(True)

    alone, together = came
    assert together == alone
    assert codes(draft) == [item.code for item in items]
