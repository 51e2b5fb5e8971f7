"""What a mapped message makes of a piece of work: values in, values or a refusal out; nothing is written here."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cms.assignments.enums import OutsideAct, WorkState
from cms.assignments.models import WorkAssignment
from cms.assignments.outside.mapping import Mapped
from cms.assignments.outside.messages import WorkMessage
from cms.assignments.rules import check_days, check_quantities

STATES = {
    OutsideAct.GIVE: WorkState.GIVEN, OutsideAct.REPORT: WorkState.IN_PROGRESS, OutsideAct.FINISH: WorkState.DONE,
    OutsideAct.WITHDRAW: WorkState.WITHDRAWN,
}  # fmt: skip
# What is asked, and what became of it: columns of work that a message fills.
ASKED = ("assigned", "given_on", "due_on", "is_planned", "is_key", "instruction")
BECAME = ("completed", "done_on", "result")
# In confirmed work, what only a correction by a person may change.
_FINAL = ("assigned", "given_on", "due_on", "completed", "done_on", "is_planned", "is_key")


class Refused(Exception):
    """The message says what cannot be, or comes too late; ``code`` is stable, ``reason`` a sentence."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(code)
        self.code, self.reason = code, reason


def wanted(message: WorkMessage, act: str, today: datetime.date) -> dict[str, Any]:
    """Return the columns of work as the message has them; what is done counts as whole unless it says how much."""
    content, is_done = message.content, act == OutsideAct.FINISH
    assigned = message.quantity("assigned")
    completed = message.quantity("completed")
    if completed is None:
        completed = assigned if is_done else Decimal(0)
    return {
        "assigned": assigned, "given_on": message.day("given_on"), "due_on": message.day("due_on"),
        "is_planned": content["is_planned"], "is_key": content["is_key"], "instruction": content["instruction"],
        "completed": completed, "done_on": _done_on(message, completed, today) if is_done else None,
        "result": content["result"], "state": STATES[OutsideAct(act)],
    }  # fmt: skip


def _done_on(message: WorkMessage, completed: Decimal | None, today: datetime.date) -> datetime.date:
    day = message.day("done_on") or (timezone.localdate(message.changed_at) if message.changed_at else None)
    if day is None:
        raise Refused("invalid_work", _("Say on which day the work was done."))
    if day > today:
        raise Refused("invalid_work", _("Work is reported as done on the day, not before."))
    if not completed:
        raise Refused("invalid_work", _("Nothing is completed yet. Say how much is."))
    return day


def require_possible(work: WorkAssignment, values: dict[str, Any]) -> None:
    """Raise ``Refused`` where the work could not be as these values would make it."""
    now = {name: values.get(name, getattr(work, name)) for name in (*ASKED, *BECAME)}
    wrong = [
        *check_days(now["given_on"], now["due_on"], now["done_on"]),
        *check_quantities(now["assigned"], now["completed"]),
    ]
    if wrong:
        raise Refused("invalid_work", " ".join(map(str, wrong)))


def contradicts(work: WorkAssignment, values: dict[str, Any], mapped: Mapped, changed: Collection[str]) -> bool:
    """Return whether what a system changed is something else than what a person confirmed."""
    moved = goes_elsewhere(work, mapped) and bool({"person", "kind"} & set(changed))
    reopened = "act" in changed and values["state"] != WorkState.DONE
    # What is done when follows from the state, too.
    names = _FINAL if "act" in changed else [name for name in _FINAL if name in changed]
    return moved or reopened or any(values[name] != getattr(work, name) for name in names)


def goes_elsewhere(work: WorkAssignment, mapped: Mapped) -> bool:
    """Return whether the message means another officer, another agency of theirs, or another item."""
    posting, item = mapped.posting, mapped.item
    same = posting and (posting.officer_id, posting.agency_id) == (work.officer_id, work.agency_id)
    return not (same and item and item.identity == work.item_identity)
