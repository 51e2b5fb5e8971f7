"""One document and task system of the demo, what its words stand for, and a day's messages of it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from cms.assignments import actions
from cms.assignments.enums import MessageOrder, NameKind, OutsideAct, SystemKind
from cms.assignments.models import ExternalSystem
from cms.assignments.outside.messages import read_message
from cms.organisations.actions import grant_membership
from cms.organisations.models import Agency, Posting
from cms.users.enums import Role
from cms.users.models import User
from importers.demo.personal import DEPARTMENT
from importers.demo.work import DIVISION, REPORTER

CODE, PROGRAM = "vbdh", "may-khach-vbdh"
STATES = {
    "Mới giao": OutsideAct.GIVE, "Đang xử lý": OutsideAct.REPORT, "Đã hoàn thành": OutsideAct.FINISH,
    "Đã hủy": OutsideAct.WITHDRAW,
}  # fmt: skip
_PEOPLE = 4


def load() -> Iterator[str]:
    """Add the system with its mappings, and take a day's messages of it, once; yield a line then."""
    if ExternalSystem.objects.filter(code=CODE).exists():
        return
    department, division = Agency.objects.get(code=DEPARTMENT), Agency.objects.get(code=DIVISION)
    program, is_new = User.objects.get_or_create(
        username=PROGRAM, defaults={"full_name": "Hệ thống văn bản và điều hành"}
    )
    if is_new:
        program.set_unusable_password()
        program.save()
        grant_membership(by=None, user=program, role=Role.API_CLIENT, agency=department)
    system = actions.save_system(
        by=None, code=CODE, name="Hệ thống văn bản và điều hành", kind=SystemKind.DOCUMENTS, order=MessageOrder.VERSION,
        agencies=[department], accounts=[program],
    )  # fmt: skip
    today = timezone.localdate()
    others = Posting.objects.on(today).filter(agency=division).exclude(officer__account__username=REPORTER)
    people = list(others.select_related("officer").order_by("pk")[:_PEOPLE])
    _map(system, division, people, today)
    taken = actions.take_messages(by=program, system=system, messages=list(_messages(today)))
    waiting = sum(each.status == "waiting" for each in taken)
    yield f"{system}: {len(taken)} tin, {waiting} chờ ánh xạ"


def _map(system: ExternalSystem, division: Agency, people: list[Posting], today: datetime.date) -> None:
    for key, act in STATES.items():
        actions.map_name(by=None, system=system, about=NameKind.STATE, key=key, act=act)
    for number, posting in enumerate(people, start=1):
        actions.map_name(
            by=None, system=system, about=NameKind.PERSON, key=f"stc.ns{number:02}", officer=posting.officer
        )
    items = actions.items_on(division, today).in_order()[:2]
    for key, item in zip(("Văn bản đến", "Báo cáo định kỳ"), items, strict=False):
        actions.map_name(by=None, system=system, about=NameKind.KIND, key=key, item_identity=item.identity)


def _messages(today: datetime.date) -> Iterator[Any]:
    """Yield eight documents, two of them done, one withdrawn, and one of a kind that nobody has mapped."""
    states = ["Mới giao"] * 3 + ["Đang xử lý"] * 2 + ["Đã hoàn thành"] * 2 + ["Đã hủy"]
    for number, state in enumerate(states, start=1):
        is_done = state == "Đã hoàn thành"
        yield _message(
            number, today, state=state, done_on=today.isoformat() if is_done else None,
            document_number=f"{90 + number}/BC-STC" if is_done else "", result="Đã phát hành" if is_done else "",
            reason="Văn bản gửi nhầm nơi nhận" if state == "Đã hủy" else "",
        )  # fmt: skip
    yield _message(9, today, kind="Phiếu trình")


def _message(number: int, today: datetime.date, **changes: Any) -> Any:
    due_on = today + datetime.timedelta(days=number)
    values = {
        "outside_id": f"VB-{today:%Y}-{number:04}", "version": 1, "person": f"stc.ns{1 + number % _PEOPLE:02}",
        "kind": "Văn bản đến", "state": "Mới giao", "given_on": today.isoformat(), "due_on": due_on.isoformat(),
        "instruction": f"Tham mưu xử lý văn bản số {400 + number}/UBND-TH",
    }  # fmt: skip
    message, faults = read_message(values | changes, MessageOrder.VERSION)
    if message is None:
        raise ValueError(faults)
    return message
