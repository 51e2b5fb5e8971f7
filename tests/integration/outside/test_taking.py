"""What other systems say of work comes in once, whatever the order; what cannot be taken is kept with the reason."""

import random
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cms.assignments import actions
from cms.assignments.actions import outside as taking
from cms.assignments.enums import NameKind, WorkState
from cms.assignments.errors import InvalidMapping
from cms.assignments.locks import locked_months
from cms.assignments.models import Evidence, OutsideMessage, OutsideName, OutsideWork, WorkAssignment
from cms.assignments.outside.mapping import Mapper
from cms.assignments.permissions import agency_paths_of_system
from cms.audit.models import AuditEvent
from cms.core.errors import NotAllowed, WrongState
from cms.core.partitions import next_month
from cms.evaluations.models import Evaluation, Period
from cms.organisations.actions import end_posting, start_posting
from tests.factories.officers import make_officer
from tests.factories.officers import values as posting_values
from tests.factories.outside import make_client, make_system, map_kind, map_person, message

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def today(days: int = 0) -> str:
    return (timezone.localdate() + days * DAY).isoformat()


def test_a_message_gives_work_with_what_the_item_says_and_later_ones_move_it_on(outside):
    assert outside.send().status == "created"
    assert outside.send(version=2, state="Đang xử lý", completed="0.5").status == "changed"
    assert outside.send(version=3, state="Hoàn thành", done_on=today(), result="Số 12/BC").status == "changed"

    work = outside.work
    assert (work.officer, work.item, work.coefficient) == (outside.officer, outside.item, outside.item.coefficient)
    assert (work.state, work.completed, work.done_on) == (WorkState.DONE, 1, timezone.localdate())
    assert (work.source, work.system, work.outside_id) == ("api", "van-ban", "CV-1")
    acts = AuditEvent.objects.filter(action="work.take").order_by("sequence")
    assert [event.after["state"] for event in acts] == ["given", "in_progress", "done"]
    assert {event.after["via"] for event in acts} == {"van-ban"}
    assert {event.actor_id for event in acts} == {outside.client.user_id}


def test_the_same_messages_a_thousand_times_in_any_order_give_one_work(outside):
    life = [
        message(version=1), message(version=2, due_on=today(5)),
        message(version=3, state="Đang xử lý", completed="0.5"),
        message(version=4, state="Hoàn thành", done_on=today(), result="Số 12/BC", document_number="12/BC"),
        message(version=5, state="Hoàn thành", done_on=today(), result="Số 13/BC", document_number="13/BC"),
    ]  # fmt: skip
    chance = random.Random(335)
    thousand = [chance.choice(life) for _count in range(995)] + life
    chance.shuffle(thousand)
    for first in range(0, len(thousand), 250):
        outside.take(*thousand[first : first + 250])

    work = WorkAssignment.objects.get()
    assert (work.state, work.due_on.isoformat(), work.result) == (WorkState.DONE, today(3), "Số 13/BC")
    assert (OutsideWork.objects.get().sequence, OutsideMessage.objects.count()) == (5, 0)


def test_an_older_message_after_a_newer_one_changes_nothing_and_says_so(outside):
    outside.send(version=9, state="Đang xử lý")
    before = AuditEvent.objects.count()
    taken = outside.send(version=8, state="Đã hủy")

    assert (taken.status, taken.work) == ("older", outside.work)
    assert outside.work.state == WorkState.IN_PROGRESS
    assert AuditEvent.objects.count() == before


def test_a_version_that_says_something_else_the_second_time_is_refused_and_kept(outside):
    outside.send(assigned="1")
    taken = outside.send(assigned="2")

    assert (taken.status, taken.code) == ("refused", "version_reused")
    assert outside.work.assigned == 1
    assert OutsideMessage.objects.refused().get().content["assigned"] == "2"


@pytest.mark.parametrize(("changes", "code", "about", "key"), [
    ({"person": "nv99"}, "no_person", "person", "nv99"),
    ({"kind": "VB-MAT"}, "no_kind", "kind", "VB-MAT"),
    ({"state": "Treo"}, "no_state", "state", "Treo"),
])  # fmt: skip
def test_what_cannot_be_mapped_is_kept_listed_and_taken_once_it_is_mapped(outside, changes, code, about, key):
    taken = outside.send(**changes)
    assert (taken.status, taken.code, taken.missing) == ("waiting", code, ((about, key),))
    assert OutsideName.objects.unmapped().get(about=about).key == key

    target = {
        "person": {"officer": outside.officer}, "kind": {"item_identity": outside.item.identity},
        "state": {"act": "give"},
    }[about]  # fmt: skip
    head = outside.people["agency_head"]
    actions.map_name(by=head, system=outside.system, about=about, key=key, **target)
    assert actions.retry_messages(by=head, system=outside.system) == {"created": 1}
    assert outside.work.state == WorkState.GIVEN
    assert not OutsideMessage.objects.exists()


