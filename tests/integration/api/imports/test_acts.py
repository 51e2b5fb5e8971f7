"""What is done with an upload over the API: committed, taken back, dropped, mended, checked again."""

import pytest

from cms.audit.models import AuditEvent
from cms.catalogs.models import CatalogItem, CatalogVersion
from importers.models import ImportBatch
from tests.integration.api.imports.conftest import BAD
from tests.integration.api.imports.test_sending import field_codes

ACTS = ["commit", "abandon", "check-again", "corrections", "undo"]


def seen(upload, **more):
    return {"seen": upload["checked_at"], **more}


def test_from_the_file_to_the_catalog_and_back(uploads, good):
    upload = uploads.sent(good)

    written = uploads.act(upload, "commit", seen(upload)).json()
    assert (written["state"], written["report"]["committed"], written["missing"]) == ("committed", True, "remove")
    assert written["committed_to"]["number"] == 1
    assert CatalogVersion.objects.get().item_count == 8

    plan = uploads.read(upload["parts"]["undo"])
    assert (plan["refusal"], plan["removed"], plan["kept_count"]) == ("", 8, 0)
    undone = uploads.act(upload, "undo", {"edition": plan["edition"]}).json()

    assert (undone["state"], undone["undone"]["removed"]) == ("undone", 8)
    assert not CatalogItem.objects.exists()
    assert AuditEvent.objects.filter(action="import.undo").count() == 1


def test_every_address_of_an_upload_says_its_methods(uploads, good, api, people):
    upload = uploads.sent(good)

    for address in (upload["url"], *upload["parts"].values()):
        answer = api.client(people["uploader"]).options(address)
        assert (answer.status_code, answer.json()["methods"]) == (200, answer["Allow"].split(", ")), address


def test_rows_edited_since_stay_and_are_named(uploads, good, people):
    from cms.catalogs import actions

    upload = uploads.sent(good)
    uploads.act(upload, "commit", seen(upload))
    version = CatalogVersion.objects.get()
    item = version.items.in_order().first()
    actions.edit_items(by=people["uploader"], version=version, items=[item], changes={"note": "Ghi chú"})

    plan = uploads.read(upload["parts"]["undo"])
    undone = uploads.act(upload, "undo").json()["undone"]

    assert (plan["kept_count"], plan["kept"][0]["code"]) == (1, item.code)
    assert (undone["kept_count"], undone["kept"][0]["code"], undone["removed"]) == (1, item.code, 7)


def test_what_is_missing_may_be_kept(uploads, good, samples):
    first = uploads.sent(good)
    uploads.act(first, "commit", seen(first))
    second = uploads.sent((samples / "thong-ke.v2.xlsx").read_bytes())

    written = uploads.act(second, "commit", seen(second, missing="keep")).json()

    assert written["missing"] == "keep"
    assert CatalogVersion.objects.get().item_count == 9


def test_a_commit_needs_a_key_and_what_was_seen(uploads, good, api, people):
    upload = uploads.sent(good)

    without_key = api.post(f"{upload['url']}commit/", seen(upload), people["uploader"])
    without_seen = uploads.act(upload, "commit")
    earlier = uploads.act(upload, "commit", {"seen": "2026-01-01T00:00:00Z"})

    assert without_key.json()["code"] == "idempotency_key_required"
    assert field_codes(without_seen) == [("seen", "required")]
    assert (earlier.status_code, earlier.json()["code"]) == (409, "wrong_state")
    assert not CatalogVersion.objects.exists()


def test_seen_may_be_said_in_any_time_zone(uploads, good):
    import datetime

    upload = uploads.sent(good)
    zone = datetime.timezone(datetime.timedelta(hours=7))
    here = datetime.datetime.fromisoformat(upload["checked_at"]).astimezone(zone)

    assert uploads.act(upload, "commit", {"seen": here.isoformat()}).json()["state"] == "committed"


def test_a_preview_that_the_catalog_has_left_behind_is_stale(uploads, good, people, province, batch_of, samples):
    from importers import actions

    upload = uploads.sent(good)
    other = batch_of(people["agency_head"], province.statistics, (samples / "thong-ke.v2.xlsx").read_bytes())
    actions.commit(by=people["agency_head"], batch=other)

    refused = uploads.act(upload, "commit", seen(upload), key="mot")

    assert (refused.status_code, refused.json()["code"]) == (409, "stale")
    stale = uploads.read(upload["url"])
    assert (stale["state"], stale["may"]["check_again"]) == ("stale", True)
    assert uploads.act(upload, "check-again").status_code == 202
    fresh = uploads.read(upload["url"])
    # A refusal wrote nothing, so its key is free for what is asked now.
    assert uploads.act(fresh, "commit", seen(fresh), key="mot").json()["state"] == "committed"


def test_a_file_with_errors_is_not_committed(uploads):
    upload = uploads.sent(BAD)

    answer = uploads.act(upload, "commit", seen(upload))

    assert (answer.status_code, answer.json()["code"]) == (409, "wrong_state")


def test_an_upload_is_dropped_once(uploads, good):
    upload = uploads.sent(good)

    assert uploads.act(upload, "abandon").json()["state"] == "abandoned"
    assert uploads.act(upload, "abandon").json()["code"] == "wrong_state"


