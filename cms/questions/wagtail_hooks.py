"""Registers the screens of questions."""

from typing import Any

from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.organisations.wagtail_hooks import PermittedItem
from cms.questions import admin_urls
from cms.questions.permissions import can_see_questions


@hooks.register("register_admin_urls")
def screens() -> list[Any]:
    """Add the screens to the admin."""
    return [path("", include(admin_urls))]


@hooks.register("register_admin_menu_item")
def questions_item() -> MenuItem:
    """Lead to the questions that a person sees."""
    url = reverse_lazy("questions:list")
    return PermittedItem(
        _("Questions and bottlenecks"), url, name="questions", icon_name="help", order=230, opens_to=can_see_questions
    )
