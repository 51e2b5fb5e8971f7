"""Sending a file: what is taken, what is turned away, and that nothing is kept of what is too large."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cms.audit.models import AuditEvent
from importers.models import ImportBatch
from tests.factories.officers import make_position
from tests.integration.importers.conftest import GOOD_ROW, workbook

ADDRESS = "/api/v1/imports/"


def sent_as_form(api, content, by=None, key=""):
    """Send a file without having it checked."""
    form = {"file": SimpleUploadedFile("a.xlsx", content), "agency": "thong-ke"}
    return api.post("imports/", form, by, key, as_form=True)


def field_codes(answer):
    return [(error["field"], error["code"]) for error in answer.json()["errors"]]


def test_a_file_is_taken_checked_and_polled(uploads, good, people):
    answer = uploads.send(good)

    taken = answer.json()
    assert answer.status_code == 202
    assert (answer["Location"], answer["Retry-After"]) == (taken["url"], "2")
    assert (taken["state"], taken["report"], taken["agency"]["code"]) == ("checking", None, "thong-ke")
    checked = uploads.read(answer["Location"])
    assert (checked["state"], checked["report"]["verdict"]) == ("previewed", "accept")
    assert checked["report"]["changes"] == {"new": 8, "changed": 0, "same": 0, "missing": 0}
    assert checked["may"] == {"commit": True, "abandon": True, "check_again": False, "correct": True, "undo": False}
    event = AuditEvent.objects.get(action="import.upload")
    assert (event.after["via"], event.after["sha256"]) == ("api", checked["report"]["sha256"])


def test_who_asks_while_it_is_checked_is_told_when_to_come_back(api, people, good):
    address = sent_as_form(api, good, people["uploader"], "1")

    answer = api.get(address["Location"], people["uploader"])

    assert (answer.json()["state"], answer["Retry-After"]) == ("checking", "2")


def test_a_list_of_officers_is_another_kind(uploads):
    make_position()
    text = "Mã công chức;Họ và tên;Đối tượng;Chức danh;Từ ngày\nCC-1;Công chức 0001;Công chức;Chuyên viên;01/01/2026\n"

    upload = uploads.sent(text.encode(), kind="officers", name="cong-chuc.csv")

    assert (upload["kind"], upload["layout"], upload["report"]["changes"]["new"]) == ("officers", "officers", 1)
    row = uploads.every(upload["parts"]["rows"])[0]
    assert (row["change"], row["values"]["code"], row["values"]["valid_from"]) == ("new", "CC-1", "2026-01-01")


def test_a_file_needs_a_key(api, people, good):
    answer = sent_as_form(api, good, people["uploader"])

    assert (answer.status_code, answer.json()["code"]) == (400, "idempotency_key_required")
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize("agency", ["van-phong", "khong-co", "THONG-KE"])
def test_an_agency_of_others_is_no_agency(uploads, good, agency):
    answer = uploads.send(good, agency=agency)

    assert answer.status_code == 400
    assert field_codes(answer) == [("agency", "unknown_agency")]
    assert not ImportBatch.objects.exists()


def test_an_editor_sends_on_behalf_and_that_is_marked(uploads, good, people):
    upload = uploads.sent(good, people["editor"], agency="van-phong")

    assert (upload["on_behalf"], upload["agency"]["code"]) == (True, "van-phong")


@pytest.mark.parametrize("role", ["approver", "provincial_approver", "technical_admin", "api_client", "nobody"])
def test_other_roles_have_no_part_in_uploads(uploads, good, people, role):
    assert uploads.send(good, people[role]).json()["code"] == "permission_denied"


def test_without_an_account_nothing_is_taken(api, good):
    answer = sent_as_form(api, good, key="1")

    assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated")


def test_a_session_needs_its_csrf_token(people, good):
    client = Client(enforce_csrf_checks=True)
    client.force_login(people["uploader"], backend="cms.organisations.backends.MembershipBackend")
    form = {"agency": "thong-ke"}

    def send(**headers):
        file = SimpleUploadedFile("a.xlsx", good)
        return client.post(ADDRESS, form | {"file": file}, headers={"Idempotency-Key": "1"} | headers)

    refused = send()
    client.get("/accounts/login/")
    client.cookies["csrftoken"] = "a" * 32

    assert (refused.status_code, refused.json()["code"]) == (403, "permission_denied")
    assert send(**{"X-CSRFToken": "a" * 32}).status_code == 202


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"state": "committed"}, ("state", "unknown_field")),
        ({"committed_by": "1"}, ("committed_by", "unknown_field")),
        ({"agency": ["thong-ke", "van-phong"]}, ("agency", "repeated_field")),
        ({"agency": ""}, ("agency", "blank")),
        ({"agency": "a\x00b"}, ("agency", "null_characters_not_allowed")),
        ({"agency": "x" * 33}, ("agency", "max_length")),
        ({"kind": "holidays"}, ("kind", "invalid_choice")),
        ({"kind": "results"}, ("period", "invalid")),
        ({"kind": "results", "period": "07/2026"}, ("period", "invalid")),
        ({"period": "2026-07"}, ("period", "invalid")),
        ({"file": "text"}, ("file", "invalid")),
    ],
)
def test_a_form_that_is_not_as_documented_is_refused(uploads, good, fields, wrong):
    answer = uploads.send(good, **fields)

    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert field_codes(answer) == [wrong]
    assert not ImportBatch.objects.exists()


def test_two_files_at_once_are_refused(uploads, good):
    files = [SimpleUploadedFile(name, good) for name in ("a.xlsx", "b.xlsx")]

    assert field_codes(uploads.send(b"", file=files)) == [("file", "repeated_field")]


def test_json_is_no_way_to_send_a_file(api, people):
    answer = api.post("imports/", {"agency": "thong-ke"}, people["uploader"], "1")

    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type")


@pytest.mark.parametrize(
    "body",
    [b"", b"--x\r\nbroken", b"--x\r\nContent-Disposition: form-data; name=agency\r\n\r\n" + b"a" * 70_000],
)
def test_a_broken_form_is_a_problem(api, people, body):
    client = api.client(people["uploader"])

    answer = client.post(
        ADDRESS, body, content_type="multipart/form-data; boundary=x", headers={"Idempotency-Key": "1"}
    )

    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"


def test_a_form_of_too_many_fields_is_a_problem(uploads, good, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 5

    answer = uploads.send(good, **{f"f{number}": "1" for number in range(9)})

    assert (answer.status_code, answer.json()["code"]) == (400, "parse_error")


@pytest.mark.parametrize("size", [70_000, 1_000])
def test_a_file_over_the_limit_is_turned_away_and_not_kept(uploads, settings, people, size):
    settings.THUOCDO_IMPORT_LIMITS = {"file_bytes": 999}

    answer = uploads.send(b"x" * size)

    assert (answer.status_code, answer.json()["code"]) == (413, "file_too_large")
    assert not list(settings.PRIVATE_ROOT.rglob("*.*"))
    assert AuditEvent.objects.filter(actor_name=str(people["uploader"]), after__via="api").exists()


def test_a_body_over_the_limit_is_not_read_before_it_is_known_who_sends(api, settings, good):
    settings.THUOCDO_IMPORT_LIMITS = {"file_bytes": 999}

    answer = sent_as_form(api, b"x" * 80_000, key="1")

    assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated")
    assert not AuditEvent.objects.filter(action="import.refuse").exists()


def test_a_body_without_a_length_is_asked_for_one(api, people):
    client = api.client(people["uploader"])

    answer = client.generic(
        "POST", ADDRESS, **{"HTTP_TRANSFER_ENCODING": "chunked", "CONTENT_TYPE": "multipart/form-data; boundary=x"}
    )

    assert (answer.status_code, answer.json()["code"]) == (411, "length_required")


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.xlsx", "a" * 300 + ".xlsx", "=1+1.xlsx", "<script>.xlsx", "tệp\u202exslx.xlsx"]
)
def test_a_hostile_name_is_only_a_name(uploads, good, name):
    upload = uploads.sent(good, name=name)

    assert "/" not in upload["file"]["name"]
    assert len(upload["file"]["name"]) <= 255


def test_while_one_file_is_checked_another_of_the_agency_waits(api, people, good):
    def send(key):
        return sent_as_form(api, good, people["uploader"], key)

    first, second = send("1"), send("2")

    assert (first.status_code, second.status_code, second.json()["code"]) == (202, 409, "wrong_state")


def test_files_are_counted_by_themselves(uploads, good, monkeypatch, people):
    from django.core.cache import cache

    from api.throttling import UploadRateThrottle

    cache.clear()
    monkeypatch.setattr(UploadRateThrottle, "THROTTLE_RATES", {"uploads": "1/min"})
    statuses = [uploads.send(workbook(GOOD_ROW)).status_code for _ in range(2)]

    assert statuses == [202, 429]
    assert uploads.read("imports/")["results"]
    cache.clear()
