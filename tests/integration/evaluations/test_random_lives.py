"""Whatever is done in a month of a department, in whatever order: results have receipts, and what was locked holds.

``LIVES_EXAMPLES=200`` walks longer, and each time elsewhere.
"""

import datetime
import os
from decimal import Decimal

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from cms.assignments import actions as work_actions
from cms.assignments.enums import WorkState
from cms.assignments.models import WorkAssignment
from cms.core.errors import DomainError
from cms.evaluations import actions
from cms.evaluations.cap_board import cap_board
from cms.evaluations.models import Cancellation, Complaint, Evaluation, Objection, Period, Reopening, Result
from cms.evaluations.permissions import can_decide, can_keep, can_lock, can_mark
from cms.frameworks.calculation import calculate
from cms.organisations.actions import transfer_posting
from cms.organisations.models import Agency
from cms.scoring.canonical import canonical_bytes, content_hash
from cms.users.models import User
from tests.factories.officers import values
from tests.factories.work import finish, give
from tests.integration.evaluations.conftest import LEADERS, MARKS, House

EXAMPLES = int(os.environ.get("LIVES_EXAMPLES", "0"))
NAMES = st.sampled_from(["an", "binh", "division", "chief"])
POINTS = st.sampled_from(["0", "2.5", "7.5", "10"])