def test_of_a_work_that_waits_the_newest_message_is_kept_and_wins(outside):
    for version in (2, 5, 3):
        outside.send(version=version, kind="VB-MAT", instruction=f"Bản {version}")
    assert OutsideMessage.objects.get().sequence == 5
    map_kind(outside.system, outside.item, "VB-MAT")
    actions.retry_messages(by=outside.people["agency_head"], system=outside.system)

    assert outside.work.instruction == "Bản 5"


def test_somebody_who_left_is_named_as_such_and_their_work_waits(outside, people):
    posting = outside.officer.postings.get()
    end_posting(by=people["agency_head"], posting=posting, last_day=timezone.localdate() - DAY, reason="Nghỉ hưu")
    taken = outside.send()

    assert (taken.status, taken.code) == ("waiting", "no_posting")
    assert "nv01" in taken.reason
    # What was given while they worked there still comes in.
    assert outside.send("CV-2", given_on=today(-5), due_on=today(-2)).status == "created"


def test_an_item_that_held_in_no_catalog_on_the_day_waits(outside):
    taken = outside.send(given_on="2020-01-06", due_on="2020-01-08")
    assert (taken.status, taken.code) == ("waiting", "no_posting")
    posting = outside.officer.postings.get()
    early = posting.valid_from.isoformat()
    assert outside.send(given_on=early, due_on=early).code == "no_item"


def test_names_that_are_passed_over_leave_nothing_behind(outside):
    outside.send(person="may-quet")
    actions.map_name(by=None, system=outside.system, about=NameKind.PERSON, key="may-quet", is_ignored=True)
    assert actions.retry_messages(by=outside.people["agency_head"], system=outside.system) == {"ignored": 1}
    assert outside.send(version=2, person="may-quet").status == "ignored"
    assert not WorkAssignment.objects.exists()
    assert not OutsideMessage.objects.exists()


def test_a_person_with_two_posts_gets_the_work_at_the_one_that_the_mapping_names(outside, province):
    system = make_system(province.root, code="toan-tinh", clients=[make_client(province.root)[0]])
    officer = make_officer(province.statistics)
    second = start_posting(by=None, officer=officer, values=posting_values(province.office, is_main=False))
    map_kind(system, outside.item)
    map_person(system, officer, "hai-noi", province.office)
    assert meaning(system, "hai-noi").posting == second
    map_person(system, officer, "hai-noi", province.statistics)
    assert meaning(system, "hai-noi").posting.agency == province.statistics


def meaning(system, person):
    said = message(person=person)
    return Mapper(system, [said], agency_paths_of_system(system)).map(said)


def test_a_kind_of_work_may_stand_for_another_item_at_another_agency(outside, province):
    map_kind(outside.system, outside.other_item, agency=province.statistics)
    outside.send()
    assert outside.work.item == outside.other_item


def test_work_that_went_to_somebody_else_is_withdrawn_and_given_anew(outside, province):
    other = make_officer(province.statistics)
    map_person(outside.system, other, "nv02")
    outside.send()
    assert outside.send(version=2, person="nv02").status == "changed"

    assert outside.work.officer == other
    assert WorkAssignment.objects.get(officer=outside.officer).state == WorkState.WITHDRAWN
    assert OutsideWork.objects.get().work == outside.work


def test_work_that_is_withdrawn_there_is_withdrawn_here_and_given_anew_when_it_comes_back(outside):
    outside.send(version=1, state="Đã hủy", reason="Giao nhầm")
    assert WorkAssignment.objects.get().reason == "Giao nhầm"
    outside.send(version=2)
    assert outside.work.state == WorkState.GIVEN
    assert WorkAssignment.objects.count() == 2


