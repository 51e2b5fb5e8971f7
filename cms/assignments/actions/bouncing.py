"""Mail that did not arrive: refused when it was sent, or come back later as a report of a mail system."""

from __future__ import annotations

import mailbox
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email.message import Message
from email.utils import parseaddr
from pathlib import Path
from smtplib import SMTPRecipientsRefused

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from cms.assignments.models import Reminder
from cms.organisations.enums import InvitationFailure
from cms.organisations.models import Invitation

LONGEST_REASON = 300
# More readers than this stand in no report that a mail system writes.
_MOST_READERS = 100
_REMINDER = re.compile(r"<nhac-viec-(\d{4})(\d{2})(\d{2})-(\d{1,18})@")


@dataclass(frozen=True)
class Bounce:
    """That one message did not reach a reader: the address, why, and the Message-ID where the report names it."""

    address: str
    reason: str
    message_id: str


def refusal_of(refusal: SMTPRecipientsRefused, address: str) -> str:
    """Return what a mail server said when it did not take a message for this address."""
    code, words = refusal.recipients.get(address, (0, b""))
    answer = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    return " ".join(f"{code} {answer}".split())[:LONGEST_REASON]


def read_mailbox(path: Path) -> Iterator[Message]:
    """Yield the messages of an mbox file."""
    box = mailbox.mbox(path, create=False)
    try:
        yield from box
    finally:
        box.close()


def bounces_in(message: Message) -> list[Bounce]:
    """Return what a report of a mail system (RFC 3464) says did not arrive; nothing for any other message.

    A delay is no failure: the mail system goes on trying.
    """
    if message.get_content_type() != "multipart/report":
        return []
    parts = [
        part for part in message.walk() if not part.is_multipart() or part.get_content_type().startswith("message/")
    ]
    name = next((found for part in parts if (found := _original_name(part))), "")
    blocks = [
        block for part in parts if part.get_content_type() == "message/delivery-status" for block in _blocks(part)
    ]
    return [
        Bounce(address, _reason(block), name)
        for block in blocks[:_MOST_READERS]
        if str(block.get("Action", "")).strip().lower() == "failed" and (address := _address(block))
    ]


def note_bounces(bounces: Iterable[Bounce]) -> int:
    """Write down which reminders and set-up links did not arrive; return of how many something is known here.

    Whoever can send mail to the mailbox can forge a report: what comes of one is a line in a list for people.
    """
    return sum(_note(bounce) for bounce in bounces)


@transaction.atomic
def _note(bounce: Bounce) -> bool:
    known = _reminders(bounce).update(refusal=bounce.reason, refused_address=bounce.address)
    links = Invitation.objects.current().filter(email__iexact=bounce.address, used_at=None, sent_at__isnull=False)
    known += links.filter(failure="").update(failure=InvitationFailure.REFUSED)
    return bool(known)


def _reminders(bounce: Bounce) -> QuerySet[Reminder]:
    """Return the reminder that the report is about: that of the name, or the latest to the address."""
    theirs = Reminder.objects.filter(officer__account__email__iexact=bounce.address)
    if named := _REMINDER.search(bounce.message_id):
        year, month, day, officer = named.groups()
        return theirs.filter(officer=int(officer), day=f"{year}-{month}-{day}")
    latest = theirs.filter(day__lte=timezone.localdate()).order_by("-day").first()
    return theirs.filter(pk=latest.pk) if latest else theirs.none()


def _blocks(part: Message) -> list[Message]:
    """Return the groups of fields of a report, that of the whole message first."""
    blocks = part.get_payload()
    return [each for each in blocks if isinstance(each, Message)] if isinstance(blocks, list) else []


def _address(block: Message) -> str:
    """Return the reader that we wrote to: the original one, where a mail system passed the message on."""
    for field in ("Original-Recipient", "Final-Recipient"):
        address = parseaddr(str(block.get(field, "")).rpartition(";")[2].strip())[1]
        if "@" in address:
            return address[:254]
    return ""


def _reason(block: Message) -> str:
    parts = [str(block.get("Status", "")), str(block.get("Diagnostic-Code", "")).rpartition(";")[2]]
    return " ".join(" ".join(parts).split())[:LONGEST_REASON] or "?"


def _original_name(part: Message) -> str:
    """Return the Message-ID of the message that a report encloses, whole or its head alone."""
    kind, enclosed = part.get_content_type(), part.get_payload()
    if kind == "message/rfc822" and isinstance(enclosed, list) and isinstance(enclosed[0], Message):
        return str(enclosed[0].get("Message-ID", ""))
    if kind == "text/rfc822-headers" and isinstance(enclosed, str):
        named = re.search(r"^message-id:\s*(<[^>\s]{1,300}>)", enclosed, re.IGNORECASE | re.MULTILINE)
        return named[1] if named else ""
    return ""
