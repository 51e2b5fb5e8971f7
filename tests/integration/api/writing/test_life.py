"""A version goes its whole way over the API, and leaves the very lines in the ledger that the admin's way leaves."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from catalog_pages.actions import page_of
from cms.audit.models import AuditEvent
from cms.catalogs.models import CatalogVersion
from importers import actions as importing
from importers.models import ImportBatch
from tests.factories import catalogs
from tests.integration.api.writing.conftest import code, path_of

TODAY = timezone.localdate()
YESTERDAY, LATER = TODAY - datetime.timedelta(days=1), TODAY + datetime.timedelta(days=90)
DECISION = {
    "decision_number": "12/QĐ-UBND", "decision_date": YESTERDAY.isoformat(), "effective_from": TODAY.isoformat(),
}  # fmt: skip
DETAILS = {
    "standard_unit": "Soạn thảo công văn", "standard_score": "5", "divisor": "5", "legal_basis": "Nghị định 335",
    "year": 2027,
}  # fmt: skip
FRAMES = {"1": "150", "2": "250.5"}


def ledger(agency):
    """Return what the ledger says of an agency, without what tells its acts apart from another agency's."""
    events = AuditEvent.objects.filter(agency_code=agency.code, action__startswith="catalog").order_by("sequence")
    # The hashes are over identities and keys too.
    own = {"content_hash", "terms_hash"}
    reported = [(event, {name: value for name, value in event.after.items() if name not in own}) for event in events]
    return [(event.action, event.before, after, event.reason) for event, after in reported]


def test_the_whole_way_leaves_the_lines_that_the_admins_way_leaves(writing, people, province, api):
    _over_the_api(writing, province.statistics, api)
    _in_the_admin(api, people, province.office)

    lines = ledger(province.statistics)
    assert lines == ledger(province.office)
    assert [line[0].partition(".")[2] for line in lines] == [
        "open", "start", "edit", "upload", "submit", "withdraw", "submit", "note", "edit", "return", "submit",
        "close_note", "accept", "approve", "publish",
    ]  # fmt: skip
    for agency in (province.statistics, province.office):
        version = CatalogVersion.objects.get(catalog__agency=agency)
        assert (version.state, page_of(version).live) == ("approved", True)


def _over_the_api(writing, agency, api):
    started = api.post(f"catalogs/{agency.code}/versions/", {}, writing.people["uploader"])
    version = CatalogVersion.objects.get(catalog__agency=agency)
    assert (started.status_code, started["Location"]) == (201, f"http://testserver/api/v1/{path_of(version)}")
    assert started["ETag"] == writing.etag(version)
    frames = [{"group": int(group), "highest_score": score} for group, score in FRAMES.items()]
    answers = [writing.patch(version, DETAILS | {"frames": frames})]
    catalogs.make_items(version, 2)
    steps = [
        ("submit", "uploader", None), ("withdraw", "uploader", None), ("submit", "uploader", None),
        ("remarks", "editor", {"text": "Ghi rõ đầu ra"}),
        ("", "editor", {"legal_basis": "Nghị định 335, Điều 7", "reason": "Ghi rõ điều"}),
        ("return", "approver", {"reason": "Bổ sung"}), ("submit", "uploader", None), ("accept", "approver", None),
        ("decide", "provincial_approver", DECISION),
    ]  # fmt: skip
    for act, by, body in steps:
        answers.append(writing.do(version, act, body, by, "POST" if act else "PATCH"))
        assert answers[-1].status_code == (201 if act == "remarks" else 200), (act, answers[-1].content)
    assert "ETag" not in answers[-1] and answers[-1].json()["may"] is None
    assert answers[-2]["ETag"] == f'"{version.pk}.3.appraised"'


