"""An officer's own pages of work: parts with counts, a report with its evidence in one send, found by a document."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from cms.assignments import actions
from cms.assignments.actions import EvidenceValues
from cms.assignments.models import Evidence
from cms.core.errors import NotAllowed
from tests.factories.work import finish

pytestmark = pytest.mark.django_db
WORK = reverse("personal:work")


@pytest.fixture
def own(client, desk):
    """Return the officer's browser: own(**query) gives the page of their work."""
    client.force_login(desk.officer.account)

    def ask(**query):
        return client.get(WORK, query).content.decode()

    return ask


def report(client, work, **typed):
    values = {"completed": "4", "done_on": f"{timezone.localdate():%d/%m/%Y}", "result": "Xong", "done": ""} | typed
    return client.post(reverse("personal:work_detail", args=[work.identity]), values)


def test_the_parts_stand_in_their_order_with_counts(own, desk):
    today = timezone.localdate()
    desk.give(due_on=today, instruction="Việc hôm nay")
    desk.give(due_on=today + timedelta(days=30), instruction="Việc về sau")
    desk.done(due_on=today)

    page = own()

    assert page.index("Đến hạn hôm nay (1)") < page.index("Hạn về sau (1)") < page.index("Chờ xác nhận (1)")
    assert "Trễ hạn (" not in page
    assert "Việc về sau" in own(loc="ve-sau") and "Việc hôm nay" not in own(loc="ve-sau")
    assert "Không có việc nào" in own(loc="tre")


def test_a_report_brings_its_evidence_and_the_same_again_changes_nothing(own, client, desk):
    work = desk.give()
    typed = {"document_number": "12/BC-TK"}

    first, again = report(client, work, **typed), report(client, work, **typed)

    assert (first.status_code, again.status_code) == (302, 302)
    work.refresh_from_db()
    assert (work.state, work.completed, work.result) == ("done", Decimal(4), "Xong")
    assert [piece.document_number for piece in work.evidence.all()] == ["12/BC-TK"]
    other = report(client, work, completed="3")
    assert other.status_code == 422


def test_a_script_is_told_that_the_report_has_arrived(own, client, desk):
    answer = client.post(
        reverse("personal:work_detail", args=[desk.give().identity]), {"completed": "1", "progress": ""},
        headers={"X-Requested-With": "XMLHttpRequest"},
    )  # fmt: skip

    assert answer.json() == {"url": WORK}


def test_a_report_with_a_file_that_is_no_evidence_is_refused_whole(own, client, desk):
    work = desk.give()

    answer = report(client, work, document_number="1/BC", file=SimpleUploadedFile("a.pdf", b"MZ\x90 program"))

    assert answer.status_code == 422 and "PDF" in answer.content.decode()
    work.refresh_from_db()
    assert work.state == "given" and not Evidence.objects.exists()


def test_work_is_found_by_the_number_of_a_document_or_the_number_is_put_beside_one(own, client, desk):
    shown, plain = desk.give(instruction="Việc có văn bản"), desk.give(instruction="Việc không có")
    number = EvidenceValues(document_number="45/BC-TK")
    actions.add_evidence(by=desk.officer.account, work=shown, values=number)

    found = own(q="45/bc-tk")
    assert "Việc có văn bản" in found and "Việc không có" not in found

    offered = own(q="99/CV-TK")
    assert reverse("personal:work_evidence_add", args=[plain.identity]) in offered and "99/CV-TK" in offered
    client.post(reverse("personal:work_evidence_add", args=[plain.identity]), {"document_number": "99/CV-TK"})
    assert "Việc không có" in own(q="99/CV-TK")


def test_the_page_takes_the_same_queries_whatever_there_is(own, desk, django_assert_max_num_queries):
    for days in range(-3, 40):
        desk.give(
            given_on=timezone.localdate(), due_on=timezone.localdate() + timedelta(days=max(days, 0)),
        )  # fmt: skip
    with django_assert_max_num_queries(22):
        own()


def test_nobody_reports_at_once_for_another(desk):
    work = desk.give()
    with pytest.raises(NotAllowed):
        actions.report_at_once(by=desk.people["agency_head"], work=work, completed=Decimal(1))
    done = finish(work, desk.officer.account)
    with pytest.raises(NotAllowed):
        actions.report_at_once(
            by=desk.people["agency_head"], work=done, completed=Decimal(4), done_on=timezone.localdate()
        )
