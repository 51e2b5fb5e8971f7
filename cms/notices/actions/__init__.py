"""What is done with messages."""

from cms.notices.actions.choosing import choose_emails
from cms.notices.actions.delivering import deliver, send_due
from cms.notices.actions.gathering import make_digests, without_message
from cms.notices.actions.reading import finish_message, read_all_messages, read_message
from cms.notices.actions.retrying import retry_messages
from cms.notices.actions.sending import Letter, address_here, composer, send, send_all
from cms.notices.actions.weekly import remind_of_waiting
from cms.notices.actions.wording import reset_texts, write_texts

__all__ = [
    "choose_emails",
    "make_digests",
    "without_message",
    "remind_of_waiting",
    "reset_texts",
    "write_texts",
    "finish_message",
    "read_all_messages",
    "read_message",
    "retry_messages",
    "Letter",
    "address_here",
    "composer",
    "deliver",
    "send",
    "send_all",
    "send_due",
]
