"""The manager's board without a role in the admin, the calendar, hand-over, proposals and notices."""

import datetime
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.assignments import actions
from cms.assignments.enums import WorkState
from cms.assignments.errors import InvalidProposal
from cms.assignments.models import Notice, Signal, WorkAssignment, WorkProposal
from cms.assignments.planning_enums import ProposalState
from cms.audit.models import AuditEvent
from cms.core.errors import NotAllowed, WrongState
from cms.organisations.actions import edit_officer
from cms.organisations.models import Officer, OfficerRead, Posting
from tests.factories.officers import make_officer
from tests.factories.people import make_user
from tests.factories.work import finish, give

pytestmark = pytest.mark.django_db
ONE_DAY = datetime.timedelta(days=1)


@pytest.fixture
def manager(desk, province):
    """Return the account of the head of the officer's agency, who holds no role on the platform."""
    head = make_officer(province.statistics, code="CC-001", name="Công chức 0001")
    Posting.objects.filter(officer=head).update(role="head")
    edit_officer(by=None, officer=head, account=make_user("cc-001"))
    return Officer.objects.get(pk=head.pk).account


@pytest.fixture
def at_desk(client, manager):
    client.force_login(manager, backend="cms.organisations.backends.MembershipBackend")
    return client


def test_a_manager_without_a_role_confirms_many_and_returns_one(at_desk, desk):
    first, second, third = desk.done(), desk.done(), desk.done()
    page = at_desk.get(reverse("personal:team"))
    assert page.status_code == 200
    assert desk.officer.name in page.text
    at_desk.post(reverse("personal:team"), {"confirm": "1", "work": [first.pk, second.pk]})
    at_desk.post(reverse("personal:team"), {"return": third.pk, f"word-{third.pk}": "Thiếu phụ lục"})
    states = [WorkAssignment.objects.get(pk=work.pk).state for work in (first, second, third)]
    assert states == [WorkState.CONFIRMED, WorkState.CONFIRMED, WorkState.RETURNED]


def test_what_is_not_the_managers_is_not_confirmed(at_desk, desk, province, people):
    stranger = make_officer(province.office, code="CC-900", name="Công chức 0900")
    edit_officer(by=None, officer=stranger, account=make_user("cc-900"))
    stranger = Officer.objects.select_related("account").get(pk=stranger.pk)
    other = give(None, desk.posting, desk.item)
    page = at_desk.post(reverse("personal:team"), {"confirm": "1", "work": [other.pk]}, follow=True)
    assert "Hãy chọn" in page.text
    assert WorkAssignment.objects.get(pk=other.pk).state == WorkState.GIVEN
    assert at_desk.get(reverse("personal:team_person", args=[stranger.pk])).status_code == 404
    assert at_desk.post(reverse("personal:team"), {}).status_code == 404


def test_the_board_asks_few_queries_however_many_people_and_pieces(at_desk, desk, province, people):
    def asked(page="team"):
        with CaptureQueriesContext(connection) as queries:
            assert at_desk.get(reverse(f"personal:{page}")).status_code == 200
        return len(queries)

    desk.give()
    before = asked()
    # Beside what every page of one's own asks to know which of them to show.
    assert before - asked("help") < 30
    for number in range(8):
        posting = make_officer(province.statistics, code=f"CC-3{number}", name="Công chức").postings.get()
        give(people["agency_head"], posting, desk.item)
        give(people["agency_head"], posting, desk.item)
    assert asked() <= before


def test_the_calendar_and_its_table_show_the_same(at_desk, desk):
    work = desk.give()
    page = at_desk.get(reverse("personal:team_calendar"))
    assert f'id="ngay-{work.due_on:%Y%m%d}"' in page.text
    assert work.name in page.text
    tet = at_desk.get(reverse("personal:team_calendar") + "?thang=2026-02")
    assert "Tết Nguyên đán" in tet.text


def test_a_manager_hands_work_over_and_the_officer_sees_who_read(at_desk, desk, province):
    second = make_officer(province.statistics, code="CC-200", name="Công chức 0200").postings.get()
    work = desk.give()
    address = reverse("personal:team_person", args=[desk.officer.pk])
    assert work.name in at_desk.get(address).text
    assert OfficerRead.objects.filter(officer=desk.officer).exists()
    hand_over = reverse("personal:hand_over", args=[desk.posting.pk])
    assert hand_over in at_desk.get(address).text
    refused = at_desk.post(hand_over, {"work": [work.pk], "to": second.pk, "reason": ""})
    assert refused.status_code == 422
    at_desk.post(hand_over, {"work": [work.pk], "to": second.pk, "reason": "Nghỉ phép"})
    assert WorkAssignment.objects.filter(officer=second.officer, state=WorkState.GIVEN).count() == 1


