"""Coefficients of all lists are compared, looked at by those who appraise, and become notes in one act."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.audit.models import AuditEvent
from cms.core.errors import NotAllowed, WrongState
from cms.curation.actions import ask_for_reading_of_all, judge, read_waiting, undo
from cms.curation.enums import Verdict
from cms.curation.models import Cluster, Judgement, LikePair, WorkText
from cms.fairness.actions import compare_coefficients, leave_finding_note
from cms.fairness.enums import FindingKind, ReportState
from cms.fairness.models import ComparedItem, FairnessFinding, FairnessReport
from cms.users.enums import Role
from tests.factories import catalogs
from tests.factories.agencies import make_agency
from tests.factories.people import make_member

pytestmark = pytest.mark.django_db
SCREEN = "/admin/fairness/"


@pytest.fixture
def lists(province, people):
    """Four agencies list one work; the one whose list lies with the appraisers weighs it ten times."""
    for number in range(3):
        agency = make_agency(province.root, code=f"xa-{number}", name=f"Xã {number}", kind="commune")
        writer = make_member(Role.UPLOADER, agency, f"writer-{number}")
        catalogs.submit(_with_item(writer, agency, "Tiếp công dân", "1.25"), writer)
    heavy = _with_item(people["uploader"], province.statistics, "Công tác tiếp công dân theo quy định", "12.5")
    return catalogs.submit(heavy, people["uploader"])


def _with_item(writer, agency, name, coefficient):
    version = catalogs.make_version(writer, agency, items=0)
    catalogs.make_items(version, 1, name=name, coefficient=Decimal(coefficient), score=None, group=1)
    return version


def test_a_work_weighed_differently_is_found_and_noted(client, lists, people):
    report = compare_coefficients(by=people["editor"], wait=True)

    assert report.state == ReportState.READY and report.item_count == 4
    (work,) = report.works.all()
    assert (work.name, work.agencies, work.ratio) == ("Tiếp công dân", 4, 10)
    assert ComparedItem.objects.filter(work=work).count() == 4
    finding = report.findings.get(kind=FindingKind.WEIGHT)
    assert (finding.version, finding.value, str(finding)[:6]) == (lists, 12.5, "Hệ số ")
    assert "12,5" in str(finding) and "1,25" in str(finding)
    client.force_login(people["editor"])
    page = client.get(SCREEN).content.decode()
    assert str(finding) in page and "Những việc có hệ số chênh lệch nhiều nhất" in page
    of_work = client.get(f"{SCREEN}works/{work.pk}/").content.decode()
    assert "Công tác tiếp công dân theo quy định" in of_work and "12,5" in of_work and "mức thường gặp" in of_work

    answer = client.post(f"{SCREEN}findings/{finding.pk}/note/", follow=True)

    assert "Đã ghi thành góp ý" in answer.content.decode()
    assert lists.remarks.open_notes().get().text == str(finding)
    with pytest.raises(WrongState):
        leave_finding_note(by=people["editor"], finding=finding)


def test_a_later_comparison_takes_the_place_of_the_earlier(lists, people):
    first = compare_coefficients(by=people["editor"], wait=True)
    waiting = FairnessReport.objects.create(asked_by=people["editor"])
    assert compare_coefficients(by=people["editor"]) == waiting
    waiting.delete()

    second = compare_coefficients(by=people["editor"], wait=True)

    assert list(FairnessReport.objects.all()) == [second] and second != first
    assert FairnessFinding.objects.exclude(report=second).count() == 0
    assert AuditEvent.objects.filter(action="fairness.compare").count() == 2


def test_what_breaks_off_says_so_and_may_be_repeated(client, lists, people, monkeypatch):
    monkeypatch.setattr("cms.fairness.actions.comparing.same_works", lambda lists: 1 / 0)
    report = compare_coefficients(by=people["editor"], wait=True)
    assert report.is_broken
    client.force_login(people["editor"])
    assert "bị ngắt giữa chừng" in client.get(SCREEN).content.decode()
    monkeypatch.undo()

    assert compare_coefficients(by=people["editor"], wait=True).state == ReportState.READY


def test_drafts_are_not_compared_and_agencies_do_not_compare(draft, people):
    assert compare_coefficients(by=people["editor"], wait=True).item_count == 0
    with pytest.raises(NotAllowed):
        compare_coefficients(by=people["uploader"])


def test_the_list_asks_no_more_for_more_findings(client, lists, people):
    report = compare_coefficients(by=people["editor"], wait=True)
    client.force_login(people["editor"])
    client.get(SCREEN)
    counts = []
    for _time in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(SCREEN)
        counts.append(len(queries))
        for finding in list(report.findings.all()) * 10:
            finding.pk = None
            finding.save()
    assert counts[0] == counts[1]


def test_what_editors_judged_decides_what_is_the_same_work(client, lists, people):
    """Unjudged, names join; judged the same, the mark goes; judged different or rightly different, they part."""
    work = compare_coefficients(by=people["editor"], wait=True).works.get()
    assert (work.agencies, work.is_judged) == (4, False)
    client.force_login(people["editor"])
    assert "chưa xét" in client.get(SCREEN).content.decode()

    ask_for_reading_of_all()
    list(read_waiting())
    cluster = Cluster.objects.get()
    same = judge(by=people["editor"], cluster=cluster, verdict=Verdict.SAME, edition=cluster.edition)
    known = compare_coefficients(by=people["editor"], wait=True).works.get()
    assert (known.agencies, known.is_judged) == (4, True)
    assert "chưa xét" not in client.get(SCREEN).content.decode()
    undo(by=people["editor"], judgement=same)

    for verdict in (Verdict.DIFFERENT, Verdict.RIGHTLY):
        apart = _judge_apart(people, "Công tác tiếp công dân theo quy định", verdict)
        report = compare_coefficients(by=people["editor"], wait=True)
        assert not report.works.exists() and not report.findings.filter(kind=FindingKind.WEIGHT).exists()
        undo(by=people["editor"], judgement=apart)


def _judge_apart(people, name, verdict):
    """Judge the pair of the heavy name and the usual one alone."""
    cluster = Cluster.objects.get(members__name=name)
    usual, heavy = cluster.members.order_by("pk")
    texts = [heavy.pk] if verdict == Verdict.DIFFERENT else [usual.pk, heavy.pk]
    return judge(by=people["editor"], cluster=cluster, verdict=verdict, edition=cluster.edition, texts=texts)


def test_a_work_that_nobody_judged_leads_to_its_cluster(client, lists, people):
    ask_for_reading_of_all()
    list(read_waiting())
    work = compare_coefficients(by=people["editor"], wait=True).works.get()
    client.force_login(people["editor"])

    page = client.get(f"{SCREEN}works/{work.pk}/").content.decode()

    assert f"/alike/{Cluster.objects.get().pk}/" in page and "Xét xem có phải một việc" in page


def test_names_that_are_not_alike_are_compared_once_an_editor_said_so(people, province):
    names = ("Tiếp công dân", "Đón và làm việc với người dân đến trụ sở", "Trực tại phòng dân nguyện")
    for number, name in enumerate(names):
        agency = make_agency(province.root, code=f"so-{number}", name=f"Sở {number}", kind="department")
        writer = make_member(Role.UPLOADER, agency, f"viet-{number}")
        catalogs.submit(_with_item(writer, agency, name, "1" if number else "9"), writer)
    assert not compare_coefficients(by=people["editor"], wait=True).works.exists()
    ask_for_reading_of_all()
    list(read_waiting())
    texts = list(WorkText.objects.order_by("pk"))
    judgement = Judgement.objects.create(verdict=Verdict.SAME, by=people["editor"])
    for other in texts[1:]:
        LikePair.objects.create(one=texts[0], other=other, score="0.9", judgement=judgement)

    work = compare_coefficients(by=people["editor"], wait=True).works.get()

    assert (work.agencies, work.is_judged, work.ratio) == (3, True, 9)
