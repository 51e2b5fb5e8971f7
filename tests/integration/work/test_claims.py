"""Claims of objective causes: made by the officer, decided by somebody with authority, and what they do to a score."""

import dataclasses
import datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from cms.assignments import actions
from cms.assignments.enums import ClaimAbout, ClaimCause, ClaimState
from cms.assignments.errors import InvalidClaim, OwnClaimDecided
from cms.assignments.models import Claim, WorkAssignment
from cms.assignments.permissions import can_decide_claim
from cms.assignments.triggers import CLAIM_TRIGGERS
from cms.core import triggers
from cms.core.errors import NotAllowed, WrongState
from cms.evaluations.scoring_inputs import lines_of
from cms.organisations import actions as organisations
from cms.organisations.models import OfficerRead
from cms.scoring import engine
from cms.scoring.inputs import read_subjects
from cms.scoring.receipt import receipt
from tests.factories.officers import make_officer
from tests.factories.people import make_user
from tests.unit.scoring.definitions import GOLDEN, decree

pytestmark = pytest.mark.django_db
WORDS = "Sở Tài chính gửi số liệu chậm 6 ngày, từ 02/11 đến 08/11."


@pytest.fixture
def leader(province):
    """The head of the agency by posting, with an account and no role; the decree's table says that they evaluate."""
    table = organisations.load_shipped_authority(by=None)
    organisations.issue_authority_table(
        by=None, table=table, effective_from=datetime.date(2026, 1, 1), decision_number="15/QĐ-UBND"
    )
    head = make_officer(province.statistics, code="CC-001", name="Công chức 0001", role="head")
    organisations.edit_officer(by=None, officer=head, account=make_user("cc-001"))
    head.refresh_from_db()
    return head


@pytest.fixture
def claim(desk):
    """Claim, as the officer, that others were late."""
    return lambda work, about=ClaimAbout.LATE, statement=WORDS: actions.make_claim(
        by=desk.officer.account, work=work, about=about, cause=ClaimCause.PARTNER, statement=statement
    )


def decide(by, claim, outcome=ClaimState.ACCEPTED, answer=""):
    return actions.decide_claim(by=by, claim=claim, outcome=outcome, answer=answer)


def test_who_has_authority_decides_and_the_reason_is_in_words(desk, leader, claim, settings):
    settings.THUOCDO_CLAIM_DAYS = 7
    made = claim(desk.give())
    assert made.competent == leader
    assert made.competent_reason
    assert made.decide_by == timezone.localdate() + datetime.timedelta(days=7)
    assert decide(leader.account, made).state == ClaimState.ACCEPTED


def test_where_the_tables_name_nobody_the_head_of_the_agency_decides(desk, claim):
    made = claim(desk.give())
    assert made.competent is None and made.competent_reason
    with pytest.raises(NotAllowed):
        decide(desk.people["uploader"], made)
    assert decide(desk.people["agency_head"], made).decided_by == desk.people["agency_head"]


def test_nobody_decides_a_claim_on_their_own_authority(desk, leader, claim):
    organisations.edit_officer(by=None, officer=desk.officer, account=None)
    organisations.edit_officer(by=None, officer=desk.officer, account=desk.people["agency_head"])
    desk.officer.refresh_from_db()
    made = claim(desk.give())
    assert made.competent != desk.officer
    with pytest.raises(OwnClaimDecided):
        decide(desk.people["agency_head"], made)
    assert not can_decide_claim(desk.people["agency_head"], made)


@pytest.mark.parametrize("outcome", [ClaimState.REFUSED, ClaimState.SENT_BACK])
def test_a_no_has_its_words(desk, claim, outcome):
    made = claim(desk.give())
    with pytest.raises(InvalidClaim):
        decide(desk.people["agency_head"], made, outcome, "  ")
    assert decide(desk.people["agency_head"], made, outcome, "Chưa có văn bản").answer == "Chưa có văn bản"