def proposal_values(**changes):
    today = timezone.localdate()
    asked = {
        "name": "Kiểm kê hiện vật sau bão", "unit": "Biên bản", "quantity": Decimal(2), "given_on": today,
        "due_on": today, "reason": "Lũ lụt đột xuất",
    }  # fmt: skip
    return actions.ProposalValues(**(asked | changes))


def test_work_beside_the_catalog_counts_once_its_item_holds_on_the_day(desk, people):
    own = desk.officer.account
    proposal = actions.propose_work(by=own, posting=desk.posting, values=proposal_values())
    with pytest.raises(WrongState):
        actions.count_proposal(by=people["agency_head"], proposal=proposal)
    proposal.state, proposal.item_identity, proposal.code = ProposalState.TAKEN, desk.item.identity, desk.item.code
    proposal.decided_by = people["uploader"]
    proposal.save()
    counted = actions.count_proposal(by=people["agency_head"], proposal=proposal)
    assert (counted.work.is_planned, counted.work.assigned) == (False, Decimal(2))
    assert counted.work.coefficient == desk.item.coefficient
    with pytest.raises(WrongState):
        actions.count_proposal(by=people["agency_head"], proposal=proposal)


def test_a_proposal_is_taken_into_the_next_draft_and_does_not_count_before_its_decision(desk, people):
    proposal = actions.propose_work(by=desk.officer.account, posting=desk.posting, values=proposal_values())
    content = desk.item.content
    item = {name: content[name] for name in content if content[name] not in (None, "", {}, [])}
    item |= {"code": "BAO-01", "name": proposal.name, "unit": proposal.unit}
    taken = actions.take_proposal(by=people["uploader"], proposal=proposal, item=item)
    assert taken.state == ProposalState.TAKEN
    with pytest.raises(InvalidProposal, match="chưa được quyết định"):
        actions.count_proposal(by=people["agency_head"], proposal=taken)
    assert not WorkAssignment.objects.exists()


def test_the_agency_sees_what_became_of_each_proposal_takes_refuses_and_counts_it(client, desk, people):
    made = [
        actions.propose_work(by=desk.officer.account, posting=desk.posting, values=proposal_values(name=name))
        for name in ("Kiểm kê sau bão", "Dọn kho", "Phúc tra số liệu")
    ]
    client.force_login(people["uploader"])
    proposals = reverse("assignments:proposal_list")
    assert client.get(proposals).text.count("Chờ cơ quan xem xét") >= 3
    client.post(reverse("assignments:proposal_refuse", args=[made[1].pk]), {"reason": "Đã có mục khác"})

    take = reverse("catalogs:proposal_take", args=[made[0].pk])
    assert "Lũ lụt đột xuất" in client.get(take).text
    typed = {name: desk.item.content[name] for name in desk.item.content if desk.item.content[name] not in (None, {})}
    typed = {
        name: str(value).replace(".", ",") if isinstance(value, Decimal) else value for name, value in typed.items()
    }
    client.post(take, typed | {"code": "BAO-01", "name": made[0].name, "unit": made[0].unit})
    WorkProposal.objects.filter(pk=made[2].pk).update(
        state=ProposalState.TAKEN, item_identity=desk.item.identity, code=desk.item.code
    )
    with CaptureQueriesContext(connection) as queries:
        page = client.get(proposals).text
    assert "mục BAO-01 trong phiên bản 2, chưa được quyết định" in page
    assert "Đã có mục khác" in page
    assert f"mục {desk.item.code} có hiệu lực từ" in page and "tính được việc này" in page
    assert len(queries) < 30

    # The nightly command counts what holds, by the rules of the button, and leaves the rest.
    call_command("count_proposals")
    states = [WorkProposal.objects.get(pk=one.pk).state for one in made]
    assert states == [ProposalState.TAKEN, ProposalState.REFUSED, ProposalState.COUNTED]
    work = WorkAssignment.objects.get()
    assert (work.coefficient, work.is_planned, work.name) == (desk.item.coefficient, False, desk.item.name)
    assert AuditEvent.objects.filter(action="work_proposal.count").get().after["item"] == desk.item.code
    assert str(reverse("assignments:work_detail", args=[work.pk])) in client.get(proposals).text
    call_command("count_proposals")
    assert WorkAssignment.objects.count() == 1


