"""One decision for many lists: entered with its document, approved all together or a stated part, or not at all."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.utils import timezone

from catalog_pages import joint_decisions
from catalog_pages.joint_decisions import approve_decision, carry_out
from cms.audit.models import AuditEvent
from cms.catalogs.models import CatalogDecision, CatalogVersion
from tests.factories import catalogs

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%%EOF\n"


def form(*versions, content=PDF, **changes):
    today = f"{timezone.localdate():%d/%m/%Y}"
    facts = {"number": "88/QĐ-UBND", "decision_date": today, "signer": "Chủ tịch UBND tỉnh", "effective_from": today}
    file = SimpleUploadedFile("quyet-dinh.pdf", content, "application/pdf")
    return facts | {"file": file, "version": [version.pk for version in versions]} | changes


@pytest.fixture
def two(people, province):
    return [catalogs.make_appraised(people, agency) for agency in (province.statistics, province.office)]


@pytest.fixture
def client(client_of, people):
    return client_of(people["provincial_approver"])


def test_all_lists_are_approved_by_one_decision(client, people, two, url, django_capture_on_commit_callbacks):
    shown = client.get(url("decision_add"))
    assert [line[0] for line in shown.context["lines"]] == two
    answer = client.post(url("decision_add"), form(*two))
    decision = CatalogDecision.objects.get()
    assert answer.url == url("decision", decision.pk)
    assert "Phê duyệt cả 2 danh mục" in client.get(answer.url).content.decode()
    assert {version.state for version in CatalogVersion.objects.all()} == {"appraised"}

    with django_capture_on_commit_callbacks(execute=True):
        client.post(answer.url, {"act": "all"})
    decision.refresh_from_db()
    found = CatalogVersion.objects.values_list("state", "decision_number", "decided_by")
    assert set(found) == {("approved", "88/QĐ-UBND", people["provincial_approver"].pk)}
    assert decision.state == "done" and "đã duyệt" in client.get(answer.url).content.decode()
    assert b"".join(client.get(url("decision_file", decision.pk)).streaming_content) == PDF
    assert answer.url in client.get(url("version", two[0].pk)).content.decode()
    act = AuditEvent.objects.done("catalog_decision.approve").get()
    assert (act.after["versions"], act.after["signer"]) == (2, "Chủ tịch UBND tỉnh")
    carry_out.func(decision.pk)
    assert AuditEvent.objects.done("catalog_decision.approve").count() == 1

    # Nothing of it changes any more, by whatever way.
    for change in (decision.parts.all().delete, lambda: CatalogDecision.objects.update(signer="Người khác")):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_one_list_that_cannot_be_approved_stops_all_unless_it_is_left_out(
    client, client_of, people, two, url, reported, django_capture_on_commit_callbacks
):
    client.post(url("decision_add"), form(*two))
    decision = CatalogDecision.objects.get()
    address = url("decision", decision.pk)
    catalogs.send_back(two[1], people["provincial_approver"])

    stopped = client.post(address, {"act": "all"})
    assert "chưa phê duyệt danh mục nào" in reported(stopped)
    page = client.get(address).content.decode()
    assert "Phiên bản không ở bước chờ quyết định: bị trả lại" in page and "để lại 1 danh mục" in page
    assert CatalogVersion.objects.filter(state="approved").count() == 0

    refused = client_of(people["editor"]).post(address, {"act": "part"})
    assert refused.status_code == 302 and CatalogDecision.objects.get().state == "prepared"
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {"act": "part"})
    assert [version.state for version in CatalogVersion.objects.order_by("pk")] == ["approved", "returned"]
    assert CatalogDecision.objects.get().state == "done"
    assert "kết thúc" in reported(client.post(address, {"act": "abandon"}))


def test_what_is_refused_while_it_is_carried_out_undoes_all(client, people, two, url):
    client.post(url("decision_add"), form(*two))
    decision = CatalogDecision.objects.get()
    approve_decision(by=people["provincial_approver"], decision=decision)
    catalogs.send_back(two[1], people["provincial_approver"])

    carry_out.func(decision.pk)

    assert [version.state for version in CatalogVersion.objects.order_by("pk")] == ["appraised", "returned"]
    assert CatalogDecision.objects.get().state == "prepared"
    assert "bị trả lại" in decision.parts.get(version=two[1]).reason


def test_what_breaks_off_or_is_left_behind_can_be_carried_out_again(client, people, two, url, monkeypatch):
    client.post(url("decision_add"), form(*two))
    decision = CatalogDecision.objects.get()
    here = url("decision", decision.pk)
    # The process that should do it never came to it.
    approve_decision(by=people["provincial_approver"], decision=decision)
    left_behind = client.get(here).content.decode()
    assert "Nếu vài phút nữa vẫn vậy" in left_behind and 'value="all"' in left_behind

    def break_off(**_facts):
        raise OSError("the disk is full")

    monkeypatch.setattr(joint_decisions.workflow, "decide", break_off)
    carry_out.func(decision.pk)
    decision.refresh_from_db()
    assert decision.state == "prepared" and {each.state for each in CatalogVersion.objects.all()} == {"appraised"}
    assert "Việc phê duyệt bị gián đoạn" in client.get(here).content.decode()

    monkeypatch.undo()
    client.post(here, {"act": "all"})
    carry_out.func(decision.pk)
    assert {each.state for each in CatalogVersion.objects.all()} == {"approved"}


def test_bad_input_is_refused_in_a_sentence_and_a_number_is_used_once(client, people, province, two, url):
    for changes, words in (
        ({"number": " "}, "bắt buộc"),
        ({"signer": ""}, "bắt buộc"),
        ({"version": []}, "Hãy chọn từ 1"),
        ({"version": ["x", "999"]}, "Hãy chọn từ 1"),
        ({"content": b"PK nothing"}, "PDF"),
        ({"content": b"\x89PNG\r\n\x1a\n" + b"0" * 40}, "dạng PDF"),
        ({"decision_date": f"{timezone.localdate() + datetime.timedelta(1):%d/%m/%Y}"}, "sau hôm nay"),
    ):
        answer = client.post(url("decision_add"), form(*two, **changes))
        assert words in answer.content.decode(), changes
    assert not CatalogDecision.objects.exists()

    client.post(url("decision_add"), form(two[0]))
    again = client.post(url("decision_add"), form(two[1], number="88 / qđ-ubnd"))
    assert "đã dùng cho quyết định ngày" in again.content.decode()
    client.post(url("decision", CatalogDecision.objects.get().pk), {"act": "abandon"})
    assert client.post(url("decision_add"), form(two[1])).status_code == 302

    # A number under which a list was approved by itself, on another day.
    catalogs.decide(two[0], people["provincial_approver"])
    past = f"{timezone.localdate() - datetime.timedelta(1):%d/%m/%Y}"
    if (timezone.localdate() - datetime.timedelta(1)).year == timezone.localdate().year:
        single = client.post(url("decision_add"), form(two[1], number="101/QĐ-UBND", decision_date=past))
        assert "đã được phê duyệt theo số 101/QĐ-UBND" in single.content.decode()


def test_a_day_that_leaves_the_version_before_none_is_named(client, people, province, url):
    catalogs.make_approved(people, province.statistics)
    version = catalogs.make_version(people["uploader"], province.statistics)
    catalogs.submit(version, people["uploader"])
    catalogs.accept(version, people["editor"])

    answer = client.post(url("decision_add"), form(version), follow=True)

    assert "phải có hiệu lực từ ngày sau đó" in answer.content.decode()
    assert "Hiện không" in client.post(answer.request["PATH_INFO"], {"act": "part"}, follow=True).content.decode()
