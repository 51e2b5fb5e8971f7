"""Registers the screens of questions."""

from typing import Any

from django.urls import include, path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.core.waiting import WaitingKind
from cms.organisations.wagtail_hooks import PermittedItem
from cms.questions import admin_urls
from cms.questions.enums import QuestionState
from cms.questions.models import Question
from cms.questions.permissions import can_answer_any, can_see_questions


@hooks.register("register_admin_urls")
def screens() -> list[Any]:
    """Add the screens to the admin."""
    return [path("", include(admin_urls))]


@hooks.register("register_admin_menu_item")
def questions_item() -> MenuItem:
    """Lead to the questions that a person sees."""
    url = reverse_lazy("questions:list")
    return PermittedItem(
        pgettext_lazy("menu", "Questions"), url, name="questions", icon_name="help", order=230,
        opens_to=can_see_questions,
    )  # fmt: skip


@hooks.register("register_waiting")
def questions_waiting() -> WaitingKind:
    return WaitingKind(
        _("questions of agencies to answer"), f"{reverse('questions:list')}?state={QuestionState.ASKED}",
        can_answer_any, lambda user: Question.objects.visible_to(user).waiting(),
    )  # fmt: skip
