"""What is done with messages."""

from cms.notices.actions.delivering import deliver, send_due
from cms.notices.actions.reading import finish_message, read_all_messages, read_message
from cms.notices.actions.retrying import retry_messages
from cms.notices.actions.sending import Letter, address_here, compose, send, send_all

__all__ = [
    "finish_message",
    "read_all_messages",
    "read_message",
    "retry_messages",
    "Letter",
    "address_here",
    "compose",
    "deliver",
    "send",
    "send_all",
    "send_due",
]