def _in_the_admin(api, people, agency):
    def post(name, by, *args, **form):
        answer = api.client(people[by]).post(reverse(f"catalogs:{name}", args=args), form)
        assert answer.status_code == 302, answer.context["form"].errors

    post("open", "other_uploader", agency.pk)
    version = CatalogVersion.objects.get(catalog__agency=agency)

    def move(name, by, **form):
        post(name, by, version.pk, edition=CatalogVersion.objects.get(pk=version.pk).edition, **form)

    frames = {f"frame_{group}": score.replace(".", ",") for group, score in FRAMES.items()}
    move("details", "other_uploader", **DETAILS, **frames)
    catalogs.make_items(version, 2)
    for name in ("submit", "withdraw", "submit"):
        move(name, "other_uploader")
    move("note", "editor", text="Ghi rõ đầu ra")
    changed = DETAILS | {"legal_basis": "Nghị định 335, Điều 7", "reason": "Ghi rõ điều"}
    move("details", "editor", **changed, **frames)
    move("return", "approver", reason="Bổ sung")
    move("submit", "other_uploader")
    move("accept", "approver", close_notes="on")
    days = {"decision_date": f"{YESTERDAY:%d/%m/%Y}", "effective_from": f"{TODAY:%d/%m/%Y}"}
    move("decide", "provincial_approver", decision_number="12/QĐ-UBND", **days)


def test_the_next_version_is_a_copy_and_there_is_one_at_a_time(writing, world, api, people):
    path = "catalogs/van-phong/versions/"

    started = api.post(path, {"year": 2030}, people["other_uploader"])
    again = api.post(path, {}, people["other_uploader"])

    reported = started.json()
    assert (reported["number"], reported["year"], reported["base"]["number"], reported["item_count"]) == (2, 2030, 1, 2)
    assert code(again) == (409, "wrong_state")
    assert CatalogVersion.objects.filter(catalog=world.office.catalog).count() == 2


def test_what_the_checks_find_stops_a_submission_and_is_named(writing, people, province):
    version = catalogs.make_version(people["uploader"], province.statistics, items=0)

    answer = writing.do(version, "submit")

    assert code(answer) == (409, "checks_failed")
    assert [error["code"] for error in answer.json()["errors"]] == ["no_items"]
    assert CatalogVersion.objects.get().state == "draft"


def test_nobody_accepts_what_they_wrote(writing, people, province):
    version = catalogs.make_submitted(people, province.statistics)
    writing.patch(version, {"year": 2031, "reason": "Sai năm"}, "editor")

    assert writing.reported(version, "editor")["may"]["accept"] is False
    assert code(writing.do(version, "accept", by="editor")) == (403, "own_work")
    assert writing.do(version, "accept", by="approver").status_code == 200


def test_a_change_during_appraisal_needs_a_reason(writing, people, province):
    version = catalogs.make_submitted(people, province.statistics)

    assert code(writing.patch(version, {"year": 2031}, "editor")) == (400, "reason_required")


def test_a_later_day_of_effect_publishes_on_that_day(writing, people, province):
    version = catalogs.make_appraised(people, province.statistics)
    body = DECISION | {"effective_from": LATER.isoformat()}

    answer = writing.do(version, "decide", body, "provincial_approver")

    assert (answer.json()["state"], answer.json()["published_at"]) == ("approved", None)
    assert page_of(version).live is False


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"decision_date": LATER.isoformat()}, "decision_date"),
        ({"effective_from": "1999-01-01"}, "effective_from"),
        ({"effective_from": "01/04/2026"}, "effective_from"),
        ({"decision_number": " "}, "decision_number"),
        ({"comment": "x"}, "comment"),
    ],
)
def test_a_decision_is_checked_as_the_form_checks_it(writing, people, province, changes, field):
    version = catalogs.make_appraised(people, province.statistics)
    answer = writing.do(version, "decide", DECISION | changes, "provincial_approver")

    assert (answer.status_code, [error["field"] for error in answer.json()["errors"]]) == (400, [field])


