"""The rest of the department's current month: plan and key tasks, a template, a rule, a hand-over, a proposal, signals.

Two of its divisions have their work from elsewhere: given one by one, and by Excel; what the document system brings
comes besides.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.utils import timezone

from cms.assignments import actions
from cms.assignments.enums import PlanGiver
from cms.assignments.models import WorkAssignment, WorkRule
from cms.assignments.planning_enums import Rhythm
from cms.catalogs.models import CatalogItem
from cms.organisations.models import Agency, Position, Posting
from importers.demo.personal import DEPARTMENT, HEAD
from importers.demo.quarter.cast import PERSONNEL, account_of, user
from importers.demo.results import DIVISION as BY_EXCEL
from importers.demo.work import DIVISION as BY_HAND
from importers.demo.work import REPORTER

# Whose work has a rule; who leaves some of theirs to whom; and whose position has a template.
_BY_RULE, _GIVES, _TAKES, _TEMPLATE = "CC-0131", "CC-0413", "CC-0411", "van-thu"
_BEFORE = datetime.timedelta(days=10)
# The same from several people, and long enough to be looked at.
_WORDS = "Đã tham mưu văn bản, trình lãnh đạo ký ban hành và lưu hồ sơ theo quy định"
# Name, days from today until it is due, whether it is a key task, and how far it has come in per cent.
_TASKS = (
    ("Trình UBND tỉnh phương án phân bổ dự phòng ngân sách", -4, True, 100),
    ("Báo cáo giải ngân vốn đầu tư công", -2, True, 70),
    ("Rà soát giá dịch vụ sự nghiệp công", 2, False, 40),
    ("Thẩm định quyết toán các dự án hoàn thành", 6, True, 100),
    ("Kiểm tra công tác quản lý tài sản công tại cấp xã", 12, False, 0),
)


def load() -> Iterator[str]:
    """Bring the department's month to life, once; yield a line when it was not yet."""
    if WorkRule.objects.exists():
        return
    today, department = timezone.localdate(), Agency.objects.get(code=DEPARTMENT)
    # Of its own list, which holds the whole month; the common list had another version meanwhile.
    own = actions.items_on(department, today).filter(version__catalog__agency=department)
    items = list(own.in_order().select_related("version")[:12])
    held = (
        Posting.objects.on(today).within(department).filter(is_main=True).exclude(agency__code__in=(BY_HAND, BY_EXCEL))
    )
    people = {
        each.officer.code: each for each in held.select_related("officer__account", "agency").order_by("officer__code")
    }
    _plan(department, today)
    _report(_give(list(people.values()), items, today), today)
    _template(department, items, today, list(people.values()))
    _rule(people[_BY_RULE], items[0], today)
    _hand_over(people[_TAKES])
    _propose(today)
    signals = sum(
        sum(actions.find_all_signals(day)) for day in {today.replace(day=1), (today + _BEFORE).replace(day=1)}
    )
    yield f"Công việc đang mở của {department}: {WorkAssignment.objects.open().count()}, dấu hiệu: {signals}"


def _plan(department: Agency, today: datetime.date) -> None:
    """Give tasks of the agency's own plan and one of the province; report and confirm some."""
    for name, days, is_key, progress in _TASKS:
        is_own = days < 12
        task = actions.give_plan_task(by=None, values=actions.PlanTaskValues(
            agency=department, name=name, given_on=today - _BEFORE, due_on=today + datetime.timedelta(days=days),
            given_kind=PlanGiver.OWN if is_own else PlanGiver.SUPERIOR,
            giver=department if is_own else Agency.objects.get(depth=1), expected="Tờ trình, báo cáo kèm phụ lục",
            document="86/KH-STC" if is_own else "214/CTr-UBND", is_key=is_key,
        ))  # fmt: skip
        if progress:
            done_on = min(today, task.due_on) if progress == 100 else None
            task = actions.report_plan_task(
                by=user(PERSONNEL), task=task, progress=progress, result=f"Đã thực hiện: {progress}%", done_on=done_on
            )  # fmt: skip
        if task.due_on < today and progress == 100:
            actions.confirm_plan_task(by=user(HEAD), task=task, quality_met=True, effect_met=True, exceeded=False)


def _give(people: Sequence[Posting], items: Sequence[CatalogItem], today: datetime.date) -> list[WorkAssignment]:
    """Give everybody a piece, due from three days ago on, one day after the other, and again."""
    lines = [
        (posting, actions.WorkValues(
            item=items[place % len(items)], assigned=Decimal(4), given_on=today - _BEFORE,
            due_on=today + datetime.timedelta(days=place % 9 - 3), is_key=place % 6 == 0,
        ))
        for place, posting in enumerate(people)
    ]  # fmt: skip
    return actions.give_to_many(by=user(PERSONNEL), lines=lines)


def _report(given: Sequence[WorkAssignment], today: datetime.date) -> None:
    """Let one of four be confirmed, one wait, one be under way, and one not be begun."""
    for place, work in enumerate(given):
        by, is_directors = account_of(work.officer), account_of(work.officer).username == HEAD
        if place % 2 == 0:
            done_on = min(today, work.due_on)
            work = actions.finish_work(by=by, work=work, completed=work.assigned, done_on=done_on, result=_WORDS)
        elif place % 4 == 1:
            actions.report_work(by=by, work=work, completed=work.assigned / 2, result="Đang lấy ý kiến các đơn vị")
        if place % 4 == 2 and not is_directors:
            actions.confirm_work(by=user(HEAD), work=[work])


def _template(
    department: Agency, items: Sequence[CatalogItem], today: datetime.date, people: Sequence[Posting]
) -> None:
    """Keep what a position is usually given in a month, and give it for this one."""
    position = Position.objects.get(code=_TEMPLATE)
    lines = [(items[8], Decimal(6), 20), (items[9], Decimal(2), 28)]
    template = actions.save_template(by=user(PERSONNEL), agency=department, position=position, lines=lines)
    holders = [each for each in people if each.position_id == position.pk]
    actions.apply_template(by=user(PERSONNEL), template=template, month=today, postings=holders)


def _rule(posting: Posting, item: CatalogItem, today: datetime.date) -> None:
    """Have a report given each week by the timer, which has gone once."""
    values = actions.RuleValues(
        item=item, rhythm=Rhythm.WEEKLY, day=5, assigned=Decimal(1), first_day=today,
        instruction="Báo cáo tuần về tình hình thực hiện nhiệm vụ",
    )  # fmt: skip
    actions.make_rule(by=user(HEAD), posting=posting, values=values)
    sum(actions.carry_out_rules(today))


def _hand_over(to: Posting) -> None:
    """Hand work of somebody who is sent to a course over to a colleague."""
    work = WorkAssignment.objects.open().filter(officer__code=_GIVES)
    actions.hand_over_work(by=user(HEAD), work=list(work), to=to, reason="Đi học theo Quyết định số 96/QĐ-STC")


def _propose(today: datetime.date) -> None:
    """Propose unplanned work that no catalog has."""
    by = user(REPORTER)
    posting = Posting.objects.on(today).select_related("officer", "agency").get(officer__account=by, is_main=True)
    values = actions.ProposalValues(
        name="Bàn giao hồ sơ tài sản công sau sắp xếp đơn vị hành chính", unit="bộ hồ sơ", quantity=Decimal(3),
        given_on=today, due_on=today + _BEFORE, reason="Phát sinh theo Công văn số 512/UBND-TH; danh mục chưa có.",
    )  # fmt: skip
    actions.propose_work(by=by, posting=posting, values=values)
