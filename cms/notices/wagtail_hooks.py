"""Registers the inbox and the log of e-mails in the admin."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem

from cms.notices import admin_urls
from cms.notices.models import Message
from cms.notices.permissions import can_see_log, can_word
from cms.organisations.wagtail_hooks import PermittedItem


class InboxItem(MenuItem):
    """Leads to the inbox, with how many messages are unread."""

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        unread = Message.objects.unread_label(request.user)
        label = f"{self.label} ({unread})" if unread else self.label
        return LinkMenuItem(self.name, label, self.url, icon_name=self.icon_name)


@hooks.register("register_admin_urls")
def screens() -> list[Any]:
    """Add the screens to the admin."""
    return [path("", include(admin_urls))]


@hooks.register("register_admin_menu_item")
def inbox_item() -> MenuItem:
    return InboxItem(_("Inbox"), reverse_lazy("inbox:list"), name="inbox", icon_name="mail", order=980)


@hooks.register("register_admin_menu_item")
def log_item() -> MenuItem:
    """Lead technical administrators to what was sent."""
    url = reverse_lazy("message_log:list")
    return PermittedItem(_("E-mails sent"), url, name="message-log", icon_name="mail", order=438, opens_to=can_see_log)


@hooks.register("register_admin_menu_item")
def texts_item() -> MenuItem:
    """Lead to the texts of messages."""
    url = reverse_lazy("message_log:texts")
    return PermittedItem(
        _("Texts of messages"), url, name="message-texts", icon_name="edit", order=439, opens_to=can_word
    )