def test_no_message_confirms_and_what_was_confirmed_is_corrected_by_a_person_alone(outside):
    outside.send(state="Hoàn thành", done_on=today())
    head = outside.people["agency_head"]
    actions.confirm_work(by=head, work=[outside.work])
    taken = outside.send(version=2, state="Hoàn thành", done_on=today(), completed="0.5")
    assert (taken.status, taken.code) == ("refused", "confirmed")
    assert outside.work.completed == 1

    kept = OutsideMessage.objects.refused().get()
    with pytest.raises(NotAllowed):
        actions.accept_correction(by=outside.people["uploader"], message=kept, reason="Theo hệ thống")
    actions.accept_correction(by=head, message=kept, reason="Hệ thống văn bản ghi lại")
    assert (outside.work.completed, outside.work.state) == (Decimal("0.5"), WorkState.CONFIRMED)
    assert outside.send(version=2, state="Hoàn thành", done_on=today(), completed="0.5").status == "unchanged"


def test_a_late_correction_that_is_left_is_asked_about_no_more(outside):
    outside.send(state="Hoàn thành", done_on=today())
    head = outside.people["agency_head"]
    actions.confirm_work(by=head, work=[outside.work])
    late = {"version": 2, "state": "Đã hủy"}
    outside.send(**late)
    actions.leave_message(by=head, message=OutsideMessage.objects.get(), reason="Đã trao đổi")
    assert outside.send(**late).status == "unchanged"
    assert outside.work.state == WorkState.CONFIRMED
    with pytest.raises(OutsideMessage.DoesNotExist):
        OutsideMessage.objects.get()


def test_the_same_words_about_confirmed_work_are_no_correction(outside):
    outside.send(state="Hoàn thành", done_on=today())
    actions.confirm_work(by=outside.people["agency_head"], work=[outside.work])
    assert outside.send(version=2, state="Hoàn thành", done_on=today(), result="Đã phát hành").status == "unchanged"


def test_what_people_did_here_stays_unless_the_system_changes_just_that(outside):
    outside.send()
    officer = outside.officer.account
    actions.finish_work(by=officer, work=outside.work, completed=Decimal(1), done_on=timezone.localdate())
    outside.send(version=2, instruction="Xem thêm phụ lục")
    assert (outside.work.state, outside.work.instruction) == (WorkState.DONE, "Xem thêm phụ lục")

    actions.return_work(by=outside.people["agency_head"], work=outside.work, reason="Thiếu phụ lục")
    outside.send(version=3, instruction="Xem phụ lục II")
    assert outside.work.state == WorkState.RETURNED
    outside.send(version=4, state="Hoàn thành", done_on=today())
    assert outside.work.state == WorkState.DONE


@pytest.mark.parametrize("changes", [
    {"due_on": today(-1)},
    {"state": "Hoàn thành", "done_on": today(-1)},
    # Two days on: what is listed before midnight may be tried after it.
    {"state": "Hoàn thành", "done_on": today(2)},
    {"state": "Hoàn thành", "completed": "0", "done_on": today()},
    {"assigned": "0"},
    {"state": "Hoàn thành"},
])  # fmt: skip
def test_what_cannot_be_is_refused_in_a_sentence_and_kept(outside, changes):
    taken = outside.send(**changes)
    assert (taken.status, taken.code) == ("refused", "invalid_work")
    assert OutsideMessage.objects.refused().get().reason == taken.reason
    assert not WorkAssignment.objects.exists()


def test_more_than_was_assigned_may_be_completed_as_everywhere(outside):
    outside.send(state="Hoàn thành", done_on=today(), completed="3")
    assert outside.work.completed == 3


def test_after_the_lock_of_a_period_everything_late_is_refused_and_listed(outside, monkeypatch):
    outside.send()
    month = outside.work.month
    monkeypatch.setattr(
        "cms.assignments.actions.outside.locked_months", lambda *asked: {(outside.officer.pk, month)}
    )  # fmt: skip
    assert outside.send(version=2, assigned="2").code == "locked"
    assert outside.send("CV-2").code == "locked"
    assert outside.send(version=3, due_on=(month + timedelta(days=70)).isoformat()).code == "locked"
    assert outside.work.assigned == 1
    assert OutsideMessage.objects.refused().count() == 2