def test_nobody_decides_their_own_proposal_and_what_cannot_be_is_refused(desk, people):
    own = desk.officer.account
    with pytest.raises(InvalidProposal):
        actions.propose_work(by=own, posting=desk.posting, values=proposal_values(quantity=Decimal(0)))
    with pytest.raises(InvalidProposal):
        actions.propose_work(by=own, posting=desk.posting, values=proposal_values(reason=" "))
    with pytest.raises(NotAllowed):
        actions.propose_work(by=people["nobody"], posting=desk.posting, values=proposal_values())
    mine = actions.propose_work(by=people["uploader"], posting=desk.posting, values=proposal_values())
    with pytest.raises(NotAllowed):
        actions.refuse_proposal(by=people["uploader"], proposal=mine, answer="Không")
    with pytest.raises(InvalidProposal, match="lý do"):
        actions.refuse_proposal(by=people["agency_head"], proposal=mine, answer=" ")
    assert actions.refuse_proposal(by=people["agency_head"], proposal=mine, answer="Đã có mục khác").answer


def test_an_officer_proposes_on_a_page_and_reads_how_it_stands(client, desk):
    client.force_login(desk.officer.account, backend="cms.organisations.backends.MembershipBackend")
    today = f"{timezone.localdate():%d/%m/%Y}"
    typed = {
        "posting": desk.posting.pk, "name": "Kiểm kê", "unit": "Biên bản", "quantity": "1,5", "given_on": today,
        "due_on": today, "reason": "Bão",
    }  # fmt: skip
    assert client.post(reverse("personal:proposals"), typed | {"quantity": "x"}).status_code == 422
    client.post(reverse("personal:proposals"), typed)
    assert WorkProposal.objects.get().quantity == Decimal("1.5")
    assert "Chờ cơ quan xem xét" in client.get(reverse("personal:proposals")).text


def test_notices_come_before_on_and_after_the_last_day_once_each(client, desk):
    today = timezone.localdate()
    work = desk.give(due_on=today + 2 * ONE_DAY)
    assert [actions.make_notices([desk.officer.pk], today + number * ONE_DAY) for number in (0, 0, 2, 3, 4)] == [
        1, 0, 1, 1, 0,
    ]  # fmt: skip
    assert list(Notice.objects.order_by("pk").values_list("kind", flat=True)) == ["soon", "today", "late"]
    client.force_login(desk.officer.account, backend="cms.organisations.backends.MembershipBackend")
    assert "3 thông báo chưa đọc" in client.get(reverse("personal:home")).text.replace("\n", " ")
    assert work.name in client.get(reverse("personal:notices")).text
    client.post(reverse("personal:notices"))
    assert not Notice.objects.unread().exists()


def test_each_person_sets_what_they_are_told_and_when_not(desk):
    today = timezone.localdate()
    chosen = {"before_days": 0, "late": False, "quiet_from": 20, "quiet_until": 9}
    choice = actions.choose_reminders(officer=desk.officer, **chosen)
    desk.give(due_on=today + ONE_DAY)
    assert actions.make_notices([desk.officer.pk], today) == 0
    assert actions.make_notices([desk.officer.pk], today + 5 * ONE_DAY) == 0
    quiet = [hour for hour in range(24) if type(choice).objects.quiet_at(hour).exists()]
    assert quiet == [*range(9), 20, 21, 22, 23]


def test_a_signal_is_dismissed_with_a_word_and_not_found_again(at_desk, desk, manager):
    month = timezone.localdate().replace(day=1)
    finish(give(None, desk.posting, desk.item, assigned=Decimal(4)), desk.officer.account)
    signal = Signal.objects.create(
        agency=desk.posting.agency, officer=desk.officer, month=month, kind="spike", key=str(desk.officer.pk),
        why="Gấp đôi", found_at=timezone.now(),
    )  # fmt: skip
    assert "Gấp đôi" in at_desk.get(reverse("personal:team")).text
    at_desk.post(reverse("personal:team"), {"dismiss": signal.pk, f"word-{signal.pk}": ""})
    assert Signal.objects.standing().exists()
    at_desk.post(reverse("personal:team"), {"dismiss": signal.pk, f"word-{signal.pk}": "Đợt cao điểm quyết toán"})
    signal.refresh_from_db()
    assert (signal.words, signal.dismissed_by) == ("Đợt cao điểm quyết toán", manager)
    assert actions.look_at(desk.posting.agency, month) == 0
