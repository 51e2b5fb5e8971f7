"""What templates show of messages."""

from __future__ import annotations

from typing import Any

from django import template

from cms.notices.models import Message

register = template.Library()


@register.simple_tag(takes_context=True)
def unread_messages(context: dict[str, Any]) -> str:
    """Return how many messages the person has not read, as ``Message.objects.unread_label`` writes it."""
    return Message.objects.unread_label(context["request"].user)