def test_a_month_locked_while_messages_are_taken_refuses_its_own_alone(outside, monkeypatch):
    """The database knows of the lock, of which nobody had heard when the messages were read."""
    day = timezone.localdate()
    outside.send(due_on=today())
    _lock_month(outside, day)
    at_first = iter([lambda *asked: set()])
    monkeypatch.setattr(taking, "locked_months", lambda *asked: next(at_first, locked_months)(*asked))

    came = outside.take(
        message("CV-1", 2, assigned="2", due_on=today()), message("CV-2", due_on=today()),
        message("CV-3", due_on=today(70)),
    )  # fmt: skip

    assert [(each.status, each.code) for each in came] == [("refused", "locked")] * 2 + [("created", "")]
    assert f"{day:%m/%Y}" in came[1].reason and OutsideWork.objects.get(outside_id="CV-1").work.assigned == 1
    assert OutsideMessage.objects.refused().count() == 2

    monkeypatch.setattr(taking, "locked_months", lambda *asked: set())
    with pytest.raises(IntegrityError, match="locked"), transaction.atomic():
        outside.send("CV-4", due_on=today())


def _lock_month(outside, day):
    now, people = timezone.now(), outside.people
    period = Period.objects.create(
        agency=outside.system.agencies.get(), kind="month", first_day=day.replace(day=1),
        last_day=next_month(day) - DAY, opened_at=now,
    )  # fmt: skip
    posting = outside.officer.postings.get()
    Evaluation.objects.create(
        period=period, officer=outside.officer, posting=posting, agency=period.agency, role="staff"
    )
    Period.objects.filter(pk=period.pk).update(
        lock_proposed_by=people["uploader"], lock_proposed_at=now, locked_by=people["agency_head"], locked_at=now
    )


def test_documents_and_links_are_evidence_beside_the_work_until_it_is_settled(outside):
    outside.send(document_number="12/BC-TK", document_date=today(), link="https://vanban.example/12")
    outside.send(version=2, document_number="12/BC-TK", document_date=today(), link="https://vanban.example/13")
    brought = Evidence.objects.order_by("pk")
    assert [each.name for each in brought] == ["12/BC-TK", "https://vanban.example/12", "https://vanban.example/13"]
    assert {each.added_by for each in brought} == {outside.client.user}


def test_only_the_program_of_a_system_in_use_writes_for_it(outside, province):
    stranger, _token = make_client(province.statistics, name="Phần mềm khác")
    with pytest.raises(NotAllowed):
        outside.take(message(), by=stranger.user)
    actions.save_system(
        by=None, system=outside.system, agencies=[province.statistics], accounts=[outside.client.user], is_active=False
    )  # fmt: skip
    with pytest.raises(NotAllowed):
        outside.send()


def test_nobody_beyond_the_systems_agencies_gets_work(outside, province):
    elsewhere = make_officer(province.office)
    with pytest.raises(InvalidMapping):
        map_person(outside.system, elsewhere, "nv03")
    # A system of the whole province, whose program reaches one agency alone, writes for that one alone.
    wide = make_system(province.root, code="toan-tinh", clients=[outside.client])
    map_person(wide, elsewhere)
    map_kind(wide, outside.item)
    [taken] = actions.take_messages(by=outside.client.user, system=wide, messages=[message()])
    assert (taken.status, taken.code) == ("waiting", "no_posting")


def test_an_agencys_people_map_only_what_is_wholly_theirs(outside, province):
    wide = make_system(province.statistics, province.office, code="hai-co-quan")
    head = outside.people["agency_head"]
    with pytest.raises(NotAllowed):
        actions.map_name(by=head, system=wide, about=NameKind.STATE, key="Mới", act="give")
    with pytest.raises(NotAllowed):
        actions.retry_messages(by=outside.people["other_agency_head"], system=outside.system)
    actions.map_name(by=outside.people["technical_admin"], system=wide, about=NameKind.STATE, key="Mới", act="give")


def test_a_message_that_was_overtaken_meanwhile_is_not_accepted(outside):
    outside.send(state="Hoàn thành", done_on=today())
    actions.confirm_work(by=outside.people["agency_head"], work=[outside.work])
    outside.send(version=2, state="Đã hủy")
    seen = OutsideMessage.objects.get()
    outside.send(version=3, state="Đang xử lý")
    with pytest.raises(WrongState):
        actions.accept_correction(by=outside.people["agency_head"], message=seen, reason="Theo hệ thống")


def test_many_messages_cost_few_queries(outside, django_assert_max_num_queries):
    # SQLite takes a thousand values a statement, so the rows of work go in by several.
    with django_assert_max_num_queries(40):
        outside.take(*(message(f"CV-{number}", 1) for number in range(300)))
    with django_assert_max_num_queries(40):
        outside.take(*(message(f"CV-{number}", 2, state="Đang xử lý") for number in range(300)))
    assert WorkAssignment.objects.filter(state=WorkState.IN_PROGRESS).count() == 300
