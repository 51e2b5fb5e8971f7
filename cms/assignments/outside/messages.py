"""A message of another system about one piece of work: how the work stands there as a whole, read and checked."""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

import orjson
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cms.assignments.enums import MessageOrder
from cms.assignments.rules import QUANTITY_PLACES
from cms.catalogs.actions import Fault
from cms.core.text import nfc

LONGEST_WORDS = 4000
MOST_VERSION = 2**63 - 1
# A clock may run ahead; a time far ahead would make everything that comes later an older message.
AHEAD = datetime.timedelta(days=1)

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_DECIMAL = re.compile(r"[0-9]{1,9}(\.[0-9]{1,12})?", re.ASCII)
_WEB = re.compile(r"https?://[^\s/]+\S*")
_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


@dataclass(frozen=True)
class WorkMessage:
    """One message, checked; ``content`` is what it says of the work, as plain JSON values by field."""

    outside_id: str
    sequence: int
    changed_at: datetime.datetime | None
    content: dict[str, Any]

    @cached_property
    def digest(self) -> str:
        """Return the SHA-256 of what it says."""
        return hashlib.sha256(orjson.dumps(self.content, option=orjson.OPT_SORT_KEYS)).hexdigest()

    @property
    def stored(self) -> dict[str, Any]:
        """Return what is kept of a message that cannot be taken yet; ``from_stored`` reads it again."""
        return self.content | {"changed_at": self.changed_at.isoformat() if self.changed_at else None}

    @classmethod
    def from_stored(cls, outside_id: str, sequence: int, stored: dict[str, Any]) -> WorkMessage:
        """Return a kept message as it came."""
        content = dict(stored)
        moment = content.pop("changed_at")
        return cls(outside_id, sequence, parse_datetime(moment) if moment else None, content)

    def day(self, name: str) -> datetime.date | None:
        """Return a day of the content."""
        text = self.content[name]
        return datetime.date.fromisoformat(text) if text else None

    def quantity(self, name: str) -> Decimal | None:
        """Return a quantity of the content."""
        text = self.content[name]
        return Decimal(text) if text is not None else None


class _Unfit(Exception):
    def __init__(self, code: str, message: Any) -> None:
        super().__init__(code)
        self.code, self.message = code, message


def read_message(raw: Mapping[str, Any], order: str) -> tuple[WorkMessage | None, list[Fault]]:
    """Return a message as it was sent, or everything that is wrong with its form; ``order`` is that of its system."""
    faults = [
        Fault(str(name)[:50], "unknown_field", str(_("Unknown field. Known ones: %(known)s.") % {"known": _KNOWN}))
        for name in raw
        if name not in FIELDS
    ]
    read: dict[str, Any] = {}
    for name, (reader, default) in FIELDS.items():
        value = raw.get(name)
        if value is None or value == "":
            if default is _NEEDED or name == order_field(order):
                faults.append(Fault(name, "required", str(_("This field is required."))))
            else:
                read[name] = default
            continue
        try:
            read[name] = reader(value)
        except _Unfit as unfit:
            faults.append(Fault(name, unfit.code, str(unfit.message)))
    if faults:
        return None, faults
    changed_at = read.pop("changed_at")
    version = read.pop("version")
    sequence = version if order == MessageOrder.VERSION else (changed_at - _EPOCH) // datetime.timedelta(microseconds=1)
    return WorkMessage(read.pop("outside_id"), sequence, changed_at, read), []


def order_field(order: str) -> str:
    """Return the field by which the newer of two messages of a system is known."""
    return "version" if order == MessageOrder.VERSION else "changed_at"


def _text(longest: int, *, lines: bool = False) -> Callable[[Any], str]:
    def read(raw: Any) -> str:
        if not isinstance(raw, str):
            raise _Unfit("wrong_type", _("Send a text."))
        text = nfc(raw.strip())
        shown = text.replace("\n", "").replace("\r", "").replace("\t", "") if lines else text
        if not text or not shown.isprintable() or not text.isascii() and _has_surrogate(text):
            raise _Unfit("invalid", _("Send a text of visible characters."))
        if len(text) > longest:
            raise _Unfit("max_length", _("At most %(count)d characters.") % {"count": longest})
        return text

    return read


def _has_surrogate(text: str) -> bool:
    return text.encode("utf-8", "replace").decode() != text


def _day(raw: Any) -> str:
    sentence: Promise | str = _("Send a day as year-month-day, such as 2026-06-05.")
    if not isinstance(raw, str) or not _DAY.fullmatch(raw):
        raise _Unfit("not_a_date", sentence)
    try:
        day = datetime.date.fromisoformat(raw)
    except ValueError:
        raise _Unfit("not_a_date", sentence) from None
    if not 2000 <= day.year <= 2100:
        raise _Unfit("not_a_date", _("The year is between 2000 and 2100."))
    return raw


def _quantity(raw: Any) -> str:
    text = str(raw) if isinstance(raw, int | Decimal) and not isinstance(raw, bool) else raw
    if not isinstance(text, str) or not _DECIMAL.fullmatch(text):
        raise _Unfit("not_a_number", _('Send a decimal as text with a point, such as "1.5".'))
    number = Decimal(text)
    if number != round(number, QUANTITY_PLACES):
        raise _Unfit("too_fine", _("At most %(count)d digits stand behind the point.") % {"count": QUANTITY_PLACES})
    return f"{number.normalize():f}"


def _yes_or_no(raw: Any) -> bool:
    if not isinstance(raw, bool):
        raise _Unfit("wrong_type", _("Send true or false."))
    return raw


def _version(raw: Any) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int) or not 0 <= raw <= MOST_VERSION:
        raise _Unfit("out_of_range", _("Send a whole number from 0 up."))
    return raw


def _moment(raw: Any) -> datetime.datetime:
    sentence = _("Send a time with its zone, such as 2026-06-05T08:30:00+07:00.")
    try:
        moment = parse_datetime(raw) if isinstance(raw, str) and len(raw) <= 40 else None
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None or not 2000 <= moment.year <= 2100:
        raise _Unfit("not_a_time", sentence)
    if moment > timezone.now() + AHEAD:
        raise _Unfit("in_future", _("This time is still to come. Compare the clocks of the two systems."))
    return moment.astimezone(datetime.UTC)


def _link(raw: Any) -> str:
    text = _text(1000)(raw)
    if not _WEB.fullmatch(text):
        raise _Unfit("invalid", _("Send an address that begins with https:// or http://."))
    return text


_NEEDED = object()
# Every field of a message: what reads it, and what it is where it was not sent.
FIELDS: dict[str, tuple[Callable[[Any], Any], Any]] = {
    "outside_id": (_text(200), _NEEDED),
    "version": (_version, None),
    "changed_at": (_moment, None),
    "person": (_text(200), _NEEDED),
    "kind": (_text(200), _NEEDED),
    "state": (_text(200), _NEEDED),
    "assigned": (_quantity, "1"),
    "completed": (_quantity, None),
    "given_on": (_day, _NEEDED),
    "due_on": (_day, _NEEDED),
    "done_on": (_day, None),
    "is_planned": (_yes_or_no, True),
    "is_key": (_yes_or_no, False),
    "instruction": (_text(LONGEST_WORDS, lines=True), ""),
    "result": (_text(LONGEST_WORDS, lines=True), ""),
    "reason": (_text(1000, lines=True), ""),
    "document_number": (_text(100), ""),
    "document_date": (_day, None),
    "link": (_link, ""),
}
_KNOWN = ", ".join(FIELDS)