def test_bad_cells_are_mended_by_header_or_letter_until_nothing_is_wrong(uploads):
    upload = uploads.sent(BAD)
    errors = uploads.every(upload["parts"]["errors"])
    assert [(error["row"], error["column"]) for error in errors] == [(3, "Hệ số quy đổi"), (4, "Nhóm phức tạp (1-5)")]

    first = uploads.act(upload, "corrections", {"sheet": "DanhMuc", "row": 3, "cells": {"Hệ số quy đổi": "1,5"}})
    second = uploads.act(upload, "corrections", {"sheet": "DanhMuc", "row": 4, "cells": {"E": "4"}})

    assert (first.status_code, second.status_code) == (202, 202)
    mended = uploads.read(upload["url"])
    assert (mended["state"], mended["counts"]["errors"]) == ("previewed", 0)
    made = uploads.every(upload["parts"]["corrections"])
    assert [(cell["row"], cell["column"], cell["original"], cell["value"]) for cell in made] == [
        (3, "Hệ số quy đổi", "abc", "1,5"), (4, "Nhóm phức tạp (1-5)", "IX", "4"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ({"row": 99}, "wrong_state"), ({"sheet": "Khác"}, "wrong_state"), ({"cells": {"Z": "1"}}, "wrong_state"),
        ({"cells": {"E": "1", "Nhóm phức tạp (1-5)": "2"}}, "wrong_state"),
        ({"cells": {"\ufffd" * 400: "1"}}, "wrong_state"),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_mended_is_said_to_be_none(uploads, place, code):
    upload = uploads.sent(BAD)

    answer = uploads.act(upload, "corrections", {"sheet": "DanhMuc", "row": 3, "cells": {"E": "1"}} | place)

    assert (answer.status_code, answer.json()["code"]) == (409, code)
    assert uploads.read(upload["parts"]["corrections"])["results"] == []


@pytest.mark.parametrize("act", ACTS)
def test_nobody_acts_on_anothers_upload(uploads, good, people, act):
    upload = uploads.sent(good)
    bodies = {"commit": seen(upload), "corrections": {"sheet": "DanhMuc", "row": 3, "cells": {"E": "1"}}}

    answer = uploads.act(upload, act, bodies.get(act), people["other_agency_head"])

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert ImportBatch.objects.get().state == "previewed"


def test_a_colleague_sees_an_upload_and_does_not_confirm_it(uploads, good, province, people):
    from cms.users.enums import Role
    from tests.factories.people import make_member

    upload = uploads.sent(good)
    colleague = make_member(Role.UPLOADER, province.statistics)

    assert not any(uploads.read(upload["url"], colleague)["may"].values())
    assert uploads.act(upload, "commit", seen(upload), colleague).json()["code"] == "not_allowed"


HOSTILE = [
    None,
    True,
    3,
    "x",
    [],
    [1],
    {"a": 1},
    "\x00",
    "9" * 5000,
    1e400,
    -1,
    "2026-13-45",
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59-12:00",
]


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("value", [0, 1, *HOSTILE], ids=lambda value: repr(value)[:20])
def test_a_value_of_another_type_is_refused_and_does_nothing(uploads, act, value, people, province, batch_of):
    upload = uploads.read(f"imports/{batch_of(people['uploader'], province.statistics).pk}/")
    body = {"seen": value, "missing": value, "edition": value, "sheet": value, "row": value, "cells": value}
    known = {"commit": ("seen", "missing"), "undo": ("edition",), "corrections": ("sheet", "row", "cells")}.get(act, ())

    for sent in (value, {name: body[name] for name in known} or {"x": value}):
        answer = uploads.post(f"{upload['url']}{act}/", sent)
        # An undo may be told no edition, or a right one: it is refused by its state then.
        assert answer.status_code in ((400, 409) if act == "undo" else (400,)), (sent, answer.content)
        assert answer["Content-Type"] == "application/problem+json"
    assert ImportBatch.objects.get().state == "refused"


@pytest.mark.parametrize("act", ACTS)
def test_a_field_that_is_not_asked_for_is_refused(uploads, act, people, province, batch_of):
    upload = uploads.read(f"imports/{batch_of(people['uploader'], province.statistics).pk}/")

    answer = uploads.act(upload, act, {"state": "committed", "\ud800": 1})

    assert answer.status_code == 400
    assert ("state", "unknown_field") in field_codes(answer) or answer.json()["code"] == "not_json"


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(
    ("body", "code"), [(b"{", "not_json"), (b'{"a": 1, "a": 2}', "not_json"), (b"\xff", "not_json")]
)
def test_a_body_that_is_no_json_is_refused(uploads, act, body, code, people, province, batch_of):
    batch = batch_of(people["uploader"], province.statistics)
    client = uploads.api.client(people["uploader"])

    answer = client.post(
        f"/api/v1/imports/{batch.pk}/{act}/", body, content_type="application/json", headers={"Idempotency-Key": "1"}
    )

    assert (answer.status_code, answer.json()["code"]) == (400, code)