def test_a_draft_goes_with_what_was_uploaded_into_it(writing, people, province, samples, api):
    version = catalogs.make_version(people["uploader"], province.statistics, items=0)
    batch = _uploaded(people["uploader"], province.statistics, samples)
    importing.commit(by=people["uploader"], batch=batch, missing="keep", seen=batch.checked_at.isoformat())

    answer = writing.do(version, method="DELETE", key="mot")
    again = writing.do(version, method="DELETE", key="mot", match="*")

    assert (answer.status_code, answer.content, again.status_code) == (204, b"", 204)
    assert again["Idempotent-Replayed"] == "true"
    assert not CatalogVersion.objects.exists()
    batch = ImportBatch.objects.get()
    assert (batch.state, batch.catalog.committed_to, batch.undo_result["discarded"]) == ("undone", None, 1)
    reported = api.json(f"imports/{batch.pk}/", people["uploader"])
    assert (reported["state"], reported["committed_to"]) == ("undone", None)
    assert writing.do(version, method="DELETE", match="*").status_code == 404


def _uploaded(by, agency, samples):
    from django.core.files.base import ContentFile

    content = ContentFile((samples / "thong-ke.v1.xlsx").read_bytes())
    return importing.upload(by=by, agency=agency, file=content, name="a.xlsx", wait=True)


def test_what_was_sent_in_once_stays(writing, people, province):
    version = catalogs.make_submitted(people, province.statistics)
    writing.do(version, "withdraw")

    assert writing.reported(version)["may"]["discard"] is False
    assert code(writing.do(version, method="DELETE")) == (409, "wrong_state")
    assert CatalogVersion.objects.exists()


def test_a_number_that_was_given_anew_is_another_version(writing, people, province, api):
    first = catalogs.make_version(people["uploader"], province.statistics)
    etag = writing.etag(first)
    writing.do(first, method="DELETE")
    api.post("catalogs/thong-ke/versions/", {}, people["uploader"])

    assert code(writing.patch(first, {"year": 2030}, match=etag)) == (412, "precondition_failed")


def test_what_one_may_do_is_told_and_true(writing, people, province, api):
    version = catalogs.make_submitted(people, province.statistics)
    everybody = ("uploader", "agency_head", "editor", "approver", "provincial_approver", "api_client")

    may = {by: {verb for verb, can in writing.reported(version, by)["may"].items() if can} for by in everybody}

    appraises = {"return", "accept", "remark"}
    assert may == {
        "uploader": {"withdraw"}, "agency_head": set(), "editor": appraises | {"edit"}, "approver": appraises,
        "provincial_approver": set(), "api_client": set(),
    }  # fmt: skip


def test_who_sends_back_what_they_then_no_longer_read_is_told_so(writing, people, province):
    version = catalogs.make_appraised(people, province.statistics)

    answer = writing.do(version, "return", {"reason": "Bổ sung"}, "provincial_approver")

    assert (answer.status_code, answer.content) == (204, b"")
    assert (writing.reported(version)["state"], writing.reported(version)["return_reason"]) == ("returned", "Bổ sung")


def test_who_sent_back_gets_the_same_answer_under_the_same_key_and_nobody_else_does(writing, people, province):
    version = catalogs.make_appraised(people, province.statistics)
    sent = {"act": "return", "body": {"reason": "Bổ sung"}, "by": "provincial_approver", "key": "tra-lai-1"}
    state = writing.etag(version, "provincial_approver")

    def again(**other):
        return writing.do(version, match=state, **(sent | other))

    assert [again().status_code, again().status_code] == [204, 204]
    assert (again()["Idempotent-Replayed"], again().content) == ("true", b"")
    assert AuditEvent.objects.filter(action="catalog_version.return").count() == 1
    others = [
        again(body={"reason": "Khác"}), again(body={}), again(body={"x": "y"}), again(key="tra-lai-2"), again(key=""),
        again(key="không phải khoá"), again(by="other_uploader"), again(by="other_agency_head"), again(act="accept"),
    ]  # fmt: skip
    assert {code(answer) for answer in others} == {(404, "not_found")}
