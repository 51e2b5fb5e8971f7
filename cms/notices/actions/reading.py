"""What a person does with their own messages; nobody else's can be reached."""

from __future__ import annotations

from django.utils import timezone

from cms.notices.models import Message
from cms.users.models import User


def read_message(*, by: User, message: Message) -> None:
    """Mark a message of the person's own as read."""
    Message.objects.own(by).unread().filter(pk=message.pk).update(read_at=timezone.now())


def finish_message(*, by: User, message: Message) -> None:
    """Mark a message of the person's own as done, and so as read."""
    read_message(by=by, message=message)
    Message.objects.own(by).filter(pk=message.pk, done_at=None).update(done_at=timezone.now())


def read_all_messages(*, by: User) -> int:
    """Mark everything that the person was told as read; return how much was not."""
    return Message.objects.own(by).unread().update(read_at=timezone.now())