def test_a_claim_sent_back_is_added_to_and_its_clock_begins_anew(desk, claim, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    made = claim(desk.give())
    decide(desk.people["agency_head"], made, ClaimState.SENT_BACK, "Bổ sung số văn bản")
    time_machine.shift(datetime.timedelta(days=3))
    again = actions.amend_claim(by=desk.officer.account, claim=made, statement=f"{WORDS} Số 45/STC.")
    assert (again.state, again.decide_by) == (ClaimState.MADE, made.decide_by + datetime.timedelta(days=3))
    with pytest.raises(WrongState):
        actions.amend_claim(by=desk.officer.account, claim=again, statement=WORDS)


def test_there_has_to_be_something_to_excuse(desk, claim):
    in_time = desk.done()
    for about in ClaimAbout:
        with pytest.raises(InvalidClaim):
            claim(in_time, about)
    actions.confirm_work(by=desk.people["agency_head"], work=[in_time], quality_failures=1)
    in_time.refresh_from_db()
    assert claim(in_time, ClaimAbout.QUALITY).state == ClaimState.MADE
    with pytest.raises(InvalidClaim):
        claim(desk.give(), statement=" ")
    with pytest.raises(NotAllowed):
        actions.make_claim(
            by=desk.people["agency_head"],
            work=desk.give(),
            about=ClaimAbout.LATE,
            cause=ClaimCause.OTHER,
            statement=WORDS,
        )


def test_one_claim_stands_for_one_thing_and_a_refused_one_may_be_followed(desk, claim):
    work = desk.give()
    first = claim(work)
    with pytest.raises(WrongState):
        claim(work)
    decide(desk.people["agency_head"], first, ClaimState.REFUSED, "Không phải khách quan")
    assert claim(work).pk != first.pk


def test_the_database_keeps_decisions(desk, claim):
    made = claim(desk.give())
    decide(desk.people["agency_head"], made)
    for statement in (
        "DELETE FROM assignments_claim",
        "UPDATE assignments_claim SET state = 'refused'",
        "UPDATE assignments_claim SET answer = 'khác'",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert triggers.missing(CLAIM_TRIGGERS, connection) == []


def test_an_accepted_claim_exempts_the_line_and_the_receipt_says_so(desk, claim, django_assert_num_queries):
    """Golden cases 3 and 4: the same quarter, the late work without and with an accepted cause."""
    today = timezone.localdate()
    works = []
    rows = [(10, 8, "1.0", 1, 0), (2, 2, "1.9", 0, 1), (1, 1, "1.4", 0, 0)]
    for assigned, completed, coefficient, failures, late in rows:
        works.append(WorkAssignment.objects.create(
            officer=desk.officer, posting=desk.posting, agency=desk.posting.agency, item=desk.item,
            item_identity=desk.item.identity, code=desk.item.code, name=desk.item.name,
            coefficient=Decimal(coefficient), assigned=assigned, completed=completed, quality_failures=failures,
            late_occurrences=late, given_on=today, due_on=today, done_on=today, state="confirmed",
            confirmed_by=desk.people["agency_head"], confirmed_at=timezone.now(),
        ))  # fmt: skip
    golden = {case["id"]: case for case in GOLDEN["individual"]}
    before, after = golden["G03"], golden["G04"]
    (subject,), _problems = read_subjects([before["subject"]], decree())

    def scored():
        lines = lines_of([desk.officer.pk], today.replace(day=1), today)[desk.officer.pk]
        return engine.score(decree(), dataclasses.replace(subject, work=lines), settings=before["settings"])

    assert scored().total == Fraction(before["expect"]["total"])
    decide(desk.people["agency_head"], claim(works[1]))
    with django_assert_num_queries(2):
        exempt = scored()
    assert exempt.total == Fraction(after["expect"]["total"])
    assert "Chậm tiến độ: Cơ quan phối hợp gửi chậm hoặc gửi sai" in str(receipt(exempt))


def test_the_competent_officer_decides_on_a_page_of_their_own_and_reading_is_noted(client, desk, leader, claim):
    made = claim(desk.give())
    client.force_login(leader.account)
    assert "1 giải trình đang chờ bạn." in client.get(reverse("personal:home")).content.decode()
    url = reverse("personal:claim", args=[made.identity])
    assert url in client.get(reverse("personal:claims")).content.decode()
    assert WORDS in client.get(url).content.decode()
    assert OfficerRead.objects.filter(officer=desk.officer, reader=leader.account).exists()

    refused = client.post(url, {"outcome": "refused", "answer": ""})
    assert refused.status_code == 422 and "Hãy nêu lý do." in refused.content.decode()
    page = client.post(url, {"outcome": "accepted", "answer": ""}, follow=True).content.decode()
    assert "Đã ghi nhận quyết định." in page
    made.refresh_from_db()
    assert made.state == ClaimState.ACCEPTED
    # With the decision the reason for reading somebody's work is gone.
    assert client.get(url).status_code == 404

    client.force_login(desk.officer.account)
    page = client.get(reverse("personal:work_detail", args=[made.work.identity])).content.decode()
    assert "Được chấp nhận" in page


def test_a_claim_is_sent_from_ones_own_page_and_what_was_typed_stays(client, desk):
    work = desk.give()
    client.force_login(desk.officer.account)
    url = reverse("personal:work_claim", args=[work.identity])
    empty = client.post(url, {"about": "late", "cause": "system", "statement": ""})
    assert empty.status_code == 422 and '<option value="system" selected>' in empty.content.decode()
    assert "Đã gửi giải trình." in client.post(
        url, {"about": "late", "cause": "system", "statement": WORDS}, follow=True
    ).content.decode()  # fmt: skip
    made = Claim.objects.get()
    decide(desk.people["agency_head"], made, ClaimState.SENT_BACK, "Bổ sung")
    client.post(url, {"claim": str(made.identity), "statement": f"{WORDS} Thêm."})
    made.refresh_from_db()
    assert (made.state, made.statement) == (ClaimState.MADE, f"{WORDS} Thêm.")
    assert client.post(url, {"claim": "x", "about": "late", "cause": "system", "statement": WORDS}).status_code == 422


def test_the_head_finds_and_decides_what_waits_at_the_desk(client, desk, claim, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    made = claim(desk.give())
    time_machine.shift(datetime.timedelta(days=9))
    client.force_login(desk.people["agency_head"])
    assert "quá hạn" in client.get(reverse("assignments:claim_list")).content.decode()
    url = reverse("assignments:claim_decide", args=[made.pk])
    assert WORDS in client.get(url).content.decode()
    client.post(url, {"outcome": "accepted", "answer": "Đúng như báo cáo"})
    made.refresh_from_db()
    assert (made.state, made.answer) == (ClaimState.ACCEPTED, "Đúng như báo cáo")
