"""What is done with messages."""

from cms.notices.actions.delivering import deliver, send_due
from cms.notices.actions.sending import Letter, address_here, compose, send, send_all

__all__ = ["Letter", "address_here", "compose", "deliver", "send", "send_all", "send_due"]