class Lives(RuleBasedStateMachine):
    """A month of four officers; ``frozen`` remembers every result as it was when it became final."""

    house: House
    second: User
    division: Agency
    elsewhere: Agency

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.clock = time_machine.travel(timezone.now() + datetime.timedelta(minutes=1))
        self.traveller = self.clock.start()
        self.frozen: dict[int, tuple[str, str | None, str]] = {}

    def teardown(self) -> None:
        self.clock.stop()
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    def attempt(self, act, **values) -> None:
        """Do what may be refused: a refusal leaves everything as it was."""
        try:
            with transaction.atomic():
                act(**values)
        except DomainError:
            return

    @property
    def period(self) -> Period | None:
        return Period.objects.filter(agency=self.house.agency).first()

    def of(self, name: str) -> Evaluation | None:
        return Evaluation.objects.filter(officer=self.house.people[name]).first()

    def authority(self, officer) -> User:
        """Return the account of who has authority; where nobody has, one that has none."""
        return User.objects.filter(officer=officer).first() or self.house.clerk if officer else self.house.clerk

    # What people do.

    @rule(name=NAMES, assigned=st.integers(1, 4), completed=st.integers(0, 5), failures=st.integers(0, 2))
    def work(self, name: str, assigned: int, completed: int, failures: int) -> None:
        officer = self.house.people[name]
        posting = officer.postings.latest("valid_from")

        def live() -> None:
            work = give(self.house.clerk, posting, self.house.item, assigned=Decimal(assigned))
            if completed:
                done = finish(work, officer.account, completed)
                work_actions.confirm_work(by=self.house.head, work=[done], quality_failures=failures)

        self.attempt(live)

    @rule(name=NAMES)
    def correct_work(self, name: str) -> None:
        work = WorkAssignment.objects.filter(officer=self.house.people[name], state=WorkState.CONFIRMED).first()
        if work is not None:
            self.attempt(
                work_actions.correct_work, by=self.house.head, work=work, completed=Decimal(1), reason="Ghi nhầm"
            )

    @rule()
    def open(self) -> None:
        self.attempt(self.house.open)

    @rule(name=NAMES, points=POINTS)
    def assess(self, name: str, points: str) -> None:
        if one := self.of(name):
            marks = {"criteria": MARKS["criteria"] | {"III": points}}
            self.attempt(actions.assess_self, by=self.house.account(name), evaluation=one, marks=marks)

    @rule(name=NAMES, points=POINTS, by=NAMES | st.none())
    def mark(self, name: str, points: str, by: str | None) -> None:
        if one := self.of(name):
            basis = MARKS if name in ("an", "binh") else LEADERS
            marks = basis | {"criteria": MARKS["criteria"] | {"III": points}}
            who = self.house.account(by) if by else self.authority(one.evaluator)
            self.attempt(actions.mark, by=who, evaluation=one, marks=marks, words="Không chờ tự đánh giá")

    @rule(name=NAMES, level=st.sampled_from(["", "", "good", "completed"]), by=NAMES | st.none())
    def decide(self, name: str, level: str, by: str | None) -> None:
        if one := self.of(name):
            who = self.house.account(by) if by else self.authority(one.decider)
            self.attempt(actions.decide, by=who, evaluation=one, level=level, words="Có lý do")

    @rule(name=NAMES)
    def send_back(self, name: str) -> None:
        if one := self.of(name):
            by = self.authority(one.decider)
            self.attempt(actions.send_back, by=by, evaluation=one, to="mark", words="Xem lại")

    @rule(name=NAMES)
    def find(self, name: str) -> None:
        if one := self.of(name):
            self.attempt(actions.find, by=self.house.clerk, evaluation=one, code="disciplined", document="QĐ 1")

    @rule(name=NAMES)
    def be_absent(self, name: str) -> None:
        """Be taken out of the month, or into it again."""
        if one := self.of(name):
            by = self.house.clerk
            if one.absence:
                self.attempt(actions.include, by=by, evaluation=one)
            else:
                self.attempt(actions.excuse, by=by, evaluation=one, reason="Nghỉ thai sản cả tháng")

    @rule(name=st.sampled_from(["an", "binh"]))
    def transfer(self, name: str) -> None:
        """Move to another agency today, or back to the division."""
        posting = self.house.people[name].postings.latest("valid_from")
        there = self.elsewhere if posting.agency_id != self.elsewhere.pk else self.division
        to = values(there, position=posting.position, valid_from=timezone.localdate())
        self.attempt(transfer_posting, by=None, posting=posting, to=to)

    @rule(keep=NAMES, leave=NAMES)
    def choose_under_the_cap(self, keep: str, leave: str) -> None:
        kept, left = self.of(keep), self.of(leave)
        if kept and left and kept.decider:
            by = self.authority(kept.decider)
            self.attempt(actions.choose_under_cap, by=by, keep=[kept], leave=[left], reason="Có sáng kiến")

    @rule(name=NAMES)
    def complain(self, name: str) -> None:
        if one := self.of(name):
            waiting = Complaint.objects.open().filter(evaluation=one).first()
            if waiting:
                by = self.house.head
                self.attempt(actions.conclude_verification, by=by, complaint=waiting, conclusion="Không đúng")
            else:
                self.attempt(actions.order_verification, by=self.house.clerk, evaluation=one, content="Đơn")

    @rule()
    def finish_everybody(self) -> None:
        """Bring the month to where it can be locked, as far as it goes."""
        for name in ("an", "binh", "division", "chief"):
            one = self.of(name)
            if one is None:
                return
            if complaint := Complaint.objects.open().filter(evaluation=one).first():
                self.attempt(
                    actions.conclude_verification, by=self.house.head, complaint=complaint, conclusion="Không đúng"
                )
            if one.awaits and not Result.objects.filter(evaluation=one, total__isnull=False).exists():
                self.work(name=name, assigned=2, completed=2, failures=0)
            if one.awaits:
                self.mark(name=name, points="7.5", by=None)
                self.decide(name=name, level="", by=None)

    @rule()
    def lock(self) -> None:
        if period := self.period:
            self.attempt(actions.propose_lock, by=self.house.clerk, period=period)
            self.attempt(actions.lock_period, by=self.second, period=period)

    @rule(name=NAMES, by=st.sampled_from(["clerk", "second"]))
    def reopen(self, name: str, by: str) -> None:
        if one := self.of(name):
            waiting = Reopening.objects.waiting().filter(evaluation=one).first()
            if waiting:
                who = self.house.clerk if by == "clerk" else self.second
                self.attempt(actions.approve_reopening, by=who, reopening=waiting)
            else:
                self.attempt(actions.propose_reopening, by=self.house.clerk, evaluation=one, reason="Sót việc")

    @rule(name=NAMES, outcome=st.sampled_from(["upheld", "changed"]), reviewer=NAMES)
    def object(self, name: str, outcome: str, reviewer: str) -> None:
        one = self.of(name)
        if one is None:
            return
        waiting = Objection.objects.open().filter(evaluation=one).first()
        if waiting is None:
            self.attempt(actions.object_to, by=self.house.account(name), evaluation=one, grounds="Chấm sót")
        elif waiting.reviewer is None:
            by = self.house.account(reviewer)
            self.attempt(actions.appoint_reviewer, by=self.house.head, objection=waiting, reviewer=by)
        else:
            self.attempt(
                actions.answer_objection, by=waiting.reviewer, objection=waiting, outcome=outcome, reasons="Đã xem"
            )

    @rule(name=NAMES)
    def cancel(self, name: str) -> None:
        if one := self.of(name):
            waiting = Cancellation.objects.filter(evaluation=one, approved_at=None).first()
            if waiting:
                self.attempt(actions.approve_cancellation, by=self.second, cancellation=waiting)
            else:
                self.attempt(
                    actions.propose_cancellation, by=self.house.clerk, evaluation=one, ground="fault", reason="Sai",
                    document="KL 1",
                )  # fmt: skip

    @rule(hours=st.sampled_from([1, 20]))
    def time_passes(self, hours: int) -> None:
        # Within the month: what it is due, given and opened for stays this month's.
        later = timezone.localtime() + datetime.timedelta(hours=hours)
        if later.month == self.house.month.month:
            self.traveller.shift(datetime.timedelta(hours=hours))

    # What holds, whatever was done.

    @invariant()
    def every_result_can_be_calculated_again_from_what_it_keeps(self) -> None:
        for result in Result.objects.select_related("evaluation__framework"):
            receipt = result.receipt
            unhashed = {key: value for key, value in receipt.items() if key != "hash"}
            assert result.content_hash == receipt["hash"] == content_hash(unhashed)
            request = {
                "framework": "nd335", "version": receipt["framework"]["version"], "subjects": [receipt["inputs"]],
            }  # fmt: skip
            again = calculate(request)["results"][0]
            assert canonical_bytes(again["receipt"]).decode() == result.receipt_text

    @invariant()
    def who_was_decided_about_has_a_result(self) -> None:
        for one in Evaluation.objects.filter(awaits="", absence=""):
            assert Result.objects.of([one.pk]).get().total is not None
            assert one.level

    @invariant()
    def what_became_final_never_changes(self) -> None:
        now = {each.pk: (each.content_hash, str(each.total), each.receipt_text) for each in
               Result.objects.filter(frozen_at__isnull=False)}  # fmt: skip
        for key, was in self.frozen.items():
            assert now.get(key) == was
        self.frozen |= now

    @invariant()
    def the_cap_board_is_a_naive_count(self) -> None:
        if (period := self.period) is None:
            return
        stand = list(Result.objects.in_period(period).select_related("evaluation"))
        for group in cap_board(period):
            own = [each for each in stand if group.position_group in ("", each.evaluation.position_group)]
            levels = [each.level for each in own if each.total is not None]
            good = levels.count("excellent") + levels.count("good")
            assert (group.eligible, group.holding, group.allowance) == (good, levels.count("excellent"), good // 6)
            assert group.decided == sum(each.evaluation.level == "excellent" for each in own)

    @invariant()
    def somebody_can_act_wherever_it_stands(self) -> None:
        everybody = [self.house.clerk, self.house.head, self.second, *map(self.house.account, self.house.people)]
        for one in Evaluation.objects.select_related("period__agency", "officer", "evaluator", "decider", "agency"):
            if one.awaits:
                assert any(can_mark(each, one) or can_decide(each, one) for each in everybody)
        period = self.period
        if period is not None and not period.is_locked:
            assert any(can_keep(each, period) for each in everybody)
            if period.lock_proposed_at:
                assert any(can_lock(each, period) for each in everybody)


@pytest.mark.django_db
def test_lives_in_any_order(house, second_head, province):
    Lives.house, Lives.second = house, second_head
    Lives.division, Lives.elsewhere = province.division, province.office
    longer = EXAMPLES > 0
    run_state_machine_as_test(Lives, settings=settings(
        max_examples=EXAMPLES or 4, stateful_step_count=40 if longer else 20, derandomize=not longer, deadline=None,
        phases=[Phase.generate], suppress_health_check=list(HealthCheck),
    ))  # fmt: skip
